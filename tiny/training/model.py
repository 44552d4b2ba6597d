"""The gpt-oss architecture in PyTorch, to be trained: small, on a CPU, in float32.

The same function as the Java engine computes, and as OpenAI's gpt_oss/torch/model.py, apart from the arithmetic's precision:
RMS norms, grouped-query attention with sinks, a sliding window on every other layer, YaRN rotary embedding, a router that takes
the softmax after the top k, and clamped SwiGLU experts. Only the vocabulary is compact: rows for the tokens that occur.
"""

import math
from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional as F

import mxfp4

# What the unused rows of the full vocabulary add to the softmax's denominator: about 200,000 logits of 0.
UNUSED_LOGIT = math.log(200_000)

MAX_LENGTH = 1024  # tokens of a sample

# What the heads of the first layer look at in the beginning: so many places back. To copy a text, a model needs to know which
# token came before which; with this to begin with it learns copying about ten times as fast.
LOOK_BACK = (1, 2, 1, 3)
LOOK_BACK_PAIRS = 4
LOOK_BACK_SIZE = 4.0


@dataclass(frozen=True)
class Config:
    """Sizes. Multiples of 32 where MXFP4 blocks lie along them."""

    num_hidden_layers: int = 4
    num_experts: int = 4
    experts_per_token: int = 2
    vocab_size: int = 201088
    hidden_size: int = 128
    intermediate_size: int = 128
    swiglu_limit: float = 7.0
    head_dim: int = 64
    num_attention_heads: int = 4
    num_key_value_heads: int = 2
    sliding_window: int = 128
    initial_context_length: int = 4096
    rope_theta: float = 150000.0
    rope_scaling_factor: float = 32.0
    rope_ntk_alpha: float = 1.0
    rope_ntk_beta: float = 32.0


def rms_norm(x, scale):
    return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + 1e-5) * scale


def rotary(config, length):
    """Returns cosines and sines, [length, head_dim / 2], already multiplied by YaRN's concentration."""
    half = config.head_dim // 2
    freq = config.rope_theta ** (torch.arange(half, dtype=torch.float64) / half)

    def dimension(rotations):
        turns = config.initial_context_length / (rotations * 2 * math.pi)
        return half * math.log(turns) / math.log(config.rope_theta)

    low, high = dimension(config.rope_ntk_beta), dimension(config.rope_ntk_alpha)
    ramp = ((torch.arange(half, dtype=torch.float64) - low) / (high - low)).clamp(0, 1)
    inverse = ramp / (config.rope_scaling_factor * freq) + (1 - ramp) / freq
    angle = torch.arange(length, dtype=torch.float64)[:, None] * inverse
    concentration = 0.1 * math.log(config.rope_scaling_factor) + 1
    return (concentration * angle.cos()).float(), (concentration * angle.sin()).float()


def rotate(x, cos, sin):
    """Rotates [tokens, heads, head_dim] in pairs of (i, i + head_dim / 2)."""
    a, b = x.chunk(2, -1)
    cos, sin = cos[:, None], sin[:, None]
    return torch.cat((a * cos - b * sin, b * cos + a * sin), -1)


