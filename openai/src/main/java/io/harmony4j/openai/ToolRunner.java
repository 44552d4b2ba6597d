package io.harmony4j.openai;

import io.harmony4j.Recipient;

/**
 * Does the work of the tools that a server runs itself: {@code python}, and those of {@code browser}. None is here; who runs code that a
 * model has written should do so where it can do no harm.
 */
@FunctionalInterface
public interface ToolRunner {

    /**
     * Does what a tool is for. Nobody but this method sees to it that it ends in time.
     *
     * @param tool the tool, as in {@code python} or {@code browser.search}
     * @param input what the model wrote, verbatim: code for {@code python}, else JSON that nobody has checked
     * @return what the model reads
     * @throws InterruptedException if it was interrupted: the response is cancelled
     * @throws Exception if it fails: the model reads {@code error: } and the message, and may try otherwise
     */
    String run(Recipient tool, String input) throws Exception;
}
