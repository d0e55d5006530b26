package io.yotposync.autoconfigure.health;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.health.AdditionalHealthEndpointPath;
import org.springframework.boot.actuate.health.HealthEndpointGroup;
import org.springframework.boot.actuate.health.HealthEndpointGroups;
import org.springframework.boot.actuate.health.HealthEndpointGroupsPostProcessor;
import org.springframework.boot.actuate.health.HttpCodeStatusMapper;
import org.springframework.boot.actuate.health.StatusAggregator;

/** Moves {@code yotpo} out of the host's overall health into a group of its own, which is shown as that one is. */
final class OwnHealthGroup implements HealthEndpointGroupsPostProcessor {

    @Override
    public HealthEndpointGroups postProcessHealthEndpointGroups(HealthEndpointGroups groups) {
        return new Groups(groups);
    }

    private static final class Groups implements HealthEndpointGroups {

        private final HealthEndpointGroups host;
        private final HealthEndpointGroup without;
        private final HealthEndpointGroup own;

        Groups(HealthEndpointGroups host) {
            this.host = host;
            this.without = new Group(host.getPrimary(), false);
            this.own = new Group(host.getPrimary(), true);
        }

        @Override
        public HealthEndpointGroup getPrimary() {
            return without;
        }

        @Override
        public Set<String> getNames() {
            Set<String> names = new LinkedHashSet<>(host.getNames());
            names.add(YotpoHealthAutoConfiguration.GROUP);
            return names;
        }

        @Override
        @SuppressWarnings("NullAway") // null is how the interface says that there is none
        public @Nullable HealthEndpointGroup get(String name) {
            HealthEndpointGroup configured = host.get(name);
            return configured == null && name.equals(YotpoHealthAutoConfiguration.GROUP) ? own : configured;
        }
    }

    /**
     * The host's overall health with nothing of ours, or with nothing else.
     *
     * @param ours which of the two
     */
    private record Group(HealthEndpointGroup host, boolean ours) implements HealthEndpointGroup {

        /** Newer lines ask for each component, by the names of those around it. */
        @Override
        public boolean isMember(String name) {
            boolean isOurs = name.equals(YotpoHealthAutoConfiguration.NAME)
                    || name.startsWith(YotpoHealthAutoConfiguration.NAME + "/");
            return ours ? isOurs : !isOurs && host.isMember(name);
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
        @SuppressWarnings("NullAway") // null is how the interface says that there is none
        public @Nullable AdditionalHealthEndpointPath getAdditionalPath() {
            return ours ? null : host.getAdditionalPath();
        }
    }
}
