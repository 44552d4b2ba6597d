package io.harmony4j.bench;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program that speaks the peers' protocol, well or badly; its times are made up: 100 MB/s. */
final class FakePeer {
    private FakePeer() {}

    public static void main(String[] args) throws IOException {
        List<String> documents = read(Path.of(args[2]));
        List<int[]> tokens = documents.stream().map(Library.HARMONY4J::idsOf).toList();
        switch (args[0]) {
            case "right" -> {}
            case "wrong", "wordy" -> tokens.get(1)[0] = 0;
            case "short" -> tokens = tokens.subList(1, tokens.size());
            case "uneven" -> {
                System.out.println("{\"fnv1a64\":\"0\",\"bytes\":1,\"cpu_ns\":[1,1],\"wall_ns\":[1]}");
                return;
            }
            case "garbage" -> System.out.print("100 MB/s ");
            default -> throw new IllegalArgumentException("expected a way to behave but found " + args[0]);
        }
        if (args[1].equals("tokens")) {
            if (args[0].equals("wordy")) {
                System.out.print("here they are: ");
            }
            for (int[] ids : tokens) {
                for (int id : ids) {
                    System.out.print(id + " ");
                }
                System.out.println();
            }
            return;
        }
        boolean isUnseen = args[1].equals("unseen");
        if (isUnseen && read(Path.of(args[4])).isEmpty()) {
            throw new IllegalArgumentException("expected other texts but found none");
        }
        long hash = TokenHash.EMPTY;
        for (int[] ids : tokens) {
            hash = TokenHash.add(hash, ids);
        }
        System.out.println(
                "{\"fnv1a64\":\"" + Long.toHexString(hash)
                        + "\",\"bytes\":1000000,\"cpu_ns\":[10000000,20000000,40000000],\"wall_ns\":[10000000,20000000,40000000]}");
    }

    private static List<String> read(Path file) throws IOException {
        List<String> documents = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            while (true) {
                documents.add(new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8));
            }
        } catch (EOFException e) {
            return documents;
        }
    }
}
