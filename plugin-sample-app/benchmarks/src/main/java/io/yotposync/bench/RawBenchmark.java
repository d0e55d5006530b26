package io.yotposync.bench;

import io.yotposync.bench.peers.YotpoCall;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.TimeUnit;
import org.broadleafcommerce.profile.core.domain.Customer;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The least that a change must cost: the customer as JSON by Jackson, and a fingerprint of it. As many customers, as far
 * apart, as {@link SaveBenchmark} has.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
@NullUnmarked // JMH sets the fields
public class RawBenchmark {

    private final Customer[] shoppers = new Customer[SaveBenchmark.SHOPPERS];
    private Customer next;
    private int number;

    @Setup(Level.Trial)
    public void start() {
        for (int i = 0; i < shoppers.length; i++) {
            shoppers[i] = Shoppers.complete(i + 1);
        }
    }

    @Setup(Level.Invocation)
    public void pause(Blackhole hole) {
        long until = System.nanoTime() + SaveBenchmark.PAUSE_MICROS * 1000L;
        next = shoppers[number++ % shoppers.length];
        SaveBenchmark.spinUntil(until);
        hole.consume(Shoppers.flushed(next));
    }

    @Benchmark
    public byte[] jsonAndFingerprint() {
        return fingerprint(YotpoCall.body(next));
    }

    static byte[] fingerprint(String body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
