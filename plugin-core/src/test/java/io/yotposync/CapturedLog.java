package io.yotposync;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** What a logger and those below it are told from now on, until it is closed. */
public final class CapturedLog implements AutoCloseable {

    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private final Logger logger;
    private final @Nullable Level before;

    /** At the level that the logger has. */
    public CapturedLog(String logger) {
        this.logger = (Logger) LoggerFactory.getLogger(logger);
        before = this.logger.getLevel();
        appender.start();
        this.logger.addAppender(appender);
    }

    public CapturedLog(String logger, Level level) {
        this(logger);
        this.logger.setLevel(level);
    }

    public List<ILoggingEvent> events() {
        return appender.list;
    }

    public List<String> lines() {
        return appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    public List<String> lines(Level level) {
        return appender.list.stream()
                .filter(event -> event.getLevel() == level)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        logger.setLevel(before);
    }
}
