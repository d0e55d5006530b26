package io.yotposync.client;

import io.yotposync.outbox.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of one customer's request. Source of the cases: Yotpo's response codes. */
public sealed interface Outcome {

    /**
     * 2xx: Yotpo has taken the state; it may show it only a minute later.
     *
     * @param note what had to be left out for that and why; {@code null} for nothing
     * @param taken the body that was taken, personal data; {@code null} for the one that was given
     */
    record Accepted(
            int status, @Nullable String note, @Nullable String taken) implements Outcome {

        public Accepted(int status) {
            this(status, null, null);
        }

        /** No body. */
        @Override
        public String toString() {
            return "Accepted[status=" + status + ", note=" + note + "]";
        }
    }

    /**
     * 429, 408, 425: try again, and leave the store alone until then.
     *
     * @param asked as Yotpo asked; {@code null} if it did not say
     */
    record SlowDown(Failure failure, @Nullable Duration asked) implements Outcome {}

    /**
     * 5xx, time-out, reset, no connection, or an answer that makes no sense: try again, growing slower.
     *
     * @param asked how long Yotpo says that it will last, and the store is to be left alone; {@code null} if it did not say
     */
    record Outage(Failure failure, @Nullable Duration asked) implements Outcome {

        public Outage(Failure failure) {
            this(failure, null);
        }
    }

    /** 401 or 403 with a fresh token, or the secret itself refused: nothing can be sent until someone acts. */
    record Unauthorized(Failure failure) implements Outcome {}

    /**
     * Any other answer: the same request would be refused again.
     *
     * @param field the one property that the refusal names, such as {@code first_name} or {@code address.zip}
     */
    record Refused(Failure failure, @Nullable String field) implements Outcome {}

    /**
     * Yotpo was not asked, or not to the end: nothing is known about this state, and no attempt is used up.
     *
     * @param rest until it is tried again; {@code null} for at once
     */
    record NotSent(Failure failure, @Nullable Duration rest) implements Outcome {

        public NotSent(Failure failure) {
            this(failure, null);
        }
    }
}
