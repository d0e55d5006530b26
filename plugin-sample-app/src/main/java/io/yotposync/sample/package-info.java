/** The sample: a small shop and a Yotpo sandbox in one process. */
@NullMarked
package io.yotposync.sample;

import org.jspecify.annotations.NullMarked;
