"""Trains the tiny model and writes its checkpoint.

    python3 train.py DATA OUTPUT [--tokens N] [--workers N]

DATA is what TrainingData.java has written. OUTPUT gets state.pt (from which an interrupted training goes on), log.jsonl (a line
for each step), loss.svg, and checkpoint/ with config.json and model.safetensors.
"""

import argparse
import json
import math
import sys
import time
from pathlib import Path

import numpy as np
import torch

import checkpoint
import curve
from model import Config, Model
from muon import Muon
from samples import Samples, copies, joined
from workers import Workers, run

SEED = 20
BATCH = 2048  # tokens of conversations in a step of one worker
MUON_RATE = 0.02
ADAM_RATE = 3e-3
WARM_UP = 20  # steps
COPY_STEPS = 150  # at the beginning: only random tokens to copy, ...
COPY_BATCH = 1000  # ... so many in a step of one worker, ...
COPY_LENGTH = 16  # ... in shorter rows than this
COPIES, COPIES_LENGTH = 300, 64  # the same for the steps after that, beside the conversations
BALANCE = 0.01  # the weight of the loss that keeps all experts in use
QUANTISE_FROM = 0.6  # of the training: from here on the experts are rounded to MXFP4 in the forward pass
SAVE_SECONDS = 120


def rate(progress, step):
    """Returns what the peak learning rates are multiplied by: a short rise, then half a cosine down to a hundredth."""
    return min(1, (step + 1) / WARM_UP) * (0.01 + 0.99 * (1 + math.cos(math.pi * progress)) / 2)


def optimisers(model):
    """Returns Muon for the matrices inside the model, and Adam for everything else."""
    matrices = [
        parameter
        for attention, experts in zip(model.attention, model.experts)
        for parameter in (attention.qkv.weight, attention.out.weight, experts.mlp1, experts.mlp2)
    ]
    ids = {id(parameter) for parameter in matrices}
    others = [parameter for parameter in model.parameters() if id(parameter) not in ids]
    adam = torch.optim.Adam([{"params": others, "peak": ADAM_RATE}], lr=ADAM_RATE, betas=(0.9, 0.98))
    return Muon(matrices, MUON_RATE), adam


def test(model, samples, names):
    """Returns for each skill how many of its samples the rounded model writes token for token, and of how many.

    One pass over the right answer is enough to know what it would write by itself: if the most likely token is the right one
    everywhere, then these are the tokens that it writes.
    """
    rounded = Model(model.config, len(model.embedding))
    rounded.load_state_dict(model.state_dict())
    checkpoint.round_trip(rounded)
    right = {name: [0, 0] for name in names}
    with torch.no_grad():
        for indices in samples.batches(BATCH):
            tokens, lengths, places, targets = samples.batch(indices)
            _, hits = rounded.loss(rounded(tokens, lengths)[places], targets)
            sample_of_place = np.searchsorted(np.cumsum(lengths), places.numpy(), side="right")
            missed = set(sample_of_place[~hits.numpy()].tolist())
            for place, i in enumerate(indices):
                count = right[names[samples.skills[i]]]
                count[0] += place not in missed
                count[1] += 1
    return right


def print_table(right):
    for name, (count, of) in right.items():
        print(f"  {name:20} {count:4} of {of:4}")
    print(f"  {'all':20} {sum(c for c, _ in right.values()):4} of {sum(n for _, n in right.values()):4}", flush=True)


def load(state, model, muon, adam):
    """Returns where an interrupted training goes on: epoch, index of the batch, step, and tokens seen."""
    if not state.exists():
        return 0, 0, 0, 0
    saved = torch.load(state)
    model.load_state_dict(saved["model"])
    muon.load_state_dict(saved["muon"])
    adam.load_state_dict(saved["adam"])
    return saved["place"]


def save(state, model, muon, adam, place):
    saved = {"model": model.state_dict(), "muon": muon.state_dict(), "adam": adam.state_dict(), "place": place}
    new = state.with_suffix(".new")
    torch.save(saved, new)
    new.replace(state)


