"""Which facts answer a question, once it is known which service and municipality it is about."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from knowledge.bounds import ANSWERS, WEAK, beside_the_point, bounded
from knowledge.complaints import COMPLAINT, told_of_one_thing
from knowledge.danish import fold
from knowledge.facets import LIST_FACETS, SCOPE, TOGETHER, asked_facet, second_facet
from knowledge.matching import NOTHING, Matches
from knowledge.model import Fact
from knowledge.question import CATCHWORDS, NO_TOPIC, Memory, Question
from knowledge.ranking import Ranked, rank
from knowledge.verdict import SURE_NO, verdict
from knowledge.vocabulary import pattern

STRONG = 0.57  # word likeness from which a fact may answer although another facet was understood
STRONGER, BEYOND_DOUBT = 0.9, 0.85  # the same where the facet was understood with this probability
CLEAR = 0.3  # lead over the best fact of the understood facet that such a fact needs
CLEARER, PLAIN = 0.45, 0.8  # the same where the facet was understood with this probability
RELEVANT = 0.33  # word likeness from which a fact is put first
HINT, HINT_SHARE = 0.13, 0.85  # where nothing is relevant, the facts at the top this near one another still go first
EQUAL = 0.85  # share of its probability from which another facet is answered, when no fact of its own fits the words ...
EQUAL_FITS = 0.3  # ... and one of the other's fits so
SAID = 0.8  # word likeness of a fact that is told where another condition was understood and none is even WEAK
GAP = 0.42  # word likeness a gap needs to be told ...
GAP_LEADS = 0.32  # by how much a gap must fit better than the facts to be told first
GAP_SHARE = 0.8  # ... and its share of the best stated fact's
LIKE, LIKE_SHARE = 0.22, 0.9  # word likeness, and its share of the best shown, from which a fact of any facet is told too
CLOSE = 0.6  # facts of other facets with a score this near the best are shown too
TOPIC_ASKED = 0.1  # probability from which a topic counts as asked for
EXTRAS, EXTRAS_UNSURE = 2, 4  # facts of other facets told beside the answer, and beside one whose facet is unsure
UNSURE = 0.8  # probability of the facet below which it is
UNLIKELY = 0.03  # chance of being part of the answer below which a fact is not told beside it ...
LIKELY_BESIDE = 0.2  # ... and beside one whose words plainly fit
LIKELY, LIKELIEST = 0.1, 5  # the chance from which a fact is told all the same, when it is among so many of the likeliest ...
OVERLOOKED = 2  # ... and how many such facts are told at most
LEADS, LEADS_BY = 0.5, 1.5  # chance, and times the chance of all that are shown, from which a fact is told first
SURELY, SURELY_BY = 0.5, 0.1  # chance, and what it has more than the fact told first, from which a fact is told before it
SURELY_SHARE = 0.6  # ... and the share of its word likeness that it must have
NEARLY = 0.2  # word likeness by which another fact of paying must lead to go before that the help is free
EXCEPTS = re.compile(r"\bkan (?:du )?ikke få\b|\begner sig ikke\b|\ber ikke for\b")  # in a fact of whom a help is not for
EXCEPTING = 0.45  # word likeness from which it goes first where it is asked whether somebody can get the help
TOLD_APART = ("complaint", "contact")  # facets of which a detail is asked that a document leaves out beside what it tells
SHOWN_GAPS = 2  # particular things not stated that are told when no words ask for one
EXCLUSIONS = 3  # places of a long list that are kept for what is not included
APART = {"complaint": "processing_time"}  # whose deadline would be taken for one of complaining
NARROW, NARROW_SHOWN = ("definition", "approval", "legal_basis"), 3  # only the facts that match best are shown
SPECIAL = 0.42  # word likeness from which one fact is asked for and not the whole service ...
LOOK_PLAIN = 0.7  # ... unless a look at the whole was understood with this probability
WHOLE = (
    "overview",
    "need_covered",
    "purpose",
    "eligibility",
    "extent",
    "included",
)  # the parts of a description of a whole service, in order
LOOK = {"overview": 0.5, "included": 0.45}  # a help was named and nothing asked: show what it is
HOURS = ("hours", "hours_by_level", "hours_pool")  # typed values that say how much help there is
WHOLE_SAYS, WHOLE_LISTS = 4, 8  # sentences and list items of it shown
MEANT = 0.1  # probability of such a facet from which a fact of it may answer in the place of the facet understood
MEANT_SHARE = 0.5  # ... and its share of the probability of the facet understood
PARTICULAR = ("special_notes", "citizen_obligations", "relatives", "staff_qualifications")  # facets of unlike things
ASIDE = ("legal_basis", "assessment_method", "complaint", "approval")  # facets never added for their words alone
FEW, LONG_LIST, NEARLY_ALL = 6, 10, 3  # facts shown at most; items of a list that are shown beyond where they are all
# Facets a document may well answer under another heading; for the others "not stated" is the honest answer.
SOFT = (
    "overview",
    "need_covered",
    "included",
    "not_included",
    "purpose",
    "special_notes",
    "extent",
    "citizen_obligations",
    "definition",
)


@dataclass(frozen=True)
class Selection:
    """The facts to show, the most relevant first.

    Attributes:
        facet: the facet answered, or the facet that is not stated when `facts` is empty.
        relevant: how many of the first facts match the words of the question.
        verdict: "ja", "nej", OUTSIDE or "".
        left_out: how many further list items the document has.
        extra: facts of other facets that fit the question nearly as well.
        asked: the facet that was understood.
    """

    facet: str
    facts: tuple[Fact, ...] = ()
    relevant: int = 0
    verdict: str = ""
    left_out: int = 0
    extra: tuple[Fact, ...] = ()
    asked: str = ""


def select(
    candidates: list[Fact],
    question: Question,
    matches: Matches,
    memory: Memory,
    broad: bool = False,
) -> Selection:
    """The facts of the understood facet, or of another one when a fact there fits the words far better.

    Args:
        broad: the service is about many kinds of help, so list items of other topics are left out.
    """
    asked = asked_facet(question)
    if not question.analysis.words:
        return _everything(asked, _fitting(candidates, memory), question, broad)
    ranked = _settled(rank(_fitting(candidates, memory), question, matches, memory.facet, broad))
    if not ranked:
        return Selection(asked, asked=asked)
    best = ranked[0]
    asked = _by_words(asked, ranked, question)
    own = [item for item in ranked if _together(asked, item.fact)]
    if asked == COMPLAINT and (told := told_of_one_thing(candidates, question)):
        return Selection(asked, tuple(sorted(told, key=lambda fact: _natural(fact.id))), relevant=len(told), asked=asked)
    sure = sum(question.facets.get(facet, 0.0) for facet in (SCOPE if asked in SCOPE else (asked,)))
    clear = CLEARER if sure >= PLAIN else CLEAR
    enough = WEAK if asked in SOFT else STRONGER if sure >= BEYOND_DOUBT else STRONG
    told_by_words = asked == "special_notes" and best.words >= SAID and max((item.words for item in own), default=0.0) < WEAK
    if own and asked == "eligibility" and (best in own or best.words < STRONG):
        return _excepting_first(_led(_selection(asked, own, ranked, question, broad), ranked), ranked, question)
    if own and (best in own or (best.score - own[0].score < clear and not told_by_words) or best.words < STRONG):
        return _led(_selection(asked, own, ranked, question, broad), ranked)
    if not own and best.words < enough:
        return Selection(asked, asked=asked)
    aside = best.fact.facet in ASIDE and best.fact.facet not in (asked, memory.facet)
    if aside and question.facets.get(best.fact.facet, 0.0) < max(MEANT, MEANT_SHARE * question.facets.get(asked, 0.0)):
        return Selection(asked, asked=asked)
    same = [item for item in ranked if _together(best.fact.facet, item.fact)]
    return _led(_selection(asked, same, ranked, question, broad), ranked)


def _led(selection: Selection, ranked: list[Ranked]) -> Selection:
    """With the likeliest fact in front where it is far likelier than all that are shown."""
    chance = {item.fact.id: item.chance for item in ranked}
    likeliest = max(ranked, key=lambda item: item.chance)
    if selection.asked == "overview" and likeliest.fact.facet == "not_included":
        return selection
    shown = [fact for fact in selection.facts if fact.stated and fact is not likeliest.fact]
    rivals = max((chance[fact.id] for fact in shown), default=1.0)
    if not likeliest.fact.stated or not shown or selection.facts[0] is likeliest.fact:
        return selection
    first = next((item for item in ranked if item.fact is selection.facts[0]), likeliest)
    included = first.fact.facet == "included" and first.chance >= LEADS
    if likeliest.fact.facet == "not_included" and included and first.words > likeliest.words:
        return selection  # what the words fit better is done
    if not _pushed_aside(first, likeliest, selection) and likeliest.chance < max(LEADS, LEADS_BY * rivals):
        return selection
    return replace(_begun_with(likeliest.fact, selection), relevant=1, verdict="")


def _begun_with(first: Fact, selection: Selection) -> Selection:
    """The same with a fact in front, whether or where it stood in it."""
    rest = tuple(fact for fact in selection.facts if fact is not first)
    extra = tuple(fact for fact in selection.extra if fact is not first)
    return replace(selection, facts=(first, *rest), extra=extra)


def _excepting_first(selection: Selection, ranked: list[Ranked], question: Question) -> Selection:
    """With whom a help is not for in front, where it is asked whether somebody can get it and that is likely the answer."""
    if not question.flags.yes_no or question.flags.promise or selection.verdict:
        return selection
    excepting = [
        item
        for item in ranked
        if item.fact.stated and item.fact.facet == "eligibility" and EXCEPTS.search(item.fact.text) and item.chance >= LEADS
    ]
    best = max(excepting, key=lambda item: item.words, default=None)
    if best is None or best.words < EXCEPTING or not selection.facts or selection.facts[0] is best.fact:
        return selection
    return _begun_with(best.fact, selection)


def _pushed_aside(first: Ranked, likeliest: Ranked, selection: Selection) -> bool:
    """Whether the likeliest fact goes before the one told first: not where that one plainly fits the words, is a duty, stands
    after its yes or no, or begins a look at the whole; and no exception goes before what a help does."""
    settled = selection.verdict or selection.asked == "overview" or first.fact.facet == "citizen_obligations"
    excepts = selection.asked in SCOPE and likeliest.fact.facet not in (*SCOPE, "purpose")
    fits = first.words >= ANSWERS or likeliest.words < SURELY_SHARE * first.words
    if settled or excepts or fits or not first.fact.stated:
        return False
    return likeliest.chance >= SURELY and first.chance <= likeliest.chance - SURELY_BY


def _by_words(asked: str, ranked: list[Ranked], question: Question) -> str:
    """The facet asked for; where another is about as likely, the one that holds a fact which plainly fits the words."""
    other = second_facet(question)
    if not other or other in NARROW or question.facets[other] < EQUAL * question.facets.get(asked, 0.0):
        return asked

    def fits(facet: str) -> float:
        return max((item.words for item in ranked if item.fact.stated and _together(facet, item.fact)), default=0.0)

    return other if fits(asked) < WEAK and fits(other) >= EQUAL_FITS else asked


def everything(facet: str, candidates: list[Fact], question: Question, memory: Memory) -> Selection:
    """All that the help includes (or another facet tells), whatever the words of the question are nearest to."""
    return _everything(facet, _fitting(candidates, memory), question, broad=False)


def _settled(ranked: list[Ranked]) -> list[Ranked]:
    """Without the gaps, except the one whose own words fit about as well as those of the best stated fact; what a whole
    document leaves out must fit as well as they do, be no less likely than what the help leaves out, and is not told where
    something stated is likely the answer."""
    stated = max((item.match.own for item in ranked if item.fact.stated), default=0.0)
    enough = {True: max(GAP, GAP_SHARE * stated), False: max(GAP, stated)}
    gaps = [item for item in ranked if not item.fact.stated and item.words >= enough[bool(item.fact.service)]]
    own = [item for item in gaps if item.fact.service]
    likely = max((item.chance for item in (*own, *(i for i in ranked if i.fact.stated))), default=0.0)
    least = UNLIKELY if likely >= LEADS else max((item.chance for item in own), default=0.0)
    kept = [item for item in gaps if item.fact.service or item.fact.facet in TOLD_APART or item.chance >= least]
    keep = max(kept, key=lambda item: item.words, default=None)
    return [item for item in ranked if item.fact.stated or item is keep]


def _once(items: list[Ranked]) -> list[Ranked]:
    """Each text once: a service and its municipality may state the same."""
    first: dict[str, Ranked] = {}
    for item in items:
        first.setdefault(item.fact.text, item)
    return list(first.values())


def _among(items: list[Ranked]) -> Callable[[Ranked], bool]:
    """Whether a fact is among some; told by its id, because facts themselves are compared part by part."""
    ids = {item.fact.id for item in items}
    return lambda item: item.fact.id in ids


def _together(facet: str, fact: Fact) -> bool:
    return any(f in TOGETHER.get(facet, (facet,)) for f in fact.facets)


def _everything(asked: str, facts: list[Fact], question: Question, broad: bool) -> Selection:
    """For a look-up without words: all the facet's facts in the document's order, then the first that are not stated."""
    own = [Ranked(fact, 0.0, NOTHING) for fact in facts if asked in fact.facets]
    own = _about_topic(own, question) if broad else own
    shown = [item.fact for item in _in_order(own, {asked})]
    gaps = [fact for fact in shown if not fact.stated]
    return Selection(asked, tuple([fact for fact in shown if fact.stated] + gaps[:SHOWN_GAPS]), asked=asked)


def _whole(own: list[Ranked], ranked: list[Ranked], question: Question) -> Selection:
    """What a service is, in the document's order: what it is for, then what it includes."""
    order = {facet: n for n, facet in enumerate(WHOLE)}
    told = [item for item in ranked if item.fact.stated and item.fact.service and item.fact.facet in order]
    told = [item for item in told if item.fact.facet != "extent" or (item.fact.value or {}).get("kind") in HOURS]
    told = sorted(told, key=lambda item: (order[item.fact.facet], _natural(item.fact.id)))
    sentences = [item for item in told if item.fact.facet not in LIST_FACETS]
    first = {item.fact.facet: item for item in reversed(sentences)}  # one of each part before a second of any
    says = sorted(sentences, key=lambda item: first[item.fact.facet] is not item)[:WHOLE_SAYS]
    says = [item for item in sentences if item in says]
    lists = [item for item in told if item.fact.facet in LIST_FACETS]
    shown = [*says, *lists[:WHOLE_LISTS], *_exclusions_asked(ranked, question)] or own[:1]
    return Selection(
        "overview",
        tuple(item.fact for item in shown),
        relevant=len(says),
        left_out=max(0, len(lists) - WHOLE_LISTS),
        extra=tuple(item.fact for item in _extra(own, shown, ranked, question) if item.fact.service),
        asked="overview",
    )


