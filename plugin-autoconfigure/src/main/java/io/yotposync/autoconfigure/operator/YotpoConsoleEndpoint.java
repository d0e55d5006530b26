package io.yotposync.autoconfigure.operator;

import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/**
 * One page that holds all it needs, so that it works under any context path, on the management port and wherever the
 * host moves its Actuator. It asks the endpoint {@code yotposync} beside it, with the browser's own log-in.
 */
@WebEndpoint(id = "yotposyncconsole")
final class YotpoConsoleEndpoint {

    @ReadOperation(produces = "text/html;charset=UTF-8")
    public String page() {
        return ConsolePage.assemble(); // seldom read, while every start would pay for it
    }
}
