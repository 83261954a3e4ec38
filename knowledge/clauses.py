"""Splits a message into the clauses that each ask something: "hvad koster det, og hvem kan få det?" asks twice.

A cut is only a suggestion; `knowledge.several` decides whether the clauses really ask different things.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from knowledge.danish import Analysis, fold, spoken
from knowledge.vocabulary import vocabulary

LONG_MESSAGE = 30  # tokens; of a longer message only the sentences that end in a question mark are cut
CONDITIONS = ("hvis", "nar")
BEFORE_CONDITION = frozenset(("og", "men", "hvad", "nu", "sa", "ok", "okay", "na", "ja"))  # "og hvad nu hvis ..."
LEANING = ("pa", "om", "af")  # what stands before a comma where the clause after it is what is asked of
TELLS = ("jeg", "vi", "han", "hun")  # "jeg har den 1. november fået ..." begins as no question
WHICH = ("hvilken", "hvilket", "hvilke")
KEPT = 500  # messages whose clauses are remembered: several parts of a turn ask for them
MOST = 4  # clauses looked at; more than that in one message is a story, not a list of questions
SHORTHAND = 24  # tokens of a message that may be a list of catchwords
CATCHWORDS = 2  # words of a catchword: "timer", "frit valg"
ITEM = 7  # tokens of what else stands in such a list
_ITEM_SIGN = re.compile(r"[a-d1-4]")
PARTING = frozenset((",", "og", "samt", "bade", ":", "-", "–"))  # what stands before an indirect question
_TELL = re.compile(  # asks to be told
    r"\b(?<!ikke )(?:fortal\w*|forklar\w*|beskriv\w*|redegor\w*|oplys\w*|opsummer\w*|vide|sig(?:e)? mig|giv mig|skriv"
    r"|hore|gar ud pa)\b"
)
MARKS = frozenset((",", "?", ";", "+", "."))  # what stands between its items
HEAD_MARKS = frozenset((":", "–", "-"))  # what stands between the help and them
BOUND = frozenset(("hvis", "nar", "som", "der", "at", "fordi", "da", "men", "sa", "eller", "altsa"))  # begin no question
ONE_MATTER = ("vs", "klag")  # two kinds of help compared; "klage: frist + adresse?" asks of the complaint only
POINTING = frozenset(("den", "det", "dem", "der"))  # what points at what the clause before names
PEOPLE = frozenset(("jeg", "du", "han", "hun", "min", "mit", "mine", "hej", "goddag", "tak", "nej"))  # no word of shorthand


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    language = vocabulary().language
    keys = (
        "clause_links",
        "question_words",
        "yes_no_verbs",
        "yes_no_subjects",
        "doing_verbs",
        "clause_fillers",
        "after_where",
        "relatives",
        "after_in",
    )
    return {key: frozenset(map(fold, language[key])) for key in keys}


def _says_of_what(keys: Sequence[str], asking: Sequence[tuple[int, int]]) -> bool:
    """Whether the first of two clauses only says of what the second asks: "hvad med transporten, betaler hun selv den?"."""
    (start, end), (then, last) = asking[0], asking[1]
    head = [key for key in keys[start:end] if key not in ("og", "men", "sa")][:2]
    return len(asking) == 2 and head == ["hvad", "med"] and not POINTING.isdisjoint(keys[then:last])


def asking_clauses(analysis: Analysis, places: int = 1) -> tuple[str, ...]:
    """The clauses that ask, in order, as corrected text; empty when the message asks at most once.

    Args:
        places: how many municipalities the message names; the names of several make no list of questions.
    """
    keys = analysis.keys
    if enumerated := _enumerated(analysis):
        return enumerated
    if places < 2 and (items := _listed(analysis)):
        return tuple(" ".join(analysis.words[start:end]) for start, end in items)
    sentences = analysis.sentences if len(keys) <= LONG_MESSAGE else analysis.asked()
    clauses = [clause for sentence in sentences for clause in _clauses(keys, *sentence)]
    asking = [(start, end) for start, end in clauses if _asks(keys, start, end)]
    # beside a question mark a full stop ends what is told, unless it begins as a question: "nu går det op for mig."
    if "?" in keys:
        asking = [
            (start, end)
            for start, end in asking
            if keys[end - 1] != "." or (keys[start] not in TELLS and _begins_question(keys, start, end))
        ]
    if len(told := _told_to_tell(analysis)) > len(asking):
        return tuple(" ".join(analysis.words[start:end]) for start, end in told)
    if not 2 <= len(asking) <= MOST or _says_of_what(keys, asking):
        return ()
    asking = [(_after_head(keys, start, end), end) for start, end in asking]
    return tuple(" ".join([*_pointed_at(analysis, keys, start, end), *analysis.words[start:end]]) for start, end in asking)


def _after_head(keys: list[str], start: int, end: int) -> int:
    """Where a clause begins to ask: "fortæl kort om ledsagerordningen: hvor mange timer er det" asks after the colon."""
    heads = (n for n in range(start, end - 1) if keys[n] == ":" and _begins_question(keys, n + 1, end))
    return next((n + 1 for n in heads if _TELL.search(" ".join(keys[start:n]))), start)


def is_list(analysis: Analysis) -> bool:
    """Whether a message is a list of catchwords."""
    return bool(_listed(analysis))


@lru_cache(maxsize=KEPT)
def asking_ranges(analysis: Analysis) -> tuple[tuple[int, int], ...]:
    """The token ranges of the clauses that ask, of the sentences that ask: "er 18 og går på teknisk skole, kan jeg få terapi"
    asks of therapy. Empty where no clause asks by its wording."""
    keys = analysis.keys
    clauses = [clause for sentence in analysis.asked() for clause in _clauses(keys, *sentence)]
    return tuple(clause for clause in clauses if _asks(keys, *clause))


def asks(analysis: Analysis) -> bool:
    """Whether a message asks by its wording, or ends in a question mark."""
    return bool(asking_ranges(analysis)) or "?" in analysis.words


def asked_part(analysis: Analysis) -> str:
    """The folded clauses that ask, the sentences that ask where none does by its wording."""
    asking = [" ".join(analysis.words[start:end]) for start, end in asking_ranges(analysis)]
    return f" {fold(' '.join(asking))} " if asking else analysis.asked_folded


def _enumerated(analysis: Analysis) -> tuple[str, ...]:
    """Each item of an enumeration with the question before it: "kan hun få a) struktur b) rengøring". Empty where there is
    none, or where its items ask themselves."""
    keys, words = analysis.keys, _words()
    marks = [n for n in range(2, len(keys)) if keys[n] == ")" and _ITEM_SIGN.fullmatch(keys[n - 1]) and keys[n - 2] != "("]
    if not 2 <= len(marks) <= MOST or (words["question_words"] | words["yes_no_verbs"]).isdisjoint(keys[: marks[0] - 1]):
        return ()
    items = [(mark + 1, following - 1) for mark, following in zip(marks, [*marks[1:], len(keys) + 1])]
    if any(_asks(keys, start, end - (keys[end - 1] == "?")) for start, end in items if end > start):
        return ()
    return tuple(" ".join([*analysis.words[: marks[0] - 1], *analysis.words[start:end]]) for start, end in items)


@lru_cache(maxsize=KEPT)
def _listed(analysis: Analysis) -> tuple[tuple[int, int], ...]:
    """The items of a list of catchwords, as staff write: "hygiejne svær: timer? hvor? revisitering?", "tøjvask grad, hvor tit,
    hvem betaler sæbe". What stands before a colon or a dash only names the help; otherwise the first item does so too, and may
    be longer. Empty where a message is no such list."""
    keys = analysis.keys
    if not analysis.sentences or len(keys) > SHORTHAND or any(key.startswith(ONE_MATTER) for key in keys):
        return ()
    asked, last = analysis.asked(), analysis.sentences[-1]
    if last not in asked and keys[last[0]] in _words()["question_words"]:
        asked = (*asked, last)  # the last question mark is often left out
    start = max((n + 1 for n, key in enumerate(keys[:-1]) if key in HEAD_MARKS), default=0)
    if not PEOPLE.isdisjoint(keys[start:]):
        return ()
    found = (item for a, b in asked if b > start for item in _items(keys, max(a, start), b))
    items = tuple((a, b) for a, b in found if spoken(keys[a:b]))
    later = items if start else items[1:]
    fits = all(b - a <= ITEM and keys[a] not in BOUND for a, b in later)
    fits = fits and any(len(spoken(keys[a:b])) <= CATCHWORDS for a, b in later)
    return items if fits and 2 <= len(items) <= MOST else ()


def _told_to_tell(analysis: Analysis) -> tuple[tuple[int, int], ...]:
    """The indirect questions of a sentence that asks to be told: "fortæl mig, hvad det er, og om jeg skal betale". Empty where
    there are fewer than two."""
    keys, found = analysis.keys, []
    for start, end in analysis.sentences:
        asked = _TELL.search(" ".join(keys[start:end]))
        first = start + asked.string[: asked.end()].count(" ") + 1 if asked else end
        begins = [n for n in range(first, end - 1) if _begins_indirectly(keys, n) and (n == first or keys[n - 1] in PARTING)]
        found += [(n, after - (keys[after - 1] in PARTING)) for n, after in zip(begins, [*begins[1:], end])]
    return tuple((a, b - (keys[b - 1] in PARTING)) for a, b in found if b - a > 1) if 2 <= len(found) <= MOST else ()


def _begins_indirectly(keys: list[str], n: int) -> bool:
    """Whether an indirect question begins: with a word that asks, or "om" and who."""
    words = _words()
    return keys[n] in words["question_words"] or (keys[n] == "om" and keys[n + 1] in words["yes_no_subjects"])


def _items(keys: list[str], start: int, end: int) -> Iterator[tuple[int, int]]:
    """What stands between the marks of a sentence, with a question mark after it."""
    at = start
    for n in range(start, end):
        if keys[n] in MARKS:
            if n > at:
                yield at, n + (keys[n] == "?")
            at = n + 1
    if at < end:
        yield at, end


def _pointed_at(analysis: Analysis, keys: list[str], start: int, end: int) -> tuple[str, ...]:
    """The sentence before a clause that only points back at it: "de skulle gå ind i det med piller. Kan de det, og ..."."""
    words = _words()
    if not words["yes_no_subjects"].union(words["yes_no_verbs"], words["clause_fillers"], "?.").issuperset(keys[start:end]):
        return ()
    before = [sentence for sentence in analysis.sentences if sentence[1] <= start]
    return analysis.words[slice(*before[-1])] if before else ()


def _clauses(keys: list[str], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The token ranges between the links of one sentence that begin a new question."""
    words = _words()
    at = start
    conditional = next((key for key in keys[start:end] if key not in BEFORE_CONDITION), "") in CONDITIONS
    for n in range(start + 1, end - 1):
        if conditional and keys[n] == ",":  # the question that the condition belongs to
            conditional = False
            continue
        if keys[n : n + 2] == [",", "hvis"]:  # the condition of the question before
            continue
        if keys[n] == ")" and keys[n - 1].isdigit() and keys[n - 2 : n - 1] != ["("]:  # "1) hvad koster det 2) må hun køre bil"
            if n - 1 > at:
                yield at, n - 1
            at = n + 1
        elif _leans_on_the_rest(keys, n):
            continue
        elif keys[n] in words["clause_links"] and (keys[n] == "+" or _begins_question(keys, n + 1, end)):
            if n > at:
                yield at, n
            at = n + 1
    yield at, end


