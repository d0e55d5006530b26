@NullMarked
package io.yotposync.autoconfigure;

import org.jspecify.annotations.NullMarked;
