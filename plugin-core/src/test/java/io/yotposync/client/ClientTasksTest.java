package io.yotposync.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ClientTasksTest {

    private final List<Runnable> threads = new ArrayList<>();
    private final AtomicInteger done = new AtomicInteger();
    private final ClientTasks tasks = new ClientTasks(threads::add);

    @Test
    void areDoneOnceOnTheThreads() {
        tasks.execute(done::incrementAndGet);
        assertThat(done).hasValue(0);

        threads.forEach(Runnable::run);
        tasks.close();

        assertThat(done).hasValue(1);
    }

    @Test
    void whatTheThreadsLeaveUndoneIsDoneAtTheEnd() {
        tasks.execute(done::incrementAndGet);
        tasks.execute(done::incrementAndGet);

        tasks.close();

        assertThat(done).hasValue(2);
    }

    @Test
    void afterTheEndWhoeverAsksDoesThemAtOnce() {
        tasks.close();

        tasks.execute(() -> tasks.execute(done::incrementAndGet));

        assertThat(done).hasValue(1);
        assertThat(threads).isEmpty();
    }
}
