/** A browser for tests: headless Chromium, spoken to in its own protocol. */
@NullMarked
package io.yotposync.sample.browser;

import org.jspecify.annotations.NullMarked;