class Attention(nn.Module):
    def __init__(self, config, sliding):
        super().__init__()
        self.config = config
        width = config.num_attention_heads * config.head_dim
        self.norm = nn.Parameter(torch.ones(config.hidden_size))
        self.qkv = nn.Linear(config.hidden_size, width + 2 * config.num_key_value_heads * config.head_dim)
        self.out = nn.Linear(width, config.hidden_size)
        self.sinks = nn.Parameter(torch.zeros(config.num_attention_heads))
        seen = torch.ones(MAX_LENGTH, MAX_LENGTH, dtype=torch.bool).tril()
        if sliding:
            seen = seen.triu(1 - config.sliding_window)
        # 0 where a query (row) sees a key (column), minus infinity elsewhere
        self.mask = torch.zeros(MAX_LENGTH, MAX_LENGTH).masked_fill(~seen, -math.inf)

    def look_back(self, distances):
        """Sets the biases so that each head begins by looking at the token so many places before.

        The rotary embedding turns a constant query and a constant key against each other by their distance; the query's is
        turned back by the distance that is to fit. Only the quickest pairs are used, which tell neighbours apart.
        """
        c = self.config
        key = torch.zeros(c.head_dim)
        key[:LOOK_BACK_PAIRS] = LOOK_BACK_SIZE
        q, k, _ = self.qkv.bias.split(
            (c.num_attention_heads * c.head_dim, c.num_key_value_heads * c.head_dim, c.num_key_value_heads * c.head_dim)
        )
        k.view(-1, c.head_dim).copy_(key)
        cos, sin = rotary(c, MAX_LENGTH)
        for head, distance in zip(q.view(-1, 1, c.head_dim), distances):
            head.copy_(rotate(key[None, None], cos[None, distance] / cos[0, 0], -sin[None, distance] / cos[0, 0])[0])

    def forward(self, x, lengths, cos, sin):
        c = self.config
        heads, kv, size = c.num_attention_heads, c.num_key_value_heads, c.head_dim
        q, k, v = self.qkv(rms_norm(x, self.norm)).split((heads * size, kv * size, kv * size), -1)
        q = rotate(q.view(-1, heads, size), cos, sin) / math.sqrt(size)
        k = rotate(k.view(-1, kv, size), cos, sin).repeat_interleave(heads // kv, 1)
        v = v.view(-1, kv, size).repeat_interleave(heads // kv, 1)
        seen = [self.attend(*part) for part in zip(*(t.transpose(0, 1).split(lengths, 1) for t in (q, k, v)))]
        return x + self.out(torch.cat(seen, 1).transpose(0, 1).reshape(-1, heads * size))

    def attend(self, q, k, v):
        """Attention within one sample; q, k, v and the result are [heads, length, head_dim]."""
        heads, length, _ = q.shape
        # The sink is one more key in front, whose score is learned and whose value is zero.
        bias = torch.cat(
            (self.sinks[:, None, None].expand(heads, length, 1), self.mask[:length, :length].expand(heads, length, length)), -1
        )
        scores = torch.baddbmm(bias, q, F.pad(k, (0, 0, 1, 0)).transpose(1, 2))
        return torch.softmax(scores, -1) @ F.pad(v, (0, 0, 1, 0))


class Experts(nn.Module):
    """The mixture of experts. mlp1 holds the gate's rows first, then the linear ones; the file interleaves them."""

    def __init__(self, config):
        super().__init__()
        self.config = config
        e, h, i = config.num_experts, config.hidden_size, config.intermediate_size
        self.norm = nn.Parameter(torch.ones(h))
        self.gate = nn.Linear(h, e)
        self.mlp1 = nn.Parameter(torch.empty(e, 2 * i, h))
        self.mlp1_bias = nn.Parameter(torch.zeros(e, 2 * i))
        self.mlp2 = nn.Parameter(torch.empty(e, h, i))
        self.mlp2_bias = nn.Parameter(torch.zeros(e, h))
        self.quantised = False  # whether the forward pass sees the experts as MXFP4 has them

    def forward(self, x):
        c = self.config
        mlp1, mlp2 = self.mlp1, self.mlp2
        if self.quantised:
            mlp1, mlp2 = mxfp4.straight_through(mlp1), mxfp4.straight_through(mlp2)
        t = rms_norm(x, self.norm)
        scores = self.gate(t)
        top, chosen = scores.topk(c.experts_per_token, -1)
        weight = torch.softmax(top, -1)
        y = torch.zeros_like(t)
        for e in range(c.num_experts):
            row, slot = (chosen == e).nonzero(as_tuple=True)
            glu, lin = F.linear(t.index_select(0, row), mlp1[e], self.mlp1_bias[e]).chunk(2, -1)
            glu = glu.clamp(max=c.swiglu_limit)
            lin = lin.clamp(-c.swiglu_limit, c.swiglu_limit)
            a = glu * torch.sigmoid(1.702 * glu) * (lin + 1)
            y = y.index_add(0, row, F.linear(a, mlp2[e], self.mlp2_bias[e]) * weight[row, slot, None])
        # Keeps all experts in use: least when each gets the same share.
        share = F.one_hot(chosen, c.num_experts).sum(1).float().mean(0) / c.experts_per_token
        self.balance = c.num_experts * (share * torch.softmax(scores, -1).mean(0)).sum()
        return x + y


class Model(nn.Module):
    def __init__(self, config, vocabulary):
        """vocabulary: how many tokens occur."""
        super().__init__()
        self.config = config
        self.embedding = nn.Parameter(torch.empty(vocabulary, config.hidden_size))
        self.attention = nn.ModuleList(Attention(config, layer % 2 == 0) for layer in range(config.num_hidden_layers))
        self.experts = nn.ModuleList(Experts(config) for _ in range(config.num_hidden_layers))
        self.norm = nn.Parameter(torch.ones(config.hidden_size))
        self.unembedding = nn.Parameter(torch.empty(vocabulary, config.hidden_size))
        self.rotary = rotary(config, MAX_LENGTH)
        self.initialise()

    def initialise(self):
        deep = 1 / math.sqrt(2 * self.config.num_hidden_layers)
        nn.init.normal_(self.embedding, std=0.5)
        with torch.no_grad():
            self.unembedding.copy_(self.embedding / 5)
        for attention, experts in zip(self.attention, self.experts):
            for linear, gain in ((attention.qkv, 1), (attention.out, deep), (experts.gate, 1)):
                nn.init.normal_(linear.weight, std=gain / math.sqrt(linear.in_features))
                nn.init.zeros_(linear.bias)
            nn.init.normal_(experts.mlp1, std=1 / math.sqrt(self.config.hidden_size))
            nn.init.normal_(experts.mlp2, std=deep / math.sqrt(self.config.intermediate_size))
        with torch.no_grad():
            self.attention[0].look_back(LOOK_BACK)

    def forward(self, tokens, lengths):
        """Returns the last hidden state, normalised, [tokens, hidden], for samples one after the other.

        tokens: places in the compact vocabulary, [tokens]; lengths: how many tokens each sample has.
        """
        x = F.embedding(tokens, self.embedding)
        position = torch.cat([torch.arange(length) for length in lengths])
        cos, sin = (table[position] for table in self.rotary)
        for attention, experts in zip(self.attention, self.experts):
            x = experts(attention(x, lengths, cos, sin))
        return rms_norm(x, self.norm)

    def loss(self, hidden, targets):
        """Returns the mean loss in nats of [n, hidden] for the tokens that follow, [n], and which of these are the most likely."""
        logits = hidden @ self.unembedding.T
        total = torch.logaddexp(torch.logsumexp(logits, -1), torch.tensor(UNUSED_LOGIT))
        right = logits.gather(1, targets[:, None]).squeeze(1)
        return (total - right).mean(), logits.argmax(-1) == targets

    def quantise(self, on):
        for experts in self.experts:
            experts.quantised = on

    def balance(self):
        return sum(experts.balance for experts in self.experts)
