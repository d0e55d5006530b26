package io.yotposync.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Yotpo on a loopback port: one thread, any number of connections, a latency that costs nothing to wait for, and a
 * sliding second for each store that counts every call.
 */
public final class LocalYotpo implements AutoCloseable {

    private static final long SECOND = 1_000_000_000L;
    private static final int BUFFER = 32 * 1024;

    private final ServerSocketChannel server;
    private final Selector selector;
    private final Thread thread = new Thread(this::serve, "local-yotpo");
    private final PriorityQueue<Answer> underWay = new PriorityQueue<>(Comparator.comparingLong(Answer::due));
    private final Map<String, Store> stores = new ConcurrentHashMap<>();
    private final Set<String> down = ConcurrentHashMap.newKeySet();

    private volatile long latency;
    private volatile int limit;
    private volatile boolean allDown;
    private volatile boolean closed;

    /** What a store saw. */
    private static final class Store {
        private final LongAdder accepted = new LongAdder();
        private final LongAdder tooFast = new LongAdder();
        private final Deque<Long> window = new ArrayDeque<>();
        private volatile long first;
        private volatile long latest;
    }

    private record Answer(long due, SocketChannel to, ByteBuffer bytes) {}

    public LocalYotpo() {
        try {
            selector = Selector.open();
            server = ServerSocketChannel.open();
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread.setDaemon(true);
        thread.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.socket().getLocalPort());
    }

    /** How long each answer takes from now on. */
    public LocalYotpo latency(Duration value) {
        latency = value.toNanos();
        return this;
    }

    /** Requests in any one second and store; 0 for no limit. */
    public LocalYotpo limit(int value) {
        limit = value;
        return this;
    }

    /** Answers 503 to everything, or no longer. */
    public LocalYotpo down(boolean value) {
        allDown = value;
        return this;
    }

    /** Answers 503 to one store. */
    public void down(String store) {
        down.add(store);
    }

    /** Customers that one store has taken. */
    public long accepted(String store) {
        Store seen = stores.get(store);
        return seen == null ? 0 : seen.accepted.sum();
    }

    public long accepted() {
        return stores.values().stream().mapToLong(store -> store.accepted.sum()).sum();
    }

    /** Requests that were refused for being too fast. */
    public long tooFast() {
        return stores.values().stream().mapToLong(store -> store.tooFast.sum()).sum();
    }

    /** From the first customer that was taken to the latest, in seconds. */
    public double seconds() {
        long first = stores.values().stream()
                .mapToLong(store -> store.first)
                .filter(at -> at != 0)
                .min()
                .orElse(0);
        long latest =
                stores.values().stream().mapToLong(store -> store.latest).max().orElse(0);
        return (latest - first) / (double) SECOND;
    }

    public void forget() {
        stores.clear();
    }

    private void serve() {
        while (!closed) {
            try {
                Answer next = underWay.peek();
                if (next == null) {
                    selector.select();
                } else {
                    long wait = next.due - System.nanoTime();
                    if (wait > 0) {
                        selector.select(Math.max(1, wait / 1_000_000));
                    } else {
                        selector.selectNow();
                    }
                }
                for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
                    SelectionKey key = keys.next();
                    keys.remove();
                    handle(key);
                }
                long now = System.nanoTime();
                for (Answer due = underWay.peek(); due != null && due.due <= now; due = underWay.peek()) {
                    write(underWay.remove());
                }
            } catch (IOException | RuntimeException gone) {
                // The connection that it was about is closed; the others go on.
            }
        }
    }

    private void handle(SelectionKey key) throws IOException {
        if (key.isAcceptable()) {
            SocketChannel channel = server.accept();
            if (channel != null) {
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.register(selector, SelectionKey.OP_READ, ByteBuffer.allocate(BUFFER));
            }
            return;
        }
        SocketChannel channel = (SocketChannel) key.channel();
        ByteBuffer buffer = (ByteBuffer) key.attachment();
        try {
            if (channel.read(buffer) < 0) {
                channel.close();
                return;
            }
        } catch (IOException gone) {
            channel.close();
            return;
        }
        for (String head = head(buffer); head != null; head = head(buffer)) {
            answer(channel, head);
        }
    }

    /** Takes one whole request out of the buffer and returns its head. */
    @SuppressWarnings("ByteBufferBackingArray") // allocated here
    private static @Nullable String head(ByteBuffer buffer) {
        byte[] bytes = buffer.array();
        int end = buffer.position();
        for (int i = 3; i < end; i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n' && bytes[i - 3] == '\r') {
                String head = new String(bytes, 0, i + 1, StandardCharsets.ISO_8859_1);
                int whole = i + 1 + contentLength(head);
                if (whole > end) {
                    return null;
                }
                buffer.flip().position(whole);
                buffer.compact();
                return head;
            }
        }
        return null;
    }

    private static int contentLength(String head) {
        String lower = head.toLowerCase(Locale.ROOT);
        int at = lower.indexOf("\ncontent-length:");
        if (at < 0) {
            return 0;
        }
        int from = at + "\ncontent-length:".length();
        return Integer.parseInt(lower.substring(from, lower.indexOf('\r', from)).strip());
    }

    private void answer(SocketChannel channel, String head) {
        long now = System.nanoTime();
        int at = head.indexOf("/stores/") + "/stores/".length();
        String id = head.substring(at, head.indexOf('/', at));
        Store store = stores.computeIfAbsent(id, any -> new Store());
        boolean customer = head.startsWith("PATCH");
        int status = customer && (allDown || down.contains(id)) ? 503 : isTooFast(store, now) ? 429 : 200;
        if (status == 429) {
            store.tooFast.increment();
        } else if (status == 200 && customer) {
            store.accepted.increment();
            store.first = store.first == 0 ? now : store.first;
            store.latest = now;
        }
        String body = customer ? "{}" : "{\"access_token\":\"token\"}";
        String text = "HTTP/1.1 " + status + " Any\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
        underWay.add(new Answer(now + latency, channel, ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII))));
    }

    private boolean isTooFast(Store store, long now) {
        int most = limit;
        if (most == 0) {
            return false;
        }
        while (!store.window.isEmpty() && store.window.getFirst() <= now - SECOND) {
            store.window.removeFirst();
        }
        if (store.window.size() >= most) {
            return true;
        }
        store.window.addLast(now);
        return false;
    }

    private static void write(Answer answer) throws IOException {
        try {
            while (answer.bytes.hasRemaining()) {
                answer.to.write(answer.bytes);
            }
        } catch (IOException gone) {
            answer.to.close();
        }
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            server.close();
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
