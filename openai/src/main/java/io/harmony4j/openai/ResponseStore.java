package io.harmony4j.openai;

import io.harmony4j.json.JsonObject;
import java.util.Optional;

/** Where responses are kept, so that later requests can go on from them. Implementations are thread-safe. */
public interface ResponseStore {
    /** Keeps nothing. */
    ResponseStore NONE = new ResponseStore() {
        @Override
        public void put(StoredResponse response) {}

        @Override
        public Optional<StoredResponse> get(String id) {
            return Optional.empty();
        }

        @Override
        public Optional<JsonObject> item(String id) {
            return Optional.empty();
        }

        @Override
        public boolean delete(String id) {
            return false;
        }
    };

    /** Keeps a response; one with the same id is replaced. */
    void put(StoredResponse response);

    /** Returns the response with an id, if it is kept. */
    Optional<StoredResponse> get(String id);

    /** Returns the item with an id, of the request or the output of a response that is kept. */
    Optional<JsonObject> item(String id);

    /** Drops a response; returns whether it was there. Responses that go on from it keep what they need. */
    boolean delete(String id);
}
