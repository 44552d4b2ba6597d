package io.harmony4j.jmh;

import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.ToolDescription;
import io.harmony4j.ToolNamespace;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** The messages that are rendered and parsed. Their text is made: the same on every machine. */
final class Dialogue {
    private static final int ROUNDS = 33;
    private static final int COMPLETIONS = 20;
    private static final int REQUEST_TOOLS = 20;
    private static final int LONG_TEXT = 5_000; // bytes

    private static final Recipient WEATHER = Recipient.function("get_weather");

    private Dialogue() {}

    /** Returns a conversation of 200 messages: two with built-in and function tools, then 33 rounds of six. */
    static Conversation conversation() {
        return conversation(1);
    }

    /** Returns such a conversation with other texts, tools included, for each seed. */
    static Conversation conversation(long seed) {
        Words words = new Words(seed);
        return conversation(
                words,
                List.of(ToolNamespace.browser(), ToolNamespace.python()),
                List.of(WEATHER.toolName(), "find_train", "book_room", "send"));
    }

    /** Returns a conversation of 200 messages with 20 function tools, as a request of OpenAI's APIs has it. */
    static Conversation request() {
        List<String> names = new ArrayList<>(List.of(WEATHER.toolName()));
        for (int i = 1; i < REQUEST_TOOLS; i++) {
            names.add("tool_" + i);
        }
        return conversation(new Words(3), List.of(), names);
    }

    private static Conversation conversation(Words words, List<ToolNamespace> builtIn, List<String> functions) {
        List<Message> messages = new ArrayList<>();
        Content.System system = Content.System.DEFAULT.withConversationStartDate(LocalDate.of(2026, 11, 24));
        for (ToolNamespace namespace : builtIn) {
            system = system.withTools(namespace);
        }
        messages.add(Message.system(system));
        messages.add(Message.developer(Content.developer(
                sentences(words, 10),
                functions.stream().map(name -> tool(name, words)).toArray(ToolDescription[]::new))));
        for (int i = 0; i < ROUNDS; i++) {
            messages.add(Message.user(sentences(words, 2)));
            messages.add(Message.analysis(sentences(words, 6)));
            messages.add(Message.preamble(sentences(words, 1)));
            messages.add(call(words));
            messages.add(Message.tool(WEATHER, MadeText.JSON.paragraph(words)));
            messages.add(Message.answer(sentences(words, 8)));
        }
        return new Conversation(messages);
    }

    /** Returns what a model may write: 20 times, a long chain of thought, a tool call and a long answer in mixed text. */
    static Conversation completions() {
        Words words = new Words(2);
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < COMPLETIONS; i++) {
            messages.add(Message.analysis(MadeText.ENGLISH.text(LONG_TEXT, i)));
            messages.add(call(words));
            messages.add(Message.answer(MadeText.MIXED.text(LONG_TEXT, i)));
        }
        return new Conversation(messages);
    }

    private static Message call(Words words) {
        String city = words.type();
        return Message.call(WEATHER, "{\"city\":\"" + city + "\",\"days\":" + words.number(10) + "}");
    }

    private static ToolDescription tool(String name, Words words) {
        return ToolDescription.of(name, words.englishSentence(), """
                {"type":"object","properties":{
                  "city":{"type":"string","description":"%s"},
                  "days":{"type":"integer","default":3},
                  "units":{"type":"string","enum":["metric","imperial"]},
                  "stops":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"}}}}},
                 "required":["city"]}""".formatted(words.englishSentence()));
    }

    private static String sentences(Words words, int count) {
        return words.several(count, " ", words::englishSentence);
    }
}
