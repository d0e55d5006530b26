package io.yotposync.readback;

import com.fasterxml.jackson.databind.JsonNode;
import io.yotposync.client.CustomerLookup;
import io.yotposync.client.CustomerLookup.Failed;
import io.yotposync.client.CustomerLookup.Found;
import io.yotposync.client.CustomerLookup.Reply;
import io.yotposync.client.CustomerLookup.Wanted;
import io.yotposync.payload.CustomerProperty;
import io.yotposync.scan.Identifiers.Identifier;
import io.yotposync.store.StoreSettings;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Yotpo for some customers of one store and waits for the answers; gives up at the first that does not come, and as
 * soon as the store must not be asked. For one use, on one thread.
 */
final class Asking {

    private static final Logger LOG = LoggerFactory.getLogger("io.yotposync");

    private final CustomerLookup lookup;
    private final StoreSettings store;
    private final BooleanSupplier mayAsk;
    private boolean silent;
    private boolean barred;

    /** @param mayAsk looked at before each request */
    Asking(CustomerLookup lookup, StoreSettings store, BooleanSupplier mayAsk) {
        this.lookup = lookup;
        this.store = store;
        this.mayAsk = mayAsk;
    }

    /** Whether it gave up because the store must not be asked. */
    boolean isBarred() {
        return barred;
    }

    /** What Yotpo shows of each; empty without an answer, or with one that is about others alone. */
    Optional<Map<String, JsonNode>> byExternalId(List<String> ids) {
        return find(Wanted.externalIds(ids))
                .map(found -> {
                    Map<String, JsonNode> byId = new HashMap<>();
                    found.forEach(each -> byId.put(
                            each.path(CustomerProperty.EXTERNAL_ID.wireName()).asText(), each));
                    return byId;
                })
                // Among several, whoever is not shown is asked for alone.
                .filter(byId -> ids.size() > 1 || byId.isEmpty() || byId.containsKey(ids.get(0)));
    }

    /**
     * Those with this identifier, the one without an external id first: another customer of the shop may have the same
     * identifier. Empty without an answer, or with one that is about others alone.
     */
    Optional<List<JsonNode>> by(Identifier identifier) {
        return find(new Wanted(identifier.property(), List.of(identifier.value())))
                .flatMap(found -> {
                    List<JsonNode> meant = found.stream()
                            .filter(each -> identifier
                                    .value()
                                    .equalsIgnoreCase(
                                            each.path(identifier.property()).asText()))
                            .sorted(Comparator.comparing(
                                    each -> each.hasNonNull(CustomerProperty.EXTERNAL_ID.wireName())))
                            .toList();
                    return meant.isEmpty() && !found.isEmpty() ? Optional.empty() : Optional.of(meant);
                });
    }

    private Optional<List<JsonNode>> find(Wanted wanted) {
        if (silent) {
            return Optional.empty();
        }
        silent = true;
        barred = !mayAsk.getAsBoolean();
        if (barred) {
            return Optional.empty();
        }
        try {
            Duration longest = store.sending().requestTimeout().multipliedBy(3);
            Reply reply = lookup.find(store, wanted).get(longest.toMillis(), TimeUnit.MILLISECONDS);
            if (reply instanceof Found found) {
                silent = false;
                return Optional.of(found.customers());
            }
            LOG.debug(
                    "Yotpo sync: customers of store {} could not be read back: {}",
                    store.key(),
                    ((Failed) reply).why());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RuntimeException | Error noAnswer) {
            // as without one; the host may not say which credentials there are
            LOG.debug(
                    "Yotpo sync: customers of store {} could not be read back: {}",
                    store.key(),
                    noAnswer.getClass().getName());
        }
        return Optional.empty();
    }
}
