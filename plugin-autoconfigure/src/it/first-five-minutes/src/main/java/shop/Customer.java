package shop;

import java.time.Instant;

/** The shop's own customer. */
record Customer(
        String id, String email, String firstName, String lastName, Boolean newsletter, Instant updatedAt) {}
