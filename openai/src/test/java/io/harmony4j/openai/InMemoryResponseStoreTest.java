package io.harmony4j.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InMemoryResponseStoreTest {
    private final Instant[] now = {Instant.EPOCH};
    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now[0];
        }
    };

    private static StoredResponse response(int number, String text) {
        JsonObject response = (JsonObject) Json.parse(
                "{\"id\":\"resp_%1$d\",\"status\":\"completed\",\"output\":[{\"id\":\"msg_%1$d\",\"text\":\"%2$s\"}]}"
                        .formatted(number, text));
        JsonObject input = (JsonObject) Json.parse("{\"id\":\"in_" + number + "\"}");
        return new StoredResponse(response, List.of(), List.of(input), LocalDate.EPOCH);
    }

    private static List<Boolean> kept(ResponseStore store, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> store.get("resp_" + number).isPresent())
                .toList();
    }

    @Test
    void theOldestGoFirstWhereThereAreTooMany() {
        InMemoryResponseStore store = new InMemoryResponseStore(2, Duration.ofHours(1), 1_000_000, clock);
        for (int i = 0; i < 3; i++) {
            store.put(response(i, "x"));
        }
        assertThat(kept(store, 3)).containsExactly(false, true, true);
        assertThat(store.item("msg_0")).isEmpty();
        assertThat(store.item("in_0")).isEmpty();
        assertThat(store.item("msg_2")).isPresent();
        assertThat(store.item("in_2")).isPresent();
    }

    @Test
    void theOldestGoFirstWhereThereIsTooMuch() {
        InMemoryResponseStore store = new InMemoryResponseStore(100, Duration.ofHours(1), 1000, clock);
        store.put(response(0, "x".repeat(500)));
        store.put(response(1, "x".repeat(500)));
        assertThat(kept(store, 2)).containsExactly(false, true);
        store.put(response(2, "x".repeat(2000)));
        assertThat(kept(store, 3)).containsExactly(false, false, false);
        store.put(response(3, "x"));
        assertThat(store.get("resp_3")).isPresent();
    }

    @Test
    void historiesCount() {
        InMemoryResponseStore store = new InMemoryResponseStore(100, Duration.ofHours(1), 1000, clock);
        StoredResponse first = response(0, "x".repeat(600));
        store.put(first);
        StoredResponse later = response(1, "x");
        store.put(new StoredResponse(later.response(), first.items(), later.input(), LocalDate.EPOCH));
        assertThat(kept(store, 2)).containsExactly(false, true);
    }

    @Test
    void nothingIsKeptForEver() {
        InMemoryResponseStore store = new InMemoryResponseStore(100, Duration.ofMinutes(10), 1_000_000, clock);
        store.put(response(0, "x"));
        now[0] = now[0].plus(Duration.ofMinutes(6));
        store.put(response(1, "x"));
        assertThat(kept(store, 2)).containsExactly(true, true);
        now[0] = now[0].plus(Duration.ofMinutes(6));
        assertThat(kept(store, 2)).containsExactly(false, true);
        assertThat(store.item("msg_0")).isEmpty();
    }

    @Test
    void aResponseIsDeletedOnce() {
        InMemoryResponseStore store = new InMemoryResponseStore();
        store.put(response(0, "x"));
        assertThat(store.delete("resp_0")).isTrue();
        assertThat(store.delete("resp_0")).isFalse();
        assertThat(store.item("msg_0")).isEmpty();
    }

    @Test
    void aResponseTakesThePlaceOfItsPredecessor() {
        InMemoryResponseStore store = new InMemoryResponseStore(2, Duration.ofHours(1), 1_000_000, clock);
        store.put(response(0, "old"));
        store.put(response(0, "new"));
        store.put(response(1, "x"));
        assertThat(store.item("msg_0").orElseThrow().get("text").text()).isEqualTo("new");
        assertThat(kept(store, 2)).containsExactly(true, true);
    }
}
