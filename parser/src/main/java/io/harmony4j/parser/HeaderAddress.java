package io.harmony4j.parser;

import io.harmony4j.Channel;
import io.harmony4j.ContentType;
import io.harmony4j.Recipient;
import org.jspecify.annotations.Nullable;

/**
 * Whom a message is for and what it is: what the words after the role say.
 *
 * @param recipient whom it is addressed to, or null
 * @param contentType what its content is, or null
 * @param channel a channel that was named as the recipient, or null
 * @param isDoubtful whether the recipient is a bare word, which is one only if the content begins as JSON
 */
record HeaderAddress(
        @Nullable Recipient recipient,
        @Nullable ContentType contentType,
        @Nullable Channel channel,
        boolean isDoubtful) {
    static final HeaderAddress NONE = new HeaderAddress(null, null, null, false);

    static HeaderAddress of(@Nullable String recipient, @Nullable String contentType) {
        return new HeaderAddress(
                recipient == null ? null : Recipient.of(recipient),
                contentType == null ? null : ContentType.of(contentType),
                null,
                false);
    }

    HeaderAddress withChannel(Channel named) {
        return new HeaderAddress(recipient, contentType, named, isDoubtful);
    }

    HeaderAddress doubtful() {
        return new HeaderAddress(recipient, contentType, channel, true);
    }
}
