/**
 * The test kit's {@link io.yotposync.test.sandbox.YotpoSandbox} as a part of this application, under {@code /yotpo}.
 *
 * <p>In: HTTP requests of the plugin and of the sandbox's own page. Out: the sandbox's answers.
 */
@NullMarked
package io.yotposync.sample.sandbox;

import org.jspecify.annotations.NullMarked;
