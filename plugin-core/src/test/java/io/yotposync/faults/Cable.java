package io.yotposync.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The cable between a pool and its database, on loopback, that a test can cut and mend. */
final class Cable implements AutoCloseable {

    private final ServerSocket entrance;
    private final int exit;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    Cable(int exit) throws IOException {
        this.exit = exit;
        entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    int port() {
        return entrance.getLocalPort();
    }

    void cut() throws IOException {
        cut = true;
        for (Socket end : ends) {
            end.close();
        }
    }

    void mend() {
        cut = false;
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket client = entrance.accept();
                if (cut) {
                    client.close();
                    continue;
                }
                Socket server = new Socket(InetAddress.getLoopbackAddress(), exit);
                ends.add(client);
                ends.add(server);
                if (cut) {
                    // Cut in between: nobody else would close them.
                    client.close();
                    server.close();
                    continue;
                }
                threads.execute(() -> pump(client, server));
                threads.execute(() -> pump(server, client));
            } catch (IOException ended) {
                // The next one, or none after close().
            }
        }
    }

    private void pump(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] buffer = new byte[8192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException cutOff) {
            // As cables are.
        } finally {
            ends.remove(from);
            ends.remove(to);
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        cut();
        threads.shutdownNow();
    }
}
