package io.harmony4j.chat;

import io.harmony4j.testkit.ScriptedModel;
import io.harmony4j.testkit.ScriptedTurn;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.Arrays;

/** A model that says one text a generation, special tokens as their literals: a real one would not make these mistakes on demand. */
final class Scripted {
    static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();

    private Scripted() {}

    static ScriptedModel model(String... texts) {
        return new ScriptedModel(Arrays.stream(texts).map(ScriptedTurn::text).toArray(ScriptedTurn[]::new));
    }
}