def _exclusions_asked(ranked: list[Ranked], question: Question) -> list[Ranked]:
    """What is not included, where a look at the whole asks for that too: "hvad går det ud på, og hvad gør de ikke?"."""
    if not pattern("exclusions_too").search(question.analysis.folded):
        return []
    return [item for item in ranked if item.fact.stated and item.fact.service and item.fact.facet == "not_included"][
        :EXCLUSIONS
    ]


def _selection(asked: str, own: list[Ranked], ranked: list[Ranked], question: Question, broad: bool) -> Selection:
    own = _about_topic(own, question) if broad else own
    if asked == "cost" and _asks_the_price(question) and any(item.fact.is_free for item in own):
        own = [item for item in own if item.fact.stated]
    if asked in SCOPE:
        own = [item for item in own if item.fact.facet in SCOPE or item.words >= RELEVANT] or own
    plainly = max(item.words for item in ranked) < SPECIAL or question.facets.get("overview", 0.0) >= LOOK_PLAIN
    if asked == "overview" and not broad and plainly:
        return _whole(own, ranked, question)
    relevant = _relevant(own)
    if (
        asked not in (*SCOPE, *NARROW)
        and relevant
        and relevant[0].words < RELEVANT
        and any(asked in item.fact.facets for item in own)
    ):
        relevant = [item for item in relevant if asked in item.fact.facets]  # a mere hint leads to no other facet
    if broad and asked in SCOPE:
        relevant = _on_topic(relevant, own, question)
    if asked == "overview" and relevant and relevant[0].words < STRONG:  # a look at a help does not begin with what it is not
        relevant = [item for item in relevant if item.fact.facet != "not_included"]
    lead = relevant[0] if relevant else max(own, key=lambda item: item.score)
    facet = asked if asked in lead.fact.facets else lead.fact.facet
    facet = asked if asked in SCOPE and facet in SCOPE else facet
    rest = beside_the_point([item for item in own if item not in relevant], relevant, question)
    silent = relevant and not relevant[0].fact.stated and relevant[0].words >= SAID
    if silent and relevant[0].fact.facet in PARTICULAR:  # what is plainly asked for is answered by nothing else of the facet
        rest = []
    shown = relevant + _completing({facet, asked}, rest, relevant, question)
    if lead.fact.facet in NARROW and relevant and (asked in NARROW or asked not in lead.fact.facets):
        shown = (relevant if asked == "definition" else shown)[:NARROW_SHOWN]
    shown = _once(shown)
    limit = LONG_LIST if facet in (*SCOPE, COMPLAINT, "contact", "how_to_apply") else FEW
    kept = _with_exclusions(shown, limit)
    said = verdict(lead, ranked, question)
    kept = _free_first(kept) if facet == "cost" and not said else kept  # a yes or no stands before its own fact
    kept = bounded(facet, sorted(kept, key=lambda item: -_of_the_age(item.fact, question)), ranked, question)
    return Selection(
        facet=facet,
        facts=tuple(item.fact for item in kept),
        relevant=len(relevant),
        verdict=said,
        left_out=sum(item.fact.facet in LIST_FACETS and item.fact.stated and item not in kept for item in shown),
        extra=tuple(item.fact for item in _extra(own, kept, ranked, question)),
        asked=asked,
    )


