package io.yotposync.readback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.yotposync.Samples;
import io.yotposync.client.CustomerLookup.Failed;
import io.yotposync.client.CustomerLookup.Found;
import io.yotposync.client.CustomerLookup.Reply;
import io.yotposync.client.CustomerLookup.Wanted;
import io.yotposync.client.Outcome;
import io.yotposync.outbox.Claim;
import io.yotposync.outbox.Completion;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.FailureClass;
import io.yotposync.outbox.LaneLease;
import io.yotposync.outbox.Origin;
import io.yotposync.outbox.Outbox;
import io.yotposync.payload.Contact;
import io.yotposync.payload.FieldPrints;
import io.yotposync.payload.Fingerprint;
import io.yotposync.readback.ReadBackReport.Checked;
import io.yotposync.readback.ReadBackReport.Result;
import io.yotposync.scan.Identifiers.Identifier;
import io.yotposync.scan.ScanStates;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.StoreState;
import io.yotposync.store.StoreStates;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReadBackTest {

    private static final Instant SENT = Samples.NOW;
    private static final String ADA = "\"first_name\":\"Ada\",\"gender\":\"F\"";

    private final StoreSettings store = Samples.store("default");
    private final FieldPrints prints = new FieldPrints(List.of(store));
    private final Outbox outbox =
            Outbox.inMemory(1000, (claim, before) -> prints.of(claim.key(), claim.payload(), before));
    private final ObjectMapper json = new ObjectMapper();

    /** What Yotpo shows, by property and value. */
    private final Map<String, List<JsonNode>> yotpo = new HashMap<>();

    private final Map<String, Identifier> shop = new HashMap<>();
    private final List<Wanted> asked = new ArrayList<>();
    private final Map<String, Set<String>> resent = new HashMap<>();
    private final StoreStates states = StoreStates.inMemory();
    private final ScanStates scans = ScanStates.inMemory();
    private boolean down;
    private boolean pausedByTheFirstRequest;

    private ReadBack readBack(Duration later, ReadBackSettings settings) {
        return new ReadBack(
                (asking, wanted) -> CompletableFuture.completedFuture(found(wanted)),
                outbox,
                prints,
                new ReadBack.Shop((asking, ids) -> shop, (asking, differing) -> {
                    resent.putAll(differing);
                    return differing.keySet();
                }),
                new ReadBack.Shared(states, scans, "n"),
                settings,
                Clock.fixed(SENT.plus(later), ZoneOffset.UTC));
    }

    private Reply found(Wanted wanted) {
        asked.add(wanted);
        if (pausedByTheFirstRequest) {
            states.update(store.key(), state -> state.pausedFor("test"));
        }
        if (down) {
            return new Failed(new Outcome.Outage(new Failure(FailureClass.OUTAGE, 503, "down")));
        }
        return new Found(wanted.values().stream()
                .flatMap(value -> yotpo.getOrDefault(wanted.property() + "=" + value, List.of()).stream())
                .toList());
    }

    private Checked check(String id) {
        return readBack(Duration.ofSeconds(61), ReadBackSettings.DEFAULTS)
                .check(store, List.of(id))
                .customers()
                .get(0);
    }

    private void shows(String by, String... customers) throws JsonProcessingException {
        List<JsonNode> nodes = new ArrayList<>();
        for (String customer : customers) {
            nodes.add(json.readTree("{" + customer + "}"));
        }
        yotpo.put(by, nodes);
    }

    private void acknowledged(String id, String fields) {
        acknowledged(id, fields, claim -> claim);
    }

    private void acknowledged(String id, String fields, UnaryOperator<Claim> taken) {
        acknowledged(id, fields, null, SENT.toEpochMilli(), taken);
    }

    private void acknowledged(String id, String fields, Contact contact, long version) {
        acknowledged(id, fields, contact, version, claim -> claim);
    }

    private void acknowledged(
            String id, String fields, @Nullable Contact contact, long version, UnaryOperator<Claim> taken) {
        CustomerKey key = new CustomerKey(store.key(), id);
        outbox.upsert(
                List.of(new Desired(key, body(fields), Fingerprint.of(fields), version, Origin.LIVE, SENT, contact)),
                SENT);
        LaneLease lease =
                outbox.lease(store.key(), "n", Duration.ofMinutes(1), SENT).orElseThrow();
        Claim claim = outbox.claim(lease, 1, SENT).get(0);
        outbox.complete(List.of(new Completion.Acknowledged(taken.apply(claim), null)), SENT);
    }

    private static String body(String fields) {
        return "{\"customer\":{" + fields + "}}";
    }

    @Test
    void comparesFieldByFieldWithWhatWasAcknowledged() throws Exception {
        acknowledged("1", "\"external_id\":\"1\"," + ADA);
        shows("external_id=1", "\"external_id\":\"1\",\"tags\":\"of another\"," + ADA);
        assertThat(check("1").result()).isEqualTo(Result.EQUAL);

        shows("external_id=1", "\"external_id\":\"1\",\"first_name\":\"Eve\",\"gender\":null");
        assertThat(check("1")).isEqualTo(new Checked("1", Result.DRIFTED, Set.of("first_name", "gender"), false));

        yotpo.clear();
        assertThat(check("1").result()).isEqualTo(Result.MISSING);
    }

    @Test
    void aGuestWhomYotpoTakesForOneWhoWasSavedLaterIsNotCompared() throws Exception {
        String email = "\"email\":\"a@example.com\",";
        Contact same = new Contact(Fingerprint.of("a@example.com"), true);
        acknowledged("1", email + ADA, same, SENT.toEpochMilli());
        acknowledged("2", email + "\"first_name\":\"Eve\"", same, SENT.toEpochMilli() + 1);
        Stream.of("1", "2").forEach(id -> shop.put(id, new Identifier("email", "a@example.com")));
        shows("email=a@example.com", email + "\"first_name\":\"Eve\"");

        assertThat(check("1").result()).isEqualTo(Result.NOT_COMPARABLE);
        assertThat(check("2").result()).isEqualTo(Result.EQUAL);
    }

    @Test
    void aFieldThatHadToBeLeftOutIsNoDrift() throws Exception {
        acknowledged(
                "1",
                "\"external_id\":\"1\"," + ADA,
                claim -> claim.with(body("\"external_id\":\"1\",\"first_name\":\"Ada\""), claim.fingerprint()));
        shows("external_id=1", "\"external_id\":\"1\",\"first_name\":\"Ada\"");

        assertThat(check("1").result()).isEqualTo(Result.EQUAL);
    }

    @Test
    void acknowledgedShortlyBeforeItIsTooEarly() {
        acknowledged("1", "\"external_id\":\"1\"," + ADA);

        assertThat(readBack(Duration.ofSeconds(59), ReadBackSettings.DEFAULTS)
                        .check(store, List.of("1"))
                        .count(Result.TOO_EARLY))
                .isEqualTo(1);
        assertThat(asked).isEmpty();
    }

    @Test
    void aCustomerKnownByItsEmailAloneIsAskedForByThat() throws Exception {
        acknowledged("1", "\"email\":\"a@example.com\"," + ADA);
        shop.put("1", new Identifier("email", "a@example.com"));
        shows("email=a@example.com", "\"email\":\"A@example.com\"," + ADA);

        assertThat(check("1").result()).isEqualTo(Result.EQUAL);
        assertThat(asked).containsExactly(new Wanted("email", List.of("a@example.com")));
    }

    @Test
    void andOneKnownByItsPhoneNumberByThat() throws Exception {
        acknowledged("1", "\"phone_number\":\"+4930901820\"," + ADA);
        shop.put("1", new Identifier("phone_number", "+4930901820"));

        assertThat(check("1").result()).isEqualTo(Result.MISSING);

        shows("phone_number=+4930901820", "\"phone_number\":\"+4930901820\",\"first_name\":\"Eve\",\"gender\":\"F\"");
        assertThat(check("1").fields()).containsExactly("first_name");
    }

    @Test
    void oneKnownByAnotherPropertyOfTheHostsAsItsExternalIdIsAskedForByThat() throws Exception {
        acknowledged("1", "\"external_id\":\"crm-9\"," + ADA);
        shop.put("1", new Identifier("external_id", "crm-9"));
        shows("external_id=crm-9", "\"external_id\":\"crm-9\"," + ADA);

        assertThat(check("1").result()).isEqualTo(Result.EQUAL);
    }

    @Test
    void ofTwoProfilesWithOneEmailTheOneWithoutExternalIdIsMeant() throws Exception {
        acknowledged("1", "\"email\":\"a@example.com\"," + ADA);
        shop.put("1", new Identifier("email", "a@example.com"));
        shows(
                "email=a@example.com",
                "\"external_id\":\"7\",\"email\":\"a@example.com\",\"first_name\":\"Another\"",
                "\"external_id\":null,\"email\":\"a@example.com\"," + ADA);

        assertThat(check("1").result()).isEqualTo(Result.EQUAL);
    }

    @Test
    void whatTheShopNoLongerHasAsItWasSentCannotBeAskedFor() {
        acknowledged("1", "\"email\":\"a@example.com\"," + ADA);
        assertThat(check("1").result()).isEqualTo(Result.NOT_COMPARABLE);

        shop.put("1", new Identifier("email", "new@example.com"));
        assertThat(check("1").result()).isEqualTo(Result.NOT_COMPARABLE);
        assertThat(check("unknown").result()).isEqualTo(Result.NOT_COMPARABLE);
        assertThat(asked).isEmpty();
    }

    @Test
    void nobodyIsCalledMissingWithoutBeingAskedForAlone() {
        acknowledged("1", "\"external_id\":\"1\"," + ADA);
        acknowledged("2", "\"external_id\":\"2\"," + ADA);

        ReadBackReport report =
                readBack(Duration.ofSeconds(61), ReadBackSettings.DEFAULTS).check(store, List.of("1", "2"));

        assertThat(report.count(Result.MISSING)).isEqualTo(2);
        assertThat(asked).extracting(Wanted::values).containsExactly(List.of("1", "2"), List.of("1"), List.of("2"));
    }

    @Test
    void asSoonAsYotpoDoesNotAnswerNothingMoreIsAsked() {
        IntStream.rangeClosed(1, 25)
                .forEach(id -> acknowledged(String.valueOf(id), "\"external_id\":\"" + id + "\"," + ADA));
        down = true;

        ReadBackReport report = readBack(Duration.ofSeconds(61), ReadBackSettings.DEFAULTS)
                .check(
                        store,
                        IntStream.rangeClosed(1, 25).mapToObj(String::valueOf).toList(),
                        true);

        assertThat(report.count(Result.NO_ANSWER)).isEqualTo(25);
        assertThat(asked).hasSize(1);
        assertThat(resent).isEmpty();
    }

    @Test
    void whatIsMissingIsSentAgainIfSoConfigured() {
        acknowledged("1", "\"external_id\":\"1\"," + ADA);
        check("1");
        assertThat(resent).isEmpty();

        ReadBackSettings resending = new ReadBackSettings(Duration.ZERO, 50, true, Duration.ofSeconds(60));
        ReadBackReport report = readBack(Duration.ofSeconds(61), resending).check(store, List.of("1"));

        assertThat(report.customers()).extracting(Checked::resent).containsExactly(true);
        assertThat(resent).containsExactly(Map.entry("1", Set.of()));
    }

    @Test
    void whoeverSendsDriftedCustomersAgainIsToldWhichFieldsDiffer() throws Exception {
        acknowledged("1", "\"external_id\":\"1\"," + ADA);
        shows("external_id=1", "\"external_id\":\"1\",\"first_name\":\"Eve\",\"gender\":\"F\"");

        readBack(Duration.ofSeconds(61), ReadBackSettings.DEFAULTS).check(store, List.of("1"), true);

        assertThat(resent).containsExactly(Map.entry("1", Set.of("first_name")));
    }

    @Test
    void aSampleComesRoundGoesOnWhereItEndedAndWaitsForLiveWork() {
        IntStream.rangeClosed(1, 3)
                .forEach(id -> acknowledged(String.valueOf(id), "\"external_id\":\"" + id + "\"," + ADA));
        ReadBackSettings hourly = new ReadBackSettings(Duration.ofHours(1), 2, false, Duration.ofSeconds(60));
        ReadBack readBack = readBack(Duration.ofHours(1), hourly);
        readBack.run(List.of(store), scans.all(), SENT);
        assertThat(asked).isEmpty();

        readBack.run(List.of(store), scans.all(), SENT.plus(Duration.ofHours(1)));
        assertThat(asked.get(0).values()).containsExactly("1", "2");
        asked.clear();
        readBack.run(List.of(store), scans.all(), SENT.plus(Duration.ofHours(2)));
        assertThat(asked.get(0).values()).containsExactly("3");
        asked.clear();

        outbox.upsert(
                List.of(new Desired(
                        new CustomerKey(store.key(), "9"), body(ADA), Fingerprint.of("9"), 1, Origin.LIVE, SENT)),
                SENT);
        readBack.run(List.of(store), scans.all(), SENT.plus(Duration.ofHours(3)));
        assertThat(asked).isEmpty();
    }

    @Test
    void restartsNeitherPutASampleOffNorLetItBeginAnew() {
        IntStream.rangeClosed(1, 3)
                .forEach(id -> acknowledged(String.valueOf(id), "\"external_id\":\"" + id + "\"," + ADA));
        ReadBackSettings hourly = new ReadBackSettings(Duration.ofHours(1), 2, false, Duration.ofSeconds(60));
        for (int half = 0; half < 2; half++) {
            Instant now = SENT.plus(Duration.ofMinutes(30L * half));
            readBack(Duration.ofHours(1), hourly).run(List.of(store), scans.all(), now);
            assertThat(asked).isEmpty();
        }

        readBack(Duration.ofHours(1), hourly).run(List.of(store), scans.all(), SENT.plus(Duration.ofHours(1)));
        assertThat(asked.get(0).values()).containsExactly("1", "2");
        asked.clear();
        readBack(Duration.ofHours(1), hourly).run(List.of(store), scans.all(), SENT.plus(Duration.ofHours(2)));
        assertThat(asked.get(0).values()).containsExactly("3");
        asked.clear();
        readBack(Duration.ofHours(1), hourly).run(List.of(store), scans.all(), SENT.plus(Duration.ofHours(3)));
        assertThat(asked.get(0).values()).containsExactly("1", "2");
    }

    static Stream<UnaryOperator<StoreState>> notNow() {
        return Stream.of(
                state -> state.pausedFor("test"),
                state -> state.heldFor("401", SENT),
                state -> state.waitingUntil(SENT.plus(Duration.ofSeconds(62))));
    }

    @ParameterizedTest
    @MethodSource("notNow")
    void aStoreThatIsPausedHeldOrWaitsIsNotAsked(UnaryOperator<StoreState> change) {
        acknowledged("1", "\"external_id\":\"1\"," + ADA);
        states.update(store.key(), change);

        assertThat(check("1").result()).isEqualTo(Result.NOT_ASKED);
        assertThat(asked).isEmpty();
    }

    @Test
    void asSoonAsTheStoreIsPausedNothingMoreIsAsked() throws Exception {
        IntStream.rangeClosed(1, 12)
                .forEach(id -> acknowledged(String.valueOf(id), "\"external_id\":\"" + id + "\"," + ADA));
        shows("external_id=1", "\"external_id\":\"1\"," + ADA);
        pausedByTheFirstRequest = true;

        ReadBackReport report = readBack(Duration.ofSeconds(61), ReadBackSettings.DEFAULTS)
                .check(
                        store,
                        IntStream.rangeClosed(1, 12).mapToObj(String::valueOf).toList());

        assertThat(asked).hasSize(1);
        assertThat(report.count(Result.EQUAL)).isEqualTo(1);
        assertThat(report.count(Result.NOT_ASKED)).isEqualTo(11);
    }

    @Test
    void aSampleIsTakenWhereNoOtherNodeSendsAndNeverBesideOne() {
        acknowledged("1", "\"external_id\":\"1\"," + ADA);
        Instant due = SENT.plus(Duration.ofHours(1));
        ReadBack readBack = readBack(
                Duration.ofHours(1), new ReadBackSettings(Duration.ofHours(1), 2, false, Duration.ofSeconds(60)));
        readBack.run(List.of(store), scans.all(), SENT);
        LaneLease others =
                outbox.lease(store.key(), "other", Duration.ofMinutes(1), due).orElseThrow();

        readBack.run(List.of(store), scans.all(), due);
        assertThat(asked).isEmpty();

        outbox.release(others);
        readBack.run(List.of(store), scans.all(), due);
        assertThat(asked).isNotEmpty();
        assertThat(outbox.lease(store.key(), "other", Duration.ofMinutes(1), due))
                .isEmpty();
    }

    @Test
    void aSampleWaitsUntilAPausedStoreGoesOn() {
        acknowledged("1", "\"external_id\":\"1\"," + ADA);
        Instant due = SENT.plus(Duration.ofHours(1));
        ReadBack readBack = readBack(
                Duration.ofHours(1), new ReadBackSettings(Duration.ofHours(1), 2, false, Duration.ofSeconds(60)));
        readBack.run(List.of(store), scans.all(), SENT);
        states.update(store.key(), state -> state.pausedFor("test"));

        readBack.run(List.of(store), scans.all(), due);
        assertThat(asked).isEmpty();

        states.update(store.key(), StoreState::resumed);
        readBack.run(List.of(store), scans.all(), due);
        assertThat(asked).isNotEmpty();
    }

    @Test
    void atMostAHundredAtOnce() {
        List<String> many =
                IntStream.rangeClosed(1, 101).mapToObj(String::valueOf).toList();

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> readBack(Duration.ZERO, ReadBackSettings.DEFAULTS).check(store, many));
    }

    @Test
    void noTextTellsWhoWasAskedFor() {
        assertThat(new Wanted("email", List.of("a@example.com")).toString()).doesNotContain("example");
        assertThat(new Identifier("email", "a@example.com").toString()).doesNotContain("example");
    }
}
