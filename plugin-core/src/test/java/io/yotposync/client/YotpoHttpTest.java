package io.yotposync.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.yotposync.Samples;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class YotpoHttpTest {

    private final HttpClient client = mock(HttpClient.class);
    private final List<Supplier<? extends CompletionStage<HttpReply>>> letGo = new ArrayList<>();
    private final YotpoHttp http = new YotpoHttp(new JdkClient(client), Runnable::run, (store, request) -> {
        letGo.add(request);
        return new CompletableFuture<>();
    });

    @Test
    void hangsUpOnARequestThatIsGivenUpWhileItBegins() {
        CompletableFuture<HttpReply> reply =
                http.send(Samples.store("default"), "PATCH", "customers", new Sent("{}", "token"));
        CompletableFuture<HttpResponse<Object>> answer = new CompletableFuture<>();
        when(client.sendAsync(any(), any())).thenAnswer(begins -> {
            reply.cancel(true);
            return answer;
        });

        assertThat(letGo.get(0).get()).isCompletedExceptionally();

        assertThat(answer).isCancelled();
    }
}
