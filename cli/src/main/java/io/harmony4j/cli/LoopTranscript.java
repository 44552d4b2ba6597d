package io.harmony4j.cli;

import io.harmony4j.chat.LoopEvent;
import java.io.PrintWriter;
import java.util.Locale;

/** Prints what happens in a loop, as it happens: messages in the colours of their channels, and what tools answer. */
final class LoopTranscript {
    private final Transcript transcript;
    private int generated;
    private long nanos;
    private long startedAt;

    LoopTranscript(PrintWriter out, boolean hasColor) {
        this.transcript = new Transcript(out, hasColor);
    }

    void accept(LoopEvent event) {
        if (event instanceof LoopEvent.RoundStarted) {
            startedAt = System.nanoTime();
        } else if (event instanceof LoopEvent.Generated) {
            generated++;
            nanos += System.nanoTime() - startedAt;
            startedAt = System.nanoTime();
        } else if (event instanceof LoopEvent.Parsed parsed) {
            transcript.accept(parsed.event());
        } else if (event instanceof LoopEvent.ToolAnswered answered) {
            transcript.toolAnswer(answered.tool().name(), answered.text());
        }
    }

    /** Returns how many tokens were generated, and how many a second; the time to read the prompts counts. */
    String speed() {
        return String.format(
                Locale.ROOT, "%d tokens, %.1f a second", generated, nanos == 0 ? 0 : generated * 1e9 / nanos);
    }
}
