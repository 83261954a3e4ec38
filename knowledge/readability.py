"""How easy the answers are to read: LIX (C. H. Björnsson, 1968) of every answer the catalogue and the bot can give.

LIX = words / sentences + 100 * long words / words; a word is long from 7 letters. About 25 is a children's book, 35 to 44 a
newspaper, 55 and above an official text. A bullet, and a heading that ends in a colon, counts as a sentence.

Set aside are names that no editor can make shorter: services, municipalities, laws, paragraphs, and the lines that only say
where an answer holds and where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from statistics import median
from typing import Any

from knowledge.lookup import answer_for
from knowledge.model import Municipality, Service
from knowledge.snapshot import Snapshot
from knowledge.vocabulary import vocabulary
from knowledge.wording import wording

LONG = 7  # letters
MEDIAN, MOST = 40, 55  # what the project aims at
TABLES = ("da", "comparison", "guide")  # wording that citizens read
ENOUGH = 12  # words; a shorter sentence of the wording table says nothing on its own
NAMES_ONLY = ("about_service", "about_unnamed", "source", "source_national")  # templates that only name and point
PLACEHOLDER = re.compile(r"\{\w+\}")
WORD = re.compile(r"[^\W_]+(?:[-/’'.,][^\W_]+)*")
SENTENCE_END = re.compile(r"(?<=[.!?:])\s+|\n+")
NO_END = re.compile(  # a full stop after an abbreviation or an ordinal number
    r"\b(?:bl\.a|ca|dvs|evt|inkl|kap|kl|kr|maks|m\.m|m\.v|mv|nr|osv|pr|stk|tlf|\d+)\.(?=\s+(?-i:[a-zæøå0-9]))", re.IGNORECASE
)
LAW = re.compile(  # serviceloven, § 85 a, §§ 103 og 104, kapitel 10, stk. 3
    r"\b[a-zæøå]+lovens?\b"
    r"|§§? ?\d+(?: [a-d]\b)?(?:(?:,| og| eller| til) (?:§ )?\d+(?: [a-d]\b)?)*"
    r"|\b(?:kapitel|stk\.|nr\.) \d+",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Readability:
    """The words of one text, sentence by sentence, after names were set aside."""

    sentences: tuple[tuple[str, ...], ...]

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(word for sentence in self.sentences for word in sentence)

    @property
    def long_words(self) -> tuple[str, ...]:
        return tuple(word for word in self.words if _letters(word) >= LONG)

    @property
    def lix(self) -> float:
        """0 for a text that is nothing but names."""
        if not self.words:
            return 0.0
        return len(self.words) / len(self.sentences) + 100 * len(self.long_words) / len(self.words)

    def longest_words(self, count: int = 6) -> list[str]:
        """The longest words, each once, the longest first."""
        return sorted(dict.fromkeys(map(str.lower, self.long_words)), key=lambda word: (-_letters(word), word))[:count]

    def longest_sentence(self) -> str:
        return " ".join(max(self.sentences, key=len, default=()))


@dataclass(frozen=True)
class Text:
    """Something a citizen may read. `where` is the file to mend it in, `what` names it there."""

    where: str
    what: str
    readability: Readability

    @property
    def lix(self) -> float:
        return self.readability.lix


@dataclass(frozen=True)
class Summary:
    """All texts against the aim."""

    texts: tuple[Text, ...]

    @property
    def median(self) -> float:
        return median(text.lix for text in self.texts)

    @property
    def worst(self) -> float:
        return max(text.lix for text in self.texts)

    def over(self, most: float = MOST) -> list[Text]:
        """The texts above a LIX, the hardest first."""
        return sorted((text for text in self.texts if text.lix > most), key=lambda text: (-text.lix, text.where, text.what))


def measure(text: str, names: Iterable[str] = ()) -> Readability:
    """Read a text.

    Args:
        names: set aside wherever they stand, besides laws and paragraphs.
    """
    for name in sorted((*names, *wording("laws")["laws"]), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}s?(?!\w)", " ", text, flags=re.IGNORECASE)
    text = NO_END.sub(lambda found: found.group().rstrip("."), LAW.sub(" ", text))
    sentences = (tuple(WORD.findall(part)) for part in SENTENCE_END.split(text))
    return Readability(tuple(sentence for sentence in sentences if sentence))


def texts(snapshot: Snapshot, responses: Mapping[str, Any]) -> Iterator[Text]:
    """Every answer of the catalogue, the general rules, what the wording tables say, and what the bot says of itself.

    Args:
        responses: the bot's own responses, by name, as Rasa's domain has them.
    """
    names = tuple(_names(snapshot))
    for municipality in snapshot.catalogue.municipalities:
        for service in (None, *municipality.services):
            for facet in vocabulary().facets:
                answer = answer_for(snapshot, municipality.id, facet, service=service.id if service else None)
                what = f"{service.id if service else municipality.id} {facet}"
                yield Text(_file(municipality, service), what, measure(own_words(answer.text), names))
    for fact in snapshot.catalogue.national:
        yield Text("knowledge/catalogue/national.yml", fact.id, measure(fact.text, names))
    for table in TABLES:
        for key, template in _sentences(wording(table)):
            yield Text(f"knowledge/wording/{table}.yml", key, measure(PLACEHOLDER.sub(" ", template), names))
    for name, variants in responses.items():
        for variant in variants:
            yield Text("bot/domain/responses.yml", name, measure(variant.get("text", ""), names))


def own_words(answer: str) -> str:
    """An answer without the lines that only say where it holds and where it stands."""
    starts = tuple(wording()[key].split("{")[0] for key in NAMES_ONLY)
    return "\n".join(line for line in answer.splitlines() if not line.startswith(starts))


def _sentences(entry: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """The whole sentences of a wording table that are long enough, each with its key ("danger.safety_acute")."""
    if isinstance(entry, dict):
        for name, value in entry.items():
            if name not in NAMES_ONLY:
                yield from _sentences(value, f"{key}.{name}".lstrip("."))
    elif isinstance(entry, list):
        for number, value in enumerate(entry, 1):
            yield from _sentences(value, f"{key}.{number}")
    elif str(entry).endswith((".", "?", "!")) and len(WORD.findall(PLACEHOLDER.sub(" ", entry))) >= ENOUGH:
        yield key, entry


def _names(snapshot: Snapshot) -> Iterator[str]:
    for municipality in snapshot.catalogue.municipalities:
        yield from (municipality.full_name, municipality.name) if municipality.named else ()
        yield from (service.name for service in municipality.services)


def _file(municipality: Municipality, service: Service | None) -> str:
    stem = service.id.removeprefix(f"{municipality.id}-") if service else "municipality"
    return f"knowledge/catalogue/municipalities/{municipality.id}/{stem}.yml"


def _letters(word: str) -> int:
    return sum(map(str.isalpha, word))
