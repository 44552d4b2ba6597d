package io.harmony4j.openai;

import static io.harmony4j.openai.Scripted.TOKENIZER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.core.ObjectMappers;
import com.openai.models.completions.Completion;
import io.harmony4j.SpecialToken;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.generation.Generation;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts that are continued: requests and their answers, whole and as chunks. */
class TextCompletionsTest {
    private static final ApiOptions OPTIONS = ApiOptions.DEFAULT
            .withModels("tiny")
            .withIds(() -> "1")
            .withClock(Clock.fixed(Instant.ofEpochSecond(Scripted.CREATED), ZoneOffset.UTC));
    private static final String HARMONY = "<|channel|>analysis<|message|>Hm.<|end|>";

    private final List<JsonObject> chunks = new ArrayList<>();

    private static TextRequest request(String members) {
        return new TextCompletions(OPTIONS).request("{" + members.replace('\'', '"') + "}");
    }

    private static ApiException refused(String members) {
        return catchThrowableOfType(ApiException.class, () -> request(members));
    }

    /** Gives each turn an output, which a well-behaved generator ends where it is told to. */
    private TextAnswer play(String members, FinishReason end, String... outputs) {
        TextRequest request = request(members);
        TextAnswer answer = request.answer(TOKENIZER, chunks::add);
        answer.begin();
        List<int[]> prompts = request.prompts(TOKENIZER, 1000);
        for (int i = 0; i < answer.choices(); i++) {
            int[] prompt = prompts.get(request.promptOf(i));
            play(answer.turn(i), request.generationOptions(i), prompt, end, outputs[i]);
        }
        return answer;
    }

    private static void play(TextTurn turn, GenerationOptions options, int[] prompt, FinishReason end, String output) {
        int[] tokens = Scripted.tokens(output);
        int count = 0;
        FinishReason reason = end;
        while (count < tokens.length && !turn.isDone()) {
            int id = tokens[count];
            GeneratedToken token = GeneratedToken.of(id, prompt.length + count);
            turn.accept(token.withLogProbability(
                    -0.5, List.of(new GeneratedToken.Alternative(id, -0.5), new GeneratedToken.Alternative(64, -2))));
            count++;
            if (options.stopTokens().contains(id)) {
                reason = FinishReason.STOP;
                break;
            }
        }
        turn.finish(Generation.of(tokens, reason, prompt.length).withCachedTokens(1));
    }

    private static JsonValue choice(TextAnswer answer) {
        return answer.toJson().get("choices").elements().get(0);
    }

    private String joined(int choice) {
        StringBuilder text = new StringBuilder();
        for (JsonObject chunk : chunks) {
            for (JsonValue piece : chunk.get("choices").elements()) {
                if (piece.get("index").intValue() == choice) {
                    text.append(piece.get("text").text());
                }
            }
        }
        return text.toString();
    }

    @Test
    void theWholeAnswerHasItsForm() {
        TextAnswer answer = play("'prompt':'Hello'", FinishReason.STOP, " there.<|return|>");

        assertThat(answer.toJson())
                .hasToString(
                        "{\"id\":\"cmpl-1\",\"object\":\"text_completion\",\"created\":1750000000,\"model\":\"tiny\","
                                + "\"system_fingerprint\":null,\"choices\":[{\"index\":0,\"text\":\" there.\",\"logprobs\":null,"
                                + "\"finish_reason\":\"stop\",\"stop_reason\":200002}],\"usage\":{\"prompt_tokens\":1,"
                                + "\"completion_tokens\":3,\"total_tokens\":4,\"prompt_tokens_details\":{\"cached_tokens\":1,"
                                + "\"audio_tokens\":0},\"completion_tokens_details\":{\"reasoning_tokens\":0,\"audio_tokens\":0,"
                                + "\"accepted_prediction_tokens\":0,\"rejected_prediction_tokens\":0}}}");
    }

    /** Also where nobody has begun the stream before the model was done, having said nothing. */
    @Test
    void onlyTheLastChunkOfAnEmptyTextHasAReason() {
        TextAnswer answer =
                request("'prompt':'Hello','echo':true,'stream':true").answer(TOKENIZER, chunks::add);
        answer.turn(0).finish(Generation.of(new int[0], FinishReason.LENGTH, 1));
        assertThat(chunks)
                .extracting(chunk -> chunk.get("choices").elements().get(0).get("finish_reason"))
                .containsExactly(JsonValue.ofNull(), JsonValue.of("length"));
    }

