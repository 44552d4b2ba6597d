import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.IntStream;

/**
 * Turns o200k_base.tiktoken, as it lies in JTokkit's jar, into the tokenizer's resources o200k.tokens, o200k.merges and
 * o200k.order. The build runs it: {@code java GenerateVocabulary.java <this file> <jtokkit.jar> <folder>}. It does nothing if the resources
 * are newer than the other two. It fails if the vocabulary is not the known one, or lacks a property that the tokenizer
 * relies on. See docs/decisions/003-jtokkits-part.md.
 *
 * <p>o200k.tokens holds the lengths of all tokens in the order of their ids (1 byte each), then their bytes. o200k.merges holds,
 * for each token but the 256 single bytes, the ids of the two that its last merge joins: first of all the left ones, then of the
 * right ones. o200k.order holds the ids in the order of the tokens' bytes. Ids lie apart by bytes: all low ones, all middle ones,
 * all high ones.
 */
final class GenerateVocabulary {
    private static final String ENTRY = "com/knuddels/jtokkit/o200k_base.tiktoken";
    private static final String SHA_256 = "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d";
    private static final int SINGLE_BYTES = 256;

    private final List<byte[]> tokens = new ArrayList<>();

    /** The tokens' ids; a key is a token's bytes as Latin-1 characters. */
    private final Map<String, Integer> ids = new HashMap<>();

    public static void main(String[] args) throws IOException {
        Path source = Path.of(args[0]);
        Path jar = Path.of(args[1]);
        Path folder = Path.of(args[2]);
        Path last = folder.resolve("o200k.order");
        if (isNewer(last, source) && isNewer(last, jar)) {
            return;
        }
        GenerateVocabulary vocabulary = new GenerateVocabulary();
        vocabulary.read(jar);
        Files.createDirectories(folder);
        Files.write(folder.resolve("o200k.tokens"), vocabulary.tokens());
        Files.write(folder.resolve("o200k.merges"), vocabulary.merges());
        Files.write(last, vocabulary.order());
    }

    private static boolean isNewer(Path resource, Path than) throws IOException {
        return Files.exists(resource)
                && Files.getLastModifiedTime(resource).compareTo(Files.getLastModifiedTime(than)) > 0;
    }

    private void read(Path jar) throws IOException {
        byte[] file;
        try (JarFile zip = new JarFile(jar.toFile())) {
            check(zip.getEntry(ENTRY) != null, "expected " + ENTRY + " in " + jar + " but found none");
            file = zip.getInputStream(zip.getEntry(ENTRY)).readAllBytes();
        }
        check(
                sha256(file).equals(SHA_256),
                "expected " + ENTRY + " with SHA-256 " + SHA_256 + " but found " + sha256(file)
                        + ": this is another vocabulary");
        for (String line : new String(file, StandardCharsets.ISO_8859_1).split("\n")) {
            int space = line.indexOf(' ');
            byte[] token = Base64.getDecoder().decode(line.substring(0, space));
            check(Integer.parseInt(line.substring(space + 1)) == tokens.size(), "expected ids in order at " + line);
            ids.put(new String(token, StandardCharsets.ISO_8859_1), tokens.size());
            tokens.add(token);
        }
        for (int id = 0; id < SINGLE_BYTES; id++) {
            check(tokens.get(id).length == 1, "expected ids below 256 to be single bytes but found otherwise at " + id);
        }
    }

    private byte[] tokens() {
        ByteArrayOutputStream resource = new ByteArrayOutputStream();
        for (byte[] token : tokens) {
            check(token.length < 256, "expected tokens below 256 bytes but found one of " + token.length);
            resource.write(token.length);
        }
        tokens.forEach(resource::writeBytes);
        return resource.toByteArray();
    }

    private byte[] merges() {
        ByteArrayOutputStream resource = new ByteArrayOutputStream();
        int[] lefts = new int[tokens.size() - SINGLE_BYTES];
        int[] rights = new int[lefts.length];
        for (int i = 0; i < lefts.length; i++) {
            List<String> parts = lastMerge(SINGLE_BYTES + i);
            lefts[i] = ids.get(parts.get(0));
            rights[i] = ids.get(parts.get(1));
        }
        write(lefts, resource);
        write(rights, resource);
        return resource.toByteArray();
    }

    private byte[] order() {
        ByteArrayOutputStream resource = new ByteArrayOutputStream();
        int[] sorted = IntStream.range(0, tokens.size())
                .boxed()
                .sorted(Comparator.comparing(tokens::get, Arrays::compareUnsigned))
                .mapToInt(Integer::intValue)
                .toArray();
        write(sorted, resource);
        return resource.toByteArray();
    }

    /** Writes all low bytes, all middle ones, all high ones: like with like, for the jar to be compact. */
    private static void write(int[] numbers, ByteArrayOutputStream into) {
        for (int shift = 0; shift < 3 * Byte.SIZE; shift += Byte.SIZE) {
            for (int number : numbers) {
                into.write(number >>> shift);
            }
        }
    }

    /** Returns the two parts that byte pair encoding of a token's bytes merges last. */
    private List<String> lastMerge(int token) {
        String bytes = new String(tokens.get(token), StandardCharsets.ISO_8859_1);
        List<String> parts = new ArrayList<>(List.of(bytes.split("")));
        while (parts.size() > 2) {
            int best = -1;
            int bestId = Integer.MAX_VALUE;
            for (int i = 0; i + 1 < parts.size(); i++) {
                int id = ids.getOrDefault(parts.get(i) + parts.get(i + 1), Integer.MAX_VALUE);
                if (id < bestId) {
                    best = i;
                    bestId = id;
                }
            }
            check(best >= 0, "expected every token to be made by merges but found none for id " + token);
            parts.set(best, parts.get(best) + parts.remove(best + 1));
        }
        for (String part : parts) {
            check(
                    ids.get(part) < token,
                    "expected the parts of a token to have lower ids but found otherwise at " + token);
        }
        return parts;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    private static void check(boolean condition, String message) {
        if (!condition) {
            throw new IllegalStateException(message);
        }
    }
}
