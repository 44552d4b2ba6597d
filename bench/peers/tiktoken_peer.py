"""Runs OpenAI's tiktoken, whose core is Rust, as a peer of `harmony bench tokenizer`; docs/benchmarks.md has the protocol.

    python tiktoken_peer.py VOCABULARY encode FILE SECONDS
    python tiktoken_peer.py VOCABULARY unseen FILE SECONDS OTHERS
    python tiktoken_peer.py VOCABULARY tokens FILE

VOCABULARY is o200k_base.tiktoken. Tokens stay in the core's own buffer: no Python object is made for each.
"""

import base64
import json
import struct
import sys
import time

from tiktoken import _tiktoken
from tiktoken_ext import openai_public

MIN_SAMPLES = 3
WARM_UP_SHARE = 0.3


def core(vocabulary):
    """Returns the tokenizer's core, made of a vocabulary that lies on the disk."""
    with open(vocabulary, "rb") as file:
        ranks = {base64.b64decode(token): int(rank) for token, rank in map(bytes.split, file)}
    openai_public.load_tiktoken_bpe = lambda *_, **__: ranks
    definition = openai_public.o200k_base()
    return _tiktoken.CoreBPE(ranks, definition["special_tokens"], definition["pat_str"])


def read(name):
    """Returns the documents of a file: each has its length in four bytes, then its text in UTF-8."""
    documents = []
    with open(name, "rb") as file:
        while length := file.read(4):
            documents.append(file.read(struct.unpack(">I", length)[0]).decode())
    return documents


def hash_of(tokens, documents):
    """FNV-1a of 64 bits over the token ids."""
    sum = 0xCBF29CE484222325
    for document in documents:
        for token in tokens(document):
            sum = (sum ^ token) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return f"{sum:016x}"


def measure(encode, timed, seconds, before):
    """Times passes over documents until the seconds are over; others are encoded before each one and not timed."""
    samples = {"cpu_ns": [], "wall_ns": []}
    none = set()
    warm = time.perf_counter() + WARM_UP_SHARE * seconds
    end = warm + seconds
    while len(samples["cpu_ns"]) < MIN_SAMPLES or time.perf_counter() < end:
        for document in before:
            encode(document, none)
        is_timed = time.perf_counter() >= warm
        wall = time.perf_counter_ns()
        cpu = time.thread_time_ns()
        for document in timed:
            encode(document, none)
        cpu = time.thread_time_ns() - cpu
        wall = time.perf_counter_ns() - wall
        if is_timed:
            samples["cpu_ns"].append(cpu)
            samples["wall_ns"].append(wall)
    return samples


def main():
    vocabulary, mode, name, *rest = sys.argv[1:]
    tokenizer = core(vocabulary)
    documents = read(name)
    if mode == "tokens":
        for document in documents:
            print(*tokenizer.encode_ordinary(document))
        return
    if mode not in ("encode", "unseen"):
        sys.exit(f"expected encode, unseen or tokens but found {mode}")
    half = len(documents) // 2 if mode == "unseen" else 0
    before = read(rest[1]) + documents[:half] if mode == "unseen" else []
    timed = documents[half:]
    answer = {"fnv1a64": hash_of(tokenizer.encode_ordinary, documents)}
    answer["bytes"] = sum(len(document.encode()) for document in timed)
    answer.update(measure(tokenizer.encode_to_tiktoken_buffer, timed, float(rest[0]), before))
    print(json.dumps(answer))


main()
