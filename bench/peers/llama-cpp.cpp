// llama.cpp as a peer of `harmony bench engine`: reads a prompt of random tokens, generates more, prints tokens a second.
//
//   llama-cpp MODEL.gguf THREADS PROMPT_TOKENS GENERATED_TOKENS
//
// docs/benchmarks.md says how it is built. Tokens are random, and the next one is not drawn from the logits, as in our own measurement.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <vector>

#include "ggml-backend.h"
#include "llama.h"

static double seconds() {
    using namespace std::chrono;
    return duration<double>(steady_clock::now().time_since_epoch()).count();
}

static void read_tokens(llama_context * context, std::vector<llama_token> & tokens) {
    if (llama_decode(context, llama_batch_get_one(tokens.data(), (int) tokens.size())) != 0) {
        fprintf(stderr, "llama_decode failed\n");
        exit(1);
    }
}

int main(int argc, char ** argv) {
    if (argc != 5) {
        fprintf(stderr, "usage: llama-cpp MODEL.gguf THREADS PROMPT_TOKENS GENERATED_TOKENS\n");
        return 2;
    }
    int threads = atoi(argv[2]);
    int prompt_tokens = atoi(argv[3]);
    int generated_tokens = atoi(argv[4]);

    llama_log_set([](ggml_log_level level, const char * text, void *) {
        if (level == GGML_LOG_LEVEL_ERROR) {
            fputs(text, stderr);
        }
    }, nullptr);
    ggml_backend_load_all();
    llama_model_params model_params = llama_model_default_params();
    model_params.n_gpu_layers = 0;
    llama_model * model = llama_model_load_from_file(argv[1], model_params);
    if (model == nullptr) {
        return 1;
    }
    llama_context_params context_params = llama_context_default_params();
    context_params.n_ctx = prompt_tokens + generated_tokens + 8;
    context_params.n_batch = prompt_tokens;
    context_params.n_ubatch = prompt_tokens;
    context_params.n_threads = threads;
    context_params.n_threads_batch = threads;
    llama_context * context = llama_init_from_model(model, context_params);
    if (context == nullptr) {
        return 1;
    }

    std::mt19937 random(1);
    int vocabulary = llama_vocab_n_tokens(llama_model_get_vocab(model));
    std::vector<llama_token> token(1, 1);
    read_tokens(context, token); // brings in what is read for every token

    llama_memory_clear(llama_get_memory(context), true);
    std::vector<llama_token> prompt(prompt_tokens);
    for (llama_token & id : prompt) {
        id = random() % vocabulary;
    }
    double start = seconds();
    read_tokens(context, prompt);
    double prompt_read = seconds();
    for (int i = 0; i < generated_tokens; i++) {
        token[0] = random() % vocabulary;
        read_tokens(context, token);
    }
    double end = seconds();
    printf("{\"prompt_tokens_per_s\": %.3f, \"tokens_per_s\": %.3f}\n", prompt_tokens / (prompt_read - start),
           generated_tokens / (end - prompt_read));
    llama_free(context);
    llama_model_free(model);
    return 0;
}
