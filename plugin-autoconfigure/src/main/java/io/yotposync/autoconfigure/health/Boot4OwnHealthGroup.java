package io.yotposync.autoconfigure.health;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.health.actuate.endpoint.AdditionalHealthEndpointPath;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor;
import org.springframework.boot.health.actuate.endpoint.HttpCodeStatusMapper;
import org.springframework.boot.health.actuate.endpoint.StatusAggregator;

/** {@link OwnHealth} on the lines from 4.0. */
final class Boot4OwnHealthGroup implements HealthEndpointGroupsPostProcessor {

    @Override
    public HealthEndpointGroups postProcessHealthEndpointGroups(HealthEndpointGroups groups) {
        return new Groups(groups, OwnHealth.within(groups.getPrimary(), Group::new));
    }

    private record Groups(HealthEndpointGroups host, OwnHealth<HealthEndpointGroup> own)
            implements HealthEndpointGroups {

        @Override
        public HealthEndpointGroup getPrimary() {
            return own.others();
        }

        @Override
        public Set<String> getNames() {
            return own.names(host.getNames());
        }

        @Override
        public @Nullable HealthEndpointGroup get(String name) {
            return own.get(name, host.get(name), group -> !group.isMember(OwnHealth.ANYTHING), Group::new);
        }
    }

    private record Group(HealthEndpointGroup host, boolean ours) implements HealthEndpointGroup {

        @Override
        public boolean isMember(String name) {
            return OwnHealth.isMember(name, ours, host::isMember);
        }

        @Override
        public boolean showComponents(SecurityContext securityContext) {
            return host.showComponents(securityContext);
        }

        @Override
        public boolean showDetails(SecurityContext securityContext) {
            return host.showDetails(securityContext);
        }

        @Override
        public StatusAggregator getStatusAggregator() {
            return host.getStatusAggregator();
        }

        @Override
        public HttpCodeStatusMapper getHttpCodeStatusMapper() {
            return host.getHttpCodeStatusMapper();
        }

        @Override
        public @Nullable AdditionalHealthEndpointPath getAdditionalPath() {
            return ours ? null : host.getAdditionalPath();
        }
    }
}
