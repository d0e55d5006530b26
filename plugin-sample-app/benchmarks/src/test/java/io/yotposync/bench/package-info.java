@NullMarked
package io.yotposync.bench;

import org.jspecify.annotations.NullMarked;
