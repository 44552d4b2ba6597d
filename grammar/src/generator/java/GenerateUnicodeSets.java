import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.UnicodeSet;
import com.ibm.icu.util.VersionInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Turns ICU4J's character data into the grammar's resource unicode16.sets. The build runs it: {@code java -cp <icu4j.jar> GenerateUnicodeSets.java <this file>
 * <resource>}. It does nothing if the resource is newer than this file. It fails if ICU4J's data are not those of Unicode 16. See
 * docs/decisions/002-frozen-unicode-tables.md.
 *
 * <p>The resource is text in ASCII. A line is a set of code points: its names, separated by spaces, a semicolon, and its ranges in hexadecimal, separated by
 * spaces; a range of one code point has no end. A name is what ECMA-262 allows between the braces of <code>\p{…}</code>.
 */
final class GenerateUnicodeSets {
    private static final VersionInfo UNICODE = VersionInfo.getInstance(16);

    /** The categories that consist of others, by one of their names. */
    private static final List<String> GROUPS = List.of("C", "L", "LC", "M", "N", "P", "S", "Z");

    /** The binary properties that ECMA-262 lists, but for ASCII, Any and Assigned, which are no properties elsewhere. */
    private static final List<String> BINARY = List.of(
            "ASCII_Hex_Digit",
            "Alphabetic",
            "Bidi_Control",
            "Bidi_Mirrored",
            "Case_Ignorable",
            "Cased",
            "Changes_When_Casefolded",
            "Changes_When_Casemapped",
            "Changes_When_Lowercased",
            "Changes_When_NFKC_Casefolded",
            "Changes_When_Titlecased",
            "Changes_When_Uppercased",
            "Dash",
            "Default_Ignorable_Code_Point",
            "Deprecated",
            "Diacritic",
            "Emoji",
            "Emoji_Component",
            "Emoji_Modifier",
            "Emoji_Modifier_Base",
            "Emoji_Presentation",
            "Extended_Pictographic",
            "Extender",
            "Grapheme_Base",
            "Grapheme_Extend",
            "Hex_Digit",
            "IDS_Binary_Operator",
            "IDS_Trinary_Operator",
            "ID_Continue",
            "ID_Start",
            "Ideographic",
            "Join_Control",
            "Logical_Order_Exception",
            "Lowercase",
            "Math",
            "Noncharacter_Code_Point",
            "Pattern_Syntax",
            "Pattern_White_Space",
            "Quotation_Mark",
            "Radical",
            "Regional_Indicator",
            "Sentence_Terminal",
            "Soft_Dotted",
            "Terminal_Punctuation",
            "Unified_Ideograph",
            "Uppercase",
            "Variation_Selector",
            "White_Space",
            "XID_Continue",
            "XID_Start");

    public static void main(String[] args) throws IOException {
        Path source = Path.of(args[0]);
        Path resource = Path.of(args[1]);
        VersionInfo found = UCharacter.getUnicodeVersion();
        if (!found.equals(UNICODE)) {
            throw new IllegalStateException(
                    "expected an ICU4J with Unicode " + UNICODE + " (76.1 or 77.1) but found one with " + found
                            + ": with another Unicode, the same schema would allow other texts");
        }
        if (Files.exists(resource)
                && Files.getLastModifiedTime(resource).compareTo(Files.getLastModifiedTime(source)) > 0) {
            return;
        }
        List<String> lines = new ArrayList<>();
        categories(lines);
        scripts(lines);
        for (String name : BINARY) {
            int property = UCharacter.getPropertyEnum(name);
            lines.add(line(aliases(choice -> UCharacter.getPropertyName(property, choice)), property, 1));
        }
        Files.createDirectories(resource.getParent());
        Files.write(resource, lines);
    }

    private static void categories(List<String> lines) {
        List<Integer> masks = new ArrayList<>();
        for (int category = 0; category <= UCharacter.getIntPropertyMaxValue(UProperty.GENERAL_CATEGORY); category++) {
            masks.add(1 << category);
        }
        for (String group : GROUPS) {
            masks.add(UCharacter.getPropertyValueEnum(UProperty.GENERAL_CATEGORY_MASK, group));
        }
        for (int mask : masks) {
            Set<String> names = valueNames(UProperty.GENERAL_CATEGORY_MASK, mask);
            lines.add(line(prefixed(names, "", "gc=", "General_Category="), UProperty.GENERAL_CATEGORY_MASK, mask));
        }
    }

    private static void scripts(List<String> lines) {
        for (int script = 0; script <= UCharacter.getIntPropertyMaxValue(UProperty.SCRIPT); script++) {
            if (!new UnicodeSet()
                    .applyIntPropertyValue(UProperty.SCRIPT, script)
                    .isEmpty()) {
                Set<String> names = valueNames(UProperty.SCRIPT, script);
                lines.add(line(prefixed(names, "sc=", "Script="), UProperty.SCRIPT, script));
                lines.add(line(prefixed(names, "scx=", "Script_Extensions="), UProperty.SCRIPT_EXTENSIONS, script));
            }
        }
    }

    private static Set<String> prefixed(Set<String> names, String... prefixes) {
        Set<String> all = new LinkedHashSet<>();
        for (String name : names) {
            for (String prefix : prefixes) {
                all.add(prefix + name);
            }
        }
        return all;
    }

    private static Set<String> valueNames(int property, int value) {
        return aliases(choice -> UCharacter.getPropertyValueName(property, value, choice));
    }

    /** A way to ask for the short name (0), the long one (1), or more. */
    private interface Names {
        String name(int choice);
    }

    private static Set<String> aliases(Names names) {
        Set<String> all = new LinkedHashSet<>();
        for (int choice = 0; choice < 10; choice++) {
            try {
                String name = names.name(choice);
                if (name != null) {
                    all.add(name);
                }
            } catch (IllegalArgumentException noMoreNames) {
                break;
            }
        }
        return all;
    }

    private static String line(Set<String> names, int property, int value) {
        StringBuilder line = new StringBuilder(String.join(" ", names)).append(';');
        for (UnicodeSet.EntryRange range :
                new UnicodeSet().applyIntPropertyValue(property, value).ranges()) {
            line.append(line.charAt(line.length() - 1) == ';' ? "" : " ").append(Integer.toHexString(range.codepoint));
            if (range.codepointEnd > range.codepoint) {
                line.append('-').append(Integer.toHexString(range.codepointEnd));
            }
        }
        return line.toString();
    }
}