def _asks_the_price(question: Question) -> bool:
    """Whether a few words ask for the price of a help and of nothing in particular: "tøjvask pris"."""
    paying = [pattern("of_paying").fullmatch(fold(word)) for word in question.left]
    return len(paying) < CATCHWORDS and any(paying)


def _of_the_age(fact: Fact, question: Question) -> int:
    """How narrowly a fact is about the age that the message tells, by the least age it holds for; 0 where it is about none.
    Facts about another age are left out already."""
    about_age = fact.stated and fact.ages and question.mentions.age is not None
    return max(1, fact.ages[0]) if about_age and fact.ages else 0


def _free_first(kept: list[Ranked]) -> list[Ranked]:
    """Of what is said of paying first that the help itself is free, unless something else fits the words far better."""
    free = next((item for item in kept if item.fact.is_free), None)
    if free is None or kept[0].words > free.words + NEARLY:
        return kept
    return [free, *(item for item in kept if item is not free)]


def _with_exclusions(shown: list[Ranked], limit: int) -> list[Ranked]:
    """The first `limit`; of a longer list that leaves out what is not included, the last places go to that."""
    items = [item for item in shown if item.fact.facet in LIST_FACETS and item.fact.stated]
    if LONG_LIST - NEARLY_ALL < len(items) <= limit + NEARLY_ALL < len(shown):  # "3 more" takes as much room as they do
        return items
    kept, rest = shown[:limit], shown[limit:]
    if any(item.fact.facet == "not_included" for item in kept):
        return kept
    exclusions = [item for item in rest if item.fact.facet == "not_included"][:EXCLUSIONS]
    return kept[: limit - len(exclusions)] + exclusions


