package io.harmony4j.jmh;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What was done, in tokens; JMH makes it tokens a second. */
@AuxCounters
@State(Scope.Thread)
public class TokenWork {
    public long tokens;
}
