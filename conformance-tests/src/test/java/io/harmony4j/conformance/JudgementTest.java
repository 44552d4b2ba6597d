package io.harmony4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgementTest {
    /** In each line: what the vector expects, the answer, and how it is judged. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "'expect':{'tokens':[1,2]}           # {'tokens':[1,2],'more':1}  # PASS",
                "'expect':{'tokens':[1,2]}           # {'tokens':[1,3]}           # FAIL tokens[1]: expected 2 but found 3",
                "'expect':{'tokens':[1,2]}           # {'tokens':[1]}             # FAIL tokens[1]: expected 2 but found nothing",
                "'expect':{'tokens':[1]}             # {'tokens':[1,2]}           # FAIL tokens[1]: expected nothing but found 2",
                "'expect':{'tokens':[1]}             # {}                         # FAIL tokens: expected [1] but found nothing",
                "'expect':{'tokens':[1,2]}           # {'tokens':[1.0,2e0]}       # PASS",
                "'expect':{'tokens':[1e400]}         # {'tokens':[10e399]}        # PASS",
                "'expect':{'tokens':[0.1]}           # {'tokens':[0.10000000000000000001]}"
                        + " # FAIL tokens[0]: expected 0.1 but found 0.10000000000000000001",
                "'expect':{'tokens':[18446744073709551616]} # {'tokens':[18446744073709551617]}"
                        + " # FAIL tokens[0]: expected 18446744073709551616 but found 18446744073709551617",
                "'expect':{'text':'\\ud800'}         # {'text':'\\ud800'}         # PASS",
                "'expect':{'text':'\\ud800'}         # {'text':'?'}              # FAIL text: expected",
                "'expect':{'count':2,'fnv1a64':'0890b6b7b19cf4ef'} # {'tokens':[1,2]} # FAIL fnv1a64: expected",
                "'expect':{'count':1}                # {'tokens':{'a':1}}         # FAIL count: expected 1 but found 0",
                "'expect':{'messages':null}          # {}                         # FAIL messages: expected null but found nothing",
                "'expect':{'messages':[null]}        # {'messages':[]}            # FAIL messages[0]: expected null but found nothing",
                "'expect':{'messages':null}          # {'messages':null}          # PASS",
                "'expect':{'tokens':[1]}             # {'skipped':7}              # SKIP 7",
                "'expect':{'tokens':[1]}             # {'error':'out of memory'}  # FAIL expected tokens but found the error : ",
                "'expect':{'tokens':[1]}             # {'skipped':'no tokens'}    # SKIP no tokens",
                "'expect':{'tokens':[1]}             # {'error':{'kind':'exception','message':'oh'}} # ERROR exception: oh",
                "'expect':{'tokens':[1]}             # {'error':{'kind':'format','message':'no'}}"
                        + " # FAIL expected tokens but found the error format: no",
                "'expect':{'error':{'kind':'format'}} # {'error':{'kind':'format','message':'any'}} # PASS",
                "'expect':{'error':{'kind':'format'}} # {'error':{'kind':'argument','message':'any'}}"
                        + " # FAIL error.kind: expected \\\"format\\\" but found \\\"argument\\\"",
                "'expect':{'messages':[{'content':'a'}]} # {'messages':[{'content':'a','name':'b'}]}"
                        + " # FAIL messages[0].name: expected nothing but found \\\"b\\\"",
                "'expect':{'text':'a b'}             # {'text':' a  b'}           # FAIL text: expected",
                "'expect':{'text':'a b'},'compare':{'text':'trimmed'} # {'text':' a  b'} # PASS",
                "'expect':{'chat':{'content':'a b'}} # {'chat':{'content':'a\\nb '}} # PASS",
                "'expect':{'chat':{'content':'a'}}   # {'chat':{'content':'a','finish_reason':'length'}} # PASS",
                "'expect':{'chat':{'content':'a','finish_reason':'stop'}} # {'chat':{'content':'a','finish_reason':'length'}}"
                        + " # FAIL chat.finish_reason: expected \\\"stop\\\" but found \\\"length\\\"",
                "'expect':{'chat':{'content':'a','finish_reason':'stop'}} # {'chat':{'content':'a'}}"
                        + " # FAIL chat.finish_reason: expected \\\"stop\\\" but found nothing",
                "'expect':{'chat':{'content':'a b'}},'compare':{'chat.content':'exact'} # {'chat':{'content':'a b '}}"
                        + " # FAIL chat.content: expected",
                "'expect':{'json':'{\\'a\\':1,\\'b\\':2}'},'compare':{'json':'json-equal'}"
                        + " # {'json':'{\\'b\\': 2.0, \\'a\\': 1}'} # PASS",
                "'expect':{'json':'{\\'a\\':1}'},'compare':{'json':'json-equal'} # {'json':'{\\'a\\':2}'} # FAIL json: expected",
                "'expect':{'json':'{\\'a\\':1}'}     # {'json':'{\\'a\\': 1}'}    # FAIL json: expected",
                "'expect':{'chat':{'tool_calls':[['f','[1, 2]']]}},'compare':{'chat.tool_calls':'json-equal'}"
                        + " # {'chat':{'tool_calls':[['f','[1,2]']]}} # PASS",
                "'expect':{'findings':[['a'],['b']]},'compare':{'findings':'set'} # {'findings':[['b'],['a']]} # PASS",
                "'expect':{'findings':[['a'],['b']]},'compare':{'findings':'set'} # {'findings':[['b']]}"
                        + " # FAIL findings: expected [\\\"a\\\"] in any place but found [[\\\"b\\\"]]",
                "'expect':{'findings':[['a']]},'compare':{'findings':'set'} # {'findings':[['b'],['a']]}"
                        + " # FAIL findings: expected nothing else than [[\\\"a\\\"]] but found [\\\"b\\\"]",
                "'expect':{'text':'a'},'accept':[{'why':'also good','expect':{'text':'b'}}] # {'text':'b'}"
                        + " # NON-STRICT also good",
                "'expect':{'text':'a'},'accept':[{'why':'also good','expect':{'text':'b'}}] # {'text':'c'} # FAIL text: expected",
                "'never':{'throw':true}              # {'messages':[]}            # PASS",
                "'never':{'throw':true}              # {'error':{'kind':'format'}} # FAIL must never throw",
                "'never':{'controlTokenInText':true} # {'messages':[{'content':'<|end|>'}]}"
                        + " # FAIL must never show a control token, but found <|end|>",
                "'never':{'controlTokenInText':true} # {'chat':{'tool_calls':[['f<|channel|>','']]}} # FAIL must never show",
                "'never':{'controlTokenInText':true} # {'steps':[{'recipient':'a<|end|>'}]} # FAIL must never show",
                "'never':{'controlTokenInText':true} # {'messages':[{'content_type':'<|constrain|>json','content':'<|x|>'}]} # PASS",
                "'never':{'lose':['Paris','x']}      # {'messages':[{'content':'In Paris.'},{'recipient':'x'}]} # PASS",
                "'never':{'lose':['Paris']}          # {'messages':[],'diagnostics':[{'message':'Paris'}]}"
                        + " # FAIL must never lose a text, but \\\"Paris\\\"",
            })
    void answersAreJudged(String expectation, String answer, String judgement) {
        TestVector vector = TestVector.of(
                "tokenizer",
                read("{'id':'a','description':'b','level':'MUST','source':'c','given':{'cmd':'parse'}," + expectation
                        + "}"));
        Judgement found = Judgement.of(vector, (JsonObject) read(answer));

        assertThat(found.verdict() + " " + found.reason()).startsWith(judgement.replace("\\\"", "\""));
    }

    /** The same for the commands of OpenAI's APIs: objects may have more, and some words stand for values. ~ is written for #. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "'expect':{'response':{'a':1}}       # {'response':{'a':1.0,'b':2}} # PASS",
                "'expect':{'response':{'a':1}}       # {'response':{'b':2}}      # FAIL response.a: expected 1 but found nothing",
                "'expect':{'response':{'a':[1]}}     # {'response':{'a':[1,2]}}  # FAIL response.a[1]: expected nothing but found 2",
                "'expect':{'response':{'a':null}}    # {'response':{}}           # FAIL response.a: expected null but found nothing",
                "'expect':{'response':{'a':'b c'}}   # {'response':{'a':'b  c'}} # FAIL response.a: expected",
                "'expect':{'response':{'a':1}},'compare':{'response':'exact'} # {'response':{'a':1,'b':2}}"
                        + " # FAIL response.b: expected nothing but found 2",
                "'expect':{'response':{'a':'$absent'}} # {'response':{}}         # PASS",
                "'expect':{'response':{'a':'$absent'}} # {'response':{'a':null}} # FAIL response.a: expected no such key but found null",
                "'expect':{'response':{'a':'$absent'}} # {'response':{'a':'$absent'}} # FAIL response.a: expected no such key",
                "'expect':{'api_error':'$absent','prompt':'x'} # {'prompt':'x'}  # PASS",
                "'expect':{'response':{'a':'$int'}}  # {'response':{'a':7}}      # PASS",
                "'expect':{'response':{'a':'$int'}}  # {'response':{'a':7.0}}    # PASS",
                "'expect':{'response':{'a':'$int'}}  # {'response':{'a':7.5}}    # FAIL response.a: expected an integer but found 7.5",
                "'expect':{'response':{'a':'$int'}}  # {'response':{'a':'7'}}    # FAIL response.a: expected an integer",
                "'expect':{'response':{'a':'$int'}}  # {'response':{}}           # FAIL response.a: expected an integer but found nothing",
                "'expect':{'response':{'a':'$id:call_~1'}} # {'response':{'a':'call_0123456789abcdef'}} # PASS",
                "'expect':{'response':{'a':'$id:call_~1'}} # {'response':{'a':'call_0123456789abcde'}}"
                        + " # FAIL response.a: expected an id of call_ and at least 16 random letters or digits",
                "'expect':{'response':{'a':'$id:call_~1'}} # {'response':{'a':'fc_0123456789abcdef'}} # FAIL response.a: expected an id",
                "'expect':{'response':{'a':'$id:call_~1'}} # {'response':{}}     # FAIL response.a: expected an id",
                "'expect':{'response':['$id:x_~0','$id:x_~0']} # {'response':['x_0123456789abcdef','x_0123456789abcdef']} # PASS",
                "'expect':{'response':['$id:x_~0','$id:x_~0']} # {'response':['x_0123456789abcdef','x_123456789abcdef0']}"
                        + " # FAIL response[1]: expected the id \\\"x_0123456789abcdef\\\", which the same thing had before",
                "'expect':{'response':['$id:x_~0','$id:x_~1']} # {'response':['x_0123456789abcdef','x_123456789abcdef0']} # PASS",
                "'expect':{'response':['$id:x_~0','$id:x_~1']} # {'response':['x_0123456789abcdef','x_0123456789abcdef']}"
                        + " # FAIL response[1]: expected an id that nothing else has but found",
                "'expect':{'response':'$id:a~b~0'}   # {'response':'a~b0123456789abcdef'} # PASS",
                "'expect':{'response':{'a':1}},'accept':[{'why':'also good','expect':{'response':{'a':'$int'}}}]"
                        + " # {'response':{'a':2,'b':3}} # NON-STRICT also good",
                "'expect':{'api_error':{'status':400,'param':null,'message_contains':'not found'}}"
                        + " # {'api_error':{'status':400,'type':'t','param':null,'code':null,'message':'it is not found'}} # PASS",
                "'expect':{'api_error':{'status':400,'message_contains':'not found'}}"
                        + " # {'api_error':{'status':400,'type':'t','param':null,'code':null,'message':'gone'}}"
                        + " # FAIL api_error.message: expected a text with \\\"not found\\\" in it but found \\\"gone\\\"",
                "'expect':{'api_error':{'status':400}} # {'api_error':{'status':400,'type':'t','code':null,'message':'m'}}"
                        + " # FAIL E1: expected an error with the field param",
                "'expect':{'api_error':{'status':400}} # {'api_error':{'status':400,'type':'t','param':null,'code':null,'message':''}}"
                        + " # FAIL E1: expected an error with a message",
                "'expect':{'api_error':{'status':400}} # {'prompt':'x'}          # FAIL api_error: expected {\\\"status\\\":400} but found nothing",
                "'expect':{'prompt':'x'} # {'api_error':{'status':400,'type':'t','param':'n','code':null,'message':'m'}}"
                        + " # FAIL expected prompt but found the refusal {\\\"status\\\":400",
                "'expect':{'stream':['[DONE]']}      # {}                        # FAIL stream: expected",
                "'expect':{'stream':['[DONE]']}      # {'chunks':['[DONE]']}     # FAIL K2: expected",
                "'expect':{'stream':[]}              # {'events':[]}             # FAIL S1: expected",
            })
    void answersOfTheApisAreJudged(String expectation, String answer, String judgement) {
        TestVector vector = TestVector.of(
                "chat-answer",
                read("{'id':'a','description':'b','level':'MUST','source':'c','given':{'cmd':'api_chat_response'},"
                        + expectation.replace('~', '#') + "}"));
        Judgement found = Judgement.of(vector, (JsonObject) read(answer.replace('~', '#')));

        assertThat(found.verdict() + " " + found.reason()).startsWith(judgement.replace("\\\"", "\""));
    }

    /** The words stand for nothing in other commands: a text may be about them. */
    @Test
    void wordsAreTextElsewhere() {
        TestVector vector = TestVector.of(
                "chat",
                read("{'id':'a','description':'b','level':'MUST','source':'c','given':{'cmd':'parse'},"
                        + "'expect':{'messages':[{'content':'$int'}]}}"));

        assertThat(Judgement.of(vector, (JsonObject) read("{'messages':[{'content':'$int'}]}"))
                        .verdict())
                .isEqualTo(Verdict.PASS);
        assertThat(Judgement.of(vector, (JsonObject) read("{'messages':[{'content':7}]}"))
                        .verdict())
                .isEqualTo(Verdict.FAIL);
    }

    @Test
    void everyPrefixIsACase() {
        TestVector vector = TestVector.of(
                "truncation",
                read(
                        "{'id':'a','description':'b','level':'MUST','source':'c','every':'prefix',"
                                + "'given':{'cmd':'parse','tokens':[200008,13225]},'never':{'lose':[{'text':'Hello','after':2}]}}"));
        List<TestVector> cases = vector.cases();

        assertThat(cases).extracting(TestVector::id).containsExactly("a/0", "a/1", "a/2");
        assertThat(cases)
                .extracting(one -> one.request().get("tokens").elements().size())
                .containsExactly(0, 1, 2);
        assertThat(cases)
                .extracting(one -> Judgement.of(one, JsonObject.EMPTY).verdict())
                .containsExactly(Verdict.PASS, Verdict.PASS, Verdict.FAIL);
    }

    @Test
    void everyDivisionOfATextIsACase() {
        TestVector vector = TestVector.of(
                "chunks",
                read("{'id':'a','description':'b','level':'MUST','source':'c','every':'split',"
                        + "'given':{'cmd':'parse','text':'x\\ud83d\\ude00y'},'expect':{'messages':[]}}"));
        List<TestVector> cases = vector.cases();

        assertThat(vector.features()).containsExactly("parse", "chunks");
        assertThat(cases).extracting(TestVector::id).containsExactly("a/0", "a/1", "a/3", "a/4");
        assertThat(cases)
                .extracting(one -> one.request().get("chunks").toString())
                .contains("[\"x\",\"\ud83d\ude00y\"]", "[\"x\ud83d\ude00\",\"y\"]");
        assertThat(cases).noneMatch(one -> one.request().has("text"));
    }

    private static JsonValue read(String quotedSingly) {
        return Json.parseAny(quotedSingly.replace("\\'", "\\\"").replaceAll("(?<!\\\\)'", "\""));
    }
}
