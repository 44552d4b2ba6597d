package io.harmony4j.jmh;

import io.harmony4j.Message;
import io.harmony4j.parser.ParseEvent;
import io.harmony4j.parser.ParseOptions;
import io.harmony4j.parser.StreamParser;
import io.harmony4j.renderer.AnalysisPolicy;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.renderer.RenderOptions;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.List;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** A long stream of tokens, one by one, to deltas and messages. */
@State(Scope.Benchmark)
public class ParseBenchmark {
    /** How the stream is read. */
    public enum Mode {
        RECOVER,
        STRICT
    }

    @Param
    public Mode mode = Mode.RECOVER;

    private final Tokenizer tokenizer = Tokenizer.o200kHarmony();
    private final int[] stream = new HarmonyRenderer(
                    tokenizer, RenderOptions.DEFAULT.withAnalysisPolicy(AnalysisPolicy.KEEP_ALL))
            .render(Dialogue.completions());

    /** Returns the messages of the stream. */
    @Benchmark
    public List<Message> parse(TokenWork work, Blackhole blackhole) {
        Consumer<ParseEvent> events = event -> {
            if (event instanceof ParseEvent.ContentDelta delta) {
                blackhole.consume(delta.text());
            }
        };
        ParseOptions options = mode == Mode.STRICT ? ParseOptions.DEFAULT.strict() : ParseOptions.DEFAULT;
        StreamParser parser = new StreamParser(tokenizer, options, events);
        for (int token : stream) {
            parser.accept(token);
        }
        parser.finish();
        work.tokens += stream.length;
        return parser.messages();
    }
}
