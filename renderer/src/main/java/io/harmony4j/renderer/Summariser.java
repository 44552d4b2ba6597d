package io.harmony4j.renderer;

import io.harmony4j.Message;
import java.util.List;

/** Says in few words what a part of a conversation was about, for instance by asking a model. */
@FunctionalInterface
public interface Summariser {
    /**
     * Returns what stands in the place of messages: a user's message, which is part of the turn that follows, or a developer's, which stays for
     * good. It may be asked again with more messages if what it returned was too long.
     *
     * @param messages whole turns, in order, as they were before anything was left out; without system and developer messages
     */
    Message summarise(List<Message> messages);
}
