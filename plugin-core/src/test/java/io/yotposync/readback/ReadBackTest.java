package io.yotposync.readback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.yotposync.client.CustomerLookup.Wanted;
import io.yotposync.payload.Contact;
import io.yotposync.payload.Fingerprint;
import io.yotposync.readback.ReadBackReport.Checked;
import io.yotposync.readback.ReadBackReport.Result;
import io.yotposync.scan.Identifiers.Identifier;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadBackTest extends ReadBackScene {

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
    void anIdWithTheCommaThatStandsBetweenIdsCannotBeAskedFor() {
        acknowledged("eu,1", "\"external_id\":\"eu,1\"," + ADA);
        acknowledged("2", "\"external_id\":\"crm,2\"," + ADA);
        shop.put("eu,1", new Identifier("external_id", "eu,1"));
        shop.put("2", new Identifier("external_id", "crm,2"));

        assertThat(check("eu,1").result()).isEqualTo(Result.NOT_COMPARABLE);
        assertThat(check("2").result()).isEqualTo(Result.NOT_COMPARABLE);
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
    void nobodyIsCalledMissingForAnAnswerThatShowsOthersAlone() throws Exception {
        acknowledged("1", "\"external_id\":\"1\"," + ADA);
        acknowledged("g", "\"email\":\"g@example.com\"," + ADA);
        shop.put("g", new Identifier("email", "g@example.com"));
        shows("external_id=1", "\"external_id\":\"2\"," + ADA);
        shows("email=g@example.com", "\"email\":\"h@example.com\"," + ADA);

        ReadBackReport report =
                readBack(Duration.ofSeconds(61), ReadBackSettings.DEFAULTS).check(store, List.of("1", "g"), true);

        assertThat(report.count(Result.NO_ANSWER)).isEqualTo(2);
        assertThat(resent).isEmpty();
    }

    @Test
    void whereTheHostDoesNotSayWithWhichCredentialsToAskItIsAsWithoutAnAnswer() {
        acknowledged("1", "\"external_id\":\"1\"," + ADA);
        withoutCredentials = true;

        ReadBackReport report =
                readBack(Duration.ofSeconds(61), ReadBackSettings.DEFAULTS).check(store, List.of("1"), true);

        assertThat(report.count(Result.NO_ANSWER)).isEqualTo(1);
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
