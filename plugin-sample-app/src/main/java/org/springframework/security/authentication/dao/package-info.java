/** One name that Broadleaf 3.1 needs and that today's Spring Security no longer has. */
package org.springframework.security.authentication.dao;
