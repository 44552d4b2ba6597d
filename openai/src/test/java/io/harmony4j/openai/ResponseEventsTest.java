package io.harmony4j.openai;

import static io.harmony4j.openai.Scripted.CUSTOM;
import static io.harmony4j.openai.Scripted.RULES;
import static io.harmony4j.openai.Scripted.TOKENIZER;
import static io.harmony4j.openai.Scripted.events;
import static io.harmony4j.openai.Scripted.responseEnvelope;
import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.generation.FinishReason;
import io.harmony4j.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The events of Responses. */
class ResponseEventsTest {
    private static final String START = "<|start|>assistant";
    private static final String FINAL = "<|channel|>final<|message|>";
    private static final String CALL = "<|channel|>commentary to=functions.get_weather<|message|>{}";

    private static List<String> types(List<JsonObject> events) {
        return events.stream()
                .map(event -> event.get("type").text().replaceFirst("response\\.", ""))
                .toList();
    }

    /** Returns the events between the first two and the last, as JSON with single quotes. */
    private static List<String> ofItems(List<JsonObject> events) {
        return events.subList(2, events.size() - 1).stream()
                .map(event -> event.toString().replace('"', '\''))
                .toList();
    }

    @Test
    void aMessageIsAddedFilledAndDone() {
        assertThat(ofItems(events(RULES, FINAL + "Hi there<|return|>", FinishReason.STOP)))
                .containsExactly(
                        "{'type':'response.output_item.added','sequence_number':2,'output_index':0,'item':{'id':'msg_1','type':'message',"
                                + "'status':'in_progress','role':'assistant','phase':'final_answer','content':[]}}",
                        "{'type':'response.content_part.added','sequence_number':3,'item_id':'msg_1','output_index':0,"
                                + "'content_index':0,'part':{'type':'output_text','text':'','annotations':[],'logprobs':[]}}",
                        "{'type':'response.output_text.delta','sequence_number':4,'item_id':'msg_1','output_index':0,"
                                + "'content_index':0,'delta':'Hi','logprobs':[]}",
                        "{'type':'response.output_text.delta','sequence_number':5,'item_id':'msg_1','output_index':0,"
                                + "'content_index':0,'delta':' there','logprobs':[]}",
                        "{'type':'response.output_text.done','sequence_number':6,'item_id':'msg_1','output_index':0,"
                                + "'content_index':0,'text':'Hi there','logprobs':[]}",
                        "{'type':'response.content_part.done','sequence_number':7,'item_id':'msg_1','output_index':0,"
                                + "'content_index':0,'part':{'type':'output_text','text':'Hi there','annotations':[],'logprobs':[]}}",
                        "{'type':'response.output_item.done','sequence_number':8,'output_index':0,'item':{'id':'msg_1','type':'message',"
                                + "'status':'completed','role':'assistant','phase':'final_answer','content':[{'type':'output_text',"
                                + "'text':'Hi there','annotations':[],'logprobs':[]}]}}");
    }

    @Test
    void reasoningIsAPartOfItsItem() {
        assertThat(ofItems(events(RULES, "<|channel|>analysis<|message|>Hm<|end|>", FinishReason.STOP)))
                .containsExactly(
                        "{'type':'response.output_item.added','sequence_number':2,'output_index':0,'item':{'id':'rs_1',"
                                + "'type':'reasoning','status':'in_progress','summary':[],'content':[]}}",
                        "{'type':'response.content_part.added','sequence_number':3,'item_id':'rs_1','output_index':0,"
                                + "'content_index':0,'part':{'type':'reasoning_text','text':''}}",
                        "{'type':'response.reasoning_text.delta','sequence_number':4,'item_id':'rs_1','output_index':0,"
                                + "'content_index':0,'delta':'Hm'}",
                        "{'type':'response.reasoning_text.done','sequence_number':5,'item_id':'rs_1','output_index':0,"
                                + "'content_index':0,'text':'Hm'}",
                        "{'type':'response.content_part.done','sequence_number':6,'item_id':'rs_1','output_index':0,"
                                + "'content_index':0,'part':{'type':'reasoning_text','text':'Hm'}}",
                        "{'type':'response.output_item.done','sequence_number':7,'output_index':0,'item':{'id':'rs_1',"
                                + "'type':'reasoning','status':'completed','summary':[],"
                                + "'content':[{'type':'reasoning_text','text':'Hm'}]}}");
    }

    @Test
    void aCallIsAddedBeforeItsArguments() {
        assertThat(ofItems(events(RULES, CALL + "<|call|>", FinishReason.STOP)))
                .containsExactly(
                        "{'type':'response.output_item.added','sequence_number':2,'output_index':0,'item':{'id':'fc_1',"
                                + "'type':'function_call','status':'in_progress','call_id':'call_2','name':'get_weather','arguments':''}}",
                        "{'type':'response.function_call_arguments.delta','sequence_number':3,'item_id':'fc_1','output_index':0,"
                                + "'delta':'{}'}",
                        "{'type':'response.function_call_arguments.done','sequence_number':4,'item_id':'fc_1','output_index':0,"
                                + "'name':'get_weather','arguments':'{}'}",
                        "{'type':'response.output_item.done','sequence_number':5,'output_index':0,'item':{'id':'fc_1',"
                                + "'type':'function_call','status':'completed','call_id':'call_2','name':'get_weather','arguments':'{}'}}");
    }

