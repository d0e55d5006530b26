package io.yotposync.jdbc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Values of an IN-list, padded to a power of two: a few lengths only, so that databases reuse their plans. */
final class InList {

    private InList() {}

    static List<String> padded(Collection<String> values) {
        List<String> list = new ArrayList<>(values);
        if (list.isEmpty()) {
            return list;
        }
        String last = list.get(list.size() - 1);
        int length = Integer.highestOneBit(list.size() * 2 - 1);
        while (list.size() < length) {
            list.add(last);
        }
        return list;
    }
}
