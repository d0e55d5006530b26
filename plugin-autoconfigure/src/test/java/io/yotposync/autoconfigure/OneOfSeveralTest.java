package io.yotposync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Map;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.BeanWrapper;
import org.springframework.beans.PropertyAccessorFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;

class OneOfSeveralTest {

    private static final Map<String, Object> PLAIN = Map.of();

    private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();

    @Test
    void theOnlyOneIsMeantWhateverItIs() {
        define("only", Map.of("autowireCandidate", false));

        assertThat(meant()).isEqualTo("only");
    }

    @Test
    void noneOfSeveralThatAreAlikeIs() {
        define("first", PLAIN);
        define("second", PLAIN);

        assertThat(meant()).isEqualTo("nobody");
    }

    @Test
    void thePrimaryOneIs() {
        define("first", PLAIN);
        define("second", Map.of("primary", true));

        assertThat(meant()).isEqualTo("second");
    }

    @Test
    void ofSeveralPrimaryOnesNoneIs() {
        define("first", Map.of("primary", true));
        define("second", Map.of("primary", true));

        assertThat(meant()).isEqualTo("nobody");
    }

    /** As what is behind a scoped proxy, whose target has all its other marks. */
    @Test
    void whatIsGivenToNobodyIsNot() {
        define("first", Map.of("primary", true));
        define("scopedTarget.first", Map.of("primary", true, "autowireCandidate", false));

        assertThat(meant()).isEqualTo("first");
    }

    @Test
    void whatIsGivenOnlyToThoseWhoNameItIsNot() {
        define("first", PLAIN);
        define("second", Map.of("defaultCandidate", false));

        assertThat(meant()).isEqualTo("first");
    }

    @Test
    void aFallbackIsNot() {
        define("first", PLAIN);
        define("second", Map.of("fallback", true));
        define("third", Map.of("fallback", true));

        assertThat(meant()).isEqualTo("first");
    }

    @Test
    void oneThatWasRegisteredWithoutADefinitionIsAsAnyOther() {
        beans.registerSingleton("first", new JdbcDataSource());

        assertThat(meant()).isEqualTo("first");
        define("second", Map.of("primary", true));
        assertThat(meant()).isEqualTo("second");
    }

    @Test
    void theParentIsAskedWhereThereIsNone() {
        DefaultListableBeanFactory child = new DefaultListableBeanFactory(beans);
        define("first", PLAIN);

        assertThat(OneOfSeveral.name(child, DataSource.class, true)).contains("first");
    }

    private String meant() {
        return OneOfSeveral.name(beans, DataSource.class, true).orElse("nobody");
    }

    private void define(String name, Map<String, Object> marks) {
        RootBeanDefinition definition = new RootBeanDefinition(JdbcDataSource.class);
        BeanWrapper properties = PropertyAccessorFactory.forBeanPropertyAccess(definition);
        assumeTrue(
                marks.keySet().stream().allMatch(properties::isWritableProperty), "some are of Spring 6.2 and later");
        properties.setPropertyValues(marks);
        beans.registerBeanDefinition(name, definition);
    }
}
