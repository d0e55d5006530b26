package io.yotposync.autoconfigure.operator;

import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.operator.Activity;
import io.yotposync.operator.AuditLog;
import io.yotposync.operator.Backlog;
import io.yotposync.operator.By;
import io.yotposync.operator.CatchUp;
import io.yotposync.operator.Controls;
import io.yotposync.operator.Explainer;
import io.yotposync.operator.Overviews;
import io.yotposync.operator.Refusals;
import io.yotposync.operator.RevealRefusedException;
import io.yotposync.operator.SupportBundle;
import io.yotposync.outbox.HandOver;
import io.yotposync.outbox.HandOverState;
import io.yotposync.scan.Erasure;
import io.yotposync.scan.UnreadableCustomerException;
import io.yotposync.store.StoreKey;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * What an operator asks and does, from a shell or the console. Protected by whatever protects the host's Actuator. With
 * Spring MVC and WebFlux every write needs a JSON body, so that no other site's form can make a browser send one; Jersey
 * takes a write without any.
 *
 * <p>Not final: a host's aspect may stand around the operations of all endpoints.
 *
 * <p>Optional parameters are marked twice: the newer line of Boot reads jspecify's mark, the older ones Spring's.
 */
@Endpoint(id = YotpoSyncEndpoint.ID)
class YotpoSyncEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger("io.yotposync");

    static final String ID = "yotposync";

    private static final int MAX_ENTRIES = 200;

    private final Views views;
    private final Controls controls;
    private final @Nullable Erasure erasure;
    private final RevealAuthority authority;

    /** @param erasure {@code null} where the host left it out */
    YotpoSyncEndpoint(Views views, Controls controls, @Nullable Erasure erasure, RevealAuthority authority) {
        this.views = views;
        this.controls = controls;
        this.erasure = erasure;
        this.authority = authority;
    }

    /** All that can be looked at. */
    record Views(
            Overviews overviews,
            Activity activity,
            Refusals refusals,
            Explainer explainer,
            AuditLog audit,
            SupportBundle bundle,
            CatchUp catchUp,
            Backlog backlog,
            HandOver handOver) {}

    /** How all stores stand. */
    @ReadOperation
    public Object stores() {
        return answer(() -> Map.of("stores", views.overviews().all()));
    }

    /**
     * One of the views.
     *
     * @param view {@code activity}, {@code refused}, {@code audit} or {@code support}
     * @param store for {@code refused}; all if left out
     * @param limit for {@code activity}, steps of ten seconds; for {@code audit}, entries
     */
    @ReadOperation
    public Object view(
            @Selector String view,
            @org.springframework.lang.Nullable @Nullable String store,
            @org.springframework.lang.Nullable @Nullable Integer limit) {
        int most = limit == null ? MAX_ENTRIES : Math.max(1, limit);
        return answer(() -> switch (view) {
            case "activity" -> Map.of("activity", views.activity().recent(limit == null ? Activity.STEPS : most));
            case "refused" -> views.refusals().of(store == null ? null : new StoreKey(store));
            case "audit" -> Map.of("audit", views.audit().newest(Math.min(most, MAX_ENTRIES)));
            case "support" -> views.bundle().collect();
            default -> throw new IllegalArgumentException("views are activity, refused, audit and support");
        });
    }

    /**
     * Why a customer is, or is not, in Yotpo; or what a save would send.
     *
     * @param what {@code customer}, or {@code preview}, which is masked
     * @param id the host's id of the customer
     * @param store all if left out; needed for {@code preview}
     */
    @ReadOperation
    public Object explain(
            @Selector String what, @Selector String id, @org.springframework.lang.Nullable @Nullable String store) {
        return answer(() -> {
            if (what.equals("preview") && CustomerSnapshot.isId(id)) {
                return Map.of("preview", views.catchUp().preview(wish(store, id).customerKey(), true));
            }
            if (!what.equals("customer") || !CustomerSnapshot.isId(id)) {
                throw new IllegalArgumentException(
                        "ask for customer/<id> or preview/<id>, with an id of at most 128 characters, none of them a control"
                                + " character");
            }
            return Map.of(
                    "explanations",
                    store == null
                            ? views.explainer().explain(id.strip())
                            : List.of(views.explainer().explain(wish(store, id).customerKey())));
        });
    }

    /**
     * Does something.
     *
     * @param action {@code enable}, {@code disable}, {@code pause}, {@code resume}, {@code retry}, {@code resend},
     *     {@code start-backfill}, {@code stop-backfill}, {@code proceed}, {@code start-over}, {@code dry-run},
     *     {@code read-back}, {@code erase} or {@code reveal}
     * @param store which store; {@code retry} goes without for all, {@code erase} is for all
     * @param customer which customer, for {@code retry}, {@code resend}, {@code read-back}, {@code erase} and
     *     {@code reveal}
     * @param failure class of refusals, for {@code retry}
     * @param job which scan goes on, for {@code proceed}, or begins anew, for {@code start-over}
     * @param reason why, for the audit log
     */
    @WriteOperation
    public Object act(
            @Selector String action,
            @org.springframework.lang.Nullable @Nullable String store,
            @org.springframework.lang.Nullable @Nullable String customer,
            @org.springframework.lang.Nullable @Nullable String failure,
            @org.springframework.lang.Nullable @Nullable String job,
            @org.springframework.lang.Nullable @Nullable String reason,
            SecurityContext security) {
        By by = By.of(nameOf(security), reason);
        Wish wish = new Wish(store, customer, failure, job);
        Object answer = answer(() -> switch (action) {
            case "reveal" -> Map.of("preview", controls.reveal(wish.customerKey(), authority.refuses(security), by));
            case "erase" -> controls.erase(wish.customerOfAllStores(), erasure, by);
            default -> wish.carryOut(action, controls, by);
        });
        views.backlog().expire();
        return action.equals("reveal") && answer instanceof Map<?, ?> shown ? new Revealed(shown) : answer;
    }

    private static Wish wish(@Nullable String store, String customer) {
        return new Wish(store, customer, null, null);
    }

    private static @Nullable String nameOf(SecurityContext security) {
        Principal principal = security.getPrincipal();
        return principal == null ? "not logged in" : principal.getName();
    }

    /** What the operator got wrong, or meets, is answered with the sentence that says so, in every host. */
    private Object answer(Supplier<Object> question) {
        try {
            return PlainAnswer.of(question.get());
        } catch (IllegalArgumentException wrong) {
            return problem(WebEndpointResponse.STATUS_BAD_REQUEST, wrong.getMessage());
        } catch (RevealRefusedException refused) {
            return problem(403, refused.getMessage());
        } catch (UnreadableCustomerException away) {
            return problem(503, away.getMessage());
        } catch (UnsupportedOperationException lacking) {
            return problem(501, lacking.getMessage());
        } catch (RuntimeException fault) {
            if (!DatabaseFaults.isOne(fault)) {
                throw fault;
            }
            LOG.warn("Yotpo sync: an operator's call was not answered: {}", DatabaseFaults.kinds(fault));
            return problem(503, databaseIsAway(fault));
        }
    }

    /** The fault's kind alone: its own words may have values of customers in them. */
    private String databaseIsAway(RuntimeException fault) {
        HandOverState saves = views.handOver().state();
        String waiting = saves.capacity() == 0
                ? ""
                : "; saves wait in memory (" + saves.waiting() + " of " + saves.capacity() + ")";
        return "a database does not answer as it should (" + fault.getClass().getSimpleName() + ")" + waiting;
    }

    private static WebEndpointResponse<Map<String, Object>> problem(int status, @Nullable String message) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("message", message);
        return new WebEndpointResponse<>(body, status);
    }
}
