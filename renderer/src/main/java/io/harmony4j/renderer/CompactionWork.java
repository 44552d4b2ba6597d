package io.harmony4j.renderer;

import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Role;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One conversation that a {@link Compactor} makes fit. Its size is the sum of its messages' sizes, since each is rendered by itself; a message is
 * rendered once, and again only if it changes.
 */
final class CompactionWork {
    /** {@code <|start|>assistant}, with which a prompt ends. */
    private static final int NEXT_MESSAGE_TOKENS = 2;

    private static final int UNKNOWN = -1;

    private final Conversation whole;
    private final Compactor compactor;
    private final HarmonyRenderer renderer;
    private final ResultShortener shortener;

    /** The messages as they are now; those that are left out stay in their place. */
    private final List<Message> messages;

    private final boolean[] isThere; // [messages]

    /** How many tokens each message has; {@link #UNKNOWN} until somebody asks. */
    private final int[] sizes; // [messages]

    private final List<Compaction.Step> steps = new ArrayList<>();

    /** Where the turn at work begins. */
    private final int current;

    /** The first turn, if it is to stay: from its first message to the next turn's. */
    private final int protectedFrom;

    private final int protectedTo;

    /** What stands in the place of turns; null if nothing does. */
    private @Nullable Message summary;

    private int summarySize;

    /** The message before which the summary stands. */
    private int summaryPlace;

    /** The indices of the messages that are left. */
    private int[] left;

    /** Which of the messages that are left are not in the prompt. */
    private BitSet dropped;

    /** How many tokens the prompt has. */
    private int size;

    CompactionWork(Conversation conversation, Compactor compactor) {
        this.whole = conversation;
        this.compactor = compactor;
        this.messages = new ArrayList<>(conversation.messages());
        this.renderer = compactor.renderer(messages);
        this.shortener = compactor.shortener();
        this.isThere = new boolean[messages.size()];
        Arrays.fill(isThere, true);
        this.sizes = new int[messages.size()];
        Arrays.fill(sizes, UNKNOWN);
        this.current = Turns.last(messages);
        int first = Turns.next(messages, 0);
        this.protectedFrom = first;
        this.protectedTo = compactor.protectsFirstTurn() ? Turns.next(messages, first + 1) : first;
        this.left = IntStream.range(0, messages.size()).toArray();
        this.dropped = dropped();
        this.size = promptSize();
    }

    Compaction run() {
        int before = size;
        int pinned = NEXT_MESSAGE_TOKENS
                + Arrays.stream(left)
                        .filter(i -> isPinned(i) && isInPrompt(i))
                        .map(this::size)
                        .sum();
        if (before > compactor.budget()) {
            shortenEarlierTurns(compactor.target());
            shortenTurnAtWork(compactor.budget());
        }
        return new Compaction(
                steps.isEmpty() ? whole : new Conversation(now()),
                compactor.budget(),
                pinned,
                before,
                size,
                Arrays.stream(left).boxed().toList(),
                summary == null ? OptionalInt.empty() : OptionalInt.of(summaryIndex()),
                steps);
    }

    private void shortenEarlierTurns(int target) {
        for (int i = 0; i < current && size > target; i++) {
            if (!isProtected(i) && isThought(i) && isInPrompt(i)) {
                leaveOut(Compaction.Kind.ANALYSIS, List.of(i));
            }
        }
        for (int i = 0; i < current && size > target; i++) {
            if (!isProtected(i) && isThere[i]) {
                shortenResult(i);
            }
        }
        Summariser summariser = compactor.summariser();
        if (summariser != null) {
            summarise(summariser, target);
            return;
        }
        for (int begin = 0; begin < current && size > target; begin = Turns.next(messages, begin + 1)) {
            leaveOut(Compaction.Kind.TURN, restOfTurn(begin));
        }
    }

    private void shortenTurnAtWork(int budget) {
        List<Integer> results = IntStream.range(current, messages.size())
                .filter(this::isResult)
                .boxed()
                .toList();
        for (int i = 0; i < results.size() - compactor.keptResults() && size > budget; i++) {
            shortenResult(results.get(i));
        }
        int lastResult = results.isEmpty() ? current : results.get(results.size() - 1);
        for (int i = current; i < lastResult && size > budget; i++) {
            if (isThought(i) && isInPrompt(i)) {
                leaveOut(Compaction.Kind.ANALYSIS, List.of(i));
            }
        }
    }

    /** Puts a summary in the place of as many turns as need be, of which there are more if the summary is long. */
    private void summarise(Summariser summariser, int target) {
        int before = size;
        List<Integer> stretch = new ArrayList<>();
        for (int begin = 0; begin < current && size > target; ) {
            while (begin < current && size > target) {
                List<Integer> turn = restOfTurn(begin);
                stretch.addAll(turn);
                remove(turn);
                begin = Turns.next(messages, begin + 1);
            }
            if (!stretch.isEmpty()) {
                put(summary(summariser, stretch), stretch.get(0));
            }
        }
        if (!stretch.isEmpty()) {
            steps.add(new Compaction.Step(Compaction.Kind.SUMMARY, stretch, before - size));
        }
    }

