package io.harmony4j.openai;

import static java.util.Objects.requireNonNull;

import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import java.util.List;

/** The models that there are, as {@code GET /v1/models} and {@code GET /v1/models/ID} tell. Immutable. */
public final class Models {
    private static final String OWNER = "harmony4j";

    private final List<String> names;

    /** When the models were made known, in seconds since 1970. */
    private final long created;

    /** Makes the list of the models of the options; of those, requests name one. */
    public Models(ApiOptions options) {
        requireNonNull(options, "options");
        this.names = options.models().isEmpty() ? List.of(ApiRequest.ANY_MODEL) : options.models();
        this.created = options.now().getEpochSecond();
    }

    /** Returns all models. */
    public JsonObject list() {
        return JsonObject.builder()
                .put("object", "list")
                .put("data", JsonArray.of(names.stream().map(this::model).toList()))
                .build();
    }

    /**
     * Returns one model.
     *
     * @param name its name, which may have a {@code /}
     * @throws ApiException if there is none of this name
     */
    public JsonObject get(String name) {
        if (!names.contains(requireNonNull(name, "name"))) {
            throw ApiRequest.unknownModel("model", name, names);
        }
        return model(name);
    }

    private JsonObject model(String name) {
        return JsonObject.builder()
                .put("id", name)
                .put("object", "model")
                .put("created", created)
                .put("owned_by", OWNER)
                .build();
    }
}
