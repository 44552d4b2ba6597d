"""Draws the loss against the tokens seen, as an SVG picture."""

import json
import math
from pathlib import Path

WIDTH, HEIGHT = 720, 360
LEFT, RIGHT, TOP, BOTTOM = 60, 20, 40, 45
POINTS = 300  # of the curve; each is a mean


def draw(log, picture):
    records = [json.loads(line) for line in Path(log).read_text().splitlines()]
    size = max(1, len(records) // POINTS)
    groups = [records[i : i + size] for i in range(0, len(records), size)]
    points = [(g[-1]["tokens"], math.log10(max(1e-5, sum(r["loss"] for r in g) / len(g)))) for g in groups]
    last = points[-1][0]
    low = math.floor(min(y for _, y in points))
    high = math.ceil(max(y for _, y in points))

    def x(tokens):
        return LEFT + (WIDTH - LEFT - RIGHT) * tokens / last

    def y(value):
        return TOP + (HEIGHT - TOP - BOTTOM) * (high - value) / (high - low)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        f'<text x="{LEFT}" y="22" font-size="14">Loss on the tokens that the model writes, in nats per token</text>',
    ]
    for decade in range(low, high + 1):
        parts.append(f'<path d="M{LEFT} {y(decade):.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y(decade) + 4:.1f}" text-anchor="end">{10.0**decade:g}</text>')
    for i in range(6):
        tokens = last * i / 5
        parts.append(
            f'<text x="{x(tokens):.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{tokens / 1e6:.1f}</text>'
        )
    parts.append(f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 8}" text-anchor="middle">million tokens</text>')
    line = " ".join(f"{x(tokens):.1f},{y(value):.1f}" for tokens, value in points)
    parts.append(f'<polyline points="{line}" fill="none" stroke="#1f6feb" stroke-width="1.5"/>')
    parts.append("</svg>")
    Path(picture).write_text("\n".join(parts) + "\n")
