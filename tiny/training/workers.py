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
        self.barrier = processes.get_context("fork").Barrier(count)

    def average(self, rank, parameters, numbers):
        """Replaces the gradients by the workers' mean ones, and returns the means of the numbers; each worker must call this."""
        gradients = [parameter.grad for parameter in parameters]
        self.vectors[rank] = torch.cat([g.flatten() for g in gradients] + [torch.tensor(numbers)])
        self.barrier.wait()
        *parts, means = self.vectors.mean(0).split([*(g.numel() for g in gradients), len(numbers)])
        self.barrier.wait()
        for gradient, part in zip(gradients, parts):
            gradient.copy_(part.view_as(gradient))
        return means.tolist()


def run(function, count, *arguments):
    """Calls function(rank, *arguments) in each of so many processes, which begin as copies of this; if one fails, all end."""
    processes.start_processes(_worker, (function, *arguments), count, start_method="fork")


def _worker(rank, function, *arguments):
    # PyTorch sends this signal when the parent has gone; what a shell starts with & would ignore it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    function(rank, *arguments)
