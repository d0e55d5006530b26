package io.yotposync.autoconfigure;

import io.yotposync.store.InvalidSettingException;
import java.util.Arrays;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.transaction.PlatformTransactionManager;

/** Finds the host's beans that read Broadleaf's customers: as named, as Broadleaf names them, or the only one. */
final class SourceBeans {

    /** Broadleaf's name for the database of the shop. */
    static final String WEB_DS = "webDS";

    private final ListableBeanFactory beans;

    SourceBeans(ListableBeanFactory beans) {
        this.beans = beans;
    }

    Optional<DataSource> dataSource(@Nullable String name) {
        return find("yotpo.sync.source.data-source", name, WEB_DS, DataSource.class);
    }

    Optional<PlatformTransactionManager> transactions(@Nullable String name) {
        return find(
                "yotpo.sync.source.transaction-manager",
                name,
                "blTransactionManager",
                PlatformTransactionManager.class);
    }

    private <T> Optional<T> find(String setting, @Nullable String name, String broadleafs, Class<T> type) {
        if (name != null && !name.isBlank()) {
            if (!isThere(name, type)) {
                throw new InvalidSettingException(
                        setting,
                        "names no " + type.getSimpleName() + " bean: " + InvalidSettingException.quoted(name),
                        "Name one of " + Arrays.toString(beans.getBeanNamesForType(type, true, false)) + ".");
            }
            return Optional.of(beans.getBean(name, type));
        }
        if (isThere(broadleafs, type)) {
            return Optional.of(beans.getBean(broadleafs, type));
        }
        return Optional.ofNullable(beans.getBeanProvider(type).getIfUnique());
    }

    private boolean isThere(String name, Class<?> type) {
        return beans.containsBean(name) && beans.isTypeMatch(name, type);
    }
}
