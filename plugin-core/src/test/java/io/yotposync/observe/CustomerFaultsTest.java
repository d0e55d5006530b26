package io.yotposync.observe;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.yotposync.CapturedLog;
import io.yotposync.Samples;
import io.yotposync.prepare.Preparation;
import io.yotposync.store.StoreKey;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CustomerFaultsTest {

    private final CapturedLog log = new CapturedLog("io.yotposync", Level.DEBUG);
    private long now;
    private final CustomerFaults faults = new CustomerFaults(Preparation.class, "mapped", () -> now);

    @AfterEach
    void stopListening() {
        log.close();
    }

    @Test
    void warnsOnceOfAStoreAndAKindOfFaultAndSaysOfWhomAtDebugLevel() {
        for (int i = 0; i < 20; i++) {
            faults.tell(StoreKey.DEFAULT, "c" + i, new IllegalStateException("a@example.com"));
        }
        faults.tell(Samples.EU, "x", new IllegalStateException("a@example.com"));
        faults.tell(StoreKey.DEFAULT, "y", new NoSuchMethodError("a@example.com"));
        faults.tell(null, "z", new IllegalStateException("a@example.com"));

        assertThat(log.lines(Level.WARN))
                .satisfiesExactly(
                        line -> assertThat(line).contains("customer c0 could not be mapped for store default"),
                        line -> assertThat(line).contains("customer x could not be mapped for store eu"),
                        line -> assertThat(line).contains("customer y", "NoSuchMethodError"),
                        line -> assertThat(line).contains("customer z could not be mapped: "));
        assertThat(log.lines(Level.DEBUG)).hasSize(19).last().asString().contains("customer c19");
        assertThat(log.events())
                .allSatisfy(event -> assertThat(event.getFormattedMessage()).doesNotContain("a@example.com"))
                .allSatisfy(event -> assertThat(event.getThrowableProxy()).isNull());
    }

    @Test
    void warnsAgainAfterTenMinutes() {
        faults.tell(StoreKey.DEFAULT, "7", new IllegalStateException());
        now = Duration.ofMinutes(11).toNanos();
        faults.tell(StoreKey.DEFAULT, "8", new IllegalStateException());

        assertThat(log.lines(Level.WARN)).hasSize(2);
    }

    @Test
    void namesWhereTheFaultWasThrownAndWhatOfTheHostWasCalled() {
        tellOfOneThrownAt(
                frame("java.util.Objects", "requireNonNull"),
                frame("shop.Tiers", "of"),
                frame("shop.Loyalty", "customize"),
                frame("io.yotposync.payload.PayloadMapper", "map"),
                frame("java.util.ArrayList", "forEach"),
                frame(Preparation.class.getName(), "prepare"),
                frame("shop.Controller", "save"));

        assertThat(log.lines(Level.WARN))
                .singleElement()
                .asString()
                .contains("java.lang.NullPointerException at java.util.Objects.requireNonNull(Its.java:7)"
                        + ", from shop.Loyalty.customize(Its.java:7);");
    }

    @Test
    void namesOnePlaceWhereThereIsOne() {
        tellOfOneThrownAt(frame("shop.Loyalty", "customize"), frame(Preparation.class.getName(), "prepare"));
        tellOfOneThrownAt(frame("io.yotposync.payload.PayloadMapper", "map"));
        tellOfOneThrownAt();

        assertThat(log.lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("Exception at shop.Loyalty.customize(Its.java:7);"),
                        line -> assertThat(line)
                                .endsWith("Exception at io.yotposync.payload.PayloadMapper.map(Its.java:7)"),
                        line -> assertThat(line).endsWith(": java.lang.NullPointerException"));
    }

    private void tellOfOneThrownAt(StackTraceElement... way) {
        NullPointerException fault = new NullPointerException("a@example.com");
        fault.setStackTrace(way);
        faults.tell(StoreKey.DEFAULT, "7", fault);
    }

    private static StackTraceElement frame(String type, String method) {
        return new StackTraceElement(type, method, "Its.java", 7);
    }
}
