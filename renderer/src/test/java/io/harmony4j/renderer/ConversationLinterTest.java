package io.harmony4j.renderer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.SpecialToken;
import io.harmony4j.ToolDescription;
import io.harmony4j.ToolNamespace;
import io.harmony4j.renderer.ConversationLinter.Purpose;
import io.harmony4j.tokenizer.Tokenizer;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each code where it is found, and not where it is not; the suite's vectors have more. */
class ConversationLinterTest {
    private static final String SYSTEM =
            "{'role':'system','content':[{'type':'system_content','conversation_start_date':'2026-01-01',"
                    + "'channel_config':{'valid_channels':['analysis','commentary','final'],'channel_required':true}}]}";
    private static final String TOOLS =
            "{'role':'developer','content':[{'type':'developer_content','tools':{'functions':{'name':'functions','tools':["
                    + "{'name':'f','description':'','parameters':{'type':'object'}}]}}}]}";
    private static final String ASK = "{'role':'user','content':'a'}";
    private static final String CALL =
            "{'role':'assistant','content':'{}','channel':'commentary','recipient':'functions.f','content_type':'<|constrain|>json'}";
    private static final String RESULT =
            "{'role':'tool','name':'functions.f','recipient':'assistant','channel':'commentary','content':'x'}";
    private static final String ANSWER = "{'role':'assistant','content':'b','channel':'final'}";

    /** Returns codes and pointers, one after the other, as in {@code NO_SYSTEM /messages}. */
    private static String lint(ConversationLinter linter, String json) {
        return String.join(
                ", ",
                linter.lint(json.replace('\'', '"')).stream()
                        .map(finding -> finding.code() + " " + finding.pointer())
                        .toList());
    }

    /** Returns what is found in a conversation of messages, with the system and a question of the user around them. */
    private static String found(String... messages) {
        return lint(
                ConversationLinter.DEFAULT,
                "{'messages':[" + SYSTEM + "," + String.join(",", messages) + "," + ASK + "]}");
    }

    private static String schema(String schema) {
        return found(TOOLS.replace("{'type':'object'}", schema))
                .replace("/messages/1/content/0/tools/functions/tools/0/parameters", "");
    }

