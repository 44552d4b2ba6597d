package io.harmony4j.training;

import java.util.Arrays;
import java.util.Set;

/** How samples are written. */
public enum Layout {
    /**
     * Lines of JSON for TRL, axolotl and others: {@code input_ids}, {@code attention_mask}, {@code labels}; of packed rows also
     * {@code seq_lengths}; and the {@linkplain DatasetOptions#withColumns columns} that are asked for.
     */
    JSONL("jsonl"),

    /**
     * NumPy's arrays: ids and labels of all rows one after the other, and where each row begins; of packed rows also where each sample begins.
     */
    NPY("npy"),

    /** Megatron's indexed data sets: the ids, and which of them are learnt, each as {@code .bin} and {@code .idx}. */
    MEGATRON("megatron"),

    /**
     * The columns of Megatron-Bridge's packed Parquet files, as lines of JSON: {@code input_ids}, {@code loss_mask}, which is shifted left by one inside
     * each sample, and {@code seq_start_id}.
     */
    MEGATRON_BRIDGE("megatron-bridge");

    private final String wireName;

    Layout(String wireName) {
        this.wireName = wireName;
    }

    /** Returns the word for this layout on the command line. */
    public String wireName() {
        return wireName;
    }

    static Layout of(String wireName) {
        return Arrays.stream(values())
                .filter(layout -> layout.wireName.equals(wireName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected a layout but found " + wireName));
    }

    ShardFormat format(boolean isPacked, boolean isWeighted, Set<DatasetOptions.Column> columns) {
        return switch (this) {
            case JSONL -> new JsonLinesFormat(isPacked, isWeighted, columns);
            case NPY -> new NumpyFormat(isPacked, isWeighted);
            case MEGATRON -> new MegatronFormat();
            case MEGATRON_BRIDGE -> new BridgeFormat();
        };
    }
}
