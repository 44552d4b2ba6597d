package io.harmony4j.parser;

import io.harmony4j.parser.Diagnostic.Code;
import java.util.function.Consumer;

/** What the parser does about a stream that is not as it should be: the difference between STRICT and RECOVER. */
interface ErrorPolicy {

    /**
     * Reports what openai/harmony does not read. STRICT throws; RECOVER notes it, and the caller goes on with its repair.
     *
     * @param expected what would have been right
     * @param found what was there
     * @param text the text concerned, for the diagnostic
     */
    void violation(Code code, long position, String expected, String found, String text);

    /**
     * Returns whether to repair what openai/harmony reads, though not as it was meant. STRICT does not; RECOVER does, and
     * notes it.
     */
    boolean repairs(Code code, long position, String text);

    /** Returns whether this repairs at all. */
    boolean isRepairing();

    /** Returns how many more diagnostics may come. */
    default int remaining() {
        return 0;
    }

    /** Throws at the first violation and repairs nothing. */
    final class Strict implements ErrorPolicy {
        private final String unit;

        /**
         * @param unit what positions count: tokens or characters
         */
        Strict(String unit) {
            this.unit = unit;
        }

        @Override
        public boolean isRepairing() {
            return false;
        }

        @Override
        public void violation(Code code, long position, String expected, String found, String text) {
            throw new HarmonyFormatException(expected, found, unit, position);
        }

        @Override
        public boolean repairs(Code code, long position, String text) {
            return false;
        }
    }

    /** Repairs everything and reports it, up to a number of reports. */
    final class Recover implements ErrorPolicy {
        private final Consumer<ParseEvent> events;

        /** How many more repairs are reported. */
        private int remaining;

        Recover(int maxDiagnostics, Consumer<ParseEvent> events) {
            this.events = events;
            this.remaining = maxDiagnostics;
        }

        @Override
        public boolean isRepairing() {
            return true;
        }

        @Override
        public void violation(Code code, long position, String expected, String found, String text) {
            repairs(code, position, text);
        }

        @Override
        public int remaining() {
            return remaining;
        }

        @Override
        public boolean repairs(Code code, long position, String text) {
            if (remaining > 0) {
                remaining--;
                Diagnostic diagnostic = remaining > 0
                        ? new Diagnostic(code, position, text)
                        : new Diagnostic(Code.TOO_MANY_DIAGNOSTICS, position, "");
                events.accept(new ParseEvent.Repaired(diagnostic));
            }
            return true;
        }
    }
}
