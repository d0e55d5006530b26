package io.yotposync.operator;

/** An operator asked for personal data without being entitled to see it. */
public final class RevealRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message says what is lacking, for the operator */
    public RevealRefusedException(String message) {
        super(message);
    }
}