def _leans_on_the_rest(keys: list[str], n: int) -> bool:
    """Whether what stands before a link is no clause of its own: "hvem der kommer og hjælper min nevø", "hvor stor forskel er
    der på, hvor mange timer man får"."""
    before = keys[n - 1]
    return (keys[n] == "og" and before in _words()["yes_no_verbs"]) or (keys[n] == "," and before in LEANING)


def _begins_question(keys: list[str], n: int, end: int) -> bool:
    words = _words()
    while n < end and keys[n] in words["clause_fillers"]:
        n += 1
    if n + 1 >= end:
        return False
    if keys[n] in words["question_words"]:  # a subject next ("hvor jeg bor", "hvem der hjælper") makes it no question
        if keys[n] == "hvor":
            return keys[n + 1] in words["yes_no_verbs"] | words["after_where"]
        if keys[n] in WHICH and keys[n + 2 : n + 3] != ["i"]:  # "hvilket firma der kommer"; not "hvilket udvalg i kommunen"
            n = min(n + 1, end - 2)
        return keys[n + 1] not in words["yes_no_subjects"] | words["relatives"]
    if keys[n + 1] == "i" and (keys[n] == "gar" or keys[n + 2 : n + 3] and keys[n + 2] in words["after_in"]):
        return False  # "går i gymnasiet", "har i de senere år"
    if keys[n] in words["doing_verbs"] and keys[n + 1] in ("det", "den", "dem"):
        return False  # "henter tøjet og vasker det": what is done, and to what
    return keys[n] in words["yes_no_verbs"] and keys[n + 1] in words["yes_no_subjects"]


def _asks(keys: list[str], start: int, end: int) -> bool:
    if keys[end - 1] == "?" or "+" in (keys[start - 1] if start else "", keys[end] if end < len(keys) else ""):
        return True
    return any(_begins_question(keys, n, end) for n in range(start, end))
