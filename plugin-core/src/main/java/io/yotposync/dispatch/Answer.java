package io.yotposync.dispatch;

import io.yotposync.client.Outcome;
import io.yotposync.outbox.Claim;
import io.yotposync.store.Credentials;
import java.time.Instant;

/**
 * What came of sending a claim.
 *
 * @param with the credentials that it was sent with; they may have been replaced since
 * @param doubtful whether Yotpo may have taken an earlier try of this send, whatever it answered to the last
 */
record Answer(Claim claim, Outcome outcome, Instant sent, Credentials with, boolean doubtful) {

    Answer(Claim claim, Outcome outcome, Instant sent, Credentials with) {
        this(claim, outcome, sent, with, false);
    }
}