    private Message summary(Summariser summariser, List<Integer> stretch) {
        Message message =
                summariser.summarise(stretch.stream().map(whole.messages()::get).toList());
        Role role = message.author().role();
        if (role != Role.USER && role != Role.DEVELOPER) {
            throw new IllegalArgumentException("expected a summary by the user or the developer but found one by the "
                    + role.wireName() + "; make it with Message.user(text)");
        }
        if (AnalysisPolicy.isAnalysis(message)) {
            throw new IllegalArgumentException(
                    "expected a summary without a channel but found one on analysis, which prompts may leave out");
        }
        return message;
    }

    private void put(Message newSummary, int place) {
        summary = newSummary;
        summarySize = renderer.render(newSummary).length;
        summaryPlace = place;
        measure();
    }

    /** Shortens a result, if that makes it shorter. */
    private void shortenResult(int index) {
        if (!isResult(index)) {
            return;
        }
        Message result = messages.get(index);
        String text = result.text();
        String shortened = shortener.shorten(text);
        if (shortened.equals(text)) {
            return;
        }
        Message shorter = new Message(
                result.author(),
                result.recipient(),
                List.of(new Content.Text(shortened)),
                result.channel(),
                result.contentType());
        int saved = size(index) - renderer.render(shorter).length;
        if (saved > 0) {
            messages.set(index, shorter);
            sizes[index] -= saved;
            int savedInPrompt = isInPrompt(index) ? saved : 0;
            size -= savedInPrompt;
            steps.add(new Compaction.Step(Compaction.Kind.RESULT, List.of(index), savedInPrompt));
        }
    }

    private void leaveOut(Compaction.Kind kind, List<Integer> indices) {
        if (!indices.isEmpty()) {
            int before = size;
            remove(indices);
            steps.add(new Compaction.Step(kind, indices, before - size));
        }
    }

    private void remove(List<Integer> indices) {
        indices.forEach(index -> isThere[index] = false);
        left = Arrays.stream(left).filter(i -> isThere[i]).toArray();
        measure();
    }

    /** Asks anew what is in the prompt: without a message, other thoughts may be there. */
    private void measure() {
        dropped = dropped();
        size = promptSize();
    }

    private BitSet dropped() {
        BitSet indices = new BitSet();
        for (int index : compactor.dropped(now())) {
            if (summary == null || index < summaryIndex()) {
                indices.set(left[index]);
            } else if (index > summaryIndex()) {
                indices.set(left[index - 1]);
            }
        }
        return indices;
    }

    private int promptSize() {
        return NEXT_MESSAGE_TOKENS
                + summarySize
                + Arrays.stream(left).filter(this::isInPrompt).map(this::size).sum();
    }

    /** Returns the messages that are left, and the summary; a view. */
    private List<Message> now() {
        int[] indices = left;
        Message inserted = summary;
        int at = inserted == null ? indices.length : summaryIndex();
        return new AbstractList<>() {
            @Override
            public int size() {
                return inserted == null ? indices.length : indices.length + 1;
            }

            @Override
            public Message get(int index) {
                if (inserted != null && index == at) {
                    return inserted;
                }
                return messages.get(indices[index > at ? index - 1 : index]);
            }
        };
    }

    /** Returns the index of the summary among what is left. */
    private int summaryIndex() {
        int place = Arrays.binarySearch(left, summaryPlace);
        return place < 0 ? -place - 1 : place;
    }

    /** Returns what is left of a turn and may go with it. */
    private List<Integer> restOfTurn(int begin) {
        return IntStream.range(begin, Turns.next(messages, begin + 1))
                .filter(i -> isThere[i] && !isPinned(i) && !isProtected(i))
                .boxed()
                .toList();
    }

    private int size(int index) {
        if (sizes[index] == UNKNOWN) {
            sizes[index] = renderer.render(messages.get(index)).length;
        }
        return sizes[index];
    }

    private boolean isInPrompt(int index) {
        return isThere[index] && !dropped.get(index);
    }

    private boolean isThought(int index) {
        Message message = messages.get(index);
        return AnalysisPolicy.isAnalysis(message) && AnalysisPolicy.isAssistants(message) && !message.isToolCall();
    }

    private boolean isResult(int index) {
        return messages.get(index).author().role() == Role.TOOL;
    }

    private boolean isPinned(int index) {
        Role role = messages.get(index).author().role();
        return role == Role.SYSTEM || role == Role.DEVELOPER;
    }

    private boolean isProtected(int index) {
        return index >= protectedFrom && index < protectedTo;
    }
}
