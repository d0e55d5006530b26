package io.yotposync.observe;

/** Why a saved customer is not sent to a store at all. */
public enum SkipReason {
    /** The customer's site is that of no configured store. */
    NO_STORE,
    /** The customer's site is that of another store. */
    OTHER_STORE,
    /** The store is switched off. */
    STORE_DISABLED,
    /** Only certain customers may be sent from here, and this is none of them. */
    NOT_ALLOWED,
    /** An anonymous visitor: no account and no e-mail. */
    ANONYMOUS,
    /** What could have identified the customer is malformed. */
    INVALID_CONTACT,
    /** Registered, but without external id, e-mail or permitted phone number. */
    NO_IDENTIFIER,
    /** A customizer left identifiers that Yotpo refuses. */
    CUSTOMIZER_BROKE_IDENTIFIER,
    /** The customer could not be read or mapped; a fault of ours, of a customizer or of the entity. */
    FAILED
}