def _relevant(own: list[Ranked]) -> list[Ranked]:
    """The facts that fit the words, best first."""
    strongest = max(item.words for item in own)
    floor = max(RELEVANT, 0.62 * strongest) if strongest >= RELEVANT else max(HINT, HINT_SHARE * strongest)
    relevant = sorted((item for item in own if item.words >= floor), key=lambda item: -item.words)
    if strongest < RELEVANT:  # a mere hint says no "that is not included"
        relevant = [item for item in relevant if item.fact.facet != "not_included"]
    stated = max((item.words for item in own if item.fact.stated), default=0.0)

    def later(item: Ranked) -> bool:
        """A gap or an exclusion leads only when it fits well, so that "kan ikke gøre rent" is not answered with a no."""
        if not item.fact.stated:
            return item.words < max(STRONG, stated + GAP_LEADS)
        return item.fact.facet == "not_included" and item.words < SURE_NO

    return sorted(relevant, key=later)


def _on_topic(relevant: list[Ranked], own: list[Ranked], question: Question) -> list[Ranked]:
    """Of a service about many kinds of help: what is about the kind asked for goes before what merely shares words."""
    wanted = _topics_asked(question)
    about = [item for item in relevant if wanted & set(item.fact.topics)]
    others = [item for item in relevant if item not in about and item.words >= STRONG]
    if about or others:
        return about + others
    named = [item for item in own if wanted & set(item.fact.topics) and item.fact.facet in SCOPE]
    return sorted(named, key=lambda item: -item.score)[:1] or relevant


