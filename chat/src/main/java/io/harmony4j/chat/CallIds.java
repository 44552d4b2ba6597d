package io.harmony4j.chat;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Ids of tool calls that are unique over all answers of this process, and most probably over those of others. */
final class CallIds {
    private static final String PREFIX = "call_" + Long.toHexString(new SecureRandom().nextLong() | Long.MIN_VALUE);
    private static final AtomicLong NEXT = new AtomicLong();

    private CallIds() {}

    /** Returns the next id, as in {@code call_9c0f2b61d5e3a7480000002a}. */
    static String next() {
        return PREFIX + String.format("%08x", NEXT.getAndIncrement());
    }
}