    @Test
    void nothingIsFoundInAWholeTurn() {
        assertThat(found(TOOLS, ASK, CALL, RESULT, ANSWER)).isEmpty();
        assertThat(ConversationLinter.DEFAULT.lint(Conversation.of(
                        Message.system(Content.System.DEFAULT
                                .withConversationStartDate(LocalDate.of(2026, 1, 1))
                                .withTools(ToolNamespace.browser())
                                .withTools(ToolNamespace.python())),
                        Message.developer(Content.developer("Be brief.", ToolDescription.of("f", "One.\nTwo."))),
                        Message.user("a"),
                        Message.call(Recipient.function("f"), "{}"),
                        Message.tool(Recipient.function("f"), "x"),
                        Message.call(Recipient.of("python"), "1"),
                        Message.tool(Recipient.of("python"), "1"),
                        Message.call(Recipient.of("browser.search"), "{\"query\":\"a\"}"),
                        Message.tool(Recipient.of("browser.search"), "x"))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "{'role':'tool','content':'x','recipient':'assistant'} #"
                        + " CALL_WITHOUT_RESULT /messages/3, TOOL_WITHOUT_NAME /messages/4",
                "{'role':'tool','name':'f','content':'x','recipient':'assistant'} # RESULT_WITHOUT_NAMESPACE /messages/4/name",
                "{'role':'tool','name':'functions.f','content':'x'} # RESULT_WITHOUT_RECIPIENT /messages/4",
                "{'role':'tool','name':'functions.f','content':'x','recipient':'user'} # RESULT_WITHOUT_RECIPIENT /messages/4",
                "{'role':'tool','name':'functions.g','content':'x','recipient':'assistant'} #"
                        + " CALL_WITHOUT_RESULT /messages/3, RESULT_WITHOUT_CALL /messages/4",
            })
    void results(String result, String expected) {
        assertThat(found(TOOLS, ASK, CALL, result)).isEqualTo(expected);
    }

    @Test
    void resultsAnswerTheOldestCallOfTheirName() {
        assertThat(found(TOOLS, ASK, CALL, CALL, RESULT, ANSWER)).isEqualTo("CALL_WITHOUT_RESULT /messages/4");
        assertThat(found(TOOLS, ASK, CALL, CALL, RESULT, RESULT, ANSWER)).isEmpty();
        assertThat(found(TOOLS, ASK, CALL, RESULT, RESULT, ANSWER)).isEqualTo("RESULT_WITHOUT_CALL /messages/5");
        assertThat(found(TOOLS, ASK, CALL, ANSWER, RESULT))
                .isEqualTo("CALL_WITHOUT_RESULT /messages/3, RESULT_WITHOUT_CALL /messages/5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "'functions.f' # 'f' # RECIPIENT_WITHOUT_NAMESPACE /messages/3/recipient",
                "functions.f # functions.g # UNKNOWN_RECIPIENT /messages/3/recipient",
                "functions.f # python # UNKNOWN_RECIPIENT /messages/3/recipient, BUILTIN_NOT_ON_ANALYSIS /messages/3/channel",
                "functions.f # other.f # UNKNOWN_RECIPIENT /messages/3/recipient",
                "'commentary' # 'analysis' # CALL_NOT_ON_COMMENTARY /messages/3/channel, ANALYSIS_DROPPED /messages/3,"
                        + " ORPHANED_BY_POLICY /messages/4",
                "'commentary' # 'final' # CALL_NOT_ON_COMMENTARY /messages/3/channel",
                "'channel':'commentary', # `` # CHANNEL_MISSING /messages/3",
                "<|constrain|>json # <|constrain|> json # CONTENT_TYPE_SPACE /messages/3/content_type",
                "<|constrain|>json # json # ``",
                "<|constrain|>json # xml # CONTENT_TYPE_UNKNOWN /messages/3/content_type",
                "{} # {a} # ARGUMENTS_NOT_JSON /messages/3/content",
                "{} # 7 # ARGUMENTS_NOT_OBJECT /messages/3/content",
                "{} # \\\"x\\\" # ARGUMENTS_NOT_OBJECT /messages/3/content",
                "{} # \\\"{}\\\" # ARGUMENTS_DOUBLE_ENCODED /messages/3/content",
            })
    void calls(String from, String to, String expected) {
        String call = CALL.replace(from.replace('"', '\''), to);
        String name = call.replaceFirst(".*'recipient':'", "").replaceFirst("'.*", "");

        assertThat(call).isNotEqualTo(CALL);
        assertThat(found(TOOLS, ASK, call, RESULT.replace("functions.f", name), ANSWER))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "'content':'b','recipient':'all' # RECIPIENT_ALL /messages/2/recipient",
                "'content':'' # EMPTY_MESSAGE /messages/2/content",
                "'content':[] # EMPTY_MESSAGE /messages/2/content",
                "'content':[{'type':'text','text':'b'},{'type':'text','text':'c'}] # PARTS_JOINED /messages/2/content",
                "'content':'b <|end|>' # CONTROL_TEXT /messages/2/content",
                "'content':'<|reserved_200013|>' # CONTROL_TEXT /messages/2/content",
                "'content':'<|reserved_200012|> <|reserved_7|> <|refusal|> <|endofprompt|> <|other|>' # ``",
                "'content':[{'type':'text','text':'b'},{'type':'text','text':'<|call|>'}] #"
                        + " PARTS_JOINED /messages/2/content, CONTROL_TEXT /messages/2/content/1/text",
                "'content':'<|channel|>final<|message|>b<|return|>' # RENDERED_IN_CONTENT /messages/2/content",
                "'content':'<|start|>assistant<|message|>b' # RENDERED_IN_CONTENT /messages/2/content",
                "'content':'It is <|channel|>final<|message|>b' # CONTROL_TEXT /messages/2/content",
                "'content':'b','content_type':'<|constrain|>json' # ``",
                "'content':'b','mood':'fine' # UNKNOWN_FIELD /messages/2/mood",
                "'content':'b','contentType':'json' # MISSPELT_FIELD /messages/2/contentType",
                "'content':'b','recpient':'x' # MISSPELT_FIELD /messages/2/recpient",
                "'content':'b','a/b~c':'x' # UNKNOWN_FIELD /messages/2/a~1b~0c",
                "'content':'b','tool_calls':[] # FOREIGN_FIELD /messages/2/tool_calls",
                "'content':'b','from':'gpt' # FOREIGN_FIELD /messages/2/from",
                "'content':'b','sampled_tokens':[1] # ``",
                "'content':[{'type':'text','text':'b','annotations':[]}] # FOREIGN_FIELD /messages/2/content/0/annotations",
            })
    void messages(String fields, String expected) {
        assertThat(found(ASK, "{'role':'assistant','channel':'final'," + fields + "}"))
                .isEqualTo(expected);
    }

