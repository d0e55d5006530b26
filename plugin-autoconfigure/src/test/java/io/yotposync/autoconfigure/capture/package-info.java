@NullMarked
package io.yotposync.autoconfigure.capture;

import org.jspecify.annotations.NullMarked;
