package io.harmony4j.training;

import static java.util.Objects.requireNonNull;

import io.harmony4j.json.JsonObject;

/** What is in a data set: tokens and labels by role and channel, lengths, calls, and what was left out and why. Immutable. */
public final class DatasetStatistics {
    private final JsonObject json;

    DatasetStatistics(JsonObject json) {
        this.json = requireNonNull(json, "json");
    }

    /** Returns how many rows there were, those that could not be read among them. */
    public long rows() {
        return number("rows");
    }

    /** Returns how many samples there are. */
    public long samples() {
        return number("samples");
    }

    /** Returns how many tokens they have. */
    public long tokens() {
        return number("tokens");
    }

    /** Returns how many of these are learnt. */
    public long labels() {
        return number("labels");
    }

    private long number(String name) {
        return json.get(name).longValue();
    }

    /** Returns all statistics as JSON. */
    public JsonObject toJson() {
        return json;
    }

    /** Returns all statistics as a table for human readers. */
    public String toTable() {
        return StatisticsTable.of(json);
    }

    /** Returns a picture in SVG: how long the samples are, and where their tokens are. */
    public String toSvg() {
        return StatisticsPicture.of(json);
    }

    @Override
    public String toString() {
        return rows() + " rows, " + samples() + " samples, " + tokens() + " tokens, " + labels() + " labels";
    }
}
