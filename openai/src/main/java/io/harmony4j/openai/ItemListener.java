package io.harmony4j.openai;

import io.harmony4j.chat.Usage;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.json.JsonValue;
import java.util.List;

/** Is told what comes of a turn. Items do not overlap: each ends before the next one starts, and before the turn ends. */
interface ItemListener {

    /** An item starts; it has no text yet. */
    void started(Item item);

    /**
     * The item has more text.
     *
     * @param text the text, not empty and never half a character
     * @param logProbabilities the entries of its tokens; empty if they are not asked for
     */
    void added(Item item, String text, List<JsonValue> logProbabilities);

    /** The item is complete, or cut off. */
    void ended(Item item);

    /** The turn is over. */
    void finished(FinishReason reason, Usage usage);

    /** The turn has failed; what came so far is all. */
    void failed(ApiException error, Usage usage);
}
