@NullMarked
package io.yotposync.autoconfigure.properties;

import org.jspecify.annotations.NullMarked;
