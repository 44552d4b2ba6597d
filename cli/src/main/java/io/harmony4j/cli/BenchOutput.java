package io.harmony4j.cli;

import io.harmony4j.bench.Listener;
import java.io.PrintWriter;
import picocli.CommandLine;

/** Prints a bench run's results to standard output as they come, and shows its progress on a terminal. */
final class BenchOutput implements Listener, AutoCloseable {
    private final PrintWriter out;
    private final Progress progress;

    BenchOutput(CommandLine commandLine) {
        out = commandLine.getOut();
        progress = new Progress(commandLine.getErr(), Terminal.isError());
    }

    @Override
    public void progress(String what, double share) {
        progress.show(what, share);
    }

    @Override
    public void result(String text) {
        progress.close();
        out.print(text);
        out.flush();
    }

    @Override
    public void close() {
        progress.close();
    }
}
