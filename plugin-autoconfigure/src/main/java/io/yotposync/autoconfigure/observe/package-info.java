/**
 * Metrics and traces.
 *
 * <p>In: what each step did and how things stand. Out: meters and observations, where the host has Micrometer; nobody else
 * of the plugin names it.
 */
@NullMarked
package io.yotposync.autoconfigure.observe;

import org.jspecify.annotations.NullMarked;
