/**
 * Wires the core into a Spring Boot host: settings in, beans out, one small auto-configuration per concern. Every bean
 * is named {@code yotpo…} and gives way to the host's own.
 *
 * <p>Here is the way itself, from a customer to Yotpo; ways in, operators, health and metrics have rooms of their own.
 */
@NullMarked
package io.yotposync.autoconfigure;

import org.jspecify.annotations.NullMarked;