def _completing(facets: set[str], rest: list[Ranked], relevant: list[Ranked], question: Question) -> list[Ranked]:
    """The further facts that belong to the answer, those about the topic asked for first.

    Args:
        facets: the facet asked for, and that of the fact which fits best.
    """
    rest = [item for item in rest if any(_completes(facet, item, relevant) for facet in facets)]
    wanted = _topics_asked(question)
    return sorted(
        _in_order(rest, facets), key=lambda item: (not facets & set(item.fact.facets), not wanted & set(item.fact.topics))
    )


def _extra(own: list[Ranked], shown: list[Ranked], ranked: list[Ranked], question: Question) -> list[Ranked]:
    """Facts told beside those shown: of other facets the ones of the second reading, that fit nearly as well, and the best
    whose words fit; then those that all of this overlooked although they are likely to be part of the answer."""
    apart = APART.get(shown[0].fact.facet, "") if shown else ""
    ranked = [item for item in ranked if item.fact.facet != apart]
    second, strongest, is_own = second_facet(question), max(item.words for item in own), _among(own)
    others = [(n, item) for n, item in enumerate(ranked) if item.fact.stated and not is_own(item)]
    if not question.flags.meaning:  # what a level stands for is no answer to how much help it gives
        others = [(n, item) for n, item in others if not _explains_a_level(item.fact)]
        ranked = [item for item in ranked if not _explains_a_level(item.fact)]
    like = max(LIKE, LIKE_SHARE * strongest)
    alike = [item for _, item in others if item.words >= like and item.fact.facet not in ASIDE]
    is_closest = _among([*alike[:1], *sorted(alike, key=lambda item: -item.words)[:1]])  # by facet and words, by words alone

    def near(n: int, item: Ranked) -> bool:
        if item.fact.facet in ASIDE or item.words < WEAK or n >= 5:
            return False
        return item.score >= ranked[0].score - CLOSE or item.words >= max(STRONG, strongest + 0.05)

    told = {item.fact.text for item in (*own, *shown)}
    wanted = [item for n, item in others if is_closest(item) or second in item.fact.facets or near(n, item)]
    least = LIKELY_BESIDE if strongest >= ANSWERS else UNLIKELY
    wanted = [item for item in wanted if item.chance >= least and item.fact.text not in told]
    limit = EXTRAS if max(question.facets.values(), default=0.0) >= UNSURE else EXTRAS_UNSURE  # the surer, the shorter
    chosen = _once(wanted)[:limit]
    return chosen + overlooked([item.fact for item in (*shown, *chosen)], ranked)


