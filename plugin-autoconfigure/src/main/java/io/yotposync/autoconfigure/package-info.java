/**
 * Wires the core into a Spring Boot host: properties in, beans out, one small auto-configuration per concern. Every bean
 * is named {@code yotpo…} and gives way to the host's own.
 */
@NullMarked
package io.yotposync.autoconfigure;

import org.jspecify.annotations.NullMarked;
