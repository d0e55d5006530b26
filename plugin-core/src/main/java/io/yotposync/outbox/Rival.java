package io.yotposync.outbox;

/**
 * Another customer of the store with the same e-mail or phone number, where one of the two is identified by that alone:
 * Yotpo takes the two for one. Where several apply, the last of these counts; for a claimed customer with an external id
 * none but {@link #UNDER_WAY} does.
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
