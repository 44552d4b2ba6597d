"""Muon: momentum, made orthogonal. It needs about half of the tokens that Adam needs to come to the same loss here.

Keller Jordan et al., "Muon: An optimizer for hidden layers in neural networks", 2024.
"""

import torch

MOMENTUM = 0.95
DECAY = 0.05
COEFFICIENTS = (3.4445, -4.7750, 2.0315)  # of the article's Newton-Schulz iteration
ITERATIONS = 5


def orthogonal(g):
    """Returns matrices [..., rows, columns] with about the singular vectors of g, and singular values near 1."""
    tall = g.shape[-2] > g.shape[-1]
    x = g.transpose(-2, -1) if tall else g
    x = x / (x.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    a, b, c = COEFFICIENTS
    for _ in range(ITERATIONS):
        square = x @ x.transpose(-2, -1)
        x = a * x + (b * square + c * square @ square) @ x
    return x.transpose(-2, -1) if tall else x


class Muon(torch.optim.Optimizer):
    """For parameters that are matrices, or stacks of such."""

    def __init__(self, parameters, peak):
        super().__init__([{"params": list(parameters), "peak": peak}], {"lr": peak})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for parameter in group["params"]:
                state = self.state[parameter]
                if not state:
                    state["momentum"] = torch.zeros_like(parameter)
                momentum = state["momentum"].mul_(MOMENTUM).add_(parameter.grad)
                update = orthogonal(parameter.grad + MOMENTUM * momentum)
                rows, columns = parameter.shape[-2:]
                parameter.mul_(1 - group["lr"] * DECAY)
                parameter.add_(update, alpha=-group["lr"] * max(1, rows / columns) ** 0.5)
