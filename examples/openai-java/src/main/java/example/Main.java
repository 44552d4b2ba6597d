package example;

import com.openai.models.chat.completions.*;
import io.harmony4j.*;
import io.harmony4j.engine.*;
import io.harmony4j.openai.*;
import io.harmony4j.openaijava.TypedChatCompletions;
import io.harmony4j.renderer.*;
import io.harmony4j.tiny.TinyTools;
import io.harmony4j.tokenizer.Tokenizer;

/** Answers openai-java's params with a model in this process, which calls a tool. */
public final class Main {
    public static void main(String[] args) {
        Tokenizer tokenizer = Tokenizer.o200kHarmony();
        RenderOptions keepAll = RenderOptions.DEFAULT.withAnalysisPolicy(AnalysisPolicy.KEEP_ALL);
        HarmonyRenderer renderer = new HarmonyRenderer(tokenizer, keepAll);
        Generator generator = new Generator(Model.tiny(ModelOptions.DEFAULT)); // as long as the program runs
        TypedChatCompletions api = new TypedChatCompletions(new ChatCompletions(ApiOptions.DEFAULT));
        var developer = Content.developer("You are a helpful assistant.", TinyTools.GET_WEATHER);
        var asked = Conversation.of(Message.developer(developer), Message.user("What is the weather in Tokyo?"));
        var params = TypedChatCompletions.params(asked, "tiny").toBuilder().temperature(0);
        for (ChatCompletionMessage said = null; said == null || said.toolCalls().isPresent(); ) {
            ChatRequest request = api.request(params.build());
            int[] prompt = request.prompt(renderer, 4096);
            ChatAnswer answer = request.answer(tokenizer);
            AnswerTurn turn = answer.turn(0);
            turn.finish(generator.generate(prompt, request.generationOptions(0, 256), turn::accept));
            ChatCompletion completion = TypedChatCompletions.completion(answer);
            TypedChatCompletions.messages(completion).forEach(message -> System.out.println(message.text()));
            said = completion.choices().get(0).message();
            params.addMessage(TypedChatCompletions.assistant(said)); // with its reasoning
            said.toolCalls().ifPresent(calls -> calls.stream().map(call -> call.asFunction()).forEach(call -> {
                Recipient tool = Recipient.function(call.function().name());
                String text = TinyTools.call(tool, call.function().arguments());
                params.addMessage(ChatCompletionToolMessageParam.builder().toolCallId(call.id()).content(text).build());
            }));
        }
    }
}
