package io.yotposync.autoconfigure;

import io.yotposync.autoconfigure.properties.OutboxProperties;
import io.yotposync.autoconfigure.properties.OutboxProperties.InitializeSchema;
import io.yotposync.jdbc.JdbcSchema;
import io.yotposync.jdbc.JdbcStorage;
import io.yotposync.jdbc.MissingTableException;
import io.yotposync.jdbc.OutboxTables;
import io.yotposync.operator.AuditLog;
import io.yotposync.outbox.FieldDigest;
import io.yotposync.store.InvalidSettingException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Finds the host's database for the outbox. Asked for explicitly, what is in the way ends the start; by default the
 * outbox is then in memory, and a warning says why. A property that cannot be meant ends it either way.
 */
final class JdbcOutboxChoice {

    private static final Logger LOG = LoggerFactory.getLogger("io.yotposync");
    private static final String DATA_SOURCE = "yotpo.sync.outbox.jdbc.data-source";

    private final ListableBeanFactory beans;
    private final OutboxProperties settings;
    private final FieldDigest fields;

    JdbcOutboxChoice(ListableBeanFactory beans, OutboxProperties settings, FieldDigest fields) {
        this.beans = beans;
        this.settings = settings;
        this.fields = fields;
    }

    OutboxStorage choose() {
        OutboxTables tables = settings.jdbc().tables();
        Optional<DataSource> named = named();
        if (settings.type() == OutboxProperties.Type.JDBC) {
            return jdbc(named, tables);
        }
        try {
            return jdbc(named, tables);
        } catch (InvalidSettingException | MissingOutboxException reason) {
            LOG.warn(
                    "Yotpo sync: the outbox is in memory and not durable. {} To have it in memory without this warning,"
                            + " set yotpo.sync.outbox.type=memory.",
                    reason.getMessage());
            return OutboxStorage.inMemory(settings.maxRows(), fields);
        }
    }

    private OutboxStorage jdbc(Optional<DataSource> named, OutboxTables tables) {
        DataSource dataSource = named.orElseGet(this::obvious);
        try {
            JdbcStorage opened = open(dataSource, tables);
            JdbcStorage storage =
                    settings.jdbc().payload() == OutboxProperties.Payload.REREAD ? opened.withoutPayloads() : opened;
            return new OutboxStorage(
                    storage.outbox(),
                    storage.storeStates(),
                    storage.scanStates(),
                    audit(storage, tables),
                    "durable, table " + tables.customerSync(),
                    Optional.of(storage.atomicWriter()));
        } catch (MissingTableException
                | SQLException
                | DataAccessException
                | TransactionException
                | IllegalStateException fault) {
            throw new MissingOutboxException(fault);
        }
    }

    /** An installation from before there was such a table works on without. */
    private static AuditLog audit(JdbcStorage storage, OutboxTables tables) {
        return storage.auditLog().orElseGet(() -> {
            LOG.info(
                    "Yotpo sync: there is no table {} that can be read and written, operators' actions are kept in memory",
                    tables.audit());
            return OutboxStorage.auditInMemory();
        });
    }

    private JdbcStorage open(DataSource dataSource, OutboxTables tables) throws SQLException {
        boolean create = isToBeCreated(dataSource);
        if (create) {
            JdbcSchema.create(dataSource, tables);
        }
        try {
            return JdbcStorage.open(dataSource, tables, fields);
        } catch (MissingTableException missing) {
            if (create && !missing.isOld()) {
                String obstacle = JdbcSchema.obstacle(dataSource, tables).orElse(null);
                if (obstacle == null) {
                    return JdbcStorage.open(dataSource, tables, fields); // it was in the way for a moment only
                }
                throw new MissingOutboxException(missing, obstacle);
            }
            throw missing;
        }
    }

    private boolean isToBeCreated(DataSource dataSource) throws SQLException {
        InitializeSchema when = settings.jdbc().initializeSchema();
        return when == InitializeSchema.ALWAYS
                || (when == InitializeSchema.EMBEDDED && JdbcSchema.isEmbedded(dataSource));
    }

    private Optional<DataSource> named() {
        String name = settings.jdbc().dataSource();
        if (name == null || name.isBlank()) {
            return Optional.empty();
        }
        if (!beans.containsBean(name) || !beans.isTypeMatch(name, DataSource.class)) {
            throw new InvalidSettingException(
                    DATA_SOURCE,
                    "names no DataSource bean: " + InvalidSettingException.quoted(name),
                    "Name one of " + names() + ".");
        }
        return Optional.of(beans.getBean(name, DataSource.class));
    }

    private DataSource obvious() {
        return SourceBean.DATA_SOURCE
                .find(beans, null)
                .orElseThrow(() -> new InvalidSettingException(
                        DATA_SOURCE,
                        "is not set, and it is not clear which of several DataSources is meant",
                        "Name one of " + names() + "."));
    }

    private String names() {
        return Arrays.toString(beans.getBeanNamesForType(DataSource.class, true, false));
    }
}
