package io.yotposync.dispatch;

import io.yotposync.client.Outcome;
import io.yotposync.outbox.Claim;
import java.time.Instant;

/** What came of sending a claim. */
record Answer(Claim claim, Outcome outcome, Instant sent) {}
