package io.harmony4j.chat;

import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.parser.ParseEvent;

/** Hears what happens in a turn, as it happens: the prompt, then for each token the token and what it was parsed to. */
interface TurnListener {
    /** The prompt has been rendered, and the model is asked. */
    void asked(int[] prompt);

    /** The model generated a token. */
    void generated(GeneratedToken token);

    /** The parser understood something. */
    void parsed(ParseEvent event);
}
