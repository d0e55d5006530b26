package io.yotposync.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.MovedClock;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.store.StoreKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A host may have ids that no customer of ours can have. */
class PagesTest {

    private final MovedClock clock = new MovedClock();

    @Test
    void whatCannotBeACustomersIdIsNoPlaceToGoOnFrom() {
        String tooLong = "x".repeat(CustomerSnapshot.MAX_ID_LENGTH + 1);

        assertThat(places("1", tooLong, "\n", " ", "\u0001", "2", "3")).containsExactly("1", "3");
        assertThat(places(tooLong, "1", "2", " ")).containsExactly("1", "2");
        assertThat(places(tooLong, "", " ")).isEmpty();
    }

    /** Where a scan with pages of two comes along. */
    private List<String> places(String... ids) {
        Pages pages = new Pages(new NamedSource(List.of(ids)), 2, clock);
        ScanState scan =
                ScanState.begun(ScanJob.backfill(StoreKey.DEFAULT), Instant.EPOCH, ScanCounts.NONE, clock.instant());
        List<String> places = new ArrayList<>();
        Pages.Page page = pages.read(scan);
        while (!page.ids().isEmpty()) {
            places.add(String.valueOf(page.lastId()));
            page = pages.read(scan.at(ScanPhase.CUSTOMERS, page.lastId(), ScanCounts.NONE, clock.instant()));
        }
        return places;
    }
}
