package io.yotposync.sample.sandbox;

import io.yotposync.test.sandbox.Reply;
import io.yotposync.test.sandbox.SandboxRequest;
import io.yotposync.test.sandbox.YotpoSandbox;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The sandbox as an HTTP service; base URL {@code http://localhost:8080/yotpo}. */
@RestController
class YotpoApiController {

    private final YotpoSandbox sandbox;

    YotpoApiController(YotpoSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @RequestMapping("/yotpo/core/v3/stores/{store}/{resource}")
    ResponseEntity<byte[]> handle(
            HttpServletRequest http,
            @PathVariable("store") String store,
            @PathVariable("resource") String resource,
            @RequestHeader(name = "X-Yotpo-Token", required = false) @Nullable String token,
            @RequestHeader(name = HttpHeaders.CONTENT_TYPE, required = false) @Nullable String contentType,
            @RequestParam Map<String, String> query,
            @RequestBody(required = false) byte @Nullable [] body)
            throws InterruptedException {
        String text = body == null ? null : new String(body, StandardCharsets.UTF_8);
        Reply reply =
                sandbox.handle(new SandboxRequest(http.getMethod(), store, resource, token, contentType, query, text));
        if (!reply.delay().isZero()) {
            Thread.sleep(reply.delay().toMillis());
        }
        ResponseEntity.BodyBuilder answer =
                ResponseEntity.status(reply.status()).contentType(MediaType.APPLICATION_JSON);
        reply.headers().forEach(answer::header);
        return answer.body(reply.body().getBytes(StandardCharsets.UTF_8));
    }
}
