package io.harmony4j.engine;

import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A model as it is stored: a GGUF file, or a folder with {@code config.json} and safetensors files in OpenAI's or Hugging Face's layout.
 *
 * @param path where it is
 * @param layout whose names and arrangement it has
 * @param config the model's shape
 * @param weights its weights
 * @param files the files that have them
 */
record Checkpoint(Path path, Layout layout, ModelConfig config, Weights weights, Set<MappedFile> files) {
    private static final String CONFIG = "config.json";
    private static final String INDEX = "model.safetensors.index.json";

    /** What separates the names of a path, or a drive from them, on some system. */
    private static final String SEPARATORS = "/\\:";

    /** The longest name of a file that systems allow, in characters. */
    private static final int MAX_NAME = 255;

    /**
     * Opens a checkpoint; no weights are read yet, except for the small ones.
     *
     * @throws CheckpointException if it is not a whole gpt-oss checkpoint
     * @throws UncheckedIOException if it cannot be read
     */
    static Checkpoint open(Path path) {
        if (!Files.exists(path)) {
            throw new CheckpointException(path, "no such file or folder");
        }
        if (Files.isDirectory(path)) {
            return openFolder(path);
        }
        GgufFile file = GgufFile.read(path);
        ModelConfig config = GgufConfig.read(file);
        return read(new Tensors(path, file.tensors()), Layout.GGUF, config);
    }

    private static Checkpoint openFolder(Path folder) {
        if (!Files.exists(folder.resolve(CONFIG))) {
            throw new CheckpointException(
                    folder, "expected " + CONFIG + " in this folder but there is none; for a GGUF, name the file");
        }
        ModelConfig config = JsonConfig.read(folder.resolve(CONFIG));
        Tensors tensors = tensors(folder);
        return read(tensors, Layout.of(tensors), config);
    }

    private static Checkpoint read(Tensors tensors, Layout layout, ModelConfig config) {
        return new Checkpoint(tensors.source(), layout, config, layout.read(tensors, config), tensors.files());
    }

    private static Tensors tensors(Path folder) {
        Path index = folder.resolve(INDEX);
        if (Files.exists(index)) {
            return indexedTensors(folder, index);
        }
        Map<String, Tensor> all = new LinkedHashMap<>();
        List<Path> files = safetensorsFiles(folder);
        if (files.isEmpty()) {
            throw new CheckpointException(folder, "expected *.safetensors files in this folder but there are none");
        }
        for (Path file : files) {
            for (Tensor tensor : SafetensorsFile.read(file).values()) {
                Tensor other = all.put(tensor.name(), tensor);
                if (other != null) {
                    throw tensor.problem(
                            "expected it once but it is in " + other.file().path() + ", too");
                }
            }
        }
        return new Tensors(folder, all);
    }

    private static Tensors indexedTensors(Path folder, Path index) {
        if (!(JsonFile.read(index).get("weight_map") instanceof JsonObject places)) {
            throw new CheckpointException(index, "expected key weight_map with an object");
        }
        Set<String> names = new TreeSet<>();
        places.members().forEach((tensor, place) -> names.add(shardName(index, tensor, place)));
        Map<String, Map<String, Tensor>> shards = new HashMap<>();
        for (String name : names) {
            shards.put(name, SafetensorsFile.read(folder.resolve(name)));
        }
        Map<String, Tensor> all = new LinkedHashMap<>();
        places.members().forEach((name, place) -> {
            String shard = place.text();
            Tensor tensor = shards.getOrDefault(shard, Map.of()).get(name);
            if (tensor == null) {
                throw new CheckpointException(
                        folder.resolve(shard),
                        "expected tensor " + name + ", which " + INDEX + " says is here, but there is none");
            }
            all.put(name, tensor);
        });
        return new Tensors(folder, all);
    }

    /** Returns the name of a file in the folder of the index: one that leads nowhere else, on no system. */
    private static String shardName(Path index, String tensor, JsonValue place) {
        String name = place.textOrNull();
        if (name == null || !isFileName(name)) {
            throw new CheckpointException(
                    index,
                    "key weight_map: "
                            + place.unexpected("names of files in this folder").getMessage() + " for tensor " + tensor);
        }
        return name;
    }

    private static boolean isFileName(String name) {
        if (name.isBlank() || name.equals(".") || name.equals("..") || name.length() > MAX_NAME) {
            return false;
        }
        if (name.chars().anyMatch(c -> Character.isISOControl(c) || SEPARATORS.indexOf(c) >= 0)) {
            return false;
        }
        try {
            return Path.of(name).getNameCount() == 1;
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static List<Path> safetensorsFiles(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".safetensors"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
