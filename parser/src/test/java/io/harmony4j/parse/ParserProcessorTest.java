package io.harmony4j.parse;

import static io.harmony4j.parse.TokenStreams.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.harmony4j.Role;
import io.harmony4j.parse.ParseEvent.Ending;
import io.harmony4j.parse.ParseEvent.MessageEnded;
import io.harmony4j.parse.ParseEvent.MessageStarted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD) // SubmissionPublisher.submit cannot be interrupted
class ParserProcessorTest {
    private static final ParseOptions RECOVER = ParseOptions.DEFAULT;
    private static final int[] STREAM = tokens("<|start|>assistant<|channel|>analysis<|message|>I should think.<|end|>"
            + "<|start|>assistant<|channel|>final<|message|>Tokyo, \ud83e\udd84, and so on.");

    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    private static ParserProcessor processor(ParseOptions options) {
        return ParserProcessor.of(StreamParser.create(TokenStreams.TOKENIZER, options));
    }

    @Test
    void slowSubscriberGetsEveryEventInOrder() throws Exception {
        Collector slow = new Collector(1) {
            @Override
            public void onNext(ParseEvent event) {
                super.onNext(event);
                CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS, threads)
                        .execute(() -> subscription().request(1));
            }
        };
        ParserProcessor processor = processor(RECOVER);
        processor.subscribe(slow);
        try (SubmissionPublisher<Integer> publisher = new SubmissionPublisher<>(threads, 2)) {
            publisher.subscribe(processor);
            Arrays.stream(STREAM).forEach(publisher::submit);
        }
        assertThat(slow.done.get()).isEqualTo("complete");
        assertThat(slow.events).isEqualTo(TokenStreams.events(RECOVER, STREAM));
    }

    @Test
    void fastSubscriberGetsEveryEventInOrder() throws Exception {
        int[] tokens = new int[20_000];
        Arrays.setAll(tokens, i -> STREAM[i % STREAM.length]);
        Collector fast = new Collector(Long.MAX_VALUE);
        ParserProcessor processor = processor(RECOVER);
        processor.subscribe(fast);
        try (SubmissionPublisher<Integer> publisher = new SubmissionPublisher<>(threads, 16)) {
            publisher.subscribe(processor);
            Arrays.stream(tokens).forEach(publisher::submit);
        }
        assertThat(fast.done.get()).isEqualTo("complete");
        assertThat(fast.events).isEqualTo(TokenStreams.events(RECOVER, tokens));
    }

    @Test
    void endOfTokensEndsTheOpenMessage() {
        Collector collector = new Collector(Long.MAX_VALUE);
        new Tokens(tokens("<|start|>assistant<|message|>Hi")).to(processor(RECOVER), collector);
        assertThat(collector.events)
                .last()
                .isInstanceOfSatisfying(
                        MessageEnded.class, ended -> assertThat(ended.ending()).isEqualTo(Ending.END_OF_STREAM));
        assertThat(collector.done).isCompletedWithValue("complete");
    }

    @Test
    void streamWithoutTokensCompletesWithoutDemand() {
        Collector collector = new Collector(0);
        new Tokens().to(processor(RECOVER), collector);
        assertThat(collector.done).isCompletedWithValue("complete");
    }

    @Test
    void takesNoTokenThatNoEventIsWantedOf() {
        Tokens publisher = new Tokens(tokens("<|start|>assistant<|message|>One two three"));
        Collector collector = new Collector(0);
        publisher.to(processor(RECOVER), collector);
        assertThat(publisher.taken).isZero();
        collector.subscription().request(1);
        assertThat(collector.events).hasSize(1).first().isInstanceOf(MessageStarted.class);
        assertThat(publisher.taken).isEqualTo(3);
        collector.subscription().request(2);
        assertThat(collector.events).hasSize(3);
        assertThat(publisher.taken).isEqualTo(5);
        assertThat(publisher.mostAtOnce).isEqualTo(1);
    }

    @Test
    void manyTokensDoNotFillTheStack() {
        int[] tokens = new int[300_000];
        Arrays.fill(tokens, STREAM[0]);
        Collector collector = new Collector(Long.MAX_VALUE);
        new Tokens(tokens).to(processor(RECOVER), collector);
        assertThat(collector.done).isCompletedWithValue("complete");
    }

    @Test
    void errorOfThePublisherReachesTheSubscriber() throws Exception {
        Collector collector = new Collector(Long.MAX_VALUE);
        ParserProcessor processor = processor(RECOVER);
        try (SubmissionPublisher<Integer> publisher = new SubmissionPublisher<>(threads, 16)) {
            publisher.subscribe(processor);
            processor.subscribe(collector);
            publisher.closeExceptionally(new IllegalStateException("the model is gone"));
        }
        assertThat(collector.done.get()).isEqualTo("the model is gone");
    }

    @Test
    void eventsThatWereAskedForComeBeforeTheError() {
        Collector collector = new Collector(3);
        ParserProcessor processor = processor(RECOVER);
        processor.subscribe(collector);
        new Tokens(tokens("<|start|>assistant<|message|>One")) {
            @Override
            void end(Flow.Subscriber<? super Integer> subscriber) {
                subscriber.onError(new IllegalStateException("the model is gone"));
            }
        }.subscribe(processor);
        assertThat(collector.events).hasSize(2);
        assertThat(collector.done).isCompletedWithValue("the model is gone");
    }

    @Test
    void errorOfAStrictParserReachesTheSubscriberAndCancelsTheTokens() {
        Tokens publisher = new Tokens(tokens("<|start|>user<|message|>Hi<|end|><|end|><|start|>user"));
        Collector collector = new Collector(Long.MAX_VALUE);
        publisher.to(processor(RECOVER.strict()), collector);
        assertThat(collector.done)
                .isCompletedWithValue("expected <|start|> (200006) but found <|end|> (200007) at token 5");
        assertThat(collector.events).hasSize(3);
        assertThat(publisher.isCancelled).isTrue();
        assertThat(publisher.taken).isEqualTo(6);
    }

    @Test
    void endWithinAHeaderIsAnErrorOfAStrictParser() {
        Collector collector = new Collector(0);
        new Tokens().to(processor(RECOVER.strict().withRole(Role.ASSISTANT)), collector);
        assertThat(collector.done.join()).contains("the end of the stream");
    }

    @Test
    void cancelReachesThePublisherEvenIfItComesLater() {
        Tokens publisher = new Tokens(STREAM);
        Collector collector = new Collector(2);
        publisher.to(processor(RECOVER), collector);
        collector.subscription().cancel();
        collector.subscription().request(5);
        assertThat(publisher.isCancelled).isTrue();
        assertThat(collector.events).hasSize(2);
        assertThat(collector.done).isNotDone();

        Tokens late = new Tokens(STREAM);
        ParserProcessor processor = processor(RECOVER);
        Collector other = new Collector(1);
        processor.subscribe(other);
        other.subscription().cancel();
        late.subscribe(processor);
        assertThat(late.isCancelled).isTrue();
        assertThat(late.taken).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void requestForLessThanOneEventIsAnError(long n) {
        Tokens publisher = new Tokens(STREAM);
        Collector collector = new Collector(1);
        publisher.to(processor(RECOVER), collector);
        collector.subscription().request(n);
        assertThat(collector.done).isCompletedWithValue("expected a request for at least 1 event but found " + n);
        assertThat(publisher.isCancelled).isTrue();
    }

    @Test
    void demandDoesNotOverflow() {
        Collector collector = new Collector(0);
        ParserProcessor processor = processor(RECOVER);
        processor.subscribe(collector);
        collector.subscription().request(Long.MAX_VALUE);
        collector.subscription().request(Long.MAX_VALUE);
        new Tokens(STREAM).subscribe(processor);
        assertThat(collector.done).isCompletedWithValue("complete");
    }

    @Test
    void onePublisherAndOneSubscriberAreAllItTakes() {
        ParserProcessor processor = processor(RECOVER);
        Collector first = new Collector(0);
        Collector second = new Collector(1);
        Tokens publisher = new Tokens(STREAM);
        Tokens other = new Tokens(STREAM);
        publisher.to(processor, first);
        processor.subscribe(second);
        other.subscribe(processor);
        assertThat(second.done.join()).startsWith("expected one subscriber but found a second");
        assertThat(other.isCancelled).isTrue();
        assertThat(publisher.isCancelled).isFalse();
        assertThat(first.done).isNotDone();
    }

    @Test
    void publisherThatSendsMoreThanItWasAskedForIsAnError() {
        Tokens publisher = new Tokens();
        ParserProcessor processor = processor(RECOVER);
        processor.onSubscribe(publisher);
        processor.onNext(1);
        processor.onNext(2);
        Collector collector = new Collector(1);
        processor.subscribe(collector);
        assertThat(collector.done.join()).startsWith("expected the one token that was asked for but found a second, 2");
        assertThat(publisher.isCancelled).isTrue();
    }

    @Test
    void subscriberThatThrowsGetsNothingMore() {
        Tokens publisher = new Tokens(STREAM);
        ParserProcessor processor = processor(RECOVER);
        Collector throwing = new Collector(Long.MAX_VALUE) {
            @Override
            public void onNext(ParseEvent event) {
                super.onNext(event);
                throw new IllegalArgumentException("no room");
            }
        };
        processor.subscribe(throwing);
        assertThatThrownBy(() -> publisher.subscribe(processor)).hasMessage("no room");
        assertThat(publisher.isCancelled).isTrue();
        assertThat(throwing.events).hasSize(1);
        assertThat(throwing.done).isNotDone();
    }

    /** Gathers events; asks for some at first. */
    private static class Collector implements Flow.Subscriber<ParseEvent> {
        final List<ParseEvent> events = new ArrayList<>();

        /** How it ended: "complete", or the error's message. */
        final CompletableFuture<String> done = new CompletableFuture<>();

        private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
        private final long demand;

        Collector(long demand) {
            this.demand = demand;
        }

        Flow.Subscription subscription() {
            return subscription.join();
        }

        @Override
        public void onSubscribe(Flow.Subscription newSubscription) {
            subscription.complete(newSubscription);
            if (demand > 0) {
                newSubscription.request(demand);
            }
        }

        @Override
        public void onNext(ParseEvent event) {
            events.add(event);
        }

        @Override
        public void onError(Throwable error) {
            done.complete(error.getMessage());
        }

        @Override
        public void onComplete() {
            done.complete("complete");
        }
    }

    /** Publishes tokens in the thread that asks for them, and counts what was asked for. */
    private static class Tokens implements Flow.Publisher<Integer>, Flow.Subscription {
        private final int[] tokens;
        private final CompletableFuture<Flow.Subscriber<? super Integer>> subscriber = new CompletableFuture<>();
        int taken;
        long mostAtOnce;
        boolean isCancelled;

        Tokens(int... tokens) {
            this.tokens = tokens;
        }

        void to(ParserProcessor processor, Collector collector) {
            processor.subscribe(collector);
            subscribe(processor);
        }

        void end(Flow.Subscriber<? super Integer> to) {
            to.onComplete();
        }

        @Override
        public void subscribe(Flow.Subscriber<? super Integer> newSubscriber) {
            subscriber.complete(newSubscriber);
            newSubscriber.onSubscribe(this);
            if (tokens.length == 0) {
                end(newSubscriber);
            }
        }

        @Override
        public void request(long n) {
            mostAtOnce = Math.max(mostAtOnce, n);
            for (long i = 0; i < n && taken < tokens.length && !isCancelled; i++) {
                taken++;
                subscriber.join().onNext(tokens[taken - 1]);
                if (taken == tokens.length) {
                    end(subscriber.join());
                }
            }
        }

        @Override
        public void cancel() {
            isCancelled = true;
        }
    }
}
