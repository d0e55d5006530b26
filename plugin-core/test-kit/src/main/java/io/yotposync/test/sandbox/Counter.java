package io.yotposync.test.sandbox;

/** What the sandbox counts for each store. */
public enum Counter {
    /** All of them. */
    REQUESTS,
    /** Tokens that were given out. */
    TOKENS,
    /** Customers that were accepted. */
    UPSERTS,
    /** Accepted customers that changed nothing: calls that could have been saved. */
    UNCHANGED,
    /** Accepted customers that were forgotten on request. */
    DROPPED,
    /** Look-ups that were answered. */
    LOOKUPS,
    /** Requests that broke the contract or that were refused on request. */
    REFUSED,
    /** 401. */
    UNAUTHORIZED,
    /** 429 for exceeding the rate. */
    THROTTLED,
    /** Failures on request. */
    FAULTS,
    /** Uses of {@code phone_number}. */
    DEPRECATED_PHONE_NUMBER,
    /** Uses of {@code custom_properties}. */
    DEPRECATED_CUSTOM_PROPERTIES
}
