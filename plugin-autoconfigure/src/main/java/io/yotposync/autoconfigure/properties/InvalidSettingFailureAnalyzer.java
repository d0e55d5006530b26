package io.yotposync.autoconfigure.properties;

import io.yotposync.store.InvalidSettingException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Turns a wrong setting into two sentences: which property, what is wrong; and what to write instead. */
public final class InvalidSettingFailureAnalyzer extends AbstractFailureAnalyzer<InvalidSettingException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidSettingException cause) {
        return new FailureAnalysis(
                "The property '" + cause.setting() + "' " + cause.problem() + ".",
                cause.fix() + " To start without the plugin, set yotpo.sync.enabled=false.",
                cause);
    }
}
