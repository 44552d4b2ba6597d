package io.harmony4j.adk;

import com.google.adk.tools.Annotations.Schema;
import java.util.Map;

/** A tool as ADK's users write it. */
public final class Weather {
    private Weather() {}

    @Schema(name = "get_weather", description = "Returns the weather of a city.")
    public static Map<String, Object> getWeather(@Schema(name = "city") String city) {
        if (city.equals("Atlantis")) {
            throw new IllegalStateException("Atlantis has sunk");
        }
        return Map.of("weather", "13 degrees and windy");
    }
}
