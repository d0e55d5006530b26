package io.yotposync.outbox;

/**
 * Another customer of the store with the same e-mail or phone number, where that is all the claimed one is identified by:
 * Yotpo takes the two for one. Of several, the last of these says what happens.
 */
public enum Rival {
    NONE,
    /** Such a one is being sent: of two requests at once, the older could come last. */
    UNDER_WAY,
    /** Such a one was changed later, and waits to be sent. */
    LATER_PENDING,
    /** Such a one was changed later, and Yotpo has its state. */
    LATER,
    /** One with an external id: sending would overwrite that one's profile. */
    REGISTERED
}
