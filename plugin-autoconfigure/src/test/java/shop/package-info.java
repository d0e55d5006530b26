/** A shop of its own making, as the documents show it. */
@NullMarked
package shop;

import org.jspecify.annotations.NullMarked;
