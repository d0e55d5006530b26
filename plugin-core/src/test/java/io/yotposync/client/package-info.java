@NullMarked
package io.yotposync.client;

import org.jspecify.annotations.NullMarked;
