package io.yotposync.faults;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The other end of all nodes: what it was sent last of each customer, by whom, and whether two sends overlapped. */
final class Receiver implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Long> last = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> underWay = new ConcurrentHashMap<>();
    private final List<String> senders = new CopyOnWriteArrayList<>();
    private final AtomicInteger overlaps = new AtomicInteger();
    private final AtomicInteger backwards = new AtomicInteger();
    private final AtomicInteger sends = new AtomicInteger();
    private volatile double failing;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    Receiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** How many sends fail, from 0 to 1. */
    void fail(double share) {
        failing = share;
    }

    /** Sends that arrive from now on are answered when the returned latch is counted down. */
    CountDownLatch hold() {
        CountDownLatch latch = new CountDownLatch(1);
        gate = latch;
        return latch;
    }

    void answerAtOnce() {
        gate = new CountDownLatch(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String[] body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8).split(" ", 2);
        String customer = body[0];
        long version = Long.parseLong(body[1]);
        AtomicInteger here = underWay.computeIfAbsent(customer, any -> new AtomicInteger());
        overlaps.addAndGet(here.incrementAndGet() > 1 ? 1 : 0);
        sends.incrementAndGet();
        senders.add(exchange.getRequestHeaders().getFirst("X-Node"));
        boolean fails = ThreadLocalRandom.current().nextDouble() < failing;
        try {
            gate.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        if (!fails) {
            Long before = last.put(customer, version);
            backwards.addAndGet(before != null && before > version ? 1 : 0);
        }
        here.decrementAndGet();
        try (exchange) {
            exchange.sendResponseHeaders(fails ? 503 : 200, -1);
        }
    }

    long last(String customer) {
        return last.getOrDefault(customer, -1L);
    }

    boolean isUnderWay(String customer) {
        AtomicInteger here = underWay.get(customer);
        return here != null && here.get() > 0;
    }

    int overlaps() {
        return overlaps.get();
    }

    /** How often an older state came after a newer one. */
    int backwards() {
        return backwards.get();
    }

    int sends() {
        return sends.get();
    }

    List<String> senders() {
        return List.copyOf(senders);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
