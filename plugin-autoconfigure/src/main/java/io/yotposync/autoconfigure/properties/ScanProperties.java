package io.yotposync.autoconfigure.properties;

import io.yotposync.readback.ReadBackSettings;
import io.yotposync.scan.ScanSettings;
import io.yotposync.scan.Tripwire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;

/**
 * How all customers are looked at, beside those that happen to be saved.
 *
 * @param source Where the customers are read.
 * @param scan How every scan goes about its work.
 * @param backfill Sending all customers there are.
 * @param catchUp Finding changes that no event told of.
 * @param deletes Customers that are gone.
 * @param tripwire What makes a scan stop and ask an operator.
 * @param readBack Asking Yotpo whether it has what it acknowledged.
 */
@ConfigurationProperties(YotpoSyncProperties.PREFIX)
public record ScanProperties(
        @DefaultValue Source source,
        @DefaultValue Scan scan,
        @DefaultValue Backfill backfill,
        @DefaultValue CatchUp catchUp,
        @DefaultValue Deletes deletes,
        @DefaultValue TripwireProperties tripwire,
        @DefaultValue ReadBackProperties readBack) {

    public static ScanProperties bind(Environment environment) {
        return BoundProperties.bind(environment, ScanProperties.class);
    }

    /** @throws io.yotposync.store.InvalidSettingException also for what only reading back is concerned with */
    public ScanSettings settings() {
        Objects.requireNonNull(readBack.settings());
        return new ScanSettings(
                new ScanSettings.Pace(scan.batch(), scan.pause(), scan.backlog()),
                backfill.consent(),
                new ScanSettings.CatchUp(
                        catchUp.interval(), catchUp.overlap(), catchUp.sweepEvery(), catchUp.sweepPause()),
                new ScanSettings.Leavers(deletes.tell(), deletes.grace(), deletes.retention()),
                new Tripwire(tripwire.share(), tripwire.atLeast()));
    }

    /** What is set here that needs customers to read, as it would be written. */
    public List<String> readingCustomers() {
        List<String> settings = new ArrayList<>(2);
        if (backfill.onStart() == OnStart.IF_NEVER) {
            settings.add(YotpoSyncProperties.PREFIX + ".backfill.on-start=if-never");
        }
        if (!readBack.every().isZero()) {
            settings.add(YotpoSyncProperties.PREFIX + ".read-back.every");
        }
        return settings;
    }

    /**
     * Where the customers are read.
     *
     * @param dataSource Name of the DataSource bean with Broadleaf's customers; by default webDS, else the only or primary
     *     one.
     * @param transactionManager Name of the transaction manager for reading customers; by default blTransactionManager,
     *     else the only or primary one.
     * @param schema Schema of BLC_CUSTOMER, if not the connection's own.
     */
    public record Source(
            @Nullable String dataSource,
            @Nullable String transactionManager,
            @Nullable String schema) {}

    /**
     * How every scan goes about its work.
     *
     * @param enabled Whether this node scans at all.
     * @param batch How many customers are read at once.
     * @param pause How long a backfill rests between two batches.
     * @param backlog How many customers of a store may be pending before a scan waits for them to be sent.
     */
    public record Scan(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("200") int batch,
            @DefaultValue("100ms") Duration pause,
            @DefaultValue("1000") int backlog) {}

    /**
     * Sending all customers there are.
     *
     * @param onStart Whether the start of the host begins a backfill of a store that never had one; with the outbox in
     *     memory, each start.
     * @param consent Whether a backfill may tell Yotpo a consent that it was not told before.
     */
    public record Backfill(
            @DefaultValue("never") OnStart onStart,
            @DefaultValue("false") boolean consent) {}

    /** When a backfill begins by itself. */
    public enum OnStart {
        /** Never: adding the plugin, or starting a copy of the shop, does not send all customers on its own. */
        NEVER,
        /** At start, for a store that never had one. */
        IF_NEVER
    }

    /**
     * Finding changes that no event told of.
     *
     * @param interval How often the host is asked which customers it changed.
     * @param overlap How much further back than the last time the host is asked for changes.
     * @param sweepEvery How often all customers are looked at, for what moves no update time.
     * @param sweepPause How long a sweep rests between two batches.
     */
    public record CatchUp(
            @DefaultValue("5m") Duration interval,
            @DefaultValue("5m") Duration overlap,
            @DefaultValue("24h") Duration sweepEvery,
            @DefaultValue("2s") Duration sweepPause) {}

    /**
     * Customers that are gone.
     *
     * @param tell What Yotpo is told of customers who are gone or were made anonymous. That one is deactivated is told in
     *     any case.
     * @param grace How long nothing must have been heard of a missing customer before it counts as gone.
     * @param retention How long the plugin's own row of a customer who is gone is kept.
     */
    public record Deletes(
            @DefaultValue("disable") ScanSettings.Leaving tell,
            @DefaultValue("10m") Duration grace,
            @DefaultValue("30d") Duration retention) {}

    /**
     * What makes a scan stop and ask an operator.
     *
     * @param share Of the customers that Yotpo knows, the share whose consent, or any field, may change; 1 for no limit.
     * @param atLeast Fewer customers than this never stop a scan.
     */
    public record TripwireProperties(
            @DefaultValue("0.2") double share,
            @DefaultValue("50") int atLeast) {}

    /**
     * Asking Yotpo whether it has what it acknowledged.
     *
     * @param every How often Yotpo is asked for a sample of what it acknowledged; 0 for never.
     * @param sample How many customers of each store a sample has, at most 100.
     * @param resend Whether customers that Yotpo lacks, or has otherwise, are sent again.
     * @param visibleAfter How long Yotpo may take to show what it acknowledged.
     */
    public record ReadBackProperties(
            @DefaultValue("0s") Duration every,
            @DefaultValue("50") int sample,
            @DefaultValue("false") boolean resend,
            @DefaultValue("60s") Duration visibleAfter) {

        public ReadBackSettings settings() {
            return new ReadBackSettings(every, sample, resend, visibleAfter);
        }
    }
}
