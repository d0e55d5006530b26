package io.yotposync.payload;

/**
 * A payload as it goes over the wire.
 *
 * @param body {@code {"customer":{…}}}, canonical: fixed order, nothing empty; personal data
 * @param fingerprint of store, mapping version and body, {@code account_updated_at} apart
 */
public record RenderedPayload(String body, Fingerprint fingerprint) {

    @Override
    public String toString() {
        return "RenderedPayload[fingerprint=" + fingerprint + "]";
    }
}
