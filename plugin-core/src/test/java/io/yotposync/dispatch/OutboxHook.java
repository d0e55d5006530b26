package io.yotposync.dispatch;

import io.yotposync.outbox.Outbox;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** An outbox with work put before one of its methods. */
final class OutboxHook {

    private OutboxHook() {}

    static Outbox before(String method, Runnable work, Outbox real) {
        return (Outbox) Proxy.newProxyInstance(
                Outbox.class.getClassLoader(), new Class<?>[] {Outbox.class}, (proxy, called, args) -> {
                    if (called.getName().equals(method)) {
                        work.run();
                    }
                    try {
                        return called.invoke(real, args);
                    } catch (InvocationTargetException fault) {
                        throw fault.getCause();
                    }
                });
    }
}
