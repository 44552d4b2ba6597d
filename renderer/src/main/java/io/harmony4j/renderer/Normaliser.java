package io.harmony4j.renderer;

import io.harmony4j.Message;
import org.jspecify.annotations.Nullable;

/** What a dialect makes of a conversation's messages before it writes them. It gets them all, in order, and is used for one conversation. */
interface Normaliser {
    /** Returns what is written for the next message; null if the dialect leaves it out. */
    @Nullable
    Message next(Message message);
}
