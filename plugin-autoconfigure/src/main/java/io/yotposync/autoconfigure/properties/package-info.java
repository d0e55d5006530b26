/**
 * Every property, bound and checked.
 *
 * <p>In: the host's environment, and below it the defaults where a Broadleaf developer looks for a module's. Out: trees of
 * properties and the core's settings, checked, or an exception that names the property and says what to write instead.
 */
@NullMarked
package io.yotposync.autoconfigure.properties;

import org.jspecify.annotations.NullMarked;
