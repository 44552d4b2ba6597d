package io.harmony4j.grammar;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The sets of code points that have a name in patterns, as in <code>\p{Lu}</code> or <code>\p{Script=Greek}</code>, by Unicode 16 on every JDK: see
 * docs/decisions/002-frozen-unicode-tables.md.
 */
final class UnicodeSets {
    private static final String RESOURCE = "unicode16.sets";
    private static final int HEX = 16;

    private UnicodeSets() {}

    /** The lines of the resource, read when the first name is asked for. */
    private static final class Lines {
        /** The ranges of each name, as they are written: see GenerateUnicodeSets. */
        private static final Map<String, String> BY_NAME = read();
    }

    /** Returns a set by its name, which is written exactly as ECMA-262 has it. */
    static Optional<CodePointSet> named(String name) {
        return switch (name) {
            case "Any" -> Optional.of(CodePointSet.ALL);
            case "ASCII" -> Optional.of(CodePointSet.of(0, 0x7F));
            case "Assigned" -> named("Cn").map(CodePointSet::not);
            default -> Optional.ofNullable(Lines.BY_NAME.get(name)).map(UnicodeSets::parse);
        };
    }

    private static CodePointSet parse(String written) {
        List<CodePointSet.Range> ranges = new ArrayList<>();
        for (String range : written.split(" ", -1)) {
            int dash = range.indexOf('-');
            int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash), HEX);
            int last = dash < 0 ? first : Integer.parseInt(range.substring(dash + 1), HEX);
            ranges.add(new CodePointSet.Range(first, last));
        }
        return CodePointSet.ofRanges(ranges);
    }

    private static Map<String, String> read() {
        Map<String, String> byName = new HashMap<>();
        InputStream in = UnicodeSets.class.getResourceAsStream(RESOURCE);
        if (in == null) {
            throw new IllegalStateException("expected " + RESOURCE
                    + " beside the grammar's classes but found none: run the Maven build, which makes it");
        }
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int semicolon = line.indexOf(';');
                for (String name : line.substring(0, semicolon).split(" ", -1)) {
                    byName.put(name, line.substring(semicolon + 1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return byName;
    }
}
