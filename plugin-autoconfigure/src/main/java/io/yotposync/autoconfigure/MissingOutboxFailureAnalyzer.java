package io.yotposync.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says which script creates the missing tables, and how to have them created. */
public final class MissingOutboxFailureAnalyzer extends AbstractFailureAnalyzer<MissingOutboxException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MissingOutboxException cause) {
        return new FailureAnalysis(
                "Yotpo sync was told to keep its outbox in the database (yotpo.sync.outbox.type=jdbc). "
                        + cause.getMessage(),
                "Run the script with your migrations, or set yotpo.sync.outbox.jdbc.initialize-schema=always to have it"
                        + " run at start, or yotpo.sync.outbox.type=memory to do without a durable outbox.",
                cause);
    }
}
