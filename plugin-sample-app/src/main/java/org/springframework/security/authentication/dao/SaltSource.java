package org.springframework.security.authentication.dao;

/**
 * Spring Security 3's interface, which Spring Security 5 dropped. Broadleaf 3.1's {@code CustomerService} names it in two
 * signatures, so that no reflection on that service works without it; nothing in the shop calls it.
 */
public interface SaltSource {}
