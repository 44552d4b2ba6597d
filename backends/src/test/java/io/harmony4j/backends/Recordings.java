package io.harmony4j.backends;

import io.harmony4j.SpecialToken;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.tokenizer.AllowedSpecial;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.List;

/**
 * What runtimes answer, in the shape of their protocols: that of llama-server as a real one answers, the others as their documents and
 * sources have it.
 */
final class Recordings {
    static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();

    static final GenerationOptions OPTIONS =
            GenerationOptions.DEFAULT.withMaxTokens(60).withStopTokens(SpecialToken.stopIds());

    static final int[] PROMPT =
            TOKENIZER.encode("<|start|>user<|message|>Hi?<|end|><|start|>assistant", AllowedSpecial.ALL);

    /** {@code <|channel|>final<|message|>日本語🦄!<|return|>}, and the same with the ids that llama-server loses. */
    static final List<Integer> ANSWER = List.of(200005, 17196, 200008, 9048, 40909, 4103, 99, 226, 0, 200002);

    static final String LLAMA_SERVER = """
            data: {"index":0,"content":"<|channel|>","tokens":[200005],"stop":false,"id_slot":-1,"tokens_predicted":1,"tokens_evaluated":9}

            data: {"index":0,"content":"final","tokens":[17196],"stop":false,"id_slot":-1,"tokens_predicted":2,"tokens_evaluated":9}

            data: {"index":0,"content":"<|message|>","tokens":[200008],"stop":false,"id_slot":-1,"tokens_predicted":3,"tokens_evaluated":9}

            data: {"index":0,"content":"日本","tokens":[9048],"stop":false,"id_slot":-1,"tokens_predicted":4,"tokens_evaluated":9}

            data: {"index":0,"content":"語","tokens":[40909],"stop":false,"id_slot":-1,"tokens_predicted":5,"tokens_evaluated":9}

            : a comment

            data: {"index":0,"content":"🦄","tokens":[226],"stop":false,"id_slot":-1,"tokens_predicted":8,"tokens_evaluated":9}

            data: {"index":0,"content":"!","tokens":[0],"stop":false,"id_slot":-1,"tokens_predicted":9,"tokens_evaluated":9}

            data: {"index":0,"content":"","tokens":[200002],"stop":false,"id_slot":-1,"tokens_predicted":10,"tokens_evaluated":9}

            data: {"index":0,"content":"","tokens":[],"id_slot":0,"stop":true,"model":"m.gguf","tokens_predicted":10,"tokens_evaluated":9,"truncated":false,"stop_type":"eos","stopping_word":"","tokens_cached":18,"timings":{"cache_n":7,"prompt_n":2,"predicted_n":10}}

            """;

    static final String VLLM = """
            data: {"id":"cmpl-1","object":"text_completion","created":1,"model":"m","choices":[{"index":0,"text":"<|channel|>final<|message|>","logprobs":null,"finish_reason":null,"stop_reason":null,"prompt_token_ids":[1],"token_ids":[200005,17196,200008]}],"usage":null}

            data: {"id":"cmpl-1","object":"text_completion","created":1,"model":"m","choices":[{"index":0,"text":"日本語","logprobs":null,"finish_reason":null,"stop_reason":null,"token_ids":[9048,40909,4103,99]}],"usage":null}

            data: {"id":"cmpl-1","object":"text_completion","created":1,"model":"m","choices":[{"index":0,"text":"🦄!","logprobs":null,"finish_reason":"stop","stop_reason":200002,"token_ids":[226,0,200002]}],"usage":null}

            data: {"id":"cmpl-1","object":"text_completion","created":1,"model":"m","choices":[],"usage":{"prompt_tokens":9,"total_tokens":19,"completion_tokens":10,"prompt_tokens_details":{"cached_tokens":7}}}

            data: [DONE]

            """;

    static final String TENSORRT_LLM = """
            data: {"id":"cmpl-1","object":"text_completion","created":1,"model":"m","choices":[{"index":0,"text":"","token_ids":[200005,17196,200008,9048],"logprobs":null,"finish_reason":null,"stop_reason":null}]}

            data: {"id":"cmpl-1","object":"text_completion","created":1,"model":"m","choices":[{"index":0,"text":"","token_ids":[40909,4103,99,226,0],"logprobs":null,"finish_reason":"stop","stop_reason":200002}]}

            data: {"id":"cmpl-1","object":"text_completion","created":1,"model":"m","choices":[],"usage":{"prompt_tokens":9,"total_tokens":19,"completion_tokens":10,"prompt_tokens_details":{"cached_tokens":7}}}

            data: [DONE]

            """;

    static final String SGLANG = """
            data: {"text":"<|channel|>","output_ids":[200005],"meta_info":{"id":"a","finish_reason":null,"prompt_tokens":9,"completion_tokens":1,"cached_tokens":7}}

            data: {"text":"<|channel|>final<|message|>日本語","output_ids":[200005,17196,200008,9048,40909],"meta_info":{"id":"a","finish_reason":null,"prompt_tokens":9,"completion_tokens":5,"cached_tokens":7}}

            data: {"text":"<|channel|>final<|message|>日本語🦄!<|return|>","output_ids":[200005,17196,200008,9048,40909,4103,99,226,0,200002],"meta_info":{"id":"a","finish_reason":{"type":"stop","matched":200002},"prompt_tokens":9,"completion_tokens":10,"cached_tokens":7}}

            data: [DONE]

            """;

    static final String SGLANG_INCREMENTAL = """
            data: {"text":"<|channel|>","output_ids":[200005],"meta_info":{"id":"a","finish_reason":null,"prompt_tokens":9,"completion_tokens":1,"cached_tokens":7}}

            data: {"text":"final<|message|>日本語","output_ids":[17196,200008,9048,40909],"meta_info":{"id":"a","finish_reason":null,"prompt_tokens":9,"completion_tokens":5,"cached_tokens":7}}

            data: {"text":"🦄!<|return|>","output_ids":[4103,99,226,0,200002],"meta_info":{"id":"a","finish_reason":{"type":"stop","matched":200002},"prompt_tokens":9,"completion_tokens":10,"cached_tokens":7}}

            data: [DONE]

            """;

    static final String OLLAMA = """
            {"model":"m","created_at":"2026-01-01T00:00:00Z","response":"<|chan","done":false}
            {"model":"m","created_at":"2026-01-01T00:00:00Z","response":"nel|>final<|message|>日本","done":false}
            {"model":"m","created_at":"2026-01-01T00:00:00Z","response":"語🦄","done":false}
            {"model":"m","created_at":"2026-01-01T00:00:00Z","response":"!","done":false}
            {"model":"m","created_at":"2026-01-01T00:00:00Z","response":"","done":true,"done_reason":"stop","prompt_eval_count":9,"eval_count":10,"total_duration":5}
            """;

    private Recordings() {}
}
