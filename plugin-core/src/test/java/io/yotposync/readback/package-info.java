@NullMarked
package io.yotposync.readback;

import org.jspecify.annotations.NullMarked;
