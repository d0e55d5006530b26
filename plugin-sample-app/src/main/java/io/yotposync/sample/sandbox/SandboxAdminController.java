package io.yotposync.sample.sandbox;

import io.yotposync.test.sandbox.Faults;
import io.yotposync.test.sandbox.LoggedRequest;
import io.yotposync.test.sandbox.StoreView;
import io.yotposync.test.sandbox.YotpoSandbox;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What a test or a curious person may ask of the sandbox beside Yotpo's own API. */
@RestController
@RequestMapping("/yotpo/_sandbox")
class SandboxAdminController {

    private final YotpoSandbox sandbox;

    SandboxAdminController(YotpoSandbox sandbox) {
        this.sandbox = sandbox;
    }

    @GetMapping("/stores")
    List<StoreView> stores(@RequestParam(name = "limit", defaultValue = "50") int limit) {
        return sandbox.views(limit);
    }

    @GetMapping("/stores/{store}")
    StoreView store(
            @PathVariable("store") String store, @RequestParam(name = "limit", defaultValue = "1000") int limit) {
        return sandbox.view(store, limit);
    }

    @GetMapping("/requests")
    List<LoggedRequest> requests(
            @RequestParam(name = "after", defaultValue = "0") long after,
            @RequestParam(name = "store", required = false) @Nullable String store) {
        return sandbox.requests(after, store);
    }

    @PutMapping("/stores/{store}/faults")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void faults(@PathVariable("store") String store, @RequestBody Faults faults) {
        sandbox.faults(store, faults);
    }

    @PutMapping("/stores/{store}/requests-per-second/{limit}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void requestsPerSecond(@PathVariable("store") String store, @PathVariable("limit") int limit) {
        sandbox.requestsPerSecond(store, limit);
    }

    @PostMapping("/stores/{store}/expire-tokens")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void expireTokens(@PathVariable("store") String store) {
        sandbox.expireTokens(store);
    }

    @PostMapping("/reset")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void reset() {
        sandbox.reset();
    }

    @ExceptionHandler
    ResponseEntity<Map<String, String>> unknown(IllegalArgumentException e) {
        return ResponseEntity.badRequest().body(Map.of("message", String.valueOf(e.getMessage())));
    }
}
