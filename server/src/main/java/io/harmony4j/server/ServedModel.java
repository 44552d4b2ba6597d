package io.harmony4j.server;

import static java.util.Objects.requireNonNull;

import io.harmony4j.generation.TokenGenerator;
import io.harmony4j.renderer.AnalysisPolicy;
import io.harmony4j.renderer.RenderOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * A model under the names that clients call it by. Immutable.
 *
 * <pre>{@code
 * new ServedModel("gpt-oss-20b", Backends.of("llama-server:http://127.0.0.1:8081"), 131_072).withAliases("gpt-oss")
 * }</pre>
 */
public final class ServedModel {
    private final String name;
    private final List<String> aliases;
    private final TokenGenerator generator;
    private final int contextTokens;
    private final AnalysisPolicy analysisPolicy;
    private final boolean isFaithful;
    private final boolean obeysGrammars;

    /**
     * Makes a model.
     *
     * @param name the name that answers have, and that requests without one mean
     * @param generator what generates: as many generations at a time as {@link ServerOptions#withParallel} says
     * @param contextTokens how many tokens prompt and answer can have together
     * @throws IllegalArgumentException if the name is blank, or there is no room for any token
     */
    public ServedModel(String name, TokenGenerator generator, int contextTokens) {
        this(name, List.of(), generator, contextTokens, AnalysisPolicy.SINCE_LAST_FINAL, false, false);
    }

    private ServedModel(
            String name,
            List<String> aliases,
            TokenGenerator generator,
            int contextTokens,
            AnalysisPolicy analysisPolicy,
            boolean isFaithful,
            boolean obeysGrammars) {
        this.name = requireNonNull(name, "name");
        this.aliases = List.copyOf(requireNonNull(aliases, "aliases"));
        this.generator = requireNonNull(generator, "generator");
        this.contextTokens = contextTokens;
        this.analysisPolicy = requireNonNull(analysisPolicy, "analysisPolicy");
        this.isFaithful = isFaithful;
        this.obeysGrammars = obeysGrammars;
        if (name.isBlank()) {
            throw new IllegalArgumentException("expected a name but found \"" + name + "\"");
        }
        if (contextTokens < 1) {
            throw new IllegalArgumentException("expected a context of at least 1 token but found " + contextTokens);
        }
    }

    /** Returns a copy that has these names, too. */
    public ServedModel withAliases(String... names) {
        return new ServedModel(
                name, List.of(names), generator, contextTokens, analysisPolicy, isFaithful, obeysGrammars);
    }

    /** Returns a copy whose prompts leave out other chains of thought than those before the last answer. */
    public ServedModel withAnalysisPolicy(AnalysisPolicy policy) {
        return new ServedModel(name, aliases, generator, contextTokens, policy, isFaithful, obeysGrammars);
    }

    /** Returns a copy whose prompts show all of the schemas of tools, as {@link RenderOptions#withFaithfulTypeScript} has it, or not. */
    public ServedModel withFaithfulTypeScript(boolean faithful) {
        return new ServedModel(name, aliases, generator, contextTokens, analysisPolicy, faithful, obeysGrammars);
    }

    /**
     * Returns a copy that binds what the model writes by a grammar where a request demands a call, has strict tools or a format of the
     * answer; for generators that obey the logits processor of their options, as this library's engine does, or a grammar in place of it.
     * Without, a call is demanded by putting its beginning into the model's mouth, and a format is only asked for.
     */
    public ServedModel withGrammars(boolean obeyed) {
        return new ServedModel(name, aliases, generator, contextTokens, analysisPolicy, isFaithful, obeyed);
    }

    /** Returns the name that answers have. */
    public String name() {
        return name;
    }

    /** Returns all names, the first one first. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        names.add(name);
        names.addAll(aliases);
        return names;
    }

    TokenGenerator generator() {
        return generator;
    }

    int contextTokens() {
        return contextTokens;
    }

    AnalysisPolicy analysisPolicy() {
        return analysisPolicy;
    }

    boolean obeysGrammars() {
        return obeysGrammars;
    }

    /** Returns how conversations are rendered from which all is left out that is to be. */
    RenderOptions renderOptions() {
        return RenderOptions.DEFAULT.withAnalysisPolicy(AnalysisPolicy.KEEP_ALL).withFaithfulTypeScript(isFaithful);
    }
}
