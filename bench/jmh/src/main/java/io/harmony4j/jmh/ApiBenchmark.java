package io.harmony4j.jmh;

import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Role;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import io.harmony4j.openai.AnswerTurn;
import io.harmony4j.openai.ApiOptions;
import io.harmony4j.openai.ChatCompletions;
import io.harmony4j.openai.ChatRequest;
import io.harmony4j.openai.ResponseStore;
import io.harmony4j.openai.Responses;
import io.harmony4j.openai.ResponsesRequest;
import io.harmony4j.parser.ParseOptions;
import io.harmony4j.parser.StreamParser;
import io.harmony4j.renderer.AnalysisPolicy;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.renderer.RenderOptions;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What OpenAI's APIs cost on top of rendering and parsing: a request of 200 messages with 20 tools to a prompt, and the tokens of a turn
 * to chunks or events. Each step is there with and without what comes before.
 */
@State(Scope.Benchmark)
public class ApiBenchmark {
    private final Tokenizer tokenizer = Tokenizer.o200kHarmony();
    private final HarmonyRenderer renderer =
            new HarmonyRenderer(tokenizer, RenderOptions.DEFAULT.withAnalysisPolicy(AnalysisPolicy.KEEP_ALL));
    private final ChatCompletions chat =
            new ChatCompletions(ApiOptions.DEFAULT.withAnalysisPolicy(AnalysisPolicy.KEEP_ALL));
    private final Responses responses = new Responses(ApiOptions.DEFAULT, ResponseStore.NONE);
    private final String body =
            ChatCompletions.request(Dialogue.request(), "gpt-oss-20b").toString();
    private final Conversation conversation = chat.request(body).conversation();
    private final ChatRequest chatRequest = chat.request("""
            {"messages":[{"role":"user","content":"Hi"}]}""");
    private final ResponsesRequest responsesRequest = responses.request("{\"input\":\"Hi\"}");
    private final int[] turn = turn();

    /** Returns a long chain of thought, a call and a long answer, as a model writes them. */
    private int[] turn() {
        List<Message> messages = Dialogue.completions().messages().subList(0, 3);
        int[] tokens = renderer.renderForTraining(new Conversation(messages));
        return Arrays.copyOfRange(tokens, 2, tokens.length); // after <|start|>assistant
    }

    /** Returns the request's JSON. */
    @Benchmark
    public JsonValue readJson() {
        return Json.parseAny(body);
    }

    /** Returns the request. */
    @Benchmark
    public ChatRequest readRequest() {
        return chat.request(body);
    }

    /** Returns the prompt of a conversation that is there. */
    @Benchmark
    public int[] render(TokenWork work) {
        int[] prompt = renderer.renderForCompletion(conversation, Role.ASSISTANT);
        work.tokens += prompt.length;
        return prompt;
    }

    /** Returns the prompt of a request. */
    @Benchmark
    public int[] requestToPrompt(TokenWork work) {
        int[] prompt = chat.request(body).prompt(renderer, Integer.MAX_VALUE);
        work.tokens += prompt.length;
        return prompt;
    }

    /** Returns the messages of a turn. */
    @Benchmark
    public List<Message> parse(TokenWork work, Blackhole blackhole) {
        StreamParser parser = new StreamParser(tokenizer, ParseOptions.forRole(Role.ASSISTANT), blackhole::consume);
        for (int token : turn) {
            parser.accept(token);
        }
        parser.finish(FinishReason.STOP);
        work.tokens += turn.length;
        return parser.messages();
    }

    /** Returns a turn as a chat completion. */
    @Benchmark
    public JsonValue tokensToAnswer(TokenWork work) {
        var answer = chatRequest.answer(tokenizer);
        read(answer.turn(0), work);
        return answer.toJson();
    }

    /** Returns a turn as a chat completion, and gives out its chunks. */
    @Benchmark
    public JsonValue tokensToChunks(TokenWork work, Blackhole blackhole) {
        var answer = chatRequest.answer(tokenizer, blackhole::consume);
        read(answer.turn(0), work);
        return answer.toJson();
    }

    /** Returns a turn as a response, and gives out its events. */
    @Benchmark
    public JsonValue tokensToEvents(TokenWork work, Blackhole blackhole) {
        var answer = responsesRequest.answer(tokenizer, blackhole::consume);
        read(answer.turn(), work);
        return answer.toJson();
    }

    private void read(AnswerTurn answer, TokenWork work) {
        for (int i = 0; i < turn.length; i++) {
            answer.accept(GeneratedToken.of(turn[i], i));
        }
        answer.finish(FinishReason.STOP);
        work.tokens += turn.length;
    }
}
