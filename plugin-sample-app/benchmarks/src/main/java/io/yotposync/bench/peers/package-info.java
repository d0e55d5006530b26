/** Ways to tell Yotpo of a saved customer, each as its own documentation tells a user to write it. */
@NullMarked
package io.yotposync.bench.peers;

import org.jspecify.annotations.NullMarked;
