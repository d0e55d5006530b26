package io.yotposync.autoconfigure.health;

import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** As Boot switches its own: by the contributor's name, or for all. Boot's condition is of another name on each line. */
final class OnHealth extends SpringBootCondition {

    private static final String OWN = "management.health.yotpo.enabled";
    private static final String ALL = "management.health.defaults.enabled";

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Environment environment = context.getEnvironment();
        String decides = environment.containsProperty(OWN) ? OWN : ALL;
        boolean enabled = environment.getProperty(decides, Boolean.class, true);
        return new ConditionOutcome(enabled, decides + " is " + enabled);
    }
}
