import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
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
 * Turns o200k_base.tiktoken, as it lies in JTokkit's jar, into the tokenizer's resource o200k.vocabulary. The build
 * runs it: {@code java GenerateVocabulary.java <this file> <jtokkit.jar> <resource>}. It does nothing if the resource
 * is newer than the other two. It fails if the vocabulary is not the known one, or lacks a property that the tokenizer
 * relies on. See docs/decisions/003-jtokkits-part.md.
 *
 * <p>The resource holds the tokens in the order of their bytes, as big-endian columns: the number of tokens (4 bytes);
 * how many bytes each shares with the one before (1 byte each); how many follow (1 each); how many the left part of its
 * last merge has, 0 for single bytes (1 each); its id (3 each); the bytes that follow.
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
        Path resource = Path.of(args[2]);
        if (isNewer(resource, source) && isNewer(resource, jar)) {
            return;
        }
        GenerateVocabulary vocabulary = new GenerateVocabulary();
        vocabulary.read(jar);
        byte[] content = vocabulary.write();
        Files.createDirectories(resource.getParent());
        Files.write(resource, content);
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

    private byte[] write() throws IOException {
        int[] sorted = IntStream.range(0, tokens.size())
                .boxed()
                .sorted(Comparator.comparing(tokens::get, Arrays::compareUnsigned))
                .mapToInt(Integer::intValue)
                .toArray();
        ByteArrayOutputStream shared = new ByteArrayOutputStream();
        ByteArrayOutputStream following = new ByteArrayOutputStream();
        ByteArrayOutputStream left = new ByteArrayOutputStream();
        ByteArrayOutputStream id = new ByteArrayOutputStream();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] previous = {};
        for (int token : sorted) {
            byte[] own = tokens.get(token);
            int prefix = Arrays.mismatch(previous, own);
            check(own.length < 256, "expected tokens below 256 bytes but found " + own.length + " at id " + token);
            shared.write(prefix);
            following.write(own.length - prefix);
            left.write(own.length == 1 ? 0 : leftOfLastMerge(token));
            id.write(token >>> 16);
            id.write(token >>> 8);
            id.write(token);
            bytes.write(own, prefix, own.length - prefix);
            previous = own;
        }
        ByteArrayOutputStream resource = new ByteArrayOutputStream();
        new DataOutputStream(resource).writeInt(sorted.length);
        for (ByteArrayOutputStream column : List.of(shared, following, left, id, bytes)) {
            column.writeTo(resource);
        }
        return resource.toByteArray();
    }

    /** Returns the length of the left one of the two parts that byte pair encoding of the token's bytes merges last. */
    private int leftOfLastMerge(int token) {
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
        return parts.get(0).length();
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
