package io.yotposync.identity;

/** There is nothing that Yotpo could know the customer by, so nothing is sent. */
public record NotIdentifiable(Reason reason) implements Identity {

    /** Why, as counted and shown. */
    public enum Reason {
        /** An anonymous visitor: no account and no e-mail. */
        ANONYMOUS("no account and no e-mail"),
        /** What could have identified the customer is malformed. */
        INVALID_CONTACT("no external id, and the e-mail or phone number is malformed"),
        /** Registered, but neither external id nor contact is there. */
        NO_IDENTIFIER("no external id, e-mail or permitted phone number"),
        /** What identifies it is out of reach just now. */
        UNREADABLE("the external id cannot be read");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }
}
