package io.yotposync.autoconfigure.operator;

import io.yotposync.autoconfigure.properties.ConditionalOnSetting;
import io.yotposync.autoconfigure.properties.SyncSettings;
import io.yotposync.operator.Activity;
import io.yotposync.operator.AuditLog;
import io.yotposync.operator.Backlog;
import io.yotposync.operator.CatchUp;
import io.yotposync.operator.Controls;
import io.yotposync.operator.Explainer;
import io.yotposync.operator.Overviews;
import io.yotposync.operator.Refusals;
import io.yotposync.operator.SupportBundle;
import io.yotposync.outbox.HandOver;
import io.yotposync.scan.Erasure;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The Actuator endpoint {@code yotposync}; the host exposes it or not, as any other. */
@AutoConfiguration(value = "yotpoEndpointAutoConfiguration", after = YotpoOperatorAutoConfiguration.class)
@ConditionalOnClass(name = "org.springframework.boot.actuate.endpoint.annotation.Endpoint")
@ConditionalOnSetting("enabled")
public class YotpoEndpointAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    YotpoSyncEndpoint yotpoSyncEndpoint(
            YotpoSyncEndpoint.Views views, Controls controls, ObjectProvider<Erasure> erasure, SyncSettings settings) {
        String authority = settings.properties().console().revealAuthority();
        return new YotpoSyncEndpoint(views, controls, erasure.getIfAvailable(), new RevealAuthority(authority));
    }

    @Bean
    @ConditionalOnMissingBean
    YotpoSyncEndpoint.Views yotpoSyncEndpointViews(
            Overviews overviews,
            Activity activity,
            Refusals refusals,
            Explainer explainer,
            AuditLog audit,
            SupportBundle bundle,
            CatchUp catchUp,
            Backlog backlog,
            HandOver handOver) {
        return new YotpoSyncEndpoint.Views(
                overviews, activity, refusals, explainer, audit, bundle, catchUp, backlog, handOver);
    }
}
