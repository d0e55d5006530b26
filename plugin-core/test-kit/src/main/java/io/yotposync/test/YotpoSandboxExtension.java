package io.yotposync.test;

import com.fasterxml.jackson.databind.JsonNode;
import io.yotposync.test.sandbox.Faults;
import io.yotposync.test.sandbox.HeldCustomer;
import io.yotposync.test.sandbox.LoggedRequest;
import io.yotposync.test.sandbox.SandboxServer;
import io.yotposync.test.sandbox.SandboxSettings;
import io.yotposync.test.sandbox.YotpoSandbox;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.AssertionFailedError;

/**
 * A Yotpo of a test's own, on a free port of the loopback interface: it gives out tokens, enforces the documented
 * contract and rate, holds the customers that it accepted, and fails as it is told to.
 *
 * <p>Register it as a {@code static} field with {@code @RegisterExtension}: it then lives as long as the class and those
 * nested in it, and is emptied before each test; tests that share one must not run in parallel. Classes that share one by
 * inheritance find it at the same port. A field of the instance lives for one test. A host that lives longer than a test
 * remembers what it sent: give each test a customer of its own.
 *
 * <p>Where no store is named, the first by name is meant.
 */
public final class YotpoSandboxExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

    /** The API secret of every store, unless settings say otherwise. */
    public static final String SECRET = "sandbox-secret";

    private static final String DEFAULT_STORE = "default";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final YotpoSandbox sandbox;
    private final Map<String, String> secrets;
    private final List<String> stores;
    private @Nullable SandboxServer server;
    private int port;
    private int classes;

    private YotpoSandboxExtension(SandboxSettings settings) {
        this.sandbox = new YotpoSandbox(settings, Clock.systemUTC());
        this.secrets = settings.stores();
        this.stores = secrets.keySet().stream().sorted().toList();
    }

    /** With one store, named {@code default}. */
    public static YotpoSandboxExtension create() {
        return withStores(DEFAULT_STORE);
    }

    /** With stores of these names, each of which is its own app key. */
    public static YotpoSandboxExtension withStores(String... names) {
        return of(SandboxSettings.of(List.of(names).stream().collect(Collectors.toMap(name -> name, name -> SECRET))));
    }

    /** As strict as the settings say. */
    public static YotpoSandboxExtension of(SandboxSettings settings) {
        return new YotpoSandboxExtension(settings);
    }

    /** Where it answers; started if it is not yet. */
    public synchronized URI url() {
        if (server == null) {
            server = SandboxServer.start(sandbox, port);
            port = server.url().getPort(); // a host that outlives a class has it in its properties
        }
        return server.url();
    }

    /** The plugin's properties that lead it here, for a {@code @DynamicPropertySource}; the keys are the stores' names. */
    public Map<String, String> properties() {
        Map<String, String> properties = new TreeMap<>();
        properties.put("yotpo.sync.defaults.base-url", url().toString());
        for (String store : stores) {
            properties.put("yotpo.sync.stores." + store + ".app-key", store);
            properties.put("yotpo.sync.stores." + store + ".secret", String.valueOf(secrets.get(store)));
        }
        return properties;
    }

    /** Everything else that a sandbox can do. */
    public YotpoSandbox sandbox() {
        return sandbox;
    }

    /** The customers of the store, the last accepted first. */
    public List<JsonNode> customers() {
        return customers(stores.get(0));
    }

    /** The customers of a store, the last accepted first. */
    public List<JsonNode> customers(String store) {
        return sandbox.customers(store).stream().map(HeldCustomer::customer).toList();
    }

    /** The last two thousand requests of this test, token calls and refused ones included. */
    public List<LoggedRequest> requests() {
        return sandbox.requests(0, null);
    }

    /** Lets the next requests to the store fail. */
    public void failNext(int count, int status) {
        faults(Faults.failNext(count, status));
    }

    /** Lets the store fail as told, until it is told otherwise or the test ends. */
    public void faults(Faults faults) {
        sandbox.faults(stores.get(0), faults);
    }

    /** Waits for a customer of the store; see {@link #awaitCustomer(String, String)}. */
    public JsonNode awaitCustomer(String externalId) {
        return awaitCustomer(stores.get(0), externalId);
    }

    /**
     * Waits until a store holds a customer, whatever its state: for the next state of one that is there, and for guests, who
     * have no {@code external_id}, use {@link YotpoSandbox#await}.
     *
     * @return what it holds
     * @throws AssertionFailedError after 20 seconds, with the requests that came instead
     */
    public JsonNode awaitCustomer(String store, String externalId) {
        boolean came = sandbox.await(yotpo -> yotpo.find(store, externalId).isPresent(), PATIENCE);
        return sandbox.find(store, externalId)
                .filter(held -> came)
                .map(HeldCustomer::customer)
                .orElseThrow(() -> new AssertionFailedError(
                        "store " + store + " has no customer " + externalId + "; the requests were " + requests()));
    }

    @Override
    public synchronized void beforeAll(ExtensionContext context) {
        classes++;
        url();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        sandbox.reset();
        url();
    }

    @Override
    public synchronized void afterEach(ExtensionContext context) {
        if (classes == 0) {
            stop();
        }
    }

    @Override
    public synchronized void afterAll(ExtensionContext context) {
        classes--;
        if (classes == 0) {
            stop();
        }
    }

    private synchronized void stop() {
        if (server != null) {
            server.close();
            server = null;
        }
    }
}
