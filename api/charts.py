"""Plots as data for the server's templates: columns over days and bars by name, in the units of an SVG picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 720, 220
LEFT, BOTTOM, TOP = 44, 26, 8
FILLS = ("#0b4a6f", "#b3541e", "#7a8a94")  # each at least 3:1 on white and told apart without colour by their order


@dataclass(frozen=True)
class Block:
    """A rectangle with what it says to a pointer."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    title: str


@dataclass(frozen=True)
class Tick:
    """A mark on an axis."""

    at: float
    label: str


@dataclass(frozen=True)
class Columns:
    """Stacked columns, one a day."""

    blocks: tuple[Block, ...]
    heights: tuple[Tick, ...]
    days: tuple[Tick, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    floor: int = HEIGHT - BOTTOM


def columns(days: Sequence[str], series: Sequence[tuple[str, Sequence[int]]]) -> Columns:
    """Stacked columns.

    Args:
        days: ISO dates, oldest first.
        series: (name, a count a day), drawn from the floor up.
    """
    floor, top = HEIGHT - BOTTOM, step_above(max((sum(day) for day in zip(*(counts for _, counts in series))), default=0))
    unit, slot = (floor - TOP) / top, (WIDTH - LEFT) / max(len(days), 1)
    blocks = []
    for n, day in enumerate(days):
        y = float(floor)
        for (name, counts), fill in zip(series, FILLS):
            height = counts[n] * unit
            y -= height
            if counts[n]:
                x, title = LEFT + n * slot + slot * 0.1, f"{day}: {name} {counts[n]}"
                blocks.append(Block(round(x, 1), round(y, 1), round(slot * 0.8, 1), round(height, 1), fill, title))
    heights = tuple(Tick(round(floor - value * unit, 1), str(value)) for value in (0, top // 2, top))
    every = max(1, len(days) // 6)
    marked = [(n, f"{day[8:]}.{day[5:7]}.") for n, day in enumerate(days) if n % every == 0]
    ticks = tuple(Tick(round(LEFT + (n + 0.5) * slot, 1), label) for n, label in marked)
    return Columns(tuple(blocks), heights, ticks)


def step_above(most: int) -> int:
    """The end of an axis: the next even round number from `most` up, at least 2."""
    if most <= 2:
        return 2
    size = 10 ** (len(str(most)) - 1)
    return next(value for value in (size * k for k in (1, 2, 4, 6, 8, 10, 20)) if value >= most)
