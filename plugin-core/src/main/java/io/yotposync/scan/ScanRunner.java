package io.yotposync.scan;

import io.yotposync.outbox.LedgerCounts;
import io.yotposync.store.StoreSettings;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Does one batch of a scan: read, judge, ask the tripwire, write, remember the place. The place is remembered last: what
 * is done again after a crash finds itself unchanged.
 */
final class ScanRunner {

    private final ScanPorts ports;
    private final ScanSettings settings;
    private final CustomerPass customers;
    private final LedgerPass ledger;
    private final Writing writing;
    private final Map<ScanJob, Measured> measured = new HashMap<>();

    /** How many of a store's customers Yotpo had, or was about to have, while a scan that began then was at work. */
    private record Measured(Instant begun, long customers) {}

    ScanRunner(ScanPorts ports, ScanSettings settings, Mapping mapping) {
        this.ports = ports;
        this.settings = settings;
        Departures departures = new Departures(mapping.farewell(), settings.leavers());
        customers = new CustomerPass(ports, settings.pace(), mapping.judge(settings), departures);
        ledger = new LedgerPass(ports, settings, departures);
        writing = new Writing(ports, settings.leavers().grace());
    }

    /** Called every now and then, whether there is something to do or not. */
    void rest(Instant now) {
        customers.rest(now);
    }

    /** What the scan's state is after it. */
    Optional<ScanState> step(ScanState state, StoreSettings store) {
        ScanState from = withTotal(state);
        Step step = from.phase() == ScanPhase.LEDGER
                ? ledger.step(from, store)
                : customers.step(from, store, consentRule(from), unknownSince(from));
        ScanCounts counts = from.counts().plus(step.counts());
        String question = question(from, counts, step);
        boolean dry = from.job().isDryRun();
        Instant now = ports.clock().instant();
        if (question != null && !dry) {
            return change(state, current -> current.asking(question, now));
        }
        Optional<ScanCounts> otherwise = dry ? Optional.of(ScanCounts.NONE) : writing.write(step, now);
        return otherwise.isEmpty()
                ? Optional.of(state)
                : change(state, current -> next(current, step, counts.plus(otherwise.get()), question, now));
    }

    private ScanState withTotal(ScanState state) {
        if (state.job().isOfChanges()
                || state.lastId() != null
                || state.counts().has(Tally.TOTAL)) {
            return state;
        }
        OptionalLong total = total();
        return total.isPresent() ? state.with(state.counts().with(Tally.TOTAL, total.getAsLong())) : state;
    }

    /** To count many may take longer than the host's database lets it: that is no reason not to scan them. */
    private OptionalLong total() {
        try {
            return ports.source().count();
        } catch (RuntimeException | Error uncounted) {
            return OptionalLong.empty();
        }
    }

    private static ConsentRule consentRule(ScanState state) {
        if (state.job().comesRound()) {
            return ConsentRule.FOLLOW;
        }
        return state.counts().has(Tally.WITH_CONSENT) ? ConsentRule.TELL : ConsentRule.HOLD_BACK;
    }

    /** Only a backfill takes in customers of the time before the plugin; once one was done, there are none left. */
    private Instant unknownSince(ScanState state) {
        if (!state.job().isSweep()) {
            return Instant.EPOCH;
        }
        return ports.scanStates()
                .find(ScanJob.baseline(state.job().store()))
                .map(baseline -> baseline.status() == ScanStatus.DONE ? Instant.EPOCH : baseline.startedAt())
                .orElse(Instant.MAX); // nobody knows: then none
    }

    private @Nullable String question(ScanState from, ScanCounts counts, Step step) {
        if (from.counts().has(Tally.CONFIRMED)
                || (step.states().isEmpty() && step.purge().isEmpty())) {
            return null;
        }
        if (from.phase() == ScanPhase.LEDGER) {
            return settings.tripwire().leaving(counts, !step.states().isEmpty(), step.examples());
        }
        Tripwire tripwire = settings.tripwire();
        boolean ofAll = from.job().isOfChanges();
        String question = tripwire.question(counts, () -> known(from, counts), ofAll, step.examples());
        if (question == null || measured.remove(from.job()) == null) {
            return question;
        }
        return tripwire.question(counts, () -> known(from, counts), ofAll, step.examples()); // there may be more by now
    }

    /**
     * A scan of some customers only is measured by all that Yotpo has, or is about to have. To count them reads the whole
     * ledger: that is done once a scan, not for each batch.
     */
    private long known(ScanState scan, ScanCounts counts) {
        long seen = counts.of(Tally.KNOWN);
        if (!scan.job().isOfChanges()) {
            return seen;
        }
        Measured all = measured.get(scan.job());
        if (all == null || !all.begun().equals(scan.startedAt())) {
            LedgerCounts rows = ports.outbox().counts().getOrDefault(scan.job().store(), LedgerCounts.NONE);
            all = new Measured(scan.startedAt(), rows.inSync() + rows.pending());
            measured.put(scan.job(), all);
        }
        return Math.max(seen, all.customers());
    }

    private static ScanState next(
            ScanState current, Step step, ScanCounts counts, @Nullable String question, Instant now) {
        ScanState at = current.at(current.phase(), step.lastId(), counts, now)
                .remarking(question == null ? current.question() : question);
        if (!step.end()) {
            return at;
        }
        boolean whole = !current.job().isOfChanges();
        return whole && current.phase() == ScanPhase.CUSTOMERS
                ? at.at(ScanPhase.LEDGER, null, counts, now)
                : at.with(ScanStatus.DONE, now);
    }

    /** Unless an operator or another node moved it meanwhile. */
    private Optional<ScanState> change(ScanState from, UnaryOperator<ScanState> change) {
        return ports.scanStates().update(from.job(), current -> {
            boolean same = current != null
                    && current.isRunning()
                    && current.phase() == from.phase()
                    && current.startedAt().equals(from.startedAt())
                    && Objects.equals(current.lastId(), from.lastId());
            return same ? change.apply(current) : current;
        });
    }
}
