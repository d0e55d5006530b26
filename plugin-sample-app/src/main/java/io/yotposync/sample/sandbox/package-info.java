/**
 * Yotpo's end of the wire, as far as it is documented, strict where a mistake would go unnoticed.
 *
 * <p>In: a {@link io.yotposync.sample.sandbox.SandboxRequest}. Out: a {@link io.yotposync.sample.sandbox.Reply}. {@link
 * io.yotposync.sample.sandbox.YotpoSandbox} needs no server and no Spring; the controllers put it under {@code /yotpo}.
 */
@NullMarked
package io.yotposync.sample.sandbox;

import org.jspecify.annotations.NullMarked;
