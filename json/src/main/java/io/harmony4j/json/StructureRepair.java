package io.harmony4j.json;

import io.harmony4j.json.JsonRepair.Change;
import io.harmony4j.json.JsonRepair.Change.Kind;
import java.util.List;

/**
 * The work of {@link JsonRepair} on brackets, commas and colons; {@link TokenRepair} does that on what stands between them.
 * What is open is kept in {@code brackets}, so that nothing is recursive. Belongs to one text.
 */
final class StructureRepair {
    /** As deep as Jackson reads. */
    private static final int MAX_DEPTH = 1000;

    private static final String FENCE = "```";

    /** What may come next. */
    private enum State {
        ROOT,
        FIRST_NAME,
        NEXT_NAME,
        COLON,
        FIELD_VALUE,
        FIRST_ITEM,
        NEXT_ITEM,
        /** A comma or a closing bracket. */
        AFTER_MEMBER,
        /** Nothing, after a closing bracket. */
        DONE,
        /** Nothing, after a value without brackets. */
        AFTER_SCALAR,
        BROKEN
    }

    private final RepairedText text;
    private final TokenRepair tokens;

    /** The brackets that are open, from the outside to the inside. */
    private final StringBuilder brackets = new StringBuilder();

    /** How many of them are braces. */
    private int braces;

    private State state = State.ROOT;

    /** Where the field or item being read begins, its comma included: in the text, and in the copy. */
    private int memberStart;

    private int memberOut;

    StructureRepair(String text) {
        this.text = new RepairedText(text);
        this.tokens = new TokenRepair(this.text);
    }

    JsonRepair.Result repair() {
        skipFences();
        text.copySpace();
        while (!text.isAtEnd() && state != State.BROKEN) {
            state = next(text.next());
            if (state != State.BROKEN) {
                text.copySpace();
            }
        }
        finish();
        if (state == State.BROKEN) {
            int at = text.at;
            String found = text.text.substring(at, Math.min(at + 1, text.end));
            return new JsonRepair.Result(text.text, List.of(new Change(Kind.NOT_REPAIRED, at, found)));
        }
        return new JsonRepair.Result(text.out.toString(), text.changes());
    }

    /** Begins after the opening fence and ends before the closing one, so that what is cut off is cut off there. */
    private void skipFences() {
        text.copySpace();
        if (!text.text.startsWith(FENCE, text.at)) {
            return;
        }
        int to = text.at + FENCE.length();
        while (to < text.end && Character.isLetterOrDigit(text.text.charAt(to))) {
            to++;
        }
        text.replaceTo(to, "", Kind.CODE_FENCE);
        int close = text.end;
        while (close > to && RepairedText.isSpace(text.text.charAt(close - 1))) {
            close--;
        }
        close -= FENCE.length();
        if (close >= to && text.text.startsWith(FENCE, close)) {
            text.end = close;
        }
    }

    private State next(char c) {
        return switch (state) {
            case ROOT, FIELD_VALUE, FIRST_ITEM, NEXT_ITEM -> value(c);
            case FIRST_NAME, NEXT_NAME -> name(c);
            case COLON -> colon(c);
            case AFTER_MEMBER -> afterMember(c);
            case DONE -> surplus(text.end);
            case AFTER_SCALAR, BROKEN -> State.BROKEN;
        };
    }

    private State value(char c) {
        return switch (c) {
            case '{', '[' -> open(c);
            case '}', ']' -> state == State.FIRST_ITEM || state == State.NEXT_ITEM ? close(c) : State.BROKEN;
            default -> after(tokens.value(isInside()), isInside() ? State.AFTER_MEMBER : State.AFTER_SCALAR);
        };
    }

    private State name(char c) {
        return c == '}' || c == ']' ? close(c) : after(tokens.name(), State.COLON);
    }

    private State colon(char c) {
        if (c != ':') {
            return State.BROKEN;
        }
        text.copyTo(text.at + 1);
        return State.FIELD_VALUE;
    }

    private State afterMember(char c) {
        if (c == ',') {
            memberStart = text.at;
            memberOut = text.out.length();
            text.copyTo(text.at + 1);
            return innermost() == '{' ? State.NEXT_NAME : State.NEXT_ITEM;
        }
        return c == '}' || c == ']' ? close(c) : State.BROKEN;
    }

    private State after(TokenRepair.Outcome outcome, State next) {
        return switch (outcome) {
            case COPIED -> next;
            case CUT_OFF -> cutOffMember();
            case BROKEN -> State.BROKEN;
        };
    }

    private State open(char bracket) {
        if (brackets.length() == MAX_DEPTH) {
            return State.BROKEN;
        }
        brackets.append(bracket);
        braces += bracket == '{' ? 1 : 0;
        text.copyTo(text.at + 1);
        memberStart = text.at;
        memberOut = text.out.length();
        return bracket == '{' ? State.FIRST_NAME : State.FIRST_ITEM;
    }

    private State close(char bracket) {
        char opening = bracket == '}' ? '{' : '[';
        int open = opening == '{' ? braces : brackets.length() - braces;
        if (open == 0) {
            return surplus(text.at + 1);
        }
        if (state == State.NEXT_NAME || state == State.NEXT_ITEM) {
            text.out.deleteCharAt(memberOut);
            text.report(Kind.TRAILING_COMMA, memberStart, ",");
        }
        while (innermost() != opening) {
            String missing = closeInnermost();
            text.out.append(missing);
            text.report(Kind.UNCLOSED, text.at, missing);
        }
        closeInnermost();
        text.copyTo(text.at + 1);
        return isInside() ? State.AFTER_MEMBER : State.DONE;
    }

    private boolean isInside() {
        return !brackets.isEmpty();
    }

    private char innermost() {
        return brackets.charAt(brackets.length() - 1);
    }

    /** Forgets the innermost bracket and returns its counterpart. */
    private String closeInnermost() {
        boolean isBrace = innermost() == '{';
        brackets.setLength(brackets.length() - 1);
        braces -= isBrace ? 1 : 0;
        return isBrace ? "}" : "]";
    }

    private State surplus(int to) {
        text.replaceTo(to, "", Kind.SURPLUS);
        return state;
    }

    private State cutOffMember() {
        if (!isInside()) {
            return State.BROKEN;
        }
        text.cutOff(memberStart, memberOut);
        return State.AFTER_MEMBER;
    }

    private void finish() {
        state = switch (state) {
            case ROOT -> empty();
            case NEXT_NAME, COLON, FIELD_VALUE, NEXT_ITEM -> cutOffMember();
            case FIRST_NAME, FIRST_ITEM, AFTER_MEMBER, DONE, AFTER_SCALAR, BROKEN -> state;
        };
        StringBuilder missing = new StringBuilder(tokens.completion());
        while (state != State.BROKEN && isInside()) {
            missing.append(closeInnermost());
        }
        if (!missing.isEmpty()) {
            text.out.append(missing);
            text.report(Kind.UNFINISHED, text.end, missing.toString());
        }
        if (text.end < text.text.length()) {
            text.report(Kind.CODE_FENCE, text.end, FENCE);
        }
    }

    private State empty() {
        text.replaceTo(text.end, "{}", Kind.EMPTY);
        return State.DONE;
    }
}
