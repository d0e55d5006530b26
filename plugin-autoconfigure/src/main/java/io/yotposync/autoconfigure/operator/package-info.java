/**
 * The Actuator endpoint and the console.
 *
 * <p>In: an operator's questions and wishes, by Actuator's endpoint or from the console's page. Out: the core's answers and
 * audited actions, in words that every line of Boot writes as the same JSON.
 */
@NullMarked
package io.yotposync.autoconfigure.operator;

import org.jspecify.annotations.NullMarked;