def learn(rank, workers, model, samples, tests, names, vocabulary, args):
    """Trains, as one of the workers; the first of them also writes down how it goes, tests, and writes the checkpoint."""
    parameters = list(model.parameters())
    muon, adam = optimisers(model)
    state, log = args.output / "state.pt", args.output / "log.jsonl"
    epoch, index, step, seen = load(state, model, muon, adam)
    first = rank == 0
    if first and step:
        print(f"going on from step {step}, {seen} tokens", flush=True)
    if first and log.exists():
        kept = [line for line in log.read_text().splitlines() if json.loads(line)["step"] < step]
        log.write_text("".join(line + "\n" for line in kept))
    begun, saved_at, seen_before = time.time(), time.time(), seen
    tested = seen // (args.tokens // 4)
    while seen < args.tokens:
        batches = samples.batches(BATCH, np.random.default_rng((SEED, epoch)))
        while index + workers.count <= len(batches) and seen < args.tokens:
            progress = seen / args.tokens
            model.quantise(progress >= QUANTISE_FROM)
            for optimiser in (muon, adam):
                for group in optimiser.param_groups:
                    group["lr"] = group["peak"] * rate(progress, step)
            rng = np.random.default_rng((SEED, step, rank))
            if step < COPY_STEPS:
                tokens, lengths, places, targets = copies(len(vocabulary), COPY_BATCH, COPY_LENGTH, rng)
            else:
                copied = copies(len(vocabulary), COPIES, COPIES_LENGTH, rng)
                tokens, lengths, places, targets = joined(samples.batch(batches[index + rank]), copied)
                index += workers.count
            loss, hits = model.loss(model(tokens, lengths)[places], targets)
            model.zero_grad(set_to_none=True)
            (loss + BALANCE * model.balance()).backward()
            numbers = [tokens.numel(), loss.item(), hits.float().mean().item()]
            count, loss, accuracy = workers.average(rank, parameters, numbers)
            torch.nn.utils.clip_grad_norm_(parameters, 1.0)
            muon.step()
            adam.step()
            seen += round(count * workers.count)
            step += 1
            if not first:
                continue
            with open(log, "a") as file:
                record = {"step": step - 1, "tokens": seen, "loss": round(loss, 5), "accuracy": round(accuracy, 5)}
                file.write(json.dumps(record) + "\n")
            now = time.time()
            if step % 20 == 0:
                speed = (seen - seen_before) / (now - begun)
                print(
                    f"step {step}: {100 * seen / args.tokens:.1f} %, loss {loss:.4f}, accuracy {accuracy:.4f},"
                    f" {speed:.0f} tokens/s, {(args.tokens - seen) / speed / 60:.1f} minutes left",
                    flush=True,
                )
            if now - saved_at > SAVE_SECONDS or seen >= args.tokens:
                save(state, model, muon, adam, (epoch, index, step, seen))
                saved_at = now
            if seen // (args.tokens // 4) > tested:
                tested = seen // (args.tokens // 4)
                print_table(test(model, tests, names))
        epoch, index = epoch + 1, 0
    if first:
        print("test, token for token, with the checkpoint's weights:")
        right = test(model, tests, names)
        print_table(right)
        (args.output / "test.json").write_text(json.dumps(right, indent=1) + "\n")
        checkpoint.write(model, vocabulary, args.output / "checkpoint")
        curve.draw(log, args.output / "loss.svg")


def main():
    parser = argparse.ArgumentParser(description="Train the tiny model.")
    parser.add_argument("data", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--tokens", type=float, default=40e6, help="how many tokens to train on")
    parser.add_argument("--workers", type=int, default=2, help="one for each core; another number of them gives another model")
    args = parser.parse_args()
    args.output.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    torch.manual_seed(SEED)

    names = (args.data / "skills.txt").read_text().split()
    samples, tests = Samples(args.data / "train.i32"), Samples(args.data / "test.i32")
    vocabulary = np.union1d(samples.vocabulary(), tests.vocabulary())  # with few samples, some of the tests' ids are in no other
    samples.compact(vocabulary)
    tests.compact(vocabulary)
    model = Model(Config(), len(vocabulary))
    lengths = np.array([len(t) for t in samples.ids])
    learned = sum(int((t < 0).sum()) for t in samples.tokens)
    inner = sum(p.numel() for n, p in model.named_parameters() if "embedding" not in n)
    print(
        f"{len(samples)} samples of {lengths.mean():.0f} tokens (at most {lengths.max()}), {learned / lengths.sum():.0%} of them"
        f" to be learned; {len(vocabulary)} different tokens; {inner} parameters and {2 * model.embedding.numel()} in the embeddings",
        flush=True,
    )
    length = sum(parameter.numel() for parameter in model.parameters()) + 3  # tokens, loss and accuracy
    run(learn, args.workers, Workers(args.workers, length), model, samples, tests, names, vocabulary, args)
    return 0


if __name__ == "__main__":
    sys.exit(main())
