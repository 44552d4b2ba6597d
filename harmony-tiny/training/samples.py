"""The samples that TrainingData.java writes, and batches of them."""

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
        """Replaces ids by their place in the vocabulary."""
        for i, ids in enumerate(self.ids):
            place = np.searchsorted(vocabulary, ids)
            unknown = ids[vocabulary[np.minimum(place, len(vocabulary) - 1)] != ids]
            if len(unknown):
                raise ValueError(f"expected ids of the training samples but found {unknown} in sample {i}")
            self.ids[i] = place

    def batches(self, budget, rng=None):
        """Yields index lists of samples of like length, of so many tokens at most when padded; shuffled if there is a rng."""
        order = np.arange(len(self)) if rng is None else rng.permutation(len(self))
        lengths = np.array([len(t) for t in self.ids])
        batches = []
        for chunk in np.array_split(order, max(1, len(order) // 2048)):
            chunk = chunk[np.argsort(lengths[chunk], kind="stable")]
            batch = []
            for i in chunk:
                if batch and (len(batch) + 1) * lengths[i] > budget:
                    batches.append(batch)
                    batch = []
                batch.append(i)
            batches.append(batch)
        if rng is not None:
            rng.shuffle(batches)
        return batches

    def batch(self, indices):
        """Returns tokens [batch, length], and the places (as indices into the flattened batch) before those that the model
        writes, with these tokens as targets."""
        length = max(len(self.ids[i]) for i in indices)
        tokens = np.zeros((len(indices), length), dtype=np.int64)
        learned = np.zeros((len(indices), length), dtype=bool)
        for row, i in enumerate(indices):
            tokens[row, : len(self.ids[i])] = self.ids[i]
            learned[row, : len(self.ids[i])] = self.tokens[i] < 0
        places = np.flatnonzero(learned) - 1
        return torch.from_numpy(tokens), torch.from_numpy(places), torch.from_numpy(tokens[learned])
