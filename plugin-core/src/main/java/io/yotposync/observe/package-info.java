/**
 * What the plugin tells the outside about itself.
 *
 * <p>In: what each step did. Out: logs, metrics, a host's own {@link io.yotposync.observe.SyncListener}s.
 */
@NullMarked
package io.yotposync.observe;

import org.jspecify.annotations.NullMarked;
