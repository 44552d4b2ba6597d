package io.harmony4j.chat;

/** The function that does the work of a tool. */
@FunctionalInterface
public interface ToolFunction {

    /**
     * Does what the tool is for.
     *
     * @param arguments what the model wrote, verbatim: JSON for a function tool, but nobody has checked it
     * @return the result, which the model reads
     * @throws InterruptedException if it was interrupted: the loop ends as cancelled
     * @throws Exception if it fails: the model reads {@code error: } and the message, and may try otherwise
     */
    String call(String arguments) throws Exception;
}
