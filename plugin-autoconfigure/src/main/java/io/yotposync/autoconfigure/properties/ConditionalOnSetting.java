package io.yotposync.autoconfigure.properties;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Conditional;

/**
 * Where a property of the plugin reads as this value: in whatever words it may be written, {@code off} or {@code no} as
 * well as {@code false}. A condition that compares texts would take the words for the opposite.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Conditional(OnSetting.class)
public @interface ConditionalOnSetting {

    /** The property's name below {@code yotpo.sync}. */
    String value();

    /** What it has to be. */
    String is() default "true";

    /** What it is where it is not set, or cannot be read; then what binds it says so. */
    String otherwise() default "true";
}
