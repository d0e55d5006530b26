package io.yotposync.sample.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.awaitility.Awaitility;

/** What a person does on a page and sees of it. Elements are named by CSS selectors. */
public final class Page {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final DevTools tools;

    public Page(DevTools tools) {
        this.tools = tools;
    }

    public void open(String url) {
        tools.call("Page.enable", Map.of());
        tools.call("Page.navigate", Map.of("url", url));
        Awaitility.await("the page")
                .atMost(PATIENCE)
                .until(() -> js("document.readyState").asText().equals("complete")
                        && js("location.href").asText().startsWith(url));
    }

    public void size(int width, int height) {
        tools.call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    public void dark(boolean dark) {
        tools.call("Emulation.setEmulatedMedia", Map.of("features", new Object[] {
            Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light")
        }));
    }

    /** The value of an expression; waits for it if it is a promise. */
    public JsonNode js(String expression) {
        JsonNode answer = tools.call(
                "Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(answer.path("exceptionDetails").toString());
        }
        return answer.path("result").path("value");
    }

    private static String element(String selector) {
        return "document.querySelector(" + quoted(selector) + ")";
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    public void await(String selector) {
        Awaitility.await(selector)
                .atMost(PATIENCE)
                .until(() -> js(element(selector) + " !== null").asBoolean());
    }

    public void awaitText(String selector, String text) {
        Awaitility.await(selector + " shows " + text)
                .atMost(PATIENCE)
                .until(() -> text(selector).contains(text));
    }

    public String text(String selector) {
        return js(element(selector) + "?.textContent ?? ''").asText();
    }

    public void click(String selector) {
        await(selector);
        js(element(selector) + ".click()");
    }

    /** Presses the mouse's button on an element, and does not let go. */
    public void hold(String selector) {
        await(selector);
        js(element(selector) + ".scrollIntoView({ block: 'center' })");
        mouse("mousePressed", selector);
    }

    /** Lets go of the mouse's button there. */
    public void letGo(String selector) {
        mouse("mouseReleased", selector);
    }

    private void mouse(String type, String selector) {
        JsonNode box = js("(({ x, y, width, height }) => [x + width / 2, y + height / 2])(" + element(selector)
                + ".getBoundingClientRect())");
        tools.call(
                "Input.dispatchMouseEvent",
                Map.of(
                        "type",
                        type,
                        "x",
                        box.path(0).asDouble(),
                        "y",
                        box.path(1).asDouble(),
                        "button",
                        "left",
                        "clickCount",
                        1));
    }

    public void fill(String selector, String value) {
        await(selector);
        js(element(selector) + ".value = " + quoted(value));
    }

    public void focus(String selector) {
        await(selector);
        js(element(selector) + ".focus()");
    }

    /** Presses a key as the keyboard does. */
    public void press(String key, int code, String text) {
        Map<String, Object> down =
                Map.of("type", "keyDown", "key", key, "code", key, "windowsVirtualKeyCode", code, "text", text);
        tools.call("Input.dispatchKeyEvent", down);
        tools.call(
                "Input.dispatchKeyEvent",
                Map.of("type", "keyUp", "key", key, "code", key, "windowsVirtualKeyCode", code));
    }

    public void shoot(Path file) {
        String data = tools.call("Page.captureScreenshot", Map.of("format", "png"))
                .path("data")
                .asText();
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, Base64.getDecoder().decode(data));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
