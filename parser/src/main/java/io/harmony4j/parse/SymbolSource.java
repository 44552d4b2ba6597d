package io.harmony4j.parse;

import io.harmony4j.SpecialToken;

/** What feeds the machine: tokens or text. */
interface SymbolSource {
    /** Returns what is being read now, for an error message: its text and, for a token, its id. */
    String describe();

    /** Returns how this source writes a special token: as its literal, and with its id if it reads ids. */
    String name(SpecialToken token);

    /** Returns what positions count: {@code token} or {@code character}. */
    String unit();

    /** Returns text that was held back because it might have gone on, and forgets it. */
    String flush();
}
