package io.yotposync.autoconfigure;

import io.yotposync.jdbc.MissingTableException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what is the matter with the tables, and which script defines them. */
public final class MissingOutboxFailureAnalyzer extends AbstractFailureAnalyzer<MissingOutboxException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MissingOutboxException cause) {
        return new FailureAnalysis(
                "Yotpo sync was told to keep its outbox in the database (yotpo.sync.outbox.type=jdbc). "
                        + cause.getMessage(),
                action(cause.getCause(), cause.isRefused()),
                cause);
    }

    private static String action(@Nullable Throwable fault, boolean refused) {
        String otherwise = "set yotpo.sync.outbox.type=memory to do without a durable outbox.";
        if (refused) {
            return "Put right what the database says: the schema has to be there, and the user may have to be allowed to"
                    + " create tables in it. Else run the script with your migrations, or " + otherwise;
        }
        if (fault instanceof MissingTableException missing) {
            return missing.isOld()
                    ? "Add the columns with your migrations: the plugin never alters a table. Or " + otherwise
                    : "Run the script with your migrations, or set yotpo.sync.outbox.jdbc.initialize-schema=always to"
                            + " have it run at start, or " + otherwise;
        }
        return "Check the DataSource that yotpo.sync.outbox.jdbc.data-source names, or the host's only one, or "
                + otherwise;
    }
}
