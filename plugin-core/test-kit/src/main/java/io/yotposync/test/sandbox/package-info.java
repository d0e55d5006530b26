/**
 * Yotpo's end of the wire, as far as it is documented, strict where a mistake would go unnoticed.
 *
 * <p>In: a {@link io.yotposync.test.sandbox.SandboxRequest}. Out: a {@link io.yotposync.test.sandbox.Reply}. {@link
 * io.yotposync.test.sandbox.YotpoSandbox} needs no server; {@link io.yotposync.test.sandbox.SandboxServer} puts it on a
 * port of the loopback interface.
 */
@NullMarked
package io.yotposync.test.sandbox;

import org.jspecify.annotations.NullMarked;
