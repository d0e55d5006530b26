package io.yotposync.readback;

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
import io.yotposync.scan.Identifiers.Identifier;
import io.yotposync.scan.ScanStates;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreSettings;
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
import org.jspecify.annotations.Nullable;

/** A store, what it acknowledged, and a Yotpo that shows what it is told to. */
abstract class ReadBackScene {

    static final Instant SENT = Samples.NOW;
    static final String ADA = "\"first_name\":\"Ada\",\"gender\":\"F\"";

    final StoreSettings store = Samples.store("default");
    final FieldPrints prints = new FieldPrints(List.of(store));
    final Outbox outbox = Outbox.inMemory(1000, (claim, before) -> prints.of(claim.key(), claim.payload(), before));
    final ObjectMapper json = new ObjectMapper();

    /** What Yotpo shows, by property and value. */
    final Map<String, List<JsonNode>> yotpo = new HashMap<>();

    final Map<String, Identifier> shop = new HashMap<>();
    final List<Wanted> asked = new ArrayList<>();
    final Map<String, Set<String>> resent = new HashMap<>();
    final StoreStates states = StoreStates.inMemory();
    final ScanStates scans = ScanStates.inMemory();
    boolean down;
    boolean withoutCredentials;
    boolean pausedByTheFirstRequest;

    ReadBack readBack(Duration later, ReadBackSettings settings) {
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

    Reply found(Wanted wanted) {
        asked.add(wanted);
        if (pausedByTheFirstRequest) {
            states.update(store.key(), state -> state.pausedFor("test"));
        }
        if (withoutCredentials) {
            throw new IllegalArgumentException("canary");
        }
        if (down) {
            return new Failed(new Outcome.Outage(new Failure(FailureClass.OUTAGE, 503, "down")));
        }
        return new Found(wanted.values().stream()
                .flatMap(value -> yotpo.getOrDefault(wanted.property() + "=" + value, List.of()).stream())
                .toList());
    }

    Checked check(String id) {
        return readBack(Duration.ofSeconds(61), ReadBackSettings.DEFAULTS)
                .check(store, List.of(id))
                .customers()
                .get(0);
    }

    void shows(String by, String... customers) throws JsonProcessingException {
        List<JsonNode> nodes = new ArrayList<>();
        for (String customer : customers) {
            nodes.add(json.readTree("{" + customer + "}"));
        }
        yotpo.put(by, nodes);
    }

    void acknowledged(String id, String fields) {
        acknowledged(id, fields, claim -> claim);
    }

    void acknowledged(String id, String fields, UnaryOperator<Claim> taken) {
        acknowledged(id, fields, null, SENT.toEpochMilli(), taken);
    }

    void acknowledged(String id, String fields, Contact contact, long version) {
        acknowledged(id, fields, contact, version, claim -> claim);
    }

    void acknowledged(String id, String fields, @Nullable Contact contact, long version, UnaryOperator<Claim> taken) {
        CustomerKey key = new CustomerKey(store.key(), id);
        outbox.upsert(
                List.of(new Desired(key, body(fields), Fingerprint.of(fields), version, Origin.LIVE, SENT, contact)),
                SENT);
        LaneLease lease =
                outbox.lease(store.key(), "n", Duration.ofMinutes(1), SENT).orElseThrow();
        Claim claim = outbox.claim(lease, 1, SENT).get(0);
        outbox.complete(List.of(new Completion.Acknowledged(taken.apply(claim), null)), SENT);
    }

    static String body(String fields) {
        return "{\"customer\":{" + fields + "}}";
    }
}
