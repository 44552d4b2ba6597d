package io.harmony4j.openai;

import static java.util.Objects.requireNonNull;

import io.harmony4j.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the latest responses in memory: so many, for so long, and of so much text. The oldest are dropped first. Thread-safe.
 */
public final class InMemoryResponseStore implements ResponseStore {
    private final int maxResponses;
    private final Duration maxAge;
    private final long maxLength;
    private final Clock clock;

    /** By ids, the oldest first. */
    private final Map<String, Kept> responses = new LinkedHashMap<>();

    /** By ids, and then by the ids of the responses that have them, the oldest first: clients send items again. */
    private final Map<String, Map<String, JsonObject>> items = new HashMap<>();

    private long length;

    private record Kept(StoredResponse response, Instant since, long length) {}

    /** Makes a store of at most 1,000 responses for an hour, with 256 million characters in all. */
    public InMemoryResponseStore() {
        this(1000, Duration.ofHours(1), 256_000_000, Clock.systemUTC());
    }

    /**
     * Makes a store.
     *
     * @param maxResponses how many responses it keeps, at least 1; {@link ResponseStore#NONE} keeps none
     * @param maxAge how long it keeps one
     * @param maxLength how much JSON it keeps, in UTF-16 code units, histories included
     * @throws IllegalArgumentException if there is no room for a response
     */
    public InMemoryResponseStore(int maxResponses, Duration maxAge, long maxLength, Clock clock) {
        if (maxResponses < 1) { // or a response would say that it is stored
            throw new IllegalArgumentException("expected room for at least 1 response but found " + maxResponses
                    + "; ResponseStore.NONE keeps none");
        }
        this.maxResponses = maxResponses;
        this.maxAge = requireNonNull(maxAge, "maxAge");
        this.maxLength = maxLength;
        this.clock = requireNonNull(clock, "clock");
    }

    @Override
    public synchronized void put(StoredResponse response) {
        requireNonNull(response, "response");
        drop(response.id());
        long added = response.response().toString().length();
        for (JsonObject item : response.history()) {
            added += item.toString().length();
        }
        for (JsonObject item : response.input()) {
            added += item.toString().length();
        }
        responses.put(response.id(), new Kept(response, clock.instant(), added));
        length += added;
        for (JsonObject item : response.ownItems()) {
            String id = item.get("id").textOrNull();
            if (id != null) {
                items.computeIfAbsent(id, key -> new LinkedHashMap<>()).put(response.id(), item);
            }
        }
        dropOldest();
    }

    @Override
    public synchronized Optional<StoredResponse> get(String id) {
        dropOldest();
        Kept kept = responses.get(requireNonNull(id, "id"));
        return kept == null ? Optional.empty() : Optional.of(kept.response());
    }

    @Override
    public synchronized Optional<JsonObject> item(String id) {
        dropOldest();
        return items.getOrDefault(requireNonNull(id, "id"), Map.of()).values().stream()
                .reduce((older, newer) -> newer);
    }

    @Override
    public synchronized boolean delete(String id) {
        dropOldest();
        return drop(requireNonNull(id, "id"));
    }

    private void dropOldest() {
        Instant oldest = clock.instant().minus(maxAge);
        Iterator<Kept> kept = responses.values().iterator();
        while (kept.hasNext()) {
            Kept next = kept.next();
            if (responses.size() <= maxResponses
                    && length <= maxLength
                    && !next.since().isBefore(oldest)) {
                return;
            }
            kept.remove();
            forget(next);
        }
    }

    private boolean drop(String id) {
        Kept kept = responses.remove(id);
        if (kept != null) {
            forget(kept);
        }
        return kept != null;
    }

    private void forget(Kept kept) {
        length -= kept.length();
        for (JsonObject item : kept.response().ownItems()) {
            String id = item.get("id").textOrNull();
            if (id != null) {
                items.computeIfPresent(
                        id, (key, holders) -> without(holders, kept.response().id()));
            }
        }
    }

    /** Returns the map without a response, or null if nothing is left of it. */
    private static @Nullable Map<String, JsonObject> without(Map<String, JsonObject> holders, String response) {
        holders.remove(response);
        return holders.isEmpty() ? null : holders;
    }
}
