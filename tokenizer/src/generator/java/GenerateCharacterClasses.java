import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterCategory;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.util.VersionInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Turns ICU4J's character data into the tokenizer's resource unicode16.classes. The build runs it: {@code java -cp
 * <icu4j.jar> GenerateCharacterClasses.java <this file> <resource>}. It does nothing if the resource is newer than this
 * file. It fails if ICU4J's data are not those of Unicode 16. See docs/decisions/002-frozen-unicode-tables.md.
 *
 * <p>The resource is a table of two stages: for each block of 128 code points, the number of its content (1 byte each,
 * 8704 in all); then the distinct contents, one byte per code point, whose bits are those of CharacterClasses.
 */
final class GenerateCharacterClasses {
    private static final VersionInfo UNICODE = VersionInfo.getInstance(16);
    private static final int BLOCK = 128;

    private static final int UPPER = 1;
    private static final int LOWER = 1 << 1;
    private static final int CASELESS = 1 << 2;
    private static final int MARK = 1 << 3;
    private static final int NUMBER = 1 << 4;
    private static final int SPACE = 1 << 5;
    private static final int NEWLINE = 1 << 6;
    private static final int OTHER = 1 << 7;

    public static void main(String[] args) throws IOException {
        Path source = Path.of(args[0]);
        Path resource = Path.of(args[1]);
        VersionInfo found = UCharacter.getUnicodeVersion();
        if (!found.equals(UNICODE)) {
            throw new IllegalStateException(
                    "expected an ICU4J with Unicode " + UNICODE + " (76.1 or 77.1) but found one with " + found
                            + ": with another Unicode, text would get other tokens than the models were trained on");
        }
        if (Files.exists(resource)
                && Files.getLastModifiedTime(resource).compareTo(Files.getLastModifiedTime(source)) > 0) {
            return;
        }
        ByteArrayOutputStream numbers = new ByteArrayOutputStream();
        ByteArrayOutputStream contents = new ByteArrayOutputStream();
        Map<String, Integer> known = new LinkedHashMap<>();
        for (int start = 0; start <= Character.MAX_CODE_POINT; start += BLOCK) {
            StringBuilder content = new StringBuilder();
            for (int codePoint = start; codePoint < start + BLOCK; codePoint++) {
                content.append((char) classOf(codePoint));
            }
            Integer number = known.get(content.toString());
            if (number == null) {
                number = known.size();
                known.put(content.toString(), number);
                content.chars().forEach(contents::write);
            }
            numbers.write(number);
        }
        if (known.size() > 256) {
            throw new IllegalStateException("expected at most 256 distinct blocks but found " + known.size());
        }
        contents.writeTo(numbers);
        Files.createDirectories(resource.getParent());
        Files.write(resource, numbers.toByteArray());
    }

    private static int classOf(int codePoint) {
        if (codePoint == '\r' || codePoint == '\n') {
            return NEWLINE;
        }
        if (UCharacter.hasBinaryProperty(codePoint, UProperty.WHITE_SPACE)) {
            return SPACE;
        }
        return switch (UCharacter.getType(codePoint)) {
            case UCharacterCategory.UPPERCASE_LETTER, UCharacterCategory.TITLECASE_LETTER -> UPPER;
            case UCharacterCategory.LOWERCASE_LETTER -> LOWER;
            case UCharacterCategory.MODIFIER_LETTER, UCharacterCategory.OTHER_LETTER -> CASELESS;
            case UCharacterCategory.NON_SPACING_MARK,
                    UCharacterCategory.ENCLOSING_MARK,
                    UCharacterCategory.COMBINING_SPACING_MARK -> MARK;
            case UCharacterCategory.DECIMAL_DIGIT_NUMBER,
                    UCharacterCategory.LETTER_NUMBER,
                    UCharacterCategory.OTHER_NUMBER -> NUMBER;
            default -> OTHER;
        };
    }
}
