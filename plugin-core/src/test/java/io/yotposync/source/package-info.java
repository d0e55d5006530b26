@NullMarked
package io.yotposync.source;

import org.jspecify.annotations.NullMarked;
