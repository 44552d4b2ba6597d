package io.harmony4j.server;

import io.harmony4j.openai.ApiException;
import io.harmony4j.openai.ChatAnswer;
import io.harmony4j.openai.ChatRequest;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/chat/completions}: an answer with one choice or several, whole or in chunks. */
final class ChatEndpoint {
    private final Slots slots;

    ChatEndpoint(Slots slots) {
        this.slots = slots;
    }

    /**
     * Answers a request.
     *
     * @throws ApiException if it is refused
     */
    void post(Call call) {
        Service service = call.service();
        ChatRequest request = service.chat().request(call.body());
        int[] prompt = request.prompt(service.renderer(), service.model().contextTokens());
        ChatAnswer answer = request.isStream()
                ? request.answer(service.tokenizer(), chunk -> call.events().send(null, chunk.toString()))
                : request.answer(service.tokenizer());
        Work work = new Work(request, prompt, answer, call);
        slots.submit(IntStream.range(0, answer.choices()).mapToObj(work::choice).toList());
    }

    /** An answer that is being made. */
    private final class Work {
        private final ChatRequest request;
        private final int[] prompt;
        private final ChatAnswer answer;
        private final Turns turns;
        private final Exchange exchange;
        private final EventStream events;

        // guarded by the answer
        private int left;
        private @Nullable Future<?> opener;
        private @Nullable ApiException failure;

        Work(ChatRequest request, int[] prompt, ChatAnswer answer, Call call) {
            this.request = request;
            this.prompt = prompt;
            this.answer = answer;
            this.turns = call.service().turns();
            this.exchange = call.exchange();
            this.events = call.events();
            this.left = answer.choices();
        }

        Slots.Job choice(int index) {
            return new Slots.Job() {
                @Override
                public void run(Duration waited) {
                    turns.waited(waited, exchange);
                    make(index);
                }

                @Override
                public void refuse(ApiException why) {
                    fail(index, why);
                }

                @Override
                public Cancellation cancellation() {
                    return exchange.cancellation();
                }
            };
        }

        private void make(int index) {
            openSoon();
            Runnable awaitRoom = request.isStream() ? events::awaitRoom : () -> {};
            try {
                turns.run(
                        request,
                        index,
                        prompt,
                        new Turns.Target(answer.turn(index), answer, exchange.cancellation(), awaitRoom),
                        exchange);
            } catch (ApiException e) {
                fail(index, e);
                return;
            }
            synchronized (answer) {
                finishOne();
            }
        }

        /** Sends the first chunks before the prompt is read, but lets a runtime elsewhere refuse the request first. */
        private void openSoon() {
            synchronized (answer) {
                if (request.isStream() && opener == null) {
                    opener = slots.after(Streams.OPEN_AFTER, () -> {
                        synchronized (answer) {
                            if (left > 0 && failure == null) {
                                answer.begin();
                            }
                        }
                    });
                }
            }
        }

        /** Ends a choice with an error, which ends the others. */
        private void fail(int index, ApiException why) {
            synchronized (answer) {
                if (failure == null) {
                    failure = why;
                    if (events.isOpen()) {
                        answer.turn(index).fail(why);
                    }
                }
                finishOne();
            }
            exchange.cancellation().cancel(why);
        }

        private void finishOne() {
            left--;
            if (left > 0) {
                return;
            }
            if (opener != null) {
                opener.cancel(false);
            }
            if (failure != null && !events.isOpen()) {
                exchange.refuse(failure);
            } else if (!request.isStream()) {
                exchange.answer(200, answer.toJson());
            } else {
                if (failure == null) {
                    events.send(null, "[DONE]");
                }
                events.end();
            }
        }
    }
}
