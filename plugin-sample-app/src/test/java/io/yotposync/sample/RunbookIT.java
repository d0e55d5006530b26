package io.yotposync.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Every call that the documents tell an operator to make is made, in their order. */
@SpringBootTest(
        webEnvironment = WebEnvironment.DEFINED_PORT,
        properties = {"spring.datasource.url=jdbc:h2:mem:runbook", "sample.sandbox.visibility-delay=0s"})
class RunbookIT {

    private static final int PORT = FreePort.find();
    private static final Path DOCS = Path.of("..", "docs");
    private static final Pattern BLOCK = Pattern.compile("^```sh\\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern CALL = Pattern.compile(
            "curl( -X POST -H 'Content-Type: application/json' -d '(\\{[^']*})')? \"\\$ACTUATOR/([^\"]+)\"");

    private final HttpClient http = HttpClient.newHttpClient();

    @DynamicPropertySource
    static void port(DynamicPropertyRegistry registry) {
        registry.add("server.port", () -> PORT);
    }

    @Test
    void everyCallIsAnswered() throws Exception {
        SampleClient shop = new SampleClient(PORT);
        String id = shop.register("", Forms.minimal("a@example.com"));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(shop.state(id, "default")).isEqualTo("delivered"));

        List<String> calls = calls();

        assertThat(calls).hasSizeGreaterThan(15);
        for (String call : calls) {
            Matcher parts = CALL.matcher(call);
            assertThat(parts.matches()).as("a form that is tested: " + call).isTrue();
            HttpResponse<String> answer = send(parts.group(3).replace("42", id), parts.group(2), id);
            assertThat(answer.statusCode()).as(call + ": " + answer.body()).isBetween(200, 299);
        }
    }

    private static List<String> calls() throws IOException {
        List<Path> documents = new ArrayList<>(List.of(Path.of("..", "README.md")));
        try (Stream<Path> docs = Files.walk(DOCS)) {
            docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
        }
        List<String> calls = new ArrayList<>();
        for (Path document : documents) {
            Matcher blocks = BLOCK.matcher(Files.readString(document));
            while (blocks.find()) {
                blocks.group(1).lines().filter(line -> line.startsWith("curl")).forEach(calls::add);
            }
        }
        return calls;
    }

    private HttpResponse<String> send(String path, String body, String id) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://localhost:" + PORT + "/actuator/" + path));
        if (body != null) {
            request.header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body.replace("\"42\"", '"' + id + '"')));
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
