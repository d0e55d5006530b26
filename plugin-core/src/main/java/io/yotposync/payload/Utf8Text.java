package io.yotposync.payload;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** JSON in the making, as bytes: they are printed where they stand, without another copy of the body. Not thread-safe. */
final class Utf8Text {

    private static final JsonStringEncoder QUOTES = JsonStringEncoder.getInstance();

    /** UTF-8 never has it. */
    static final byte END = (byte) 0xFF;

    private byte[] bytes;
    private int length;

    Utf8Text(int capacity) {
        bytes = new byte[capacity];
    }

    /** Text that is ASCII and needs no quotes. */
    @SuppressWarnings("deprecation") // the one way to copy ASCII without making an array of it first
    Utf8Text plain(String ascii) {
        room(ascii.length());
        ascii.getBytes(0, ascii.length(), bytes, length);
        length += ascii.length();
        return this;
    }

    Utf8Text plain(char ascii) {
        room(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    /** A string between quotes. Most have nothing to escape and are copied whole. */
    Utf8Text quoted(String value) {
        plain('"');
        if (isPlain(value)) {
            plain(value);
        } else {
            bytes(new String(QUOTES.quoteAsString(value)).getBytes(StandardCharsets.UTF_8));
        }
        return plain('"');
    }

    /** Any text as it is. */
    Utf8Text raw(String value) {
        if (isPlain(value)) {
            plain(value);
        } else {
            bytes(value.getBytes(StandardCharsets.UTF_8));
        }
        return this;
    }

    /** The end of a part. */
    Utf8Text end() {
        room(1);
        bytes[length++] = END;
        return this;
    }

    private void bytes(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
    }

    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }

    boolean endsWith(char ascii) {
        return length > 0 && bytes[length - 1] == ascii;
    }

    /** What stands here so far, to read at once: the same array is written on. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    /** Nothing of it: it is personal data. */
    @Override
    public String toString() {
        return "Utf8Text[" + length + " bytes]";
    }

    /** What stands here from a place on. */
    String text(int from) {
        return new String(bytes, from, length - from, StandardCharsets.UTF_8);
    }
}
