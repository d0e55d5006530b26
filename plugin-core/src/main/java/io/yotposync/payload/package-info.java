/**
 * Yotpo's wire words.
 *
 * <p>In: a snapshot, its identity, a store's mapping. Out: {@link io.yotposync.payload.CustomerPayload} as canonical JSON
 * with its {@link io.yotposync.payload.Fingerprint}. {@link io.yotposync.payload.CustomerPayloadCustomizer}s have the
 * last word.
 */
@NullMarked
package io.yotposync.payload;

import org.jspecify.annotations.NullMarked;
