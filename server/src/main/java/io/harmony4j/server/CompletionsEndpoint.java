package io.harmony4j.server;

import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.generation.Generation;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.TokenGenerator;
import io.harmony4j.json.JsonObject;
import io.harmony4j.openai.ApiException;
import io.harmony4j.openai.ChatAnswer;
import io.harmony4j.openai.ChatRequest;
import io.harmony4j.openai.ChoicesAnswer;
import io.harmony4j.openai.TextAnswer;
import io.harmony4j.openai.TextRequest;
import io.harmony4j.openai.Turn;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/chat/completions} and {@code /v1/completions}: answers with one choice or several, whole or in chunks. */
final class CompletionsEndpoint {
    private final Slots slots;

    CompletionsEndpoint(Slots slots) {
        this.slots = slots;
    }

    /**
     * Answers a conversation.
     *
     * @throws ApiException if it is refused
     */
    void chat(Call call) {
        Service service = call.service();
        ChatRequest request = service.chat().request(call.body());
        int[] prompt = request.prompt(service.renderer(), service.model().contextTokens());
        service.grammars().of(request); // or it is refused
        int room = service.model().contextTokens() - prompt.length;
        ChatAnswer answer = request.isStream()
                ? request.answer(service.tokenizer(), chunks(call))
                : request.answer(service.tokenizer());
        start(new Work(call, request.isStream(), answer, (choice, generator, take) -> {
            GenerationOptions options = request.generationOptions(choice, room);
            TokenGenerator bound = service.grammars().bind(request, generator, service.tokenizer());
            return bound.generate(prompt, take.until(options), take);
        }));
    }

    /**
     * Continues texts.
     *
     * @throws ApiException if it is refused
     */
    void text(Call call) {
        Service service = call.service();
        TextRequest request = service.texts().request(call.body());
        List<int[]> prompts =
                request.prompts(service.tokenizer(), service.model().contextTokens());
        TextAnswer answer = request.isStream()
                ? request.answer(service.tokenizer(), chunks(call))
                : request.answer(service.tokenizer());
        start(new Work(call, request.isStream(), answer, (choice, generator, take) -> {
            int[] prompt = prompts.get(request.promptOf(choice));
            GenerationOptions wanted = request.generationOptions(choice);
            int room = service.model().contextTokens() - prompt.length;
            GenerationOptions options = wanted.withMaxTokens(Math.min(wanted.maxTokens(), room));
            return generator.generate(prompt, take.until(options), take);
        }));
    }

    /** What makes a choice. */
    private interface Maker {
        Generation make(int choice, TokenGenerator generator, Take take);
    }

    /** Takes the tokens of a turn, under the lock of its answer. */
    private record Take(Object lock, Turn turn) implements Consumer<GeneratedToken> {
        @Override
        public void accept(GeneratedToken token) {
            synchronized (lock) {
                turn.accept(token);
            }
        }

        /** Returns options that end the generation when no more is wanted. */
        GenerationOptions until(GenerationOptions options) {
            return options.withCancelled(turn::isDone);
        }
    }

    private static Consumer<JsonObject> chunks(Call call) {
        return chunk -> call.events().send(null, chunk.toString());
    }

    private void start(Work work) {
        slots.submit(
                IntStream.range(0, work.answer.choices()).mapToObj(work::job).toList());
    }

    /** An answer that is being made, of either API; the answer and its turns are used under its lock. */
    private final class Work {
        private final Call call;
        private final boolean isStream;
        private final ChoicesAnswer answer;
        private final Maker maker;

        // guarded by this
        private int left;
        private @Nullable Future<?> opener;
        private @Nullable ApiException failure;

        Work(Call call, boolean isStream, ChoicesAnswer answer, Maker maker) {
            this.call = call;
            this.isStream = isStream;
            this.answer = answer;
            this.maker = maker;
            this.left = answer.choices();
        }

        private Slots.Job job(int choice) {
            return new Slots.Job() {
                @Override
                public void run(Duration waited) {
                    call.service().waited(waited, call.exchange());
                    make(choice);
                }

                @Override
                public void refuse(ApiException why) {
                    fail(choice, why);
                }

                @Override
                public Cancellation cancellation() {
                    return call.exchange().cancellation();
                }
            };
        }

        private void make(int choice) {
            openSoon();
            Runnable awaitRoom = isStream ? call.events()::awaitRoom : () -> {};
            TokenGenerator generator = call.service().generator(call.exchange(), cancellation(), awaitRoom);
            try {
                Generation generation = maker.make(choice, generator, new Take(this, answer.turn(choice)));
                synchronized (this) {
                    answer.turn(choice).finish(generation);
                    call.service().metrics().repaired(answer.turn(choice));
                    finishOne();
                }
            } catch (ApiException e) {
                fail(choice, e);
            }
        }

        private Cancellation cancellation() {
            return call.exchange().cancellation();
        }

        /** Sends the first chunks before the prompt is read, but lets a runtime elsewhere refuse the request first. */
        private synchronized void openSoon() {
            if (isStream && opener == null) {
                opener = slots.after(EventStream.OPEN_AFTER, this::open);
            }
        }

        private synchronized void open() {
            if (left > 0 && failure == null) {
                answer.begin();
            }
        }

        /** Ends a choice with an error, which ends the others. */
        private void fail(int choice, ApiException why) {
            synchronized (this) {
                if (failure == null) {
                    failure = why;
                    call.exchange().noteError(why);
                    if (call.events().isOpen()) {
                        answer.turn(choice).fail(why);
                    }
                }
            }
            finishOne();
            cancellation().cancel(why);
        }

        private synchronized void finishOne() {
            left--;
            if (left > 0) {
                return;
            }
            if (opener != null) {
                opener.cancel(false);
            }
            if (failure != null && !call.events().isOpen()) {
                call.exchange().refuse(failure);
            } else if (!isStream) {
                call.answer(answer.toJson());
            } else {
                if (failure == null) {
                    call.events().send(null, "[DONE]");
                }
                call.events().end();
            }
        }
    }
}
