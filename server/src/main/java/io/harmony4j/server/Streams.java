package io.harmony4j.server;

import java.time.Duration;

/** What streams of both APIs have in common. */
final class Streams {
    /**
     * When a stream begins that has no token yet. A runtime elsewhere that is not there, or refuses, mostly says so within this time,
     * and the client then gets its status in place of a stream with an error.
     */
    static final Duration OPEN_AFTER = Duration.ofMillis(250);

    private Streams() {}
}
