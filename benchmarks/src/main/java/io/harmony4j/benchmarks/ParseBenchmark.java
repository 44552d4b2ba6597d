package io.harmony4j.benchmarks;

import io.harmony4j.Message;
import io.harmony4j.parse.ParseEvent;
import io.harmony4j.parse.ParseOptions;
import io.harmony4j.parse.StreamParser;
import io.harmony4j.render.HarmonyRenderer;
import io.harmony4j.render.RenderOptions;
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
    private final int[] stream =
            new HarmonyRenderer(tokenizer, RenderOptions.DEFAULT.keepAnalysis(true)).render(Dialogue.completions());

    /** Returns the messages of the stream. */
    @Benchmark
    public List<Message> parse(TokenWork work, Blackhole blackhole) {
        Consumer<ParseEvent> events = event -> {
            if (event instanceof ParseEvent.ContentDelta delta) {
                blackhole.consume(delta.text());
            }
        };
        ParseOptions options = mode == Mode.STRICT ? ParseOptions.DEFAULT.strict() : ParseOptions.DEFAULT;
        StreamParser parser = StreamParser.create(tokenizer, options);
        for (int token : stream) {
            parser.accept(token, events);
        }
        parser.finish(events);
        work.tokens += stream.length;
        return parser.messages();
    }
}
