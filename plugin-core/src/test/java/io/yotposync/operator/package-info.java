@NullMarked
package io.yotposync.operator;

import org.jspecify.annotations.NullMarked;
