@NullMarked
package io.yotposync.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
