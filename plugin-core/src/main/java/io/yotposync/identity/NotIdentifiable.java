package io.yotposync.identity;

/** There is nothing that Yotpo could know the customer by, so nothing is sent. */
public record NotIdentifiable(Reason reason) implements Identity {

    /** Why, as counted and shown. */
    public enum Reason {
        /** An anonymous visitor: no account and no e-mail. */
        ANONYMOUS,
        /** What could have identified the customer is malformed. */
        INVALID_CONTACT,
        /** Registered, but neither external id nor contact is there. */
        NO_IDENTIFIER,
        /** What identifies it is out of reach just now. */
        UNREADABLE
    }
}
