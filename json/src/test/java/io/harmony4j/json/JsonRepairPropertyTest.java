package io.harmony4j.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JsonRepairPropertyTest {
    @Provide
    Arbitrary<String> objects() {
        return JsonTexts.objects();
    }

    @Provide
    Arbitrary<String> garbage() {
        return JsonTexts.garbage();
    }

    @Property
    void jsonComesBackUnchanged(@ForAll("objects") String json) {
        assertThat(JsonRepair.repair(json)).isEqualTo(new JsonRepair.Result(json, List.of()));
    }

    @Property
    void everyBeginningOfAnObjectKeepsItsCompleteFields(@ForAll("objects") String json) {
        JsonNode whole = JsonTexts.read(json).orElseThrow();
        PartialJson partial = new PartialJson();
        for (int length = 1; length <= json.length(); length++) {
            partial.accept(json.substring(length - 1, length));
            JsonRepair.Result result = JsonRepair.repair(json.substring(0, length));
            assertThat(result.isValid()).isTrue();
            JsonNode repaired = JsonTexts.read(result.json()).orElseGet(() -> {
                throw new AssertionError("expected JSON but found " + result);
            });
            if (json.substring(0, length).isBlank()) {
                assertThat(repaired).isEmpty();
            }
            for (String name : partial.completeFields().keySet()) {
                assertThat(repaired.get(name)).isEqualTo(whole.get(name));
            }
            repaired.fieldNames()
                    .forEachRemaining(
                            name -> assertThat(whole.has(name)).as(name).isTrue());
        }
    }

    @Property
    void resultIsJsonIfAndOnlyIfItSaysSo(@ForAll("garbage") String text) {
        JsonRepair.Result result = JsonRepair.repair(text);
        assertThat(JsonTexts.read(result.json()).isPresent()).isEqualTo(result.isValid());
        if (!result.isValid()) {
            assertThat(result.json()).isEqualTo(text);
        }
    }

    @Property
    void onlyJsonIsUnchanged(@ForAll("garbage") String text) {
        assertThat(JsonRepair.repair(text).changes().isEmpty())
                .isEqualTo(JsonTexts.read(text).isPresent());
    }

    @Property
    void repairedTextNeedsNoRepair(@ForAll("garbage") String text) {
        JsonRepair.Result once = JsonRepair.repair(text);
        JsonRepair.Result twice = JsonRepair.repair(once.json());
        assertThat(twice.json()).isEqualTo(once.json());
        assertThat(twice.changes().isEmpty()).isEqualTo(once.isValid());
    }

    @Property
    void changesAreInOrderAndWithinTheText(@ForAll("garbage") String text) {
        int last = 0;
        for (JsonRepair.Change change : JsonRepair.repair(text).changes()) {
            assertThat(change.index()).isBetween(last, text.length());
            last = change.index();
        }
    }

    @Property
    void neverThrows(@ForAll String text) {
        assertThat(JsonRepair.repair(text).json()).isNotNull();
    }
}
