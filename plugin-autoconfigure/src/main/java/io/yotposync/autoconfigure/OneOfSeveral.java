package io.yotposync.autoconfigure;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.beans.BeanWrapper;
import org.springframework.beans.PropertyAccessorFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Which of a host's beans of a type is meant: the one that it would be given itself where it names none. Spring tells that
 * only of beans that are made for it, and not on each of its lines in the same way.
 */
final class OneOfSeveral {

    private OneOfSeveral() {}

    /** @param eagerly whether factories are made to learn what they make */
    static Optional<String> name(BeanFactory factory, Class<?> type, boolean eagerly) {
        if (!(factory instanceof ConfigurableListableBeanFactory beans)) {
            return Optional.empty();
        }
        List<String> names = List.of(beans.getBeanNamesForType(type, true, eagerly));
        BeanFactory parent = beans.getParentBeanFactory();
        if (names.isEmpty() && parent != null) {
            return name(parent, type, eagerly);
        }
        if (names.size() < 2) {
            return names.stream().findFirst();
        }
        List<String> candidates = where(names, name -> isCandidate(beans, name));
        return only(candidates)
                .or(() -> only(where(candidates, name -> is(beans, name, "primary", false))))
                .or(() -> only(where(candidates, name -> !is(beans, name, "fallback", false))));
    }

    /** What is behind a scoped proxy is none, as where Spring Cloud can refresh it. */
    private static boolean isCandidate(ConfigurableListableBeanFactory beans, String name) {
        return is(beans, name, "autowireCandidate", true) && is(beans, name, "defaultCandidate", true);
    }

    /** By the property's name, for Spring has some since 6.2 alone; a bean without a definition is as any. */
    private static boolean is(ConfigurableListableBeanFactory beans, String name, String property, boolean otherwise) {
        if (!beans.containsBeanDefinition(name)) {
            return otherwise;
        }
        BeanWrapper definition = PropertyAccessorFactory.forBeanPropertyAccess(beans.getBeanDefinition(name));
        return definition.isReadableProperty(property)
                ? Boolean.TRUE.equals(definition.getPropertyValue(property))
                : otherwise;
    }

    private static List<String> where(List<String> names, Predicate<String> condition) {
        return names.stream().filter(condition).toList();
    }

    private static Optional<String> only(List<String> names) {
        return names.size() == 1 ? Optional.of(names.get(0)) : Optional.empty();
    }
}