def _explains_a_level(fact: Fact) -> bool:
    return bool(fact.value and fact.value["kind"] == "level")


def overlooked(told: Iterable[Fact], ranked: list[Ranked]) -> list[Ranked]:
    """The facts that are likely to be part of the answer and are not among those told, the likeliest first."""
    texts = {fact.text for fact in told}
    likeliest = sorted(ranked, key=lambda item: -item.chance)[:LIKELIEST]
    likely = [item for item in likeliest if item.chance >= (LEADS if item.fact.facet in ASIDE else LIKELY)]
    return [item for item in _once(likely) if item.fact.stated and item.fact.text not in texts][:OVERLOOKED]


def _completes(facet: str, item: Ranked, relevant: list[Ranked]) -> bool:
    """Whether a fact whose words do not match belongs to the answer all the same."""
    if not item.fact.stated:
        return False
    if facet in item.fact.facets:
        return True
    if facet in ("need_covered", "overview", "guide"):
        return item.fact.facet in ("need_covered", "overview", "purpose", "included")
    if facet in ("included", "not_included"):
        return item.fact.facet in LIST_FACETS
    return facet == "how_to_apply" or (facet in ("extent", "schedule") and not relevant)


def _topics_asked(question: Question) -> set[str]:
    return {t for t, p in question.topics.items() if t != NO_TOPIC and p >= TOPIC_ASKED}


