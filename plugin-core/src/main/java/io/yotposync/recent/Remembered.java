package io.yotposync.recent;

import io.yotposync.outbox.Desired;
import io.yotposync.payload.Fingerprint;
import io.yotposync.store.CustomerKey;
import java.util.Arrays;

/**
 * The latest states of some customers as bare numbers, for there may be a million of them: six of eight bytes each,
 * where a map of objects takes three hundred. Keys and fingerprints are kept as 128 bits that two of them share as good as
 * never, of a seed that nobody outside knows. Open addressing; guarded by the caller.
 *
 * <p>Full, it forgets the oldest of a few for each new one.
 */
final class Remembered {

    private static final int CELLS = 6;
    private static final int KEY = 0;
    private static final int PRINT = 2;
    private static final int VERSION = 4;
    private static final int SINCE = 5;

    private static final int SMALLEST = 16;
    private static final int LOOKED_AT = 8;
    private static final long FREE = 0;

    private final int most;
    private final long seed;
    private long[] cells = new long[SMALLEST * CELLS];
    private int size;
    private int hand;

    Remembered(int most, long seed) {
        this.most = most;
        this.seed = seed;
    }

    int size() {
        return size;
    }

    /** Where a customer is, negative if nowhere; good until the next {@link #put} or {@link #remove}. */
    int find(CustomerKey key) {
        long high = high(key);
        long low = low(key);
        for (int slot = home(high); cells[slot * CELLS] != FREE; slot = next(slot)) {
            if (cells[slot * CELLS] == high && cells[slot * CELLS + KEY + 1] == low) {
                return slot;
            }
        }
        return -1;
    }

    boolean has(int slot, Fingerprint content) {
        int at = slot * CELLS + PRINT;
        return cells[at] == hash(content.value(), seed) && cells[at + 1] == hash(content.value(), ~seed);
    }

    long version(int slot) {
        return cells[slot * CELLS + VERSION];
    }

    long since(int slot) {
        return cells[slot * CELLS + SINCE];
    }

    void raise(int slot, long version) {
        int at = slot * CELLS + VERSION;
        cells[at] = Math.max(cells[at], version);
    }

    void put(Desired state, long version, long since) {
        if (most == 0) {
            return;
        }
        int slot = find(state.key());
        if (slot < 0) {
            makeRoom();
            slot = free(high(state.key()));
            size++;
        }
        int at = slot * CELLS;
        cells[at + KEY] = high(state.key());
        cells[at + KEY + 1] = low(state.key());
        cells[at + PRINT] = hash(state.fingerprint().value(), seed);
        cells[at + PRINT + 1] = hash(state.fingerprint().value(), ~seed);
        cells[at + VERSION] = version;
        cells[at + SINCE] = since;
    }

    /** Those behind it move up, so that nobody looks for them in vain. */
    void remove(int slot) {
        int gap = slot;
        for (int at = next(slot); cells[at * CELLS] != FREE; at = next(at)) {
            int home = home(cells[at * CELLS]);
            boolean between = gap <= at ? gap < home && home <= at : gap < home || home <= at;
            if (!between) {
                System.arraycopy(cells, at * CELLS, cells, gap * CELLS, CELLS);
                gap = at;
            }
        }
        Arrays.fill(cells, gap * CELLS, (gap + 1) * CELLS, FREE);
        size--;
    }

    private void makeRoom() {
        if (size >= most) {
            remove(oldestOfSome());
        } else if (size >= slots() / 4 * 3) {
            grow();
        }
    }

    private int oldestOfSome() {
        int oldest = -1;
        for (int seen = 0; seen < LOOKED_AT || oldest < 0; hand = next(hand)) {
            if (cells[hand * CELLS] != FREE && (oldest < 0 || since(hand) - since(oldest) < 0)) {
                oldest = hand;
            }
            seen++;
        }
        return oldest;
    }

    private void grow() {
        long[] before = cells;
        cells = new long[before.length * 2];
        for (int from = 0; from < before.length; from += CELLS) {
            if (before[from] != FREE) {
                System.arraycopy(before, from, cells, free(before[from]) * CELLS, CELLS);
            }
        }
        hand = 0;
    }

    private int free(long high) {
        int slot = home(high);
        while (cells[slot * CELLS] != FREE) {
            slot = next(slot);
        }
        return slot;
    }

    private int slots() {
        return cells.length / CELLS;
    }

    private int home(long high) {
        return (int) (high >>> 16) & (slots() - 1);
    }

    private int next(int slot) {
        return (slot + 1) & (slots() - 1);
    }

    private long high(CustomerKey key) {
        long high = spread(key, seed);
        return high == FREE ? 1 : high;
    }

    private long low(CustomerKey key) {
        return spread(key, ~seed);
    }

    /** Seeded and well spread over all bits. */
    static long spread(CustomerKey key, long seed) {
        return hash(key.customerId(), hash(key.store().value(), seed));
    }

    private static long hash(String text, long seed) {
        long hash = seed ^ text.length();
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        hash = (hash ^ (hash >>> 30)) * 0xBF58476D1CE4E5B9L;
        hash = (hash ^ (hash >>> 27)) * 0x94D049BB133111EBL;
        return hash ^ (hash >>> 31);
    }
}
