package io.yotposync.outbox;

import io.yotposync.store.StoreKey;

/** What kind of thing went wrong with a send, each with what an operator can do about it. */
public enum FailureClass {
    CREDENTIALS(
            "Check yotpo.sync.stores.<key>.app-key and .secret against the Yotpo account, and base-url if it is set."),
    QUOTA("Nothing to do: Yotpo asked to slow down. Lower rate-limit if another integration shares the store."),
    VALIDATION("Correct the named field of the customer, or map it otherwise; the next save sends it again."),
    CONFLICT("Two customers claim one identity in Yotpo; correct one of them, then retry. A guest who is the registered"
            + " customer may stay as it is."),
    NETWORK("Nothing to do if it passes; otherwise check the route from this host to Yotpo: base-url, DNS, proxy,"
            + " certificates."),
    OUTAGE("Nothing to do: Yotpo answered with an error of its own; it is tried again by itself."),
    OURS(
            "A fault of a setting, of a customizer or of this plugin: correct what is named here or in the log, then retry.");

    private final String fix;

    FailureClass(String fix) {
        this.fix = fix;
    }

    /** Whether Yotpo may have taken what was sent all the same, at this try or at one before it. */
    public boolean mayHaveArrived() {
        return this == NETWORK || this == OUTAGE || this == VALIDATION;
    }

    /** What an operator may do about it in a store. */
    public String fix(StoreKey store) {
        return fix.replace("<key>", store.value());
    }
}
