"""A question as the knowledge base takes it, and what a conversation remembers between two of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any

from knowledge.alternatives import WhichOf
from knowledge.correction import correction_of
from knowledge.danish import Analysis, fold, fold_word
from knowledge.english import in_danish, is_english
from knowledge.linking import MASK, Mentions
from knowledge.matching import STOPWORDS, UNTELLING
from knowledge.vocabulary import pattern, patterns, vocabulary

NO_TOPIC = "-"
PLACES, HELPS, ONE = REACH_OVER = ("places", "helps", "one")  # all municipalities, all kinds of help of one, and neither
REACHES = 0.4  # probability from which a message reaches over either
INFORM = "inform"
GUIDE = "guide"
OUT_OF_SCOPE = "out_of_scope"
REPEAT = "repeat"
WORDING = 0.4  # what a wording that names a facet adds to its probability
REFERS_BACK = 11  # tokens; longer messages stand on their own
MARKS = frozenset(",.?!;:")
POINTS_BACK = 9  # tokens of one that plainly points at what was said before
POINTERS = frozenset(("det", "den", "dem", "der", "derhen", "han", "hun", "de", "hans", "hendes", "deres", "ogsa"))
CATCHWORDS = 3  # tokens that stand for a question only beside the one before: "dage om ugen"
FILLERS = frozenset(map(fold, vocabulary().language["fillers"]))
LEVEL_WORD = re.compile(r"let|moder|svær|fuldst|niveau|grad")
LONG_MESSAGE = 20  # tokens; in longer messages only the asking sentences tell how it is asked


_NAMING = re.compile(r"\bdet (?:der )?med\b")  # "og det med rengøringen" names what is meant, and points at nothing


@lru_cache(maxsize=1)
def _patterns() -> dict[str, Any]:
    """The patterns that tell how something is asked, from `vocabulary/language.yml`."""
    language = vocabulary().language

    def words(key: str) -> str:
        return "|".join(re.escape(fold(word)) for word in language[key])

    def phrases(key: str) -> re.Pattern[str]:
        return re.compile(r"\b(?:" + "|".join(language[key]) + r")\b")

    told = "".join(rf"(?<!\b{word} )" for word in ("han", "hun", "jeg", "det", "den"))  # "hun er min ledsager" asks nothing

    return {
        "anaphor": frozenset(map(fold, language["anaphors"])),
        "yes_no": re.compile(rf"{told}\b(?:{words('yes_no_verbs')}) (?:{words('yes_no_subjects')})\b"),
        "open": re.compile(rf"\b(?:{words('question_words')})\b"),
        "figure": re.compile(rf"\b(?:{words('figures')})\b"),
        "promise": phrases("promise"),
        "compare": phrases("compare"),
        "both": phrases("both_places"),
        "meaning": phrases("meaning"),
        "all_services": re.compile(language["all_services"][0]),
        "whole_list": re.compile(language["whole_list"][0]),
        "other_services": re.compile(language["other_services"][0]),
        "returns": re.compile(language["returns"][0]),
    }


@dataclass(frozen=True)
class Flags:
    """How something is asked: yes/no, with a question word (`open`), comparing, about `both` places, for a `figure`,
    for what a word means (`meaning`), for the list of all services, for everything on some list (`whole_list`)."""

    yes_no: bool = False
    open: bool = False
    promise: bool = False
    compare: bool = False
    both: bool = False
    figure: bool = False
    meaning: bool = False
    all_services: bool = False
    whole_list: bool = False
    other_services: bool = False
    returns: bool = False


@dataclass(frozen=True)
class Question:
    """One message, understood.

    Attributes:
        facets: probability of each intent (facets and `inform`, `guide`, `out_of_scope`).
        topics: probability of each topic, `-` for none.
        english: the message was written in English.
        corrects: the message puts right what was said before ("nej, jeg mente Gentofte").
        parts: the clauses that each ask something, when there is more than one.
        told: the kinds of help that single clauses name, where the message as a whole names none.
        named: the kinds of help that the message names one by one, where there is more than one.
        beside: the kinds of help that the message sets beside each other, in its order.
        levels_apiece: the VUM level told with each of several kinds of help: "svær i økonomi og let i hygiejne".
        reach: probability of each of `REACH_OVER`.
        completes: the message stands after the question before, which it completes.
        alternative: it is one clause of a message and set against another one by "eller".
    """

    analysis: Analysis
    facets: dict[str, float]
    topics: dict[str, float]
    mentions: Mentions
    flags: Flags
    english: bool = False
    corrects: bool = False
    parts: tuple[Question, ...] = ()
    told: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    levels_apiece: dict[str, int] = field(default_factory=dict)
    reach: dict[str, float] = field(default_factory=dict)
    completes: bool = False
    alternative: bool = False

    @property
    def intent(self) -> str:
        return max(self.facets, key=self.facets.__getitem__, default=INFORM)

    @cached_property
    def refers_back(self) -> bool:
        """Whether a few words point at what was said before ("og hvordan kommer jeg derhen"), or are too few to stand alone."""
        keys = self._keys
        if len(keys) > REFERS_BACK or self.mentions.municipalities or self.mentions.unknown_municipalities:
            return False
        return len(keys) <= CATCHWORDS or not _patterns()["anaphor"].isdisjoint(keys)

    @property
    def points_back(self) -> bool:
        """Whether it does so in few words, at somebody or something: "tager de hende med derhen?", but not "og rengøring?"."""
        return self.refers_back and len(self._keys) <= POINTS_BACK and not POINTERS.isdisjoint(self._keys)

    @cached_property
    def _keys(self) -> list[str]:
        return [key for key in _NAMING.sub(" ", self.analysis.folded).split() if key not in MARKS]

    @cached_property
    def left(self) -> list[str]:
        """The words of the message beside names, levels and those that only hold it together."""
        return [
            word
            for word in self.mentions.masked.split()
            if word not in (MASK, ",")
            and not (self.mentions.level is not None and LEVEL_WORD.match(word))
            and fold_word(word) not in STOPWORDS
            and fold_word(word) not in FILLERS
            and not word.isdigit()
        ]

    def says_only(self, said: re.Pattern[str]) -> bool:
        """Whether all of its words tell one thing, those of people and of help in general aside: "klage?", "hvad koster det?".

        Args:
            said: matches one folded word of that thing.
        """
        words = [key for key in map(fold, self.left) if key not in UNTELLING]
        return bool(words) and all(map(said.fullmatch, words))

    def reaches(self, over: str, least: float = REACHES) -> bool:
        """Whether the message asks of all municipalities (`PLACES`) or of all kinds of help (`HELPS`)."""
        return self.reach.get(over, 0.0) >= least

    def no_topic(self) -> float:
        """Probability that the message names no kind of help."""
        return self.topics.get(NO_TOPIC, 0.0 if self.topics else 1.0)


@dataclass(frozen=True)
class Memory:
    """What carries over from one turn to the next. All values are JSON scalars or flat tables, so any store can hold it.

    Attributes:
        facet, topics, text: the last question that had a facet of its own.
        told: the kinds of help that the citizen told of, as long as none is talked about.
        facets: the probabilities of that question, for answering it again in another place or for another help.
        compared: the municipalities that were compared last.
        comparing: the last answer was that comparison.
        helps: the services of one municipality that were set beside each other, as long as the talk is about one of them.
        of_helps: the last answer was about all of those.
        of_each: the last answer told one matter of each kind of help.
        listed: the services of the list that was told last.
        danger: the safety intent of an earlier message, "" when there was none.
        parts: the clauses of a message that asked several things, each {text, facets, topics}.
        guide: state of the guided conversation (`knowledge.guided.GuideState`), {} when there was none.
        awaiting: "municipality" or "service" while a question waits for it, else "".
        home: the municipality that was talked of first, "hos os" once others were.
    """

    municipality: str = ""
    home: str = ""
    service: str = ""
    facet: str = ""
    facets: dict[str, float] = field(default_factory=dict)
    topics: dict[str, float] = field(default_factory=dict)
    text: str = ""
    told: tuple[str, ...] = ()
    level: int | None = None
    age: int | None = None
    pension: bool | None = None
    awaiting: str = ""
    compared: tuple[str, ...] = ()
    comparing: bool = False
    helps: tuple[str, ...] = ()
    of_helps: bool = False
    of_each: bool = False
    listed: tuple[str, ...] = ()
    danger: str = ""
    parts: tuple[dict[str, Any], ...] = ()
    guide: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return dict(vars(self))  # its tables are never changed in place

    @classmethod
    def from_json(cls, data: dict[str, Any] | None) -> Memory:
        """Rebuild; unknown keys from an older version are dropped."""
        known = cls.__dataclass_fields__
        values = {
            key: tuple(value) if key in ("compared", "helps", "listed", "parts", "told") else value
            for key, value in (data or {}).items()
            if key in known
        }
        return cls(**values)

    def absorb(self, mentions: Mentions) -> Memory:
        """Take over what a message says about the person. A level belongs to one question and is not kept here; of two people's
        ages none is."""
        age = mentions.age if mentions.ages else self.age
        pension = mentions.pension if mentions.pension is not None else self.pension
        return replace(self, age=age, pension=pension)


_ANSWERING = re.compile(  # who is on the phone asks for no number: "Goddag, telefonlinjen her: borger vil vide ..."
    r"^(?:(?:hej|goddag|godmorgen|dav)\W+)?(?:det er |her er |kollega )?(?:fra )?"
    r"(?:telefonlinjen|omstillingen|receptionen|borgerservice|kontaktcent\w+)(?: her| igen)?\s*[:,.–-]\s+"
    r"|\b(?:jeg |vi )?(?:har|sidder med) (?:en )?borger i (?:røret|telefonen|tlf)\b\s*[:,.–-]?\s*",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)
def _facet_wording() -> WhichOf:
    return WhichOf({facet: [pattern] for facet, pattern in vocabulary().language["facet_wording"].items()})


def worded(facets: dict[str, float], analysis: Analysis, level: int | None = None) -> dict[str, float]:
    """The probabilities of the facets with those made likelier that the wording of the question names.

    Args:
        level: the VUM level named; "hvad får hun?" then asks how much.
    """
    asked = analysis.asked_folded
    named = _facet_wording().labels(asked)
    if level is not None and "extent" not in named and pattern("asked_by_level").search(asked):
        named |= {"extent"}
    if not named or not facets:
        return facets
    raised = {**facets, **{facet: facets.get(facet, 0.0) + WORDING / len(named) for facet in sorted(named)}}
    total = sum(raised.values()) / max(sum(facets.values()), 0.01)
    return {facet: probability / total for facet, probability in raised.items()}


def figure_asked(analysis: Analysis, completes: bool = False) -> str:
    """Which figure a question wants: "hours", "amount" (kroner), "clock" (times of day), "age" or "".

    Args:
        reach: probability of each of `REACH_OVER`.
        completes: the message stands after the question before, which it completes; that asks too.
    """
    asked = analysis.folded if completes else analysis.asked_folded
    return next((name for name, pattern in patterns("missing_figures").items() if pattern.search(asked)), "")


def meant(text: str) -> tuple[str, bool]:
    """The Danish a message means, after corrections, and whether it was written in English."""
    text, _ = correction_of(_ANSWERING.sub("", text))
    english = is_english(text)
    return (in_danish(text) if english else text), english


def has_question_word(folded: str) -> bool:
    return bool(_patterns()["open"].search(folded))


def has_verb_before_subject(folded: str) -> bool:
    return bool(_patterns()["yes_no"].search(folded))


def flags_of(analysis: Analysis) -> Flags:
    """Read from the wording alone how something is asked."""
    folded, asked, find = analysis.folded, [analysis.folded], _patterns()
    if len(analysis.words) > LONG_MESSAGE:
        asked = [fold(" ".join(analysis.words[a:b])) for a, b in analysis.asked()]
    return Flags(
        yes_no=any(
            (find["yes_no"].search(part) or part.rstrip().endswith("?")) and not find["open"].search(part) for part in asked
        ),
        open=any(find["open"].search(part) for part in asked),
        figure=any(find["figure"].search(part) for part in asked),
        promise=bool(find["promise"].search(folded)),
        compare=bool(find["compare"].search(folded)),
        both=bool(find["both"].search(folded)),
        meaning=any(find["meaning"].search(part) for part in (asked if len(asked) > 1 else [analysis.asked_folded])),
        all_services=bool(find["all_services"].search(folded)),
        whole_list=bool(find["whole_list"].search(folded)),
        other_services=bool(find["other_services"].search(folded)),
        returns=bool(find["returns"].search(folded)),
    )
