"""Wording of danger and turns of phrase that only sound like it: the patterns of `bot/safety.yml`, read and applied."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ruamel.yaml import YAML

from knowledge.alternatives import KEPT, AnyOf
from knowledge.danish import fold

SAFETY = Path(__file__).parents[1] / "safety.yml"
CUT = " ~ "  # what stands where a harmless phrase was
_SLOT = re.compile(r"<(\w+)>")
_OTHER = re.compile(r"[^\w.!?;,]+")
_UNFOLDED = re.compile(r"aa|ae|oe|[æøå]")


@dataclass(frozen=True)
class DangerRules:
    """Patterns over `key` of a message.

    Attributes:
        harmless: phrases that are cut out before anything looks for danger, so that they hide nothing beside them.
        kinds: safety intent -> patterns, the kind that is told first when several hold.
    """

    harmless: AnyOf
    kinds: dict[str, AnyOf]

    @classmethod
    def read(cls, path: Path = SAFETY) -> DangerRules:
        """Read the rules; `<name>` in a pattern stands for the words of that name.

        Raises:
            ValueError: naming the pattern that does not compile or the name that is not defined.
        """
        data = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        words: dict[str, str] = {}
        for name, pattern in data.pop("words").items():
            words[name] = _filled(pattern, words)
        harmless = _any_of(data.pop("harmless"), words)
        return cls(harmless, {intent: _any_of(patterns, words) for intent, patterns in data.items()})

    def without_harmless(self, text: str) -> str:
        """The key of a message with its harmless phrases cut out."""
        return self.harmless.cut(CUT, key(text))

    def found(self, text: str) -> str | None:
        """The first kind of danger whose wording stands in a text that `without_harmless` returned."""
        return next((intent for intent, patterns in self.kinds.items() if patterns.matches(text)), None)


@lru_cache(maxsize=1)
def danger_rules() -> DangerRules:
    """The rules of this process."""
    return DangerRules.read()


@lru_cache(maxsize=KEPT)
def key(text: str) -> str:
    """What the patterns read: folded, stretched letters shortened ("neeeej"), one blank between words, sentence marks kept."""
    folded = re.sub(r"(\w)\1{2,}", r"\1", fold(text))
    return f" {_OTHER.sub(' ', folded).strip()} "


def _any_of(patterns: list[str], words: dict[str, str]) -> AnyOf:
    return AnyOf([_filled(pattern, words) for pattern in patterns])


def _filled(pattern: str, words: dict[str, str]) -> str:
    """A pattern with its named words put in, checked on its own so that a fault names it."""
    if _UNFOLDED.search(pattern):
        raise ValueError(f"bot/safety.yml: '{pattern}' can never match. Mend: write it as knowledge.danish.fold leaves it")
    try:
        filled = _SLOT.sub(lambda slot: f"(?:{words[slot[1]]})", pattern)
        re.compile(filled)
    except KeyError as error:
        raise ValueError(
            f"bot/safety.yml: '{pattern}' uses <{error.args[0]}>, which `words` does not define before it"
        ) from None
    except re.error as error:
        raise ValueError(f"bot/safety.yml: '{pattern}' is no pattern ({error})") from None
    return filled
