"""Batches to learn from: the samples that TrainingData.java writes, and random tokens that come twice.

A batch is the samples' tokens, one sample after the other; the lengths of the samples; the places before those tokens that the
model is to write; and these tokens.
"""

import numpy as np
import torch


class Samples:
    def __init__(self, path):
        """Reads a file of samples: skill, length, tokens; the complement of an id is a token that the model writes."""
        data = np.fromfile(path, dtype="<i4")
        self.skills, self.tokens = [], []
        at = 0
        while at < len(data):
            skill, length = data[at : at + 2]
            self.skills.append(int(skill))
            self.tokens.append(data[at + 2 : at + 2 + length])
            at += 2 + length
        self.ids = [np.where(t < 0, ~t, t) for t in self.tokens]

    def __len__(self):
        return len(self.tokens)

    def vocabulary(self):
        """Returns all ids that occur, in ascending order."""
        return np.unique(np.concatenate(self.ids))

    def compact(self, vocabulary):
        """Replaces ids by their place in the vocabulary, which has them all."""
        self.ids = [np.searchsorted(vocabulary, ids) for ids in self.ids]

    def batches(self, budget, rng=None):
        """Returns lists of indices of samples, of so many tokens at most; shuffled if there is a rng."""
        order = np.arange(len(self)) if rng is None else rng.permutation(len(self))
        batches, tokens = [], budget
        for i in order:
            length = len(self.ids[i])
            if tokens + length > budget:
                batches.append([])
                tokens = 0
            batches[-1].append(i)
            tokens += length
        return batches

    def batch(self, indices):
        tokens = np.concatenate([self.ids[i] for i in indices])
        learned = np.concatenate([self.tokens[i] < 0 for i in indices])
        return _batch(tokens, [len(self.ids[i]) for i in indices], learned)


def copies(vocabulary, budget, longest, rng):
    """Returns a batch of random rows of tokens, each of which comes two to four times, one after the other.

    To write a number that the user has said, the model must find it and copy it. Such samples teach this within some hundred steps, for
    all tokens alike; conversations alone take many times as long before copying begins at all.
    """
    tokens, lengths, learned = [], [], []
    while sum(lengths) < budget:
        period = rng.integers(3, longest)
        length = rng.integers(2 * period, 4 * period)
        tokens.append(np.resize(rng.integers(vocabulary, size=period), length))
        lengths.append(int(length))
        learned.append(np.arange(length) > period)
    return _batch(np.concatenate(tokens), lengths, np.concatenate(learned))


def joined(first, second):
    """Returns one batch of two."""
    tokens, lengths, places, targets = first
    more_tokens, more_lengths, more_places, more_targets = second
    return (
        torch.cat((tokens, more_tokens)),
        lengths + more_lengths,
        torch.cat((places, more_places + len(tokens))),
        torch.cat((targets, more_targets)),
    )


def _batch(tokens, lengths, learned):
    return (
        torch.from_numpy(tokens),
        lengths,
        torch.from_numpy(np.flatnonzero(learned) - 1),
        torch.from_numpy(tokens[learned]),
    )
