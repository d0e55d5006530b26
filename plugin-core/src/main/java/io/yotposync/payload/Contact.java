package io.yotposync.payload;

/**
 * A payload's e-mail, or its phone number where there is none, as the ledger keeps it: enough to see that two customers
 * share it, without saying what it is.
 *
 * @param fingerprint of store and contact, in lower case
 * @param alone whether nothing but the contact identifies the customer, as with guests
 */
public record Contact(Fingerprint fingerprint, boolean alone) {}
