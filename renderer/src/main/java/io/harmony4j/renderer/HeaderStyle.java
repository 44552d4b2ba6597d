package io.harmony4j.renderer;

import io.harmony4j.Channel;
import io.harmony4j.ContentType;
import org.jspecify.annotations.Nullable;

/** What a dialect's headers look like. */
enum HeaderStyle {
    OPENAI {
        @Override
        boolean isChannelFirst(@Nullable Channel channel) {
            return false;
        }

        @Override
        boolean isConstrained(ContentType type) {
            return type.constrained();
        }
    },
    OSS {
        @Override
        boolean isChannelFirst(@Nullable Channel channel) {
            return Channel.COMMENTARY.equals(channel); // parity: whoever wrote it
        }

        @Override
        boolean isConstrained(ContentType type) {
            return true;
        }
    };

    /** Returns whether the channel stands before the recipient. */
    abstract boolean isChannelFirst(@Nullable Channel channel);

    /** Returns whether {@code <|constrain|>} stands before the content type. */
    abstract boolean isConstrained(ContentType type);
}
