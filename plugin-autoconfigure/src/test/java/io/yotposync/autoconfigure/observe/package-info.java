@NullMarked
package io.yotposync.autoconfigure.observe;

import org.jspecify.annotations.NullMarked;
