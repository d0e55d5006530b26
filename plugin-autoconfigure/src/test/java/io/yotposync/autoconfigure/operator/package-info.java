@NullMarked
package io.yotposync.autoconfigure.operator;

import org.jspecify.annotations.NullMarked;
