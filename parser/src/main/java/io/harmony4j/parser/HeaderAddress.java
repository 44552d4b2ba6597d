package io.harmony4j.parser;

import io.harmony4j.ContentType;
import io.harmony4j.Recipient;
import org.jspecify.annotations.Nullable;

/**
 * Whom a message is for and what it is: what the words after the role say.
 *
 * @param recipient whom it is addressed to, or null
 * @param contentType what its content is, or null
 */
record HeaderAddress(
        @Nullable Recipient recipient, @Nullable ContentType contentType) {
    static final HeaderAddress NONE = new HeaderAddress(null, null);

    static HeaderAddress of(@Nullable String recipient, @Nullable String contentType) {
        return new HeaderAddress(
                recipient == null ? null : Recipient.of(recipient),
                contentType == null ? null : ContentType.of(contentType));
    }
}