    @Test
    void reservedTokensAreThoseOfTheVocabulary() {
        Tokenizer tokenizer = Tokenizer.o200kHarmony();
        for (int id : IntStream.concat(IntStream.range(199_990, 200_030), IntStream.range(201_080, 201_095))
                .toArray()) {
            String literal = "<|reserved_" + id + "|>";
            assertThat(found(ASK.replace("a", literal)).contains("CONTROL_TEXT"))
                    .as(literal)
                    .isEqualTo(tokenizer.specialToken(literal).isPresent());
        }
    }

    @ParameterizedTest
    @EnumSource(SpecialToken.class)
    void tokensOfTheFormatAreControlText(SpecialToken token) {
        assertThat(found("{'role':'developer','content':[{'type':'developer_content','instructions':'a" + token
                        + "'}]}"))
                .isEqualTo("CONTROL_TEXT /messages/1/content/0/instructions");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "'conversation_start_date':'2026-01-01' # 'conversation_start_date':'1 January 2026' #"
                        + " DATE_FORMAT /messages/0/content/0/conversation_start_date",
                "'2026-01-01' # '2026-02-30' # DATE_FORMAT /messages/0/content/0/conversation_start_date",
                "'conversation_start_date':'2026-01-01', # `` # DATE_MISSING /messages/0/content/0",
                "'conversation_start # 'model_identity':'You are Bob.','conversation_start # IDENTITY_CHANGED /messages/0/content/0/model_identity",
                "'conversation_start # 'reasoningEffort':'High','conversation_start # MISSPELT_FIELD /messages/0/content/0/reasoningEffort",
                "'channel_required' # 'required':1,'channel_required' # UNKNOWN_FIELD /messages/0/content/0/channel_config/required",
            })
    void theSystemMessage(String from, String to, String expected) {
        String json = "{'messages':[" + SYSTEM.replace(from, to) + "," + ASK + "]}";

        assertThat(lint(ConversationLinter.DEFAULT, json)).isEqualTo(expected);
    }

    @Test
    void wheresSystemAndDeveloperMessagesAre() {
        String developer = "{'role':'developer','content':'Be brief.'}";

        assertThat(found(SYSTEM)).isEqualTo("SEVERAL_SYSTEM /messages/1");
        assertThat(found(developer, ASK, developer)).isEqualTo("SEVERAL_DEVELOPER /messages/3");
        assertThat(lint(ConversationLinter.DEFAULT, "{'messages':[" + ASK + "," + SYSTEM + "]}"))
                .isEqualTo("SYSTEM_NOT_FIRST /messages/1");
        assertThat(lint(ConversationLinter.DEFAULT, "{'messages':[" + ASK + "],'tools':[],'massages':[],'x':1}"))
                .isEqualTo("FOREIGN_FIELD /tools, MISSPELT_FIELD /massages, UNKNOWN_FIELD /x, NO_SYSTEM /messages");
    }

    @Test
    void channelsAreThoseOfTheSystemMessage() {
        String free = SYSTEM.replace("'channel_required':true", "'channel_required':false");
        String answer = ANSWER.replace(",'channel':'final'", "");

        assertThat(lint(
                        ConversationLinter.DEFAULT,
                        "{'messages':[" + free + "," + ASK + "," + answer + "," + ASK + "]}"))
                .isEmpty();
        assertThat(found(ASK, answer)).isEqualTo("CHANNEL_MISSING /messages/2");
        assertThat(found(ASK, ANSWER.replace("final", "answer"))).isEqualTo("UNKNOWN_CHANNEL /messages/2/channel");
    }

    @Test
    void declarations() {
        assertThat(found(TOOLS.replace("'name':'functions'", "'name':'fns'")))
                .isEqualTo("NAMESPACE_KEY_DIFFERS /messages/1/content/0/tools/functions/name");
        assertThat(found(TOOLS.replace("'tools':[{", "'tools':[{'name':'f','description':''},{")))
                .isEqualTo("DUPLICATE_TOOL /messages/1/content/0/tools/functions/tools/1/name");
        assertThat(found(TOOLS.replace("'name':'f'", "'name':'get-f'")))
                .isEqualTo("TOOL_NAME_NOT_IDENTIFIER /messages/1/content/0/tools/functions/tools/0/name");
        assertThat(found(TOOLS.replace("'name':'f'", "'name':'f','strict':true")))
                .isEqualTo("FOREIGN_FIELD /messages/1/content/0/tools/functions/tools/0/strict");
        assertThat(lint(
                        ConversationLinter.DEFAULT,
                        "{'messages':[" + SYSTEM.replace("'commentary',", "") + "," + TOOLS + "," + ASK + "]}"))
                .isEqualTo("FUNCTIONS_WITHOUT_COMMENTARY /messages");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "{'type':'object','properties':{'a':{'type':'string','format':'uri','minLength':1}}} #"
                        + " SCHEMA_LOSSY /properties/a/format, SCHEMA_LOSSY /properties/a/minLength",
                "{'type':'object','properties':{'a':true}} # SCHEMA_LOSSY /properties/a",
                "{'type':'object','additionalProperties':false} # ``",
                "{'type':'object','additionalProperties':{'type':'string'}} # SCHEMA_LOSSY /additionalProperties",
                "{'type':'object','properties':{'a':{'enum':['x']}}} # SCHEMA_LOSSY /properties/a/enum",
                "{'type':'object','properties':{'a':{'type':'string','enum':['x','y']}}} # ``",
                "{'type':'object','properties':{'a':{'type':'array','items':[{'type':'string'}]}}} # SCHEMA_LOSSY /properties/a/items",
                "{'type':'object','properties':{'a':{'type':'array','items':{'type':'string','pattern':'x'}}}} #"
                        + " SCHEMA_LOSSY /properties/a/items/pattern",
                "{'type':'object','properties':{'a':{'type':'string','nullable':true}}} # ``",
                "{'type':'object','properties':{'a':{'oneOf':[{'type':'string','const':'x'},{'type':'null'}]}}} #"
                        + " SCHEMA_LOSSY /properties/a/oneOf/0/const",
                "{'type':'array'} # PARAMETERS_NOT_OBJECT ``",
                "{'$ref':'x'} # PARAMETERS_NOT_OBJECT , SCHEMA_LOSSY /$ref",
                "{'type':'object','properties':{'a':{'type':'string','default':'x\\ny'}}} # TYPESCRIPT_BREAKS /properties/a/default",
                "{'type':'object','properties':{'a':{'type':'string','default':'x'}}} # ``",
                "{'type':'object','properties':{'a b/c':{'type':'string'}}} # TYPESCRIPT_BREAKS /properties/a b~1c",
                "{'type':'object','properties':{'a':{'type':'array','items':{'type':'string','enum':['x','y']}}}} #"
                        + " ARRAY_OF_UNION /properties/a/items",
                "{'type':'object','properties':{'a':{'type':'array','items':{'type':'string','enum':['x']}}}} # ``",
                "{'type':'object','properties':{'a':{'type':'array','items':{'type':['string','null']}}}} #"
                        + " ARRAY_OF_UNION /properties/a/items",
            })
    void schemas(String schema, String expected) {
        assertThat(schema(schema.strip()).strip())
                .isEqualTo(expected.replace("`", "").strip());
        assertThat(lint(
                        ConversationLinter.DEFAULT.withFaithfulTypeScript(true),
                        "{'messages':[" + SYSTEM + "," + TOOLS.replace("{'type':'object'}", schema.strip()) + "," + ASK
                                + "]}"))
                .isEqualTo(
                        expected.contains("PARAMETERS_NOT_OBJECT")
                                ? "PARAMETERS_NOT_OBJECT /messages/1/content/0/tools/functions/tools/0/parameters"
                                : "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'$ref':'#/properties/a'",
                "'anyOf':[{'type':'string'}]",
                "'allOf':[{'type':'string'}]",
                "'const':1",
                "'not':{'const':1}",
                "'if':{'const':1}",
                "'type':'array','prefixItems':[{'type':'string'}]",
                "'type':'object','patternProperties':{'x':{'type':'string'}}",
                "'type':'object','propertyNames':{'pattern':'x'}",
                "'format':'uri'",
                "'pattern':'x'",
                "'minimum':1",
                "'maximum':1",
                "'exclusiveMinimum':1",
                "'exclusiveMaximum':1",
                "'multipleOf':2",
                "'minLength':1",
                "'maxLength':1",
                "'minItems':1",
                "'maxItems':1",
                "'uniqueItems':true",
                "'minProperties':1",
                "'maxProperties':1",
                "'contains':{'const':1}",
                "'minContains':1",
                "'maxContains':1",
                "'dependentRequired':{'x':['y']}",
                "'dependentSchemas':{'x':{'const':1}}",
                "'unevaluatedItems':{'const':1}",
                "'unevaluatedProperties':{'const':1}",
                "'deprecated':true",
                "'readOnly':true",
                "'writeOnly':true",
                "'contentEncoding':'base64'",
                "'contentMediaType':'text/html'"
            })
    void whatThePromptDoesNotShowItShowsFaithfully(String keywords) {
        String with = "{'type':'object','properties':{'a':{'type':'number'},'b':{" + keywords + "}}}";
        String without = with.replace(keywords, keywords.startsWith("'type'") ? keywords.replaceAll(",.*", "") : "");

        assertThat(schema(with)).contains("SCHEMA_LOSSY /properties/b/");
        assertThat(HarmonyRenderer.faithfulTypeScript(with.replace('\'', '"')))
                .isNotEqualTo(HarmonyRenderer.faithfulTypeScript(without.replace('\'', '"')));
    }

    @Test
    void thePolicyDecidesWhatIsSaidOfThoughts() {
        String thought = "{'role':'assistant','content':'t','channel':'analysis'}";
        String json =
                "{'messages':[" + String.join(",", SYSTEM, ASK, thought, ANSWER, ASK, thought, ANSWER, ASK) + "]}";

        assertThat(lint(ConversationLinter.DEFAULT, json))
                .isEqualTo("ANALYSIS_DROPPED /messages/2, OLD_ANALYSIS_KEPT /messages/5");
        assertThat(lint(ConversationLinter.DEFAULT.withPolicy(AnalysisPolicy.SINCE_LAST_FINAL), json))
                .isEqualTo("ANALYSIS_DROPPED /messages/2, ANALYSIS_DROPPED /messages/5");
        assertThat(lint(ConversationLinter.DEFAULT.withPolicy(AnalysisPolicy.KEEP_ALL), json))
                .isEmpty();
        assertThat(found(ASK, ANSWER, thought)).isEqualTo("ANALYSIS_AFTER_FINAL /messages/3");
        assertThat(found(ASK, thought.replace("'t',", "'t','content_type':'code',")))
                .isEqualTo("CONTENT_TYPE_ON_TEXT /messages/2/content_type");
    }

    @Test
    void thePurposeDecidesWhatIsSaidOfTheEnd() {
        String json = "{'messages':[" + String.join(",", SYSTEM, ASK, ANSWER) + "]}";
        String question = "{'messages':[" + String.join(",", SYSTEM, ASK) + "]}";
        ConversationLinter training = ConversationLinter.DEFAULT.withPurpose(Purpose.TRAINING);

        assertThat(lint(ConversationLinter.DEFAULT, json)).isEqualTo("ENDS_WITH_ASSISTANT /messages/2");
        assertThat(lint(training, json)).isEmpty();
        assertThat(lint(training, question)).isEqualTo("NOTHING_TO_LEARN /messages");
        assertThat(lint(ConversationLinter.DEFAULT, question)).isEmpty();
    }

    @Test
    void aFindingSaysWhatItIsAndWhatToDo() {
        Finding finding = ConversationLinter.DEFAULT
                .lint(Conversation.of(Message.user("a")))
                .get(0);

        assertThat(finding.severity()).isEqualTo(Finding.Severity.INFO);
        assertThat(finding.toJsonObject().toString())
                .isEqualTo("{\"code\":\"NO_SYSTEM\",\"severity\":\"info\",\"pointer\":\"/messages\","
                        + "\"message\":\"there is no system message\","
                        + "\"suggestion\":\"begin with one: identity, date, reasoning, channels\"}");
    }

    @Test
    void onlyAToolWithoutANameCannotBeRendered() {
        assertThat(List.of(Finding.Code.values()))
                .filteredOn(code -> code.severity() == Finding.Severity.ERROR)
                .containsExactly(Finding.Code.TOOL_WITHOUT_NAME);
    }

    @Test
    void whatIsNoConversationIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConversationLinter.DEFAULT.lint("{}"))
                .withMessageContaining("messages");
    }
}
