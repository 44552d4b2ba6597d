package io.harmony4j.parser;

import io.harmony4j.SpecialToken;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.parser.Diagnostic.Code;

/**
 * Puts control tokens back that a stream lacks, before {@link MessageMachine} reads it. Models leave some out, and some runtimes
 * take a few or all out of the text: {@code analysisLet me see.assistantfinalHello}. STRICT streams pass as they are.
 *
 * <ul>
 *   <li>Where a message may begin, words of a header that text follows are its header. Text that begins with no such word is a
 *       message without a header, and is passed on at once.
 *   <li>At the end of a content, words of a header directly before a marker begin the next header.
 *   <li>Within a content, {@code assistant} and a channel begin the next message, if the stream is stripped or this message's own
 *       header had no markers.
 * </ul>
 *
 * <p>What may be such words is held back until more text shows it, but never more than {@link #MAX_HELD}. What is found does not
 * depend on how the stream is cut. Belongs to one stream.
 */
final class MissingMarkers {
    /** How much text is held back at most, in UTF-16 code units: more than the words of a header need. */
    static final int MAX_HELD = 500;

    /** What a sentence before {@code assistant} ends with, where a space follows that word. */
    private static final String SENTENCE_ENDS = ".!?:;)]}\"'`*\u2026\u201d";

    private final ParseOptions options;
    private final boolean isStrict;
    private final MessageMachine machine;
    private final ToolNames tools;
    private String held = "";

    /** Whether what the prompt ends with has been read. */
    private boolean isPrefilled;

    /** Whether what is held back had bytes in it that are not UTF-8. */
    private boolean isHeldMalformed;

    /** Whether the header being read, or that of the content being read, has words without their markers. */
    private boolean isUnmarked;

    /** Whether the content being read has no header, so that any marker begins one. */
    private boolean isHeaderless;

    /** The first and the last character of the content that are not white space; 0 before there is one. */
    private char firstSign;

    private char lastSign;

    MissingMarkers(ParseOptions options, MessageMachine machine) {
        this.options = options;
        this.isStrict = options.isStrict();
        this.machine = machine;
        this.tools = machine.tools();
    }

    /** Reads what the prompt ends with, once. */
    void prefill() {
        if (!isPrefilled) {
            isPrefilled = true;
            TextSource prompt = new TextSource(options);
            prompt.read(options.prefill(), this);
            prompt.finish(this);
            machine.beginStream();
        }
    }

    ParserState state() {
        return machine.state();
    }

    /** Goes on to the next symbol. */
    void advance(int symbols) {
        machine.advance(symbols);
    }

    /** Reads text. */
    void text(String more) {
        if (isPassing()) {
            machine.text(more);
        } else if (!more.isEmpty()) {
            releaseBefore(more);
            String text = held.isEmpty() ? more : held + more;
            held = read(text, false, false);
        }
    }

    /** Reads the text of a token in which no words can be a header's: the same, and faster where most of it comes. */
    void plainText(String more, int token) {
        releaseBefore(more);
        if (isPassing() || (held.isEmpty() && machine.state() == ParserState.CONTENT && !mayEndWithin())) {
            machine.plainText(more, token);
        } else {
            text(more);
        }
    }

    /**
     * Reads the text of a token that is a space and the beginning of a word of a header: the same as {@link #text}, and faster in a content,
     * where it waits for the next one.
     */
    void openingText(String more) {
        releaseBefore(more);
        boolean isHeld = !isPassing()
                && held.isEmpty()
                && machine.state() == ParserState.CONTENT
                && machine.isAssistants()
                && !mayEndWithin();
        if (isHeld) {
            held = more;
        } else {
            text(more);
        }
    }

    /** Reads a special token with a meaning. */
    void special(SpecialToken token) {
        if (isPassing()) {
            machine.special(token);
            return;
        }
        boolean isMarker =
                token == SpecialToken.CHANNEL || token == SpecialToken.CONSTRAIN || token == SpecialToken.MESSAGE;
        held = read(held, true, !isMarker);
        if (isMarker && machine.state() == ParserState.CONTENT && (isHeaderless || machine.isAssistants())) {
            beginHeaderBefore(token);
        }
        boolean wasContent = machine.state() == ParserState.CONTENT;
        machine.special(token);
        isUnmarked &= token == SpecialToken.CONSTRAIN;
        if (!wasContent || machine.state() != ParserState.CONTENT) {
            beginContent(false);
        }
    }

