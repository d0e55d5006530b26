@NullMarked
package io.yotposync.dispatch;

import org.jspecify.annotations.NullMarked;