    @Test
    void aCustomCallHasEventsOfItsOwn() {
        String output = "<|channel|>commentary to=functions.shell<|message|>{\"input\":\"ls -l\"}<|call|>";

        assertThat(ofItems(events(CUSTOM, output, FinishReason.STOP)))
                .containsExactly(
                        "{'type':'response.output_item.added','sequence_number':2,'output_index':0,'item':{'id':'ctc_1',"
                                + "'type':'custom_tool_call','status':'in_progress','call_id':'call_2','name':'shell','input':''}}",
                        "{'type':'response.custom_tool_call_input.delta','sequence_number':3,'item_id':'ctc_1','output_index':0,"
                                + "'delta':'ls -l'}",
                        "{'type':'response.custom_tool_call_input.done','sequence_number':4,'item_id':'ctc_1','output_index':0,"
                                + "'input':'ls -l'}",
                        "{'type':'response.output_item.done','sequence_number':5,'output_index':0,'item':{'id':'ctc_1',"
                                + "'type':'custom_tool_call','status':'completed','call_id':'call_2','name':'shell','input':'ls -l'}}");
    }

    @Test
    void theFirstEventsHaveTheResponseAsItIsThen() {
        List<JsonObject> events = new ArrayList<>();
        ResponseAnswer answer = new ResponseAnswer(TOKENIZER, responseEnvelope(), RULES, events::add);
        assertThat(events).isEmpty();
        answer.begin();
        answer.begin();

        assertThat(types(events)).containsExactly("created", "in_progress");
        assertThat(events).allSatisfy(event -> {
            assertThat(event.get("response")).isEqualTo(answer.toJson());
            assertThat(event.get("response").get("status").text()).isEqualTo("in_progress");
        });
    }

    @Test
    void itemsComeOneAfterTheOther() {
        List<JsonObject> events = events(
                RULES,
                "<|channel|>analysis<|message|><|end|>" + START + "<|channel|>commentary<|message|><|end|>" + START
                        + "<|channel|>commentary to=functions.get_weather<|message|><|end|>" + START + FINAL
                        + "<|return|>",
                FinishReason.STOP);

        assertThat(types(events))
                .containsExactly(
                        "created",
                        "in_progress",
                        "output_item.added",
                        "content_part.added",
                        "reasoning_text.done",
                        "content_part.done",
                        "output_item.done",
                        "output_item.added",
                        "content_part.added",
                        "output_text.done",
                        "content_part.done",
                        "output_item.done",
                        "output_item.added",
                        "function_call_arguments.done",
                        "output_item.done",
                        "output_item.added",
                        "content_part.added",
                        "output_text.done",
                        "content_part.done",
                        "output_item.done",
                        "completed");
        assertThat(events)
                .filteredOn(event -> event.has("output_index"))
                .extracting(event -> event.get("output_index").intValue())
                .containsExactly(0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3);
    }

    @Test
    void theLastEventHasTheWholeResponse() {
        List<JsonObject> events = new ArrayList<>();
        ResponseAnswer answer = Scripted.response(
                responseEnvelope(),
                RULES,
                FINAL + "Hi<|end|>" + START + CALL + "<|call|>",
                FinishReason.STOP,
                events::add);
        JsonObject last = events.get(events.size() - 1);

        assertThat(last.get("response")).isEqualTo(answer.toJson());
        assertThat(last.get("response").get("output").elements())
                .containsExactlyElementsOf(events.stream()
                        .filter(event -> event.get("type").text().endsWith("output_item.done"))
                        .map(event -> event.get("item"))
                        .toList());
        assertThat(last.get("response").get("usage").isNull()).isFalse();
    }

    @Test
    void whatIsCutOffIsDoneAllTheSame() {
        List<JsonObject> events = events(RULES, FINAL + "Hel", FinishReason.LENGTH);

        assertThat(types(events)).endsWith("output_text.done", "content_part.done", "output_item.done", "incomplete");
        assertThat(events.get(events.size() - 2).get("item").get("status").text())
                .isEqualTo("incomplete");
    }

    @Test
    void cancelledResponsesEndAsIncompleteOnes() {
        List<JsonObject> events = events(RULES, FINAL + "Hel", FinishReason.CANCELLED);

        assertThat(types(events)).endsWith("output_item.done", "incomplete");
        assertThat(events.get(events.size() - 1).get("response").get("status").text())
                .isEqualTo("cancelled");
    }

    @Test
    void aFailureIsTheLastEvent() {
        List<JsonObject> events = new ArrayList<>();
        ResponseAnswer answer = new ResponseAnswer(TOKENIZER, responseEnvelope(), RULES, events::add);
        answer.turn().accept(FINAL + "Hel");
        answer.turn().fail(new ApiException(500, null, null, "The model broke."));

        assertThat(types(events)).endsWith("output_item.done", "failed");
        assertThat(events.get(events.size() - 1).get("response")).isEqualTo(answer.toJson());
    }

    @Test
    void theFirstEventsKnowOfNoFailure() {
        List<JsonObject> events = new ArrayList<>();
        ResponseAnswer answer = new ResponseAnswer(TOKENIZER, responseEnvelope(), RULES, events::add);
        answer.turn().fail(new ApiException(500, null, null, "The model broke."));

        assertThat(types(events)).containsExactly("created", "in_progress", "failed");
        assertThat(events)
                .extracting(event -> event.get("response").get("error").isNull())
                .containsExactly(true, true, false);
    }

    @Test
    void nothingIsAResponseToo() {
        assertThat(types(events(RULES, "", FinishReason.STOP))).containsExactly("created", "in_progress", "completed");
    }
}
