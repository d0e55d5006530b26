package io.yotposync.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** No save fails or waits where the ledger cannot be written, or connections are few. */
@ExtendWith(OutputCaptureExtension.class)
class AtomicCaptureInTroubleIT extends AtomicCaptureScene {

    @Test
    void aLedgerThatCannotBeWrittenFailsNoSave(CapturedOutput log) {
        String before = shop.register("", Forms.minimal("e@example.com"));
        jdbc.execute("ALTER TABLE yotpo_customer_sync RENAME TO yotpo_hidden");
        String during;
        try {
            during = shop.register("", Forms.minimal("f@example.com"));
            edit(before, Map.of("firstName", "E"));
            assertThat(customers.readCustomerByEmail("f@example.com")).isNotNull();
        } finally {
            jdbc.execute("ALTER TABLE yotpo_hidden RENAME TO yotpo_customer_sync");
        }

        assertThat(counts.notCaptured).contains("default:" + during, "default:" + before);
        assertThat(log.getOut().split("customers cannot be written in the host's transactions", -1))
                .hasSize(2);
        assertThat(log).doesNotContain("example.com");
        awaitFirstName(during, "A");
        awaitFirstName(before, "E");
    }

    /** The pool has four connections: whoever needed a second one while it holds the first would wait for ever. */
    @Test
    void eightSavingThreadsShareFourConnections() throws Exception {
        int each = 25;
        ExecutorService threads = Executors.newFixedThreadPool(8);
        long start = System.nanoTime();
        List<Future<List<String>>> running = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            String name = "t" + thread + "-";
            running.add(threads.submit(() -> {
                List<String> ids = new ArrayList<>();
                for (int i = 0; i < each; i++) {
                    String email = name + i + "@example.com";
                    ids.add(transaction.execute(status -> register(email)));
                }
                return ids;
            }));
        }
        List<String> ids = new ArrayList<>();
        for (Future<List<String>> one : running) {
            ids.addAll(one.get(60, TimeUnit.SECONDS));
        }
        threads.shutdown();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        assertThat(counts.notCaptured).isEmpty();
        assertThat(ids).doesNotHaveDuplicates().hasSize(8 * each);
        assertThat(ids).allSatisfy(id -> assertThat(rowsSeenByOthers(id)).isOne());
    }
}