def _about_topic(own: list[Ranked], question: Question) -> list[Ranked]:
    """Only the list items about the topics asked for (and those about no topic), when there are any."""
    wanted = _topics_asked(question)
    if not any(wanted & set(item.fact.topics) for item in own):
        return own
    return [item for item in own if not item.fact.topics or wanted & set(item.fact.topics) or item.words >= RELEVANT]


def _in_order(items: list[Ranked], facets: set[str]) -> list[Ranked]:
    """The facts of the facets themselves first, each facet in the document's order."""
    return sorted(items, key=lambda item: (item.fact.facet not in facets, -item.figure, _natural(item.fact.id)))


def _natural(identifier: str) -> tuple[str, int]:
    stem, _, number = identifier.rpartition(".")
    return (stem, int(number)) if number.isdigit() else (identifier, 0)


def _fitting(facts: Iterable[Fact], memory: Memory) -> list[Fact]:
    """Without the facts that hold for other ages than the one given."""
    return [fact for fact in facts if not _other_age(fact, memory.age)]


def _other_age(fact: Fact, age: int | None) -> bool:
    return age is not None and fact.ages is not None and not fact.ages[0] <= age <= fact.ages[1]


def with_level(fact: Fact, level: int | None, sentence: str) -> Fact:
    """The hours fact narrowed to one level: only that level's number is left in text and value."""
    assert fact.value is not None
    return replace(
        fact,
        text=sentence,
        value={"kind": "hours", "per": fact.value["per"], "level": level, "max": fact.value["levels"][str(level)]},
    )
