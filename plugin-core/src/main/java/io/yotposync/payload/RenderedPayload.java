package io.yotposync.payload;

import org.jspecify.annotations.Nullable;

/**
 * A payload as it goes over the wire.
 *
 * @param body {@code {"customer":{…}}}, canonical: fixed order, nothing empty; personal data
 * @param fingerprint of store, app key, mapping version and body, {@code account_updated_at} apart
 * @param contact the e-mail or phone number as the ledger keeps it, {@code null} for neither
 */
public record RenderedPayload(
        String body, Fingerprint fingerprint, @Nullable Contact contact) {

    @Override
    public String toString() {
        return "RenderedPayload[fingerprint=" + fingerprint + "]";
    }
}
