package io.yotposync.autoconfigure;

import io.yotposync.observe.SyncListener;

/**
 * Every listener there is, as one. A bean of its own type, so that it is not taken for one of them.
 *
 * @param all tells each, our own memory of recent saves included
 */
public record SyncListeners(SyncListener all) {}
