package io.yotposync.operator;

import java.util.Map;

/**
 * What came of an operator's wish.
 *
 * @param message a sentence or two
 * @param details numbers and names, no personal data
 */
public record Done(String action, String message, Map<String, Object> details) {}
