"""Workers that learn together: processes that have the same model, and take each step with the mean of their gradients."""

import signal

import torch
import torch.multiprocessing as processes


class Workers:
    """What the workers share. The mean is taken in the same order each time, so that it is the same each time."""

    def __init__(self, count, length):
        """Makes room for vectors of this length."""
        self.count = count
        self.vectors = torch.zeros(count, length).share_memory_()
        self.barrier = processes.get_context("spawn").Barrier(count)

    def mean(self, rank, vector):
        """Returns the mean of the vectors of all workers; each of them must call this."""
        self.vectors[rank] = vector
        self.barrier.wait()
        mean = self.vectors.mean(0)
        self.barrier.wait()
        return mean

    def average(self, rank, parameters, numbers):
        """Replaces the gradients by the workers' mean ones, and returns the means of the numbers."""
        gradients = [parameter.grad for parameter in parameters]
        mean = self.mean(rank, torch.cat([g.flatten() for g in gradients] + [torch.tensor(numbers)]))
        for gradient in gradients:
            part, mean = mean.split((gradient.numel(), len(mean) - gradient.numel()))
            gradient.copy_(part.view_as(gradient))
        return mean.tolist()


def run(function, count, *arguments):
    """Calls function(rank, *arguments) in each of so many processes; if one fails, all end."""
    processes.spawn(_worker, (function, *arguments), count)


def _worker(rank, function, *arguments):
    # PyTorch sends this signal when the parent has gone; what a shell starts with & would ignore it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    function(rank, *arguments)
