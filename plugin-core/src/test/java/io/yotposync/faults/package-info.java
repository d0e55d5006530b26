/** What goes wrong with nodes, databases and pools; in processes of their own where that is what the fault needs. */
@NullMarked
package io.yotposync.faults;

import org.jspecify.annotations.NullMarked;
