/** What the plugin costs, section by section, beside what a shop would write instead. */
@NullMarked
package io.yotposync.bench;

import org.jspecify.annotations.NullMarked;
