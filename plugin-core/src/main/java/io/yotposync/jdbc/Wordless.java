package io.yotposync.jdbc;

import io.yotposync.outbox.Completion;
import io.yotposync.outbox.Completion.Acknowledged;
import io.yotposync.outbox.Completion.Parked;
import io.yotposync.outbox.Completion.RetryAt;
import io.yotposync.outbox.Failure;

/** How claims ended, without Yotpo's words: for a database whose encoding lacks one of their letters. */
final class Wordless {

    private Wordless() {}

    static Completion of(Completion end) {
        if (end instanceof Parked parked) {
            return new Parked(parked.claim(), of(parked.failure()));
        }
        if (end instanceof RetryAt retry) {
            return new RetryAt(retry.claim(), retry.at(), retry.counted(), of(retry.failure()));
        }
        return end instanceof Acknowledged acknowledged ? new Acknowledged(acknowledged.claim(), null) : end;
    }

    private static Failure of(Failure failure) {
        return new Failure(
                failure.kind(), failure.status(), "Yotpo's reason has letters that the outbox's database cannot hold");
    }
}
