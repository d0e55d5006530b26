package io.yotposync.autoconfigure.properties;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Reads the property as its binder will. */
final class OnSetting extends SpringBootCondition {

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Map<String, @Nullable Object> wanted =
                requireNonNull(metadata.getAnnotationAttributes(ConditionalOnSetting.class.getName()));
        String name = YotpoSyncProperties.PREFIX + "." + wanted.get("value");
        String expected = String.valueOf(wanted.get("is"));
        String found = value(context.getEnvironment(), name, expected, String.valueOf(wanted.get("otherwise")));
        return new ConditionOutcome(found.equals(expected), name + " is " + found);
    }

    static String value(Environment environment, String name, String expected, String otherwise) {
        boolean flag = expected.equals("true") || expected.equals("false");
        Class<?> type = flag ? Boolean.class : OutboxProperties.Capture.class;
        try {
            return Binder.get(environment)
                    .bind(name, type)
                    .map(value -> String.valueOf(value).toLowerCase(Locale.ROOT))
                    .orElse(otherwise);
        } catch (BindException unreadable) {
            return otherwise;
        }
    }
}
