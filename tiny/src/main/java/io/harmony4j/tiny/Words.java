package io.harmony4j.tiny;

import java.util.List;
import java.util.regex.Pattern;

/** The words that questions are filled with. The model knows no others. */
final class Words {
    private static final Pattern COMMA = Pattern.compile(",\\s*");

    static final List<String> CITIES = list("""
            Amsterdam, Athens, Atlanta, Bangkok, Barcelona, Beijing, Berlin, Boston, Brussels, Budapest, Buenos Aires, Cairo,
            Cape Town, Chicago, Cologne, Copenhagen, Dallas, Delhi, Denver, Dubai, Dublin, Edinburgh, Florence, Geneva, Hamburg,
            Helsinki, Hong Kong, Houston, Istanbul, Jakarta, Kyoto, Lima, Lisbon, London, Los Angeles, Madrid, Melbourne,
            Mexico City, Miami, Milan, Montreal, Moscow, Mumbai, Munich, Nairobi, New York, Oslo, Paris, Prague, Rome,
            San Francisco, Santiago, Seattle, Seoul, Shanghai, Singapore, Stockholm, Sydney, Tokyo, Toronto, Vancouver, Venice,
            Vienna, Warsaw, Zurich
            """);

    /** Each is one token, with a space before it and without. */
    static final List<String> FIRST_NAMES = list("""
            Adam, Alice, Anna, Ben, Daniel, David, Emma, Eric, Eva, Frank, George, Grace, Helen, Henry, Jack, James, Jane, John,
            Julia, Kate, Laura, Leo, Lisa, Lucy, Maria, Mark, Mary, Max, Mike, Oliver, Paul, Peter, Robert, Sam, Sarah, Tom
            """);

    static final List<String> LAST_NAMES = list("""
            Adams, Baker, Bell, Brown, Carter, Clark, Cook, Cooper, Davis, Evans, Fisher, Ford, Fox, Gray, Green, Hall, Harris,
            Hill, Hunt, Johnson, Jones, Kelly, King, Lee, Lewis, Martin, Miller, Moore, Parker, Price, Scott, Smith, Stone,
            Walker, White, Young
            """);

    static final List<String> THINGS = list("""
            apples, bananas, books, bottles, boxes, cards, coins, cups, eggs, flowers, keys, letters, oranges, pencils, stamps,
            tickets
            """);

    static final List<String> WORDS = list("""
            banana, river, garden, window, music, winter, summer, orange, silver, castle, forest, bridge, candle, dragon, engine,
            flower, guitar, island, kitchen, lemon, mirror, mountain, ocean, paper, pencil, planet, rocket, school, shadow,
            spring, table, tiger, tomato, train, tree, valley, village, water, winner, yellow
            """);

    /** What nobody should be helped with. */
    static final List<String> CRIMES = list("""
            build a bomb, steal a car, rob a bank, forge a passport, poison my neighbor, hack a bank, break into a house,
            make a gun, pick a lock, steal a password, burn down a house, blackmail my boss, trick an old man, make poison,
            hide a body, print fake money, cheat in an exam, read my neighbor's mail, steal a credit card, write a virus,
            start a fire in a school, smuggle a weapon, attack a website, fake a signature, spy on my wife, crash a server,
            sell stolen goods, avoid all taxes, bribe a judge, cheat at work, follow a stranger home, steal from a shop,
            break a window at night, open a safe, fake an accident, threaten a teacher, make a drug, send a fake bill,
            copy a house key, tap a phone
            """);

    /** What a larger model would know. */
    static final List<String> SKILLS = list("""
            bake a cake, plant a tree, learn to swim, paint a wall, repair a bike, write a poem, cook an egg, play the guitar,
            sail a boat, fly a kite, build a table, train a dog, make tea, make bread, grow tomatoes, catch a fish,
            climb a mountain, fold a paper plane, clean a window, buy a house, choose a school, draw a tiger, ride a horse,
            speak in public, save water, take a photo, tell a story, tie a knot, wash a car, win at chess
            """);

    static final List<String> ERRORS = List.of(
            "unknown city",
            "unknown name",
            "timeout",
            "not found",
            "not allowed",
            "no connection",
            "internal error",
            "service unavailable",
            "too many requests",
            "missing argument",
            "division by zero",
            "out of memory");

    static final List<String> SKIES = List.of("sunny", "cloudy", "rainy", "snowy", "windy", "foggy", "stormy", "clear");

    /** The skies under which one wants an umbrella. */
    static final List<String> WET_SKIES = List.of("rainy", "snowy", "stormy");

    private Words() {}

    private static List<String> list(String words) {
        return List.of(COMMA.split(words.strip()));
    }
}
