package io.yotposync.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Hosts with the plugin on their class path. */
public final class Hosts {

    static final String[] ONE_STORE = {
        "yotpo.sync.stores.default.app-key=app-1",
        "yotpo.sync.stores.default.secret=secret-1",
        "yotpo.sync.defaults.base-url=http://localhost:1"
    };

    private Hosts() {}

    /** Everything that the plugin registers. */
    public static ApplicationContextRunner plugin() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(RegisteredAutoConfigurations.classes()));
    }

    public static ApplicationContextRunner withOneStore() {
        return plugin().withPropertyValues(ONE_STORE);
    }
}
