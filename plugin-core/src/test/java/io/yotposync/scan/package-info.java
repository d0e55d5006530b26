@NullMarked
package io.yotposync.scan;

import org.jspecify.annotations.NullMarked;
