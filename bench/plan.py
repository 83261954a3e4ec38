"""How much is measured."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """The sizes of a run.

    Attributes:
        concurrent: numbers of conversations at a time.
        seconds: of load at each of them.
        dialogues: every how many-th dialogue is used for accuracy; 1 uses all.
        stock_keep, stock_epochs: the data and epochs of stock Rasa (see `StockRasa`).
        nlpjs_keep: the data of nlp.js.
        long: turns of the long conversation.
        stock_long: turns of it with stock Rasa, which gets slow.
        catalogues: sizes (municipalities, services each) beside the shipped catalogue.
        places: in how many pairs of municipalities the catalogue test talks.
        lookup_seconds: of load on /v1/answers.
        rounds, round_seconds: how often the systems take turns, and the seconds of load of each turn.
    """

    concurrent: tuple[int, ...] = (1, 8, 64)
    seconds: float = 20.0
    dialogues: int = 1
    stock_keep: int = 1
    stock_epochs: int | None = None
    nlpjs_keep: int = 1
    long: int = 500
    stock_long: int = 100
    catalogues: tuple[tuple[int, int], ...] = ((98, 40),)
    places: int = 12
    lookup_seconds: int = 10
    rounds: int = 3
    round_seconds: float = 10.0


QUICK = Plan(
    concurrent=(1, 8),
    seconds=2.0,
    dialogues=40,
    stock_keep=40,
    stock_epochs=1,
    nlpjs_keep=40,
    long=40,
    stock_long=30,
    catalogues=((6, 10),),
    places=2,
    lookup_seconds=2,
    rounds=1,
    round_seconds=2.0,
)
