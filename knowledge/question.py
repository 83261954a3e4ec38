"""A question as the knowledge base takes it, and what a conversation remembers between two of them."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from knowledge.danish import Analysis, fold
from knowledge.linking import Mentions

NO_TOPIC = "-"
INFORM = "inform"
GUIDE = "guide"
OUT_OF_SCOPE = "out_of_scope"
REPEAT = "repeat"

_SUBJECT = r"(?:jeg|man|de|du|han|hun|vi|i|der|det|den|min|mit|mine|vores|nogen|en|kommunen|kommunenavn|borger(?:en)?|stotten|hjalpen|damen|hjalperen|personalet|udforeren|ledsageren|bostotten)"
_YES_NO = re.compile(
    r"\b(?:kan|ma|far|skal|er|har|hjalper|dakker|betaler|kommer|gor|vil|gar|laver|indgar|horer|galder|bliver|tager|folger|"
    rf"vasker|rydder|kober|korer|hvis) {_SUBJECT}\b")
_OPEN = re.compile(r"\b(?:hvad|hvem|hvor|hvordan|hvornar|hvorfor|hvilk\w+|hva|vor|vem|hvormange|hvorlange)\b")
_PROMISE = re.compile(
    r"\b(?:love mig|kan i love|lover|helt sikkert|garanti\w*|garanter\w*|vare sikker|sikker pa|har jeg ret til|har jeg krav pa|"
    r"opfylder jeg|er jeg berettiget|far jeg (?:sa )?(?:helt sikkert )?\d+|far jeg lov|har vi ret|har han ret|har hun ret|krav pa at)\b")
_COMPARE = re.compile(r"\b(?:begge|bade .* og|sammenlign\w*|forskel\w*|hurtigst\w*|billigst\w*|bedst\w*|langst|flest timer|"
                      r"hvilken kommune|hvilke kommuner|hvor er det|samme i|mest)\b")

_BOTH = re.compile(r"\b(?:de to kommuner|begge (?:kommuner|steder)|begge to|hver af dem|stederne|i begge|de to steder)\b")


@dataclass(frozen=True)
class Flags:
    """How something is asked: yes/no, with a question word (`open`), for a promise, comparing, about `both` places."""

    yes_no: bool = False
    open: bool = False
    promise: bool = False
    compare: bool = False
    both: bool = False


@dataclass(frozen=True)
class Question:
    """One message, understood.

    Attributes:
        facets: probability of each intent (facets and `inform`, `guide`, `out_of_scope`).
        topics: probability of each topic, `-` for none.
    """

    analysis: Analysis
    facets: dict[str, float]
    topics: dict[str, float]
    mentions: Mentions
    flags: Flags

    @property
    def intent(self) -> str:
        return max(self.facets, key=self.facets.__getitem__) if self.facets else INFORM

    def no_topic(self) -> float:
        """Probability that the message names no kind of help."""
        return self.topics.get(NO_TOPIC, 0.0 if self.topics else 1.0)


@dataclass(frozen=True)
class Memory:
    """What carries over from one turn to the next. All values are JSON scalars or flat tables, so any store can hold it.

    Attributes:
        facet, topics, text: the last question that had a facet of its own.
        facets: the probabilities of that question, for answering it again in another place or for another help.
        compared: the municipalities that were compared last.
        awaiting: "municipality" or "service" while a question waits for it, else "".
    """

    municipality: str = ""
    service: str = ""
    facet: str = ""
    facets: dict[str, float] = field(default_factory=dict)
    topics: dict[str, float] = field(default_factory=dict)
    text: str = ""
    level: int | None = None
    age: int | None = None
    pension: bool | None = None
    awaiting: str = ""
    compared: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any] | None) -> Memory:
        """Rebuild; unknown keys from an older version are dropped."""
        known = cls.__dataclass_fields__
        values = {key: tuple(value) if key == "compared" else value for key, value in (data or {}).items() if key in known}
        return cls(**values)

    def absorb(self, mentions: Mentions) -> Memory:
        """Take over what a message says about the person. A level belongs to one question and is not kept here."""
        age = mentions.age if mentions.age is not None else self.age
        pension = mentions.pension if mentions.pension is not None else self.pension
        return replace(self, age=age, pension=pension)


def flags_of(analysis: Analysis) -> Flags:
    """Read from the wording alone how something is asked."""
    folded = analysis.folded
    asked = [folded]
    if len(analysis.words) > 20:
        asked = [fold(" ".join(analysis.words[a:b])) for a, b in analysis.asked()]
    return Flags(
        yes_no=any(_YES_NO.search(part) and not _OPEN.search(part) for part in asked),
        open=any(_OPEN.search(part) for part in asked),
        promise=bool(_PROMISE.search(folded)),
        compare=bool(_COMPARE.search(folded)),
        both=bool(_BOTH.search(folded)),
    )
