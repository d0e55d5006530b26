/**
 * For a shop's own tests of what it sends to Yotpo.
 *
 * <p>In: {@link io.yotposync.test.CustomerSnapshots customers} with made-up values. Out: what Yotpo would be told, to be
 * compared with a {@link io.yotposync.test.GoldenPayload golden file}; or a whole {@link
 * io.yotposync.test.YotpoSandboxExtension Yotpo on loopback} that holds what arrived.
 */
@NullMarked
package io.yotposync.test;

import org.jspecify.annotations.NullMarked;