    @Test
    void chunksHaveTheirForm() {
        play("'prompt':'Hello','stream':true", FinishReason.LENGTH, " there");

        String head = "{\"id\":\"cmpl-1\",\"object\":\"text_completion\",\"created\":1750000000,\"model\":\"tiny\","
                + "\"system_fingerprint\":null,\"choices\":[{\"index\":0,";
        assertThat(chunks.stream().map(JsonObject::toString))
                .containsExactly(
                        head + "\"text\":\" there\",\"logprobs\":null,\"finish_reason\":null,\"stop_reason\":null}]}",
                        head + "\"text\":\"\",\"logprobs\":null,\"finish_reason\":\"length\",\"stop_reason\":null}]}");
    }

    @Test
    void usageComesLastIfItIsWanted() {
        play(
                "'prompt':['a','b'],'n':2,'stream':true,'stream_options':{'include_usage':true}",
                FinishReason.STOP,
                "x",
                "y",
                "z",
                "w");

        assertThat(chunks).hasSize(9);
        assertThat(chunks.subList(0, 8)).allMatch(chunk -> chunk.get("usage").isNull() && chunk.has("usage"));
        JsonObject last = chunks.get(8);
        assertThat(last.get("choices").elements()).isEmpty();
        assertThat(last.get("usage").get("prompt_tokens").intValue()).isEqualTo(2);
        assertThat(last.get("usage").get("completion_tokens").intValue()).isEqualTo(4);
        assertThat(last.get("usage")
                        .get("prompt_tokens_details")
                        .get("cached_tokens")
                        .intValue())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "'Hello there'; [[13225, 1354]]",
                "['Hello',' there']; [[13225], [1354]]",
                "[13225,1354]; [[13225, 1354]]",
                "[[13225],[1354,200002]]; [[13225], [1354, 200002]]",
                "'<|start|>user<|message|>'; [[200006, 1428, 200008]]"
            })
    void promptsAreTextsOrTokens(String prompt, String tokens) {
        TextRequest request = request("'prompt':" + prompt);

        assertThat(request.prompts(TOKENIZER, 100).stream()
                        .map(Arrays::toString)
                        .toList())
                .hasToString(tokens);
    }

    @Test
    void choicesAreNumberedPromptByPrompt() {
        TextAnswer answer = play("'prompt':['a','b'],'n':2", FinishReason.LENGTH, "0", "1", "2", "3");

        List<JsonValue> choices = answer.toJson().get("choices").elements();
        for (int i = 0; i < 4; i++) {
            assertThat(choices.get(i).get("index").intValue()).isEqualTo(i);
            assertThat(choices.get(i).get("text").text()).isEqualTo("" + i);
        }
        TextRequest request = request("'prompt':['a','b'],'n':2,'seed':7");
        assertThat(request.choices()).isEqualTo(4);
        assertThat(List.of(request.promptOf(0), request.promptOf(1), request.promptOf(2), request.promptOf(3)))
                .containsExactly(0, 0, 1, 1);
        assertThat(List.of(0, 1, 2, 3).stream()
                        .map(i -> request.generationOptions(i).sampling().seed()))
                .containsExactly(7L, 8L, 7L, 8L);
    }

    @Test
    void optionsAreThoseOfTheRequest() {
        GenerationOptions options = request("'prompt':'a'").generationOptions(0);
        assertThat(options.maxTokens()).isEqualTo(16);
        assertThat(options.stopTokens()).containsExactlyInAnyOrderElementsOf(SpecialToken.stopIds());
        assertThat(options.logProbabilities()).isEmpty();

        options = request("'prompt':'a','max_tokens':7,'stop_token_ids':[5,200007],'logprobs':2,'temperature':0.5")
                .generationOptions(0);
        assertThat(options.maxTokens()).isEqualTo(7);
        assertThat(options.stopTokens()).contains(5, 200007, 200002);
        assertThat(options.logProbabilities()).hasValue(2);
        assertThat(options.sampling().temperature()).isEqualTo(0.5);

        assertThat(request("'prompt':'a','ignore_eos':true,'stop_token_ids':[5]")
                        .generationOptions(0)
                        .stopTokens())
                .containsExactly(5);
    }

    @Test
    void specialTokensAreLiteralsUnlessTheyAreSkipped() {
        String output = HARMONY + "<|start|>assistant<|channel|>final<|message|>Hi<|return|>";
        assertThat(choice(play("'prompt':'a'", FinishReason.STOP, output))
                        .get("text")
                        .text())
                .isEqualTo(HARMONY + "<|start|>assistant<|channel|>final<|message|>Hi");
        assertThat(joined(0)).isEqualTo(HARMONY + "<|start|>assistant<|channel|>final<|message|>Hi");

        assertThat(choice(play("'prompt':'a','skip_special_tokens':true", FinishReason.STOP, output))
                        .get("text")
                        .text())
                .isEqualTo("analysisHm.assistantfinalHi");
        assertThat(choice(play("'prompt':'a','ignore_eos':true", FinishReason.LENGTH, "a<|return|>b"))
                        .get("text")
                        .text())
                .isEqualTo("a<|return|>b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'stop':'END'; say E ENDless; say E ; stop; END",
                "'stop':['<|end|>','x']; <|channel|>final<|message|>Hi<|end|>; <|channel|>final<|message|>Hi; stop; <|end|>",
                "'stop':'END'; say EN; say EN; length; null",
                "'stop':'END'; EN<|call|>; EN; stop; 200012",
                "'stop_token_ids':[200007]; Hi<|end|>Ho; Hi; stop; 200007",
                "'stop':'lo'; Hello; Hel; stop; lo"
            })
    void textEndsBeforeWhatStopsIt(String members, String output, String text, String finish, String reason) {
        String prompt = "'prompt':'a',";
        JsonValue choice = choice(play(prompt + members, FinishReason.LENGTH, output));

        assertThat(choice.get("text").text().trim()).isEqualTo(text.trim());
        assertThat(joined(0)).isEqualTo(choice.get("text").text());
        assertThat(choice.get("finish_reason").text()).isEqualTo(finish);
        assertThat(choice.get("stop_reason").toString().replace("\"", "")).isEqualTo(reason);
    }

    @Test
    void aPromptIsRepeated() {
        TextAnswer answer = play("'prompt':['Say <|start|>','No'],'echo':true", FinishReason.LENGTH, " so", " not");

        List<JsonValue> choices = answer.toJson().get("choices").elements();
        assertThat(choices.get(0).get("text").text()).isEqualTo("Say <|start|> so");
        assertThat(choices.get(1).get("text").text()).isEqualTo("No not");
        assertThat(joined(0)).isEqualTo("Say <|start|> so");
        assertThat(joined(1)).isEqualTo("No not");
        assertThat(chunks.get(0).get("choices").elements().get(0).get("text").text())
                .isEqualTo("Say <|start|>");
        assertThat(choice(play("'prompt':[13225],'echo':true", FinishReason.LENGTH, " there"))
                        .get("text")
                        .text())
                .isEqualTo("Hello there");
    }

    @Test
    void logProbabilitiesAreThoseOfAllTokens() {
        JsonValue logprobs = choice(play("'prompt':'a','logprobs':1", FinishReason.STOP, "é 🦄!<|return|>"))
                .get("logprobs");

        assertThat(logprobs.get("tokens"))
                .isEqualTo(
                        Json.parse("[\"é\",\"\\\\x20\\\\xf0\\\\x9f\",\"\\\\xa6\",\"\\\\x84\",\"!\",\"<|return|>\"]"));
        assertThat(logprobs.get("text_offset")).isEqualTo(Json.parse("[0,1,2,2,3,4]"));
        assertThat(logprobs.get("token_logprobs")).isEqualTo(Json.parse("[-0.5,-0.5,-0.5,-0.5,-0.5,-0.5]"));
        assertThat(logprobs.get("top_logprobs").elements()).hasSize(6);
        assertThat(logprobs.get("top_logprobs").elements().get(0)).isEqualTo(Json.parse("{\"é\":-0.5,\"a\":-2.0}"));

        List<JsonValue> sent = new ArrayList<>();
        for (JsonObject chunk : chunks) {
            sent.addAll(chunk.get("choices")
                    .elements()
                    .get(0)
                    .get("logprobs")
                    .get("tokens")
                    .elements());
        }
        assertThat(sent).isEqualTo(logprobs.get("tokens").elements());
    }

    @Test
    void idsOfTokensAreGivenOut() {
        TextAnswer answer =
                play("'prompt':'Hello','return_token_ids':true,'stop':'x'", FinishReason.STOP, " there, x y");

        JsonValue choice = choice(answer);
        assertThat(choice.get("prompt_token_ids")).isEqualTo(Json.parse("[13225]"));
        assertThat(choice.get("token_ids")).isEqualTo(Json.parse("[1354,11,1215]"));
        List<JsonValue> sent = new ArrayList<>();
        for (int i = 0; i < chunks.size(); i++) {
            JsonValue piece = chunks.get(i).get("choices").elements().get(0);
            assertThat(piece.get("prompt_token_ids").isNull()).isEqualTo(i > 0);
            sent.addAll(piece.get("token_ids").elements());
        }
        assertThat(sent).isEqualTo(choice.get("token_ids").elements());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'x':1; prompt; missing_required_parameter",
                "'prompt':null; prompt; invalid_type",
                "'prompt':7; prompt; invalid_type",
                "'prompt':''; prompt; empty_string",
                "'prompt':[]; prompt; empty_array",
                "'prompt':['a','']; prompt[1]; empty_string",
                "'prompt':['a',1]; prompt[1]; invalid_type",
                "'prompt':[1,'a']; prompt[1]; invalid_type",
                "'prompt':[1,null]; prompt[1]; invalid_type",
                "'prompt':[1.5]; prompt[0]; invalid_type",
                "'prompt':[-1]; prompt[0]; integer_below_min_value",
                "'prompt':[[]]; prompt[0]; empty_array",
                "'prompt':[[1],[2,'a']]; prompt[1][1]; invalid_type",
                "'prompt':{}; prompt; invalid_type",
                "'prompt':'a','suffix':'b'; suffix; unsupported_parameter",
                "'prompt':'a','max_tokens':0; max_tokens; integer_below_min_value",
                "'prompt':'a','max_tokens':'1'; max_tokens; invalid_type",
                "'prompt':'a','temperature':3; temperature; decimal_above_max_value",
                "'prompt':'a','n':129; n; integer_above_max_value",
                "'prompt':'a','logprobs':6; logprobs; integer_above_max_value",
                "'prompt':'a','logprobs':true; logprobs; invalid_type",
                "'prompt':'a','echo':true,'logprobs':1; echo; unsupported_value",
                "'prompt':'a','echo':'yes'; echo; invalid_type",
                "'prompt':'a','prompt_logprobs':1; prompt_logprobs; unsupported_parameter",
                "'prompt':'a','best_of':2; best_of; unsupported_value",
                "'prompt':'a','stop':7; stop; invalid_type",
                "'prompt':'a','stream_options':{}; stream_options; null",
                "'prompt':'a','stop_token_ids':['x']; stop_token_ids[0]; invalid_type",
                "'prompt':'a','ignore_eos':1; ignore_eos; invalid_type",
                "'prompt':'a','skip_special_tokens':1; skip_special_tokens; invalid_type",
                "'prompt':'a','return_token_ids':1; return_token_ids; invalid_type",
                "'prompt':'a','logit_bias':{'x':1}; logit_bias.x; invalid_value",
                "'prompt':'a','user':1; user; invalid_type"
            })
    void whatIsWrongIsRefused(String members, String param, String code) {
        ApiException refusal = refused(members);

        assertThat(refusal.status()).isEqualTo(400);
        assertThat(refusal.param()).isEqualTo(param);
        assertThat(String.valueOf(refusal.code())).isEqualTo(code);
    }

    @Test
    void refusalsThatNeedMoreThanTheRequest() {
        assertThat(refused("'prompt':'a','model':'gpt-5'").status()).isEqualTo(404);
        ApiException tooMany = refused("'prompt':[" + "'a',".repeat(600) + "'a'],'n':2");
        assertThat(tooMany.code()).isEqualTo("array_above_max_length");
        assertThat(tooMany.param()).isEqualTo("prompt");

        TextRequest request = request("'prompt':[[1,2,3],[1,2]]");
        ApiException tooLong = catchThrowableOfType(ApiException.class, () -> request.prompts(TOKENIZER, 3));
        assertThat(tooLong.code()).isEqualTo("context_length_exceeded");
        assertThat(tooLong.param()).isEqualTo("prompt[0]");
        assertThat(request.prompts(TOKENIZER, 4)).hasSize(2);

        ApiException noToken = catchThrowableOfType(
                ApiException.class, () -> request("'prompt':[1,201089]").prompts(TOKENIZER, 100));
        assertThat(noToken)
                .hasMessage("Invalid 'prompt': expected the ids of tokens, but got 201089 at index 1, which is none.");
    }

    @Test
    void manyStopStringsAreTaken() {
        assertThat(request(
                                "'prompt':'a','stop':['1','2','3','4','5','6'],'best_of':1,'user':'u','add_special_tokens':false")
                        .decoding()
                        .stop())
                .hasSize(6);
    }

    @Test
    void aFailureEndsTheStream() {
        TextAnswer answer = request("'prompt':'a','stream':true").answer(TOKENIZER, chunks::add);
        answer.turn(0).accept(GeneratedToken.of(13225, 1));
        answer.turn(0).fail(new ApiException(500, null, null, "The model broke."));

        assertThat(chunks).hasSize(2);
        assertThat(chunks.get(1).get("error").get("message").text()).isEqualTo("The model broke.");
        assertThat(catchThrowableOfType(ApiException.class, answer::toJson)).isNotNull();
        assertThatIllegalStateException().isThrownBy(() -> answer.turn(0).accept(GeneratedToken.of(1, 1)));
    }

    @Test
    void aTurnThatIsMissingIsNoAnswer() {
        TextAnswer answer = request("'prompt':'a','n':2").answer(TOKENIZER);
        assertThatIllegalStateException()
                .isThrownBy(answer::toJson)
                .withMessage("expected all turns to be finished but turn 0 is not");
    }

    /** Whatever the tokens: the pieces are whole characters, and together the whole. */
    @Test
    void piecesAreTheWhole() {
        List<String> members =
                List.of("", ",'stop':['a','\\uD83E\\uDD84']", ",'skip_special_tokens':true", ",'logprobs':1");
        for (int seed = 0; seed < 500; seed++) {
            chunks.clear();
            Random random = new Random(seed);
            TextRequest request = request("'prompt':'x','return_token_ids':true,'ignore_eos':true"
                    + members.get(random.nextInt(members.size())));
            TextAnswer answer = request.answer(TOKENIZER, chunks::add);
            int[] tokens = RandomOutputs.tokens(random);
            for (int token : tokens) {
                answer.turn(0).accept(GeneratedToken.of(token, 1).withLogProbability(-1, List.of()));
            }
            answer.turn(0).finish(Generation.of(tokens, FinishReason.LENGTH, 1));
            JsonValue choice = choice(answer);
            assertThat(joined(0))
                    .as("seed " + seed)
                    .isEqualTo(choice.get("text").text());
            for (JsonObject chunk : chunks) {
                String piece =
                        chunk.get("choices").elements().get(0).get("text").text();
                assertThat(piece.isEmpty() || !Character.isHighSurrogate(piece.charAt(piece.length() - 1)))
                        .as("seed " + seed)
                        .isTrue();
            }
            assertThat(answer.toJson().get("usage").get("completion_tokens").intValue())
                    .isEqualTo(tokens.length);
        }
    }

    @Test
    void openAisClientReadsTheAnswer() throws Exception {
        TextAnswer answer = play(
                "'prompt':['a','b'],'logprobs':2,'stream':true,'stream_options':{'include_usage':true}",
                FinishReason.LENGTH,
                "x y",
                "z");
        Completion whole = ObjectMappers.jsonMapper()
                .readValue(answer.toJson().toString(), Completion.class)
                .validate();
        assertThat(whole.choices().get(0).text()).isEqualTo("x y");
        assertThat(whole.choices().get(0).logprobs().orElseThrow().tokens().orElseThrow())
                .hasSize(2);
        assertThat(whole.usage().orElseThrow().completionTokens()).isEqualTo(3);
        Set<String> texts = new LinkedHashSet<>();
        for (JsonObject chunk : chunks) {
            Completion read = ObjectMappers.jsonMapper().readValue(chunk.toString(), Completion.class);
            read.choices().forEach(choice -> texts.add(choice.text()));
        }
        assertThat(texts).containsExactly("x", " y", "", "z");
    }
}
