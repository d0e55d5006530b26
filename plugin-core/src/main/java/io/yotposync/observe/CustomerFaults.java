package io.yotposync.observe;

import com.github.benmanes.caffeine.cache.Ticker;
import io.yotposync.store.StoreKey;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says of which customers nothing could be made: each at debug level, the first of a store and a kind of fault as a
 * warning, again after ten minutes. Of a fault it says the class and where it came from; a host's messages may quote a
 * customer. Thread-safe.
 */
public final class CustomerFaults {

    private final Logger log;
    private final String caught;
    private final String what;
    private final Said said;

    /**
     * @param catching what catches the faults: what it called is where they came from
     * @param what could not be done, as in "customer 7 could not be …"
     */
    public CustomerFaults(Class<?> catching, String what) {
        this(catching, what, Ticker.systemTicker());
    }

    CustomerFaults(Class<?> catching, String what, Ticker ticker) {
        log = LoggerFactory.getLogger(catching);
        caught = catching.getName();
        this.what = what;
        said = new Said(ticker);
    }

    /** @param store {@code null} if the customer did not come as far as a store */
    public void tell(@Nullable StoreKey store, String customerId, Throwable fault) {
        LogFields.beside(store, customerId, () -> {
            String whom =
                    "customer " + customerId + " could not be " + what + (store == null ? "" : " for store " + store);
            if (said.isNews(store + " " + fault.getClass().getName())) {
                log.warn(
                        "Yotpo sync: {}: {}; the next ten minutes, more of them are told at debug level",
                        whom,
                        of(fault));
            } else if (log.isDebugEnabled()) {
                log.debug("Yotpo sync: {}: {}", whom, of(fault));
            }
        });
    }

    private String of(Throwable fault) {
        try {
            return place(fault);
        } catch (RuntimeException ofItsOwn) {
            return fault.getClass().getName();
        }
    }

    private String place(Throwable fault) {
        List<StackTraceElement> way = Stream.of(fault.getStackTrace())
                .takeWhile(frame -> !frame.getClassName().equals(caught))
                .toList();
        String name = fault.getClass().getName();
        if (way.isEmpty()) {
            return name;
        }
        StackTraceElement thrown = way.get(0);
        return way.stream()
                .filter(CustomerFaults::isOfTheHost)
                .reduce((inner, outer) -> outer)
                .filter(called -> !called.equals(thrown))
                .map(called -> name + " at " + thrown + ", from " + called)
                .orElse(name + " at " + thrown);
    }

    private static boolean isOfTheHost(StackTraceElement frame) {
        return Stream.of("io.yotposync.", "java.", "jdk.", "sun.").noneMatch(frame.getClassName()::startsWith);
    }
}
