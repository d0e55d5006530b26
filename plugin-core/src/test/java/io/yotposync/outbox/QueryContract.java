package io.yotposync.outbox;

import static io.yotposync.outbox.States.EU;
import static io.yotposync.outbox.States.ONE;
import static io.yotposync.outbox.States.US;
import static io.yotposync.outbox.States.at;
import static io.yotposync.outbox.States.key;
import static io.yotposync.outbox.States.live;
import static io.yotposync.outbox.States.print;
import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.outbox.Completion.Acknowledged;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every outbox shows of its rows: one, a page, and how many. */
interface QueryContract extends OutboxScene {

    @Test
    default void anUnknownCustomerIsNotFound() {
        assertThat(outbox().find(ONE)).isEmpty();
        assertThat(outbox().list(LedgerQuery.all())).isEmpty();
        assertThat(outbox().counts()).isEmpty();
        assertThat(outbox().dueStores(at(1))).isEmpty();
    }

    @Test
    default void idsThatDifferInCaseOnlyAreTwoCustomers() {
        put(live(key(EU, "abc"), "A"));
        put(live(key(EU, "ABC"), "B"));

        assertThat(outbox().list(LedgerQuery.all())).hasSize(2);
        assertThat(outbox().find(key(EU, "ABC")).orElseThrow().desired()).isEqualTo(print("B"));
    }

    @Test
    default void pagesFollowEachOtherInTheOrderOfStoreThenCustomer() {
        for (String id : List.of("b", "a", "C", "10", "9")) {
            put(live(key(EU, id), "A"));
            put(live(key(US, id), "A"));
        }

        List<LedgerRow> first = outbox().list(LedgerQuery.all().withLimit(3));
        List<LedgerRow> second =
                outbox().list(LedgerQuery.all().withLimit(3).after(first.get(2).key()));
        List<LedgerRow> rest =
                outbox().list(LedgerQuery.all().withLimit(9).after(second.get(2).key()));

        assertThat(first).extracting(row -> row.key().toString()).containsExactly("eu/10", "eu/9", "eu/C");
        assertThat(second).extracting(row -> row.key().toString()).containsExactly("eu/a", "eu/b", "us/10");
        assertThat(rest).extracting(row -> row.key().toString()).containsExactly("us/9", "us/C", "us/a", "us/b");
    }

    @Test
    default void pagesOfOneStoreBeginBehindAnyOfItsCustomers() {
        for (String id : List.of("b", "a", "C", "10", "9")) {
            put(live(key(EU, id), "A"));
            put(live(key(US, id), "A"));
        }

        assertThat(outbox().list(LedgerQuery.all()
                        .withStore(EU)
                        .after(key(EU, ""))
                        .withLimit(2)))
                .extracting(row -> row.key().toString())
                .containsExactly("eu/10", "eu/9");
        assertThat(outbox().list(LedgerQuery.all().withStore(EU).after(key(EU, "D"))))
                .extracting(row -> row.key().toString())
                .containsExactly("eu/a", "eu/b");
        assertThat(outbox().list(LedgerQuery.all().withStore(US).after(key(EU, "z"))))
                .hasSize(5);
        assertThat(outbox().list(LedgerQuery.all().withStore(EU).after(key(US, ""))))
                .isEmpty();
    }

    @Test
    default void rowsAreFoundByStoreStatusFailureAndCustomer() {
        parkAll(at(1), ONE, key(US, "1"));
        put(live(key(EU, "2"), "A"));

        assertThat(outbox().list(LedgerQuery.parked())).hasSize(2);
        assertThat(outbox().list(LedgerQuery.all().withStore(EU))).hasSize(2);
        assertThat(outbox().list(LedgerQuery.all().withCustomer("1"))).hasSize(2);
        assertThat(outbox().list(LedgerQuery.all().withFailure(FailureClass.VALIDATION)))
                .hasSize(2);
        assertThat(outbox().list(LedgerQuery.parked()
                        .withStore(EU)
                        .withCustomer("1")
                        .withFailure(FailureClass.VALIDATION)
                        .after(key(EU, "0"))))
                .extracting(LedgerRow::key)
                .containsExactly(ONE);
    }

    @Test
    default void countsSayHowManyStandWhereAndSinceWhen() {
        parkAll(at(1), ONE);
        outbox().upsert(List.of(live(key(EU, "2"), "A")), at(5));
        outbox().upsert(List.of(live(key(EU, "3"), "A")), at(6));
        outbox().upsert(List.of(live(key(EU, "2"), "B")), at(7));
        put(live(key(US, "1"), "A"));
        complete(
                new Acknowledged(
                        outbox().claim(lease(US, NODE, at(1)), 1, at(1)).get(0), null),
                at(2));

        assertThat(outbox().counts())
                .hasSize(2)
                .containsEntry(EU, new LedgerCounts(2, 0, 1, at(5)))
                .containsEntry(US, new LedgerCounts(0, 1, 0, null));
    }
}