    /** Reads a token that has no meaning anywhere. */
    void meaningless(Code code, String text) {
        machine.meaningless(code, text);
    }

    /** Reads the token that ends a text. */
    void endOfText() {
        held = read(held, true, true);
        machine.endOfText();
    }

    /** Reads the end of the stream. */
    void finish() {
        held = read(held, true, true);
        machine.finish();
    }

    /** Says that the text read last had bytes in it that are not UTF-8. */
    void malformed() {
        if (held.isEmpty()) {
            machine.malformed();
        } else {
            isHeldMalformed = true;
        }
    }

    /** Passes on what is held back of a content if the next text shows at once that it is no word of a header. */
    private void releaseBefore(String more) {
        if (!held.isEmpty()
                && machine.state() == ParserState.CONTENT
                && !mayEndWithin()
                && UnmarkedHeader.isBrokenOff(held, more)) {
            machine.text(held);
            held = "";
        }
    }

    private boolean isPassing() {
        return isStrict || machine.isOver();
    }

    /** Returns whether words alone can end the content being read. */
    private boolean mayEndWithin() {
        return isUnmarked || options.isStripped();
    }

    /**
     * Reads text as far as it is certain what it is; returns the rest.
     *
     * @param isWhole whether no more text follows
     * @param isWholeContent whether, in a content, nothing at all follows that could show that a header begins
     */
    private String read(String text, boolean isWhole, boolean isWholeContent) {
        int at = 0;
        while (at < text.length()) {
            ParserState state = machine.state();
            int next = state == ParserState.CONTENT ? content(text, at, isWholeContent) : header(text, at, isWhole);
            if (next == at && machine.state() == state) {
                break;
            }
            at = next;
        }
        return text.substring(at);
    }

    /** Reads text of a header; returns where it goes on, which is where it began if more text is needed. */
    private int header(String text, int at, boolean isWhole) {
        int to = Math.min(text.length(), at + MAX_HELD);
        if (machine.isAtHeaderBegin()) {
            return at + begin(text.substring(at, to), isWhole || to == at + MAX_HELD);
        }
        if (isUnmarked) {
            return at + contentType(text.substring(at, to), isWhole || to == at + MAX_HELD);
        }
        int length = Surrogates.cut(text, at, machine.headerRoom());
        if (length == 0) {
            machine.endLongHeader();
            return at;
        }
        return at + pass(text.substring(at, at + length));
    }

    /** Passes text of a header on; returns its length. */
    private int pass(String text) {
        machine.text(text);
        if (isHeldMalformed) {
            machine.malformed();
            isHeldMalformed = false;
        }
        return text.length();
    }

    /** Reads text where a message may begin; returns how much of it. */
    private int begin(String text, boolean isWhole) {
        if (text.equals(FormatWords.ASSISTANT)) { // as almost always
            return isWhole ? pass(text) : 0;
        }
        int begin = Whitespace.skip(text, 0);
        UnmarkedHeader words = new UnmarkedHeader(text, begin, text.length());
        if (words.isOpen() && !isWhole) {
            return 0;
        }
        if (isHeader(words, text)) {
            restore(words);
            return words.end();
        }
        if (words.isAll()) {
            isUnmarked = words.hasAddress();
            pass(words.toString());
            return text.length();
        }
        return words(text, isWhole);
    }

    /** Reads the words of a header that has no text yet, or of a message without a header. */
    private int words(String text, boolean isWhole) {
        boolean isFirst = true;
        int at = Whitespace.skip(text, 0);
        while (at < text.length()) {
            int end = Whitespace.find(text, FormatWords.nameBegin(text, at));
            String word = text.substring(at, end);
            boolean mayGoOn = end == text.length() && !isWhole;
            boolean mayBeRole = isFirst && (machine.hasStart() || machine.mayNameRole(word, mayGoOn));
            boolean isWord =
                    mayBeRole || FormatWords.mayBeAddress(text, at) || (mayGoOn ? mayBecomeWord(word) : isWord(word));
            if (!isWord) {
                return beginText(text);
            }
            isFirst = false;
            at = Whitespace.skip(text, end);
        }
        if (!isWhole) {
            return 0;
        }
        return pass(text);
    }

