package io.harmony4j.tiny;

import io.harmony4j.Conversation;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes the conversations from which the tiny model learns, and those by which it is tested:
 *
 * <pre>
 * TrainingData DIRECTORY CONVERSATIONS SEED
 * </pre>
 *
 * <p>{@code train.i32} and {@code test.i32} are little-endian 32-bit integers: for each sample the index of its skill, the
 * number of its tokens, and the tokens, those that the model writes as the complement ({@code ~id}). {@code skills.txt} has the
 * names of the skills, one on each line.
 */
final class TrainingData {
    private static final List<Skill> SKILLS = List.of(Skill.values());
    private static final int PROGRESS_EVERY = 5_000;

    private final HarmonyRenderer renderer = new HarmonyRenderer(Tokenizer.o200kHarmony());

    private TrainingData() {}

    public static void main(String[] args) throws IOException {
        if (args.length != 3) {
            System.err.println("expected DIRECTORY CONVERSATIONS SEED but found " + args.length + " arguments");
            System.exit(2);
        }
        Path directory = Files.createDirectories(Path.of(args[0]));
        TrainingData data = new TrainingData();
        data.writeTrain(directory.resolve("train.i32"), Integer.parseInt(args[1]), Long.parseLong(args[2]));
        data.writeTest(directory.resolve("test.i32"));
        Files.writeString(
                directory.resolve("skills.txt"),
                SKILLS.stream().map(Skill::label).collect(Collectors.joining("\n", "", "\n")));
    }

    private void writeTrain(Path file, int conversations, long seed) throws IOException {
        Draw draw = new Draw(seed);
        Facts facts = new RandomFacts(draw);
        long tokens = 0;
        try (WritableByteChannel out = Channels.newChannel(Files.newOutputStream(file))) {
            for (int i = 0; i < conversations; i++) {
                Skill skill = Skill.draw(draw);
                Dialogue dialogue = skill.dialogue(draw, facts, Split.TRAIN);
                tokens += write(skill, dialogue.conversation(), 0, out);
                if ((i + 1) % PROGRESS_EVERY == 0) {
                    System.out.println(file.getFileName() + ": " + (i + 1) + " of " + conversations + " conversations, "
                            + tokens + " tokens");
                }
            }
        }
    }

    /** Only what the model writes in the last turn counts. */
    private void writeTest(Path file) throws IOException {
        try (WritableByteChannel out = Channels.newChannel(Files.newOutputStream(file))) {
            for (Skill skill : SKILLS) {
                for (Dialogue dialogue : TinySkills.testDialogues(skill, TinySkills.QUESTIONS_PER_SKILL)) {
                    int first = dialogue.question().messages().size();
                    write(skill, dialogue.conversation(), first, out);
                }
            }
        }
    }

    private int write(Skill skill, Conversation conversation, int firstMessage, WritableByteChannel out) {
        List<Sample> samples = Sample.of(conversation, firstMessage, renderer);
        samples.forEach(sample -> write(skill, sample.tokens(), out));
        return samples.stream().mapToInt(sample -> sample.tokens().length).sum();
    }

    private static void write(Skill skill, int[] tokens, WritableByteChannel out) {
        ByteBuffer bytes =
                ByteBuffer.allocate((2 + tokens.length) * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(SKILLS.indexOf(skill)).putInt(tokens.length);
        bytes.asIntBuffer().put(tokens);
        try {
            out.write(bytes.rewind());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
