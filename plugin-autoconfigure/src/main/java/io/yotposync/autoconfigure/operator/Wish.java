package io.yotposync.autoconfigure.operator;

import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.operator.By;
import io.yotposync.operator.Controls;
import io.yotposync.operator.Done;
import io.yotposync.outbox.FailureClass;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an operator wishes, in the words of the request; what is missing or wrong is named. */
record Wish(
        @Nullable String store,
        @Nullable String customer,
        @Nullable String failure,
        @Nullable String job) {

    Done carryOut(String action, Controls controls, By by) {
        return switch (action) {
            case "enable" -> controls.enable(key(), by);
            case "disable" -> controls.disable(key(), by);
            case "pause" -> controls.pause(key(), by);
            case "resume" -> controls.resume(key(), by);
            case "retry" ->
                controls.retry(store == null ? null : key(), kind(), customer == null ? null : customerId(), by);
            case "resend" -> controls.resend(customerKey(), by);
            case "start-backfill" -> controls.startBackfill(key(), by);
            case "stop-backfill" -> controls.stopBackfill(key(), by);
            case "proceed" -> controls.proceed(key(), scan(), by);
            case "start-over" -> controls.startOver(key(), scan(), by);
            case "dry-run" -> controls.dryRun(key(), by);
            case "read-back" -> controls.readBack(customerKey(), by);
            default ->
                throw new IllegalArgumentException("actions are enable, disable, pause, resume, retry, resend,"
                        + " start-backfill, stop-backfill, proceed, start-over, dry-run, read-back, erase and reveal");
        };
    }

    private StoreKey key() {
        if (store == null || store.isBlank()) {
            throw new IllegalArgumentException("say which store");
        }
        return new StoreKey(store);
    }

    private String scan() {
        if (job == null || job.isBlank()) {
            throw new IllegalArgumentException("say which job: backfill, changes or sweep");
        }
        return job.strip().toLowerCase(Locale.ROOT);
    }

    CustomerKey customerKey() {
        String id = customerId();
        return new CustomerKey(key(), id);
    }

    String customerOfAllStores() {
        if (store != null && !store.isBlank()) {
            throw new IllegalArgumentException("this is for all stores: leave the store out");
        }
        return customerId();
    }

    private String customerId() {
        if (customer == null || !CustomerSnapshot.isId(customer)) {
            throw new IllegalArgumentException("say which customer, by the shop's id");
        }
        return customer.strip(); // as the ledger has it
    }

    private @Nullable FailureClass kind() {
        if (failure == null || failure.isBlank()) {
            return null;
        }
        try {
            return FailureClass.valueOf(failure.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException("classes are " + Arrays.toString(FailureClass.values()));
        }
    }
}