    private boolean isWord(String word) {
        return FormatWords.isHeaderWord(word) || tools.isTool(word);
    }

    private boolean mayBecomeWord(String word) {
        return FormatWords.mayBecomeHeaderWord(word) || tools.mayBecomeTool(word);
    }

    /** Begins a message without a header, apart from a role; returns where its content begins. */
    private int beginText(String text) {
        int roleEnd = machine.roleEnd(text);
        if (roleEnd > 0) {
            pass(text.substring(0, roleEnd));
        }
        if (machine.state() != ParserState.CONTENT) { // as after a role that is longer than a header may be
            machine.beginText();
        }
        beginContent(true);
        return Whitespace.skip(text, roleEnd);
    }

    /** Returns whether words that text follows are a header, and not the text's own. */
    private boolean isHeader(UnmarkedHeader words, String text) {
        if (words.end() == text.length()) {
            return false;
        }
        if (words.hasAddress()) {
            return options.isStripped() || FormatWords.isOpening(text, words.end());
        }
        return words.hasType() || words.isGlued() || (words.hasChannel() && beginsContent(words));
    }

    /** Returns whether what follows a channel is a content: after a message most is, at the beginning only what is glued to it. */
    private boolean beginsContent(UnmarkedHeader words) {
        if (options.isStripped()) {
            return words.isBeforeContent() || (words.isFollowedDirectly() && !words.isLongerWord());
        }
        boolean isGuess = machine.state() == ParserState.HEADER && !words.hasRole();
        return words.isBeforeContent() && (!isGuess || words.isGluedToWord());
    }

    /** Gives the machine a header with its markers. */
    private void restore(UnmarkedHeader words) {
        if (!options.isStripped()) {
            machine.report(Code.MISSING_MARKERS, words.toString());
        }
        if (machine.state() == ParserState.EXPECT_START) {
            machine.special(SpecialToken.START);
            pass(FormatWords.ASSISTANT);
        } else if (words.hasRole()) {
            pass(FormatWords.ASSISTANT);
        }
        String name = words.recipient();
        String glued = words.hasChannel() || tools.isDeclared(name) ? "" : words.gluedChannel();
        name = tools.separated(name.substring(0, name.length() - glued.length()));
        String channel = words.channel() + glued;
        if (!channel.isEmpty()) {
            machine.special(SpecialToken.CHANNEL);
            pass(channel);
        }
        pass((name.isEmpty() ? "" : ' ' + FormatWords.TO + name) + ' ' + words.type());
        machine.special(SpecialToken.MESSAGE);
        isUnmarked = true;
        beginContent(false);
    }

    /** Reads the content type after its marker, in a header without other markers: JSON ends it. */
    private int contentType(String text, boolean isWhole) {
        int end = Whitespace.skip(text, 0);
        while (end < text.length() && Character.isLetter(text.charAt(end))) {
            end++;
        }
        int next = Whitespace.skip(text, end);
        if (next == text.length() && !isWhole) {
            return 0;
        }
        boolean isJson = FormatWords.isOpening(text, next);
        pass(text.substring(0, isJson ? end : text.length()));
        isUnmarked = isJson;
        if (!isJson) {
            return text.length();
        }
        machine.special(SpecialToken.MESSAGE);
        beginContent(false);
        return next;
    }

    private void beginContent(boolean withoutHeader) {
        isHeaderless = withoutHeader;
        firstSign = 0;
        lastSign = 0;
    }

