/** Data sets for the training of gpt-oss models: rows of any shape to samples with labels, packed and written as trainers read them. */
module io.harmony4j.training {
    requires transitive io.harmony4j.openai;
    requires com.github.luben.zstd_jni;
    requires static transitive org.jspecify;

    exports io.harmony4j.training;
}
