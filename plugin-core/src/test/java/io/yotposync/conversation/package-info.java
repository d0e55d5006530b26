/** The whole conversation with Yotpo over HTTP: dispatcher, client, memory outbox, and a server that is strict or ill. */
@NullMarked
package io.yotposync.conversation;

import org.jspecify.annotations.NullMarked;
