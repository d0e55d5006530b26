@NullMarked
package io.yotposync;

import org.jspecify.annotations.NullMarked;
