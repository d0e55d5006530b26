package io.yotposync.scan;

import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.source.CustomerSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a page of customers once for all stores that come to the same place one after the other, as stores do whose scans
 * began together. One page is kept, for seconds. Used on the scanning thread.
 */
final class Pages {

    private static final Logger LOG = LoggerFactory.getLogger("io.yotposync");

    private static final Duration KEPT = Duration.ofSeconds(5);

    /** Each may wait as long as the host's pool does. */
    private static final int PROBES = 5;

    private final CustomerSource source;
    private final int size;
    private final Clock clock;
    private @Nullable Page last;
    private @Nullable String readable;

    /**
     * One page.
     *
     * @param readAt before it was read
     */
    record Page(
            Instant changedSince,
            @Nullable String after,
            Instant readAt,
            List<String> ids,
            List<CustomerSnapshot> customers) {

        /** The scan goes on behind this one. */
        @Nullable
        String lastId() {
            return ids.stream().filter(CustomerSnapshot::isId).reduce(after, (one, next) -> next);
        }

        /** A scan must not miss what was there when it began, which is kept in whole milliseconds. */
        private boolean isFor(ScanState scan) {
            return changedSince.equals(scan.watermark())
                    && Objects.equals(after, scan.lastId())
                    && !readAt.isBefore(scan.startedAt().plusMillis(1));
        }
    }

    Pages(CustomerSource source, int size, Clock clock) {
        this.source = source;
        this.size = size;
        this.clock = clock;
    }

    /** The page behind the scan's place. */
    Page read(ScanState scan) {
        Instant now = clock.instant();
        dropOld(now);
        Page page = last;
        if (page == null || !page.isFor(scan)) {
            Instant changedSince = scan.watermark();
            String after = scan.lastId();
            List<String> ids = ids(changedSince, after);
            page = new Page(changedSince, after, now, ids, customers(ids));
            last = page;
        }
        return page;
    }

    /** One at least that the scan's place can be, if there is any: what is no customer's id cannot be kept. */
    private List<String> ids(Instant changedSince, @Nullable String after) {
        List<String> ids = idsBehind(changedSince, after);
        while (!ids.isEmpty() && ids.stream().noneMatch(CustomerSnapshot::isId)) {
            ids = idsBehind(changedSince, ids.get(ids.size() - 1));
        }
        return ids;
    }

    private List<String> idsBehind(Instant changedSince, @Nullable String after) {
        return changedSince.equals(Instant.EPOCH)
                ? source.idsAfter(after, size)
                : source.idsChangedSince(changedSince, after, size);
    }

    private List<CustomerSnapshot> customers(List<String> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        try {
            List<CustomerSnapshot> found = source.findAll(ids);
            readable = ids.get(0);
            return found;
        } catch (RuntimeException | Error fault) {
            List<CustomerSnapshot> found = oneByOne(ids);
            if (found == null) {
                throw fault;
            }
            return found;
        }
    }

    /**
     * Whoever cannot be read must not keep a scan from all who come behind, which an outage must. An error may be one
     * customer's too, such as an endless recursion in the host's own mapping.
     *
     * @return {@code null} if nobody can be read at the moment
     */
    private @Nullable List<CustomerSnapshot> oneByOne(List<String> ids) {
        List<CustomerSnapshot> found = new ArrayList<>();
        for (String id : ids) {
            boolean read = isRead(id, found);
            if (!read && (readable == null || !canBeRead(readable))) {
                readable = someReadable(ids);
                if (readable == null) {
                    return null;
                }
                read = isRead(id, found); // it may have been an outage that is over
            }
            if (!read) {
                unread(id).ifPresent(found::add);
            }
        }
        return found;
    }

    private static Optional<CustomerSnapshot> unread(String id) {
        try {
            return Optional.of(CustomerSnapshot.of(id).partial(true).build());
        } catch (IllegalArgumentException noId) {
            LOG.debug("Yotpo sync: a customer is passed over whose id cannot be one");
            return Optional.empty();
        }
    }

    private boolean isRead(String id, List<CustomerSnapshot> found) {
        try {
            Optional<CustomerSnapshot> customer = source.find(id);
            if (isPartial(customer)) {
                return false; // as some sources tell of one alone whom they cannot read
            }
            customer.ifPresent(found::add);
            readable = id;
            return true;
        } catch (RuntimeException | Error unreadable) {
            LOG.debug("Yotpo sync: customer {} cannot be read: {}", id, Causes.of(unreadable));
            return false;
        }
    }

    private static boolean isPartial(Optional<CustomerSnapshot> customer) {
        return customer.filter(CustomerSnapshot::partial).isPresent();
    }

    private @Nullable String someReadable(List<String> ids) {
        int last = ids.size() - 1;
        return IntStream.range(0, PROBES)
                .map(probe -> last * probe / (PROBES - 1))
                .distinct()
                .mapToObj(ids::get)
                .filter(this::canBeRead)
                .findFirst()
                .or(() -> source.idsAfter(null, PROBES).stream()
                        .filter(this::canBeRead)
                        .findFirst())
                .orElse(null);
    }

    private boolean canBeRead(String id) {
        try {
            return !isPartial(source.find(id));
        } catch (RuntimeException | Error unreadable) {
            return false;
        }
    }

    /** Customers are not kept in memory for longer than they are of use. */
    void dropOld(Instant now) {
        Page page = last;
        if (page != null
                && (page.readAt().isAfter(now) || page.readAt().plus(KEPT).isBefore(now))) {
            last = null; // or the clock was put back
        }
    }
}
