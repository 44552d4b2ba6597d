package io.harmony4j.cli;

import picocli.CommandLine.Option;

/** Whether prompts show all of the schemas of tools. */
final class FaithfulOption {
    @Option(
            names = "--faithful-schemas",
            description = {
                "Show all that the JSON Schemas of tools say. What openai/harmony shows, which the models were trained on,"
                        + " leaves out much: anyOf, $ref, const, limits and more.",
            })
    private boolean areFaithful;

    boolean areFaithful() {
        return areFaithful;
    }
}
