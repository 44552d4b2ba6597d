package io.harmony4j.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.Author;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which names are tools without being declared, and what that changes. */
class KnownToolsTest {
    @ParameterizedTest
    @CsvSource({
        "get_weather, true",
        "functions.get_weather, true",
        "functions.other, true",
        "browser.search, true",
        "python, true",
        "other, false",
        "python.exec, false",
        "Python, false",
        "browsers.search, false",
        "assistant, false",
    })
    void toolsAreDeclaredOrOfKnownNamespaces(String name, boolean isTool) {
        ToolNames names = new ToolNames(Set.of(Recipient.function("get_weather")));

        assertThat(names.isTool(name)).isEqualTo(isTool);
    }

    @ParameterizedTest
    @CsvSource({"python, TOOL", "browser.search, TOOL", "functions.f, TOOL", "critic, ASSISTANT"})
    void messageOfAKnownToolIsItsAnswer(String name, Role role) {
        int[] stream = TokenStreams.tokens("<|start|>" + name + "<|message|>4<|end|>");
        Author author = role == Role.TOOL ? Author.of(Role.TOOL, name) : Author.of(role);

        assertThat(TokenStreams.messages(ParseOptions.DEFAULT, stream))
                .extracting(Message::author)
                .containsExactly(author);
    }
}
