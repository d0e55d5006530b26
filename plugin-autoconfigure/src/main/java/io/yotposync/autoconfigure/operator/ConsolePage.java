package io.yotposync.autoconfigure.operator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Puts the page together. Its content security policy allows the very scripts and styles that are in it, by their
 * hashes, and calls to where it came from; nothing else.
 */
final class ConsolePage {

    private ConsolePage() {}

    /** @param path of the page and {@code endpoint} of what it asks, both below the same place */
    static String assemble(String path, String endpoint) {
        String plots = file("uPlot.iife.min.js");
        String script = file("console.js");
        String plotStyle = file("uPlot.min.css");
        String style = file("console.css");
        String policy = "default-src 'none'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none';"
                + " script-src " + hash(plots) + " " + hash(script) + "; style-src " + hash(plotStyle) + " "
                + hash(style);
        return file("console.html")
                .replace("{{policy}}", policy)
                .replace("{{path}}", quoted(path))
                .replace("{{endpoint}}", quoted(endpoint))
                .replace("{{plot-style}}", plotStyle)
                .replace("{{style}}", style)
                .replace("{{plots}}", plots)
                .replace("{{script}}", script);
    }

    private static String quoted(String attribute) {
        return attribute.replace("&", "&amp;").replace("\"", "&quot;");
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String file(String name) {
        try (InputStream in = ConsolePage.class.getResourceAsStream("console/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the plugin's jar lacks its console/" + name);
            }
            // As a browser reads it, for the hash is over what it reads.
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
