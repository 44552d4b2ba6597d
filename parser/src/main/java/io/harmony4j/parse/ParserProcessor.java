package io.harmony4j.parse;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A {@link StreamParser} between a publisher of token ids and a subscriber to what they bring.
 *
 * <pre>{@code
 * StreamParser parser = StreamParser.create(Tokenizer.o200kHarmony(), ParseOptions.forRole(Role.ASSISTANT));
 * ParserProcessor events = ParserProcessor.of(parser);
 * events.subscribe(subscriber);     // Flow.Subscriber<ParseEvent>
 * tokens.subscribe(events);         // Flow.Publisher<Integer>, for example a SubmissionPublisher
 * }</pre>
 *
 * <p>It asks for a token only when the subscriber wants an event and none is there, and for one at a time; so it never holds
 * more than the events of one token. The end of the tokens is the end of the stream: what {@link StreamParser#finish} brings
 * comes before {@code onComplete}. {@code onError} comes if the publisher fails, if a parser in STRICT mode throws its
 * {@link HarmonyFormatException}, or if the subscriber asks for less than one event; it overtakes events that have not been
 * asked for. Whenever the subscriber is done before the publisher is, the tokens' subscription is cancelled.
 *
 * <p>It has one publisher, one subscriber and one stream; further subscribers get an {@link IllegalStateException}. The parser
 * belongs to it until the stream is over. It has no threads of its own: signals to the subscriber come from the thread of a
 * signal to this processor, never two at a time. All methods may be called from any thread.
 */
public final class ParserProcessor implements Flow.Processor<Integer, ParseEvent> {
    private final StreamParser parser;

    /** What the last token brought and the subscriber has not got yet. */
    private final Queue<ParseEvent> events = new ArrayDeque<>();

    private final AtomicReference<Flow.@Nullable Subscriber<? super ParseEvent>> subscriber = new AtomicReference<>();
    private final AtomicReference<Flow.@Nullable Subscription> tokens = new AtomicReference<>();

    /** The token that was asked for, between its coming and its being read. */
    private final AtomicReference<@Nullable Integer> token = new AtomicReference<>();

    /** How many events the subscriber wants. */
    private final AtomicLong demand = new AtomicLong();

    /** How many signals have come since {@link #serve} began; whoever makes it 1 serves them all. */
    private final AtomicInteger signals = new AtomicInteger();

    private volatile boolean isLastToken;
    private volatile @Nullable Throwable failure;

    /** Whether the subscriber gets nothing more. */
    private volatile boolean isOver;

    // Only used by who serves.
    private boolean isSubscribed;
    private boolean isAsked;
    private boolean isFinished;

    private ParserProcessor(StreamParser parser) {
        this.parser = requireNonNull(parser, "parser");
    }

    /** Returns a processor for the stream that the parser is to read. */
    public static ParserProcessor of(StreamParser parser) {
        return new ParserProcessor(parser);
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ParseEvent> newSubscriber) {
        requireNonNull(newSubscriber, "subscriber");
        if (subscriber.compareAndSet(null, newSubscriber)) {
            serve();
        } else {
            newSubscriber.onSubscribe(new Refused());
            newSubscriber.onError(new IllegalStateException(
                    "expected one subscriber but found a second; a ParserProcessor is for one stream"));
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        requireNonNull(subscription, "subscription");
        if (tokens.compareAndSet(null, subscription)) {
            serve();
        } else {
            subscription.cancel();
        }
    }

    @Override
    public void onNext(Integer newToken) {
        requireNonNull(newToken, "token");
        if (!token.compareAndSet(null, newToken)) {
            failure = new IllegalStateException(
                    "expected the one token that was asked for but found a second, " + newToken);
        }
        serve();
    }

    @Override
    public void onError(Throwable error) {
        failure = requireNonNull(error, "error");
        serve();
    }

    @Override
    public void onComplete() {
        isLastToken = true;
        serve();
    }

    /** Does what there is to do, unless another call is doing it; then that one goes on. */
    private void serve() {
        if (signals.getAndIncrement() > 0) {
            return;
        }
        int served = 1;
        while (served > 0) {
            boolean goesOn = true;
            while (goesOn) {
                goesOn = step();
            }
            served = signals.addAndGet(-served);
        }
    }

    /** Does the next thing, and returns whether there may be more to do. */
    private boolean step() {
        Flow.Subscriber<? super ParseEvent> out = subscriber.get();
        if (isOver) {
            events.clear();
            cancelTokens();
            return false;
        }
        if (out == null) {
            return false;
        }
        if (!isSubscribed || (!events.isEmpty() && demand.get() > 0)) {
            tell(out);
            return true;
        }
        // in this order: the last token comes before the end, or before the error
        Throwable error = failure;
        boolean isEnd = isLastToken;
        Integer next = events.isEmpty() ? token.getAndSet(null) : null;
        if (next != null) {
            isAsked = false;
            read(to -> parser.accept(next, to));
        } else if (error != null) {
            isOver = true;
            out.onError(error);
        } else if (!events.isEmpty()) {
            return false;
        } else if (isFinished) {
            isOver = true;
            out.onComplete();
        } else if (isEnd) {
            isFinished = true;
            read(parser::finish);
        } else {
            return ask();
        }
        return true;
    }

    private void tell(Flow.Subscriber<? super ParseEvent> out) {
        try {
            if (isSubscribed) {
                demand.decrementAndGet();
                out.onNext(events.remove());
            } else {
                isSubscribed = true;
                out.onSubscribe(new Demand());
            }
        } catch (Throwable e) {
            // a subscriber must not throw; as with SubmissionPublisher it gets nothing more
            isOver = true;
            cancelTokens();
            throw e;
        }
    }

    private void read(Consumer<Consumer<ParseEvent>> parsing) {
        try {
            parsing.accept(events::add);
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private boolean ask() {
        Flow.Subscription publisher = tokens.get();
        if (publisher == null || isAsked || demand.get() == 0) {
            return false;
        }
        isAsked = true;
        publisher.request(1);
        return true;
    }

    private void cancelTokens() {
        Flow.Subscription publisher = tokens.get();
        if (publisher != null) {
            publisher.cancel();
        }
    }

    /** What the subscriber does. */
    private final class Demand implements Flow.Subscription {
        @Override
        public void request(long n) {
            if (n > 0) {
                demand.accumulateAndGet(n, (a, b) -> a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b);
            } else {
                failure = new IllegalArgumentException("expected a request for at least 1 event but found " + n);
            }
            serve();
        }

        @Override
        public void cancel() {
            isOver = true;
            serve();
        }
    }

    /** What a further subscriber may do: nothing. */
    private static final class Refused implements Flow.Subscription {
        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    }
}
