package io.harmony4j.renderer;

import io.harmony4j.ToolNamespace;

/** What the text of a dialect's system and developer messages looks like. */
enum PromptText {
    OPENAI {
        @Override
        boolean endsInstructions() {
            return false;
        }

        @Override
        String of(ToolNamespace namespace) {
            return NamespaceWriter.of(namespace);
        }
    },
    HF {
        @Override
        boolean endsInstructions() {
            return true;
        }

        @Override
        String of(ToolNamespace namespace) {
            return HfTools.of(namespace);
        }
    };

    /** Returns whether a blank line stands after instructions even if no section follows. */
    abstract boolean endsInstructions();

    /** Returns the text of a namespace of tools. */
    abstract String of(ToolNamespace namespace);
}
