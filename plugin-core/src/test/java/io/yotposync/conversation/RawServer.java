package io.yotposync.conversation;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A loopback server that gives a token as it should and answers everything else byte by byte as a test likes. */
final class RawServer implements AutoCloseable {

    /** Writes an answer, or does worse. */
    @FunctionalInterface
    interface Reply {
        void to(Socket socket, OutputStream out) throws IOException;
    }

    final CountDownLatch hungUp = new CountDownLatch(1);
    final CountDownLatch closing = new CountDownLatch(1);
    final AtomicInteger patches = new AtomicInteger();
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Reply reply;

    RawServer(Reply reply) throws IOException {
        this.reply = reply;
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                int length = Integer.parseInt(head.replaceAll("(?is).*content-length: *(\\d+).*", "$1"));
                in.readNBytes(length);
                if (head.startsWith("POST")) {
                    text(out, "HTTP/1.1 200 OK\r\nContent-Length: 24\r\n\r\n{\"access_token\":\"tok-1\"}");
                } else {
                    patches.incrementAndGet();
                    reply.to(socket, out);
                }
            }
        } catch (IOException gone) {
            hungUp.countDown();
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        return head.toString();
    }

    static void text(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** Writes one byte at a time until the other side has had enough, for ten seconds at most. */
    void trickle(OutputStream out) throws IOException {
        for (int i = 0; i < 200; i++) {
            try {
                if (closing.await(50, TimeUnit.MILLISECONDS)) {
                    return;
                }
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return;
            }
            text(out, "x");
        }
    }

    @Override
    public void close() throws IOException {
        closing.countDown();
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
