package io.yotposync.dispatch;

import io.yotposync.outbox.Completion;

/**
 * What an answer leads to.
 *
 * @param completion for the row
 * @param afterwards for the store and the listener, once the row is written
 */
record Reaction(Completion completion, Runnable afterwards) {}
