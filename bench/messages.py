"""The training messages as every system is given them: text, intent, and the topic where the message names a kind of help."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML

NLU = Path(__file__).parents[1] / "bot" / "data" / "nlu"
NO_TOPIC = "-"


@dataclass(frozen=True)
class Example:
    """One training message. `topic` is "-" where it names no kind of help."""

    text: str
    intent: str
    topic: str


def training_examples(keep: int = 1) -> list[Example]:
    """The messages of `bot/data/nlu`, by file.

    Args:
        keep: every how many-th message of each intent is kept, so that all intents stay.
    """
    seen: Counter[str] = Counter()
    kept = []
    for example in _all():
        if seen[example.intent] % keep == 0:
            kept.append(example)
        seen[example.intent] += 1
    return kept


def _all() -> list[Example]:
    found = []
    for path in sorted(NLU.glob("*.yml")):
        for block in YAML(typ="safe").load(path.read_text(encoding="utf-8"))["nlu"]:
            topic = (block.get("metadata") or {}).get("topic", NO_TOPIC)
            lines = (line.strip() for line in block["examples"].splitlines())
            found += [Example(line[2:].strip(), block["intent"], topic) for line in lines if line.startswith("- ")]
    return found
