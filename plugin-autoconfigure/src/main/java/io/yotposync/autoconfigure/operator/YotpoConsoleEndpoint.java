package io.yotposync.autoconfigure.operator;

import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/**
 * One page that holds all it needs, so that it works under any context path, on the management port and wherever the
 * host moves its Actuator. It asks the endpoint {@code yotposync} beside it, with the browser's own log-in.
 */
@WebEndpoint(id = YotpoConsoleEndpoint.ID)
class YotpoConsoleEndpoint {

    static final String ID = "yotposyncconsole";

    private final String path;
    private final String endpoint;

    /**
     * @param path of this page, below that of Actuator
     * @param endpoint the path of {@code yotposync}
     */
    YotpoConsoleEndpoint(String path, String endpoint) {
        this.path = path;
        this.endpoint = endpoint;
    }

    @ReadOperation(produces = "text/html;charset=UTF-8")
    public String page() {
        return ConsolePage.assemble(path, endpoint); // seldom read, while every start would pay for it
    }
}
