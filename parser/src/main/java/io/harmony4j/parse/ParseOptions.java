package io.harmony4j.parse;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Role;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How to read a token stream. The default is RECOVER, which never throws; {@link #strict()} gives STRICT, which throws at
 * the first token that is not Harmony.
 *
 * @param role the role that the prompt already ends with ({@code <|start|>assistant}), so that the stream begins in its
 *     header; null for a stream that begins with {@code <|start|>}
 * @param isStrict whether to read in STRICT mode
 * @param tools the names of the declared function tools, without {@code functions.}; with them RECOVER mends misspelled
 *     recipients
 * @param maxDiagnostics how many repairs are reported at most; the rest are made in silence, so that a long stream of
 *     garbage cannot fill the memory
 */
public record ParseOptions(@Nullable Role role, boolean isStrict, Set<String> tools, int maxDiagnostics) {
    private static final int DEFAULT_MAX_DIAGNOSTICS = 1000;

    /** For a stream of whole messages, each beginning with {@code <|start|>}; RECOVER. */
    public static final ParseOptions DEFAULT = new ParseOptions(null, false, Set.of(), DEFAULT_MAX_DIAGNOSTICS);

    /**
     * @throws IllegalArgumentException if {@code maxDiagnostics} is less than 1
     */
    public ParseOptions {
        tools = Set.copyOf(tools);
        if (maxDiagnostics < 1) {
            throw new IllegalArgumentException("expected maxDiagnostics of at least 1 but found " + maxDiagnostics);
        }
    }

    /** For what a model generated after a prompt that ends with {@code <|start|>} and the given role; RECOVER. */
    public static ParseOptions forRole(Role role) {
        return DEFAULT.withRole(requireNonNull(role, "role"));
    }

    /** Returns a copy that reads in STRICT mode. */
    public ParseOptions strict() {
        return new ParseOptions(role, true, tools, maxDiagnostics);
    }

    public ParseOptions withRole(@Nullable Role newRole) {
        return new ParseOptions(newRole, isStrict, tools, maxDiagnostics);
    }

    public ParseOptions withTools(Collection<String> names) {
        return new ParseOptions(role, isStrict, Set.copyOf(names), maxDiagnostics);
    }

    public ParseOptions withMaxDiagnostics(int max) {
        return new ParseOptions(role, isStrict, tools, max);
    }
}
