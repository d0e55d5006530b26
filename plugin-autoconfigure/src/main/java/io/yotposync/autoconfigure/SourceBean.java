package io.yotposync.autoconfigure;

import io.yotposync.store.InvalidSettingException;
import java.util.Arrays;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * A bean of the host's that reads Broadleaf's customers: as named, as Broadleaf names it, or the one of its type.
 *
 * @param setting the property that names it
 */
record SourceBean<T>(String setting, String broadleafs, Class<T> type) {

    /** Broadleaf's name for the database of the shop. */
    static final String WEB_DS = "webDS";

    static final SourceBean<DataSource> DATA_SOURCE =
            new SourceBean<>("yotpo.sync.source.data-source", WEB_DS, DataSource.class);

    static final SourceBean<PlatformTransactionManager> TRANSACTION_MANAGER = new SourceBean<>(
            "yotpo.sync.source.transaction-manager", "blTransactionManager", PlatformTransactionManager.class);

    /** Whether it will be found, as far as that can be told before beans are made. */
    boolean isClear(ConditionContext context) {
        ConfigurableListableBeanFactory beans = context.getBeanFactory();
        return beans != null
                && (context.getEnvironment().containsProperty(setting)
                        || OnDataSource.mayBe(beans, broadleafs, type)
                        || OneOfSeveral.name(beans, type, false).isPresent());
    }

    Optional<T> find(ListableBeanFactory beans, @Nullable String name) {
        if (name != null && !name.isBlank()) {
            if (!isThere(beans, name)) {
                throw new InvalidSettingException(
                        setting,
                        "names no " + type.getSimpleName() + " bean: " + InvalidSettingException.quoted(name),
                        "Name one of " + Arrays.toString(beans.getBeanNamesForType(type, true, false)) + ".");
            }
            return Optional.of(beans.getBean(name, type));
        }
        if (isThere(beans, broadleafs)) {
            return Optional.of(beans.getBean(broadleafs, type));
        }
        // A method of the host's that makes one may have returned null.
        return OneOfSeveral.name(beans, type, true)
                .map(beans::getBean)
                .filter(type::isInstance)
                .map(type::cast);
    }

    private boolean isThere(ListableBeanFactory beans, String name) {
        return beans.containsBean(name) && beans.isTypeMatch(name, type);
    }
}
