package io.yotposync.operator;

import org.jspecify.annotations.Nullable;

/**
 * Who does something, and why.
 *
 * @param who the host's name of the operator
 * @param why as the operator said
 */
public record By(String who, @Nullable String why) {

    String reason() {
        return why == null || why.isBlank() ? "by " + who : why;
    }
}
