/**
 * One lane a store, from the outbox to Yotpo and back.
 *
 * <p>In: due rows of the outbox. Out: {@link io.yotposync.outbox.Completion}s. Everything happens on the plugin's own
 * threads.
 */
@NullMarked
package io.yotposync.dispatch;

import org.jspecify.annotations.NullMarked;
