// Runs quicktok (https://github.com/dmatth1/quicktok) as a peer of `harmony bench tokenizer`; docs/benchmarks.md has the protocol
// and says how to build this beside a checkout of quicktok.
//
//   quicktok-peer DATA encode FILE SECONDS
//   quicktok-peer DATA unseen FILE SECONDS OTHERS
//   quicktok-peer DATA tokens FILE

#include "quicktok.hpp"

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr size_t kMinSamples = 3;
constexpr double kWarmUpShare = 0.3;
constexpr int64_t kSliceNanos = 20'000'000;

using Documents = std::vector<std::string>;

/** Returns the documents of a file: each has its length in four bytes, then its text in UTF-8. */
Documents read(const char* file) {
    std::ifstream in(file, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(in), {}};
    Documents documents;
    for (size_t at = 0; at + 4 <= bytes.size();) {
        size_t length = 0;
        for (int i = 0; i < 4; i++) {
            length = length << 8 | static_cast<uint8_t>(bytes[at + i]);
        }
        documents.push_back(bytes.substr(at + 4, length));
        at += 4 + length;
    }
    return documents;
}

int64_t nanos(clockid_t clock) {
    timespec time;
    clock_gettime(clock, &time);
    return time.tv_sec * int64_t{1'000'000'000} + time.tv_nsec;
}

/** Encodes documents, each into a new vector, as a program that uses the tokens would. */
size_t encode(const quicktok::Tokenizer& tokenizer, const Documents& documents) {
    size_t tokens = 0;
    for (const std::string& document : documents) {
        tokens += tokenizer.encode(document).size();
    }
    return tokens;
}

void print(const char* name, const std::vector<int64_t>& values) {
    std::printf(", \"%s\": [", name);
    for (size_t i = 0; i < values.size(); i++) {
        std::printf("%s%lld", i > 0 ? ", " : "", static_cast<long long>(values[i]));
    }
    std::printf("]");
}

void measure(const quicktok::Tokenizer& tokenizer, const Documents& timed, double seconds, const Documents& before) {
    size_t bytes = 0;
    for (const std::string& document : timed) {
        bytes += document.size();
    }
    std::vector<int64_t> cpu, wall;
    int passes = 1;
    int64_t start = nanos(CLOCK_MONOTONIC);
    int64_t warm = start + static_cast<int64_t>(kWarmUpShare * seconds * 1e9);
    int64_t end = warm + static_cast<int64_t>(seconds * 1e9);
    volatile size_t sink = 0;
    while (cpu.size() < kMinSamples || nanos(CLOCK_MONOTONIC) < end) {
        sink = sink + encode(tokenizer, before);
        bool is_timed = nanos(CLOCK_MONOTONIC) >= warm;
        int64_t wall_start = nanos(CLOCK_MONOTONIC), cpu_start = nanos(CLOCK_THREAD_CPUTIME_ID);
        for (int i = 0; i < passes; i++) {
            sink = sink + encode(tokenizer, timed);
        }
        int64_t cpu_nanos = nanos(CLOCK_THREAD_CPUTIME_ID) - cpu_start;
        int64_t wall_nanos = nanos(CLOCK_MONOTONIC) - wall_start;
        if (is_timed) {
            cpu.push_back(cpu_nanos / passes);
            wall.push_back(wall_nanos / passes);
        } else if (before.empty()) {
            passes = static_cast<int>(1 + kSliceNanos * passes / (wall_nanos + 1));
        }
    }
    std::printf(", \"bytes\": %zu", bytes);
    print("cpu_ns", cpu);
    print("wall_ns", wall);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 4) {
        std::fprintf(stderr, "expected DATA encode|unseen|tokens FILE [SECONDS [OTHERS]]\n");
        return 2;
    }
    auto tokenizer = quicktok::Tokenizer::load_dir(argv[1], "o200k_base");
    std::string_view mode = argv[2];
    Documents documents = read(argv[3]);
    if (mode == "tokens") {
        for (const std::string& document : documents) {
            for (uint32_t token : tokenizer.encode(document)) {
                std::printf("%u ", token);
            }
            std::printf("\n");
        }
        return 0;
    }
    bool is_unseen = mode == "unseen" && argc > 5;
    if ((mode != "encode" && !is_unseen) || argc < 5) {
        std::fprintf(stderr, "expected encode, unseen or tokens\n");
        return 2;
    }
    uint64_t hash = 0xcbf29ce484222325;
    for (const std::string& document : documents) {
        for (uint32_t token : tokenizer.encode(document)) {
            hash = (hash ^ token) * 0x100000001b3;
        }
    }
    std::printf("{\"fnv1a64\": \"%016llx\"", static_cast<unsigned long long>(hash));
    Documents before;
    if (is_unseen) {
        size_t half = documents.size() / 2;
        before = read(argv[5]);
        before.insert(before.end(), documents.begin(), documents.begin() + half);
        documents.erase(documents.begin(), documents.begin() + half);
    }
    measure(tokenizer, documents, std::atof(argv[4]), before);
    std::printf("}\n");
}
