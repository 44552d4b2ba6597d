package io.harmony4j.cli;

import io.harmony4j.renderer.Dialect;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Which tokens of a training example are learnt, as a word on the command line: by the library's own masks, or as another trainer has it. */
enum Mask {
    sampled,
    trl,
    unsloth;

    /**
     * Checks that another trainer's mask is for what that trainer learns from.
     *
     * @throws ParameterException if the dialect is not the chat template's
     */
    void requireDialect(Dialect dialect, CommandLine command) {
        if (this != sampled && dialect != Dialect.HF) {
            throw new ParameterException(
                    command,
                    "expected --dialect hf with --mask " + this
                            + ", which is of what the chat template writes, but found --dialect " + dialect.wireName());
        }
    }
}
