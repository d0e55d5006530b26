package io.yotposync.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yotposync.jdbc.JdbcStorage;
import io.yotposync.jdbc.OutboxTables;
import io.yotposync.jdbc.TestDatabase;
import io.yotposync.outbox.Outbox;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nodes that share a ledger ask for tokens one by one: a node that sends nothing for a store needs none. */
@Tag("long")
class TokensOfNodesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final JdbcStorage storage = JdbcStorage.open(TestDatabase.H2.empty(), OutboxTables.standard());
    private final Outbox outbox = storage.outbox();
    private final StrictYotpo yotpo = new StrictYotpo(0);
    private final List<Node> nodes =
            Stream.of("one", "two", "three").map(this::node).toList();

    private Node node(String name) {
        return new Node(name, outbox, storage.storeStates(), yotpo.url());
    }

    @AfterEach
    void end() {
        nodes.forEach(Node::close);
        yotpo.close();
    }

    /** Each customer is saved on another node than the one before. */
    private void save(String prefix, List<Node> on) {
        for (int i = 0; i < 60; i++) {
            on.get(i % on.size()).save(prefix + i, "");
        }
    }

    private void allInSync(int customers) {
        await().atMost(PATIENCE).until(() -> nodes.get(0).counts().inSync() == customers);
    }

    private Node holder() {
        return nodes.stream()
                .filter(node -> node.dispatcher.holds(Node.STORE))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void onlyTheNodeThatDrainsTheStoreAsksForAToken() {
        nodes.forEach(Node::start);
        save("a", nodes);
        allInSync(60);
        save("b", nodes);
        allInSync(120);

        assertThat(yotpo.issued()).isEqualTo(1);
    }

    @Test
    void aTokenThatExpiresUnderWayIsRenewedByThatNodeOnce() {
        nodes.forEach(Node::start);
        save("a", nodes);
        allInSync(60);
        yotpo.expireTokens();
        save("b", nodes);
        allInSync(120);

        assertThat(yotpo.issued()).isEqualTo(2);
    }

    @Test
    void theNodeThatTakesOverAsksForOneOfItsOwn() {
        nodes.forEach(Node::start);
        save("a", nodes);
        allInSync(60);
        Node first = holder();
        first.close();
        List<Node> others = nodes.stream().filter(node -> node != first).toList();
        save("b", others);
        allInSync(120);

        assertThat(yotpo.issued()).isEqualTo(2);
    }
}