    /** Reads content; returns where it goes on. */
    private int content(String text, int at, boolean isWhole) {
        if (!machine.isAssistants()) {
            machine.text(text.substring(at));
            return text.length();
        }
        int shown = at;
        for (int i = nextWords(text, at); i < text.length(); i = nextWords(text, i + 1)) {
            if (!isWhole && UnmarkedHeader.isCut(text, i)) {
                return hold(text, shown, i);
            }
            int to = Math.min(text.length(), i + MAX_HELD);
            UnmarkedHeader words = new UnmarkedHeader(text, i, to);
            if (words.hasRole() && mayEndWithin()) {
                show(text, shown, i);
                shown = i;
                if (isBoundary(words)) {
                    machine.special(SpecialToken.END);
                    isUnmarked = false;
                    return i;
                }
            }
            if (words.isOpen() && !isWhole && to < i + MAX_HELD) {
                return hold(text, shown, i);
            }
        }
        show(text, shown, text.length());
        return text.length();
    }

    /** Passes on a content up to words that may be a header's, and the space before them; returns where that is. */
    private int hold(String text, int shown, int words) {
        int from = words > shown && Whitespace.is(text.charAt(words - 1)) ? words - 1 : words;
        show(text, shown, from);
        return from;
    }

    /** Returns the index of the next words in a content that may be a header's, or the length. */
    private int nextWords(String text, int from) {
        return UnmarkedHeader.next(text, from, machine.lastOfContent(), mayEndWithin());
    }

    private void show(String text, int from, int to) {
        if (mayEndWithin()) {
            int end = Whitespace.skipBack(text, to);
            if (end > from) {
                int begin = Whitespace.skip(text, from);
                firstSign = firstSign == 0 ? text.charAt(begin) : firstSign;
                lastSign = text.charAt(end - 1);
            }
        }
        if (to > from) {
            machine.text(text.substring(from, to));
        }
    }

    /** Returns whether words that begin with {@code assistant} are the next message's header, and not this content's own. */
    private boolean isBoundary(UnmarkedHeader words) {
        boolean isJson = !machine.isReasoning() && (firstSign == '{' || firstSign == '[');
        if (isJson && lastSign != '}' && lastSign != ']') {
            return false;
        }
        boolean isAfterSentence = lastSign == 0 || SENTENCE_ENDS.indexOf(lastSign) >= 0;
        return words.isGlued()
                || words.hasAddress()
                || (isAfterSentence && words.hasChannel() && !words.isOpen() && beginsContent(words));
    }

    /** Before a marker in a content: begins the header that the marker belongs to, if it is not one that means nothing there. */
    private void beginHeaderBefore(SpecialToken marker) {
        UnmarkedHeader words = new UnmarkedHeader(held, Whitespace.skip(held, 0), held.length());
        boolean isCall = words.hasAddress() && tools.isMeant(words.recipient());
        boolean isHeader = words.isAll()
                && switch (marker) {
                    case MESSAGE -> isCall || (words.hasRole() && words.hasChannel());
                    case CHANNEL -> isCall || words.hasRole();
                    default -> isCall;
                };
        if (!isHeader && !isHeaderless) {
            held = read(held, true, true);
            return;
        }
        if (words.isAll()) {
            show(held, 0, Whitespace.skip(held, 0));
        } else {
            held = read(held, true, true);
        }
        String header = words.isAll() ? words.withRole() : machine.author();
        machine.special(SpecialToken.START);
        machine.text(header);
        held = "";
        isUnmarked = isCall;
    }

    JsonObject save() {
        return JsonObject.builder()
                .put("held", Snapshot.text(held))
                .put("isPrefilled", isPrefilled)
                .put("isHeldMalformed", isHeldMalformed)
                .put("isUnmarked", isUnmarked)
                .put("isHeaderless", isHeaderless)
                .put("firstSign", firstSign)
                .put("lastSign", lastSign)
                .build();
    }

    void restore(JsonValue from) {
        held = Snapshot.text(from.get("held"));
        isPrefilled = from.get("isPrefilled").booleanValue();
        isHeldMalformed = from.get("isHeldMalformed").booleanValue();
        isUnmarked = from.get("isUnmarked").booleanValue();
        isHeaderless = from.get("isHeaderless").booleanValue();
        firstSign = (char) from.get("firstSign").intValue();
        lastSign = (char) from.get("lastSign").intValue();
    }
}
