"""What a message compares: municipalities, kinds of help in one municipality, or levels of difficulty.

Reads turns of phrase from `catalogue/vocabulary/comparison.yml`. The document without a municipality's name takes part only
when the message names it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from ruamel.yaml import YAML

from knowledge import composition as compose
from knowledge.answer import ANSWERED, ASK_BACK, Answer
from knowledge.answering import FOR_ALL
from knowledge.comparison import FEWEST, MEASURED, MOST, compare, without_document
from knowledge.counterparts import with_contrasts, with_counterparts
from knowledge.danish import fold
from knowledge.linking import Mentions
from knowledge.missing import missing_help
from knowledge.model import Fact, Municipality, Service
from knowledge.question import NO_TOPIC, Question
from knowledge.scope import GENERAL, MANY_SERVICES, name_in
from knowledge.selection import LOOK, NEIGHBOURS, SPECIAL, TOGETHER, Selection, asked_facet, likeliest
from knowledge.snapshot import Snapshot
from knowledge.turn import Turn
from knowledge.vocabulary import CATALOGUE, vocabulary

TOPIC_NAMED = 0.2  # topic probability from which a kind of help counts as named beside another
TOPIC_HINTED = 0.003  # the same where its name stands in the message
TOPIC_PLAIN = 0.6  # topic probability from which a kind of help is plainly asked about
TOPIC_BEFORE = 0.4  # topic probability from which the help talked about before is carried over
NEARER = 0.15  # word likeness by which a fact must lead to be told before those of the facet asked for
GUESS = 0.2  # facet probability below which a comparison asks for nothing in particular
PARTICULAR = 0.25  # ... unless something particular is asked with this probability
CLEAR = 0.35  # what a comparison asks for needs this where the likeliest reading is left out
VAGUE = ("definition", "guide", "overview")  # intents of a comparison that ask for nothing in particular
WHOLE = ("overview", "definition", "purpose", "need_covered", "included", "guide", "special_notes")  # look at the whole help
LEADS = ("need_covered", "purpose", "overview", "eligibility")  # the first of these tells what a help is for
ABOUT = ("special_notes", "not_included", "citizen_obligations")  # what may be meant beside it
ITEMS, FACTS = 4, 6
MOVING_TOPIC = "flytning"


def side_by_side(turn: Turn, answer_in: Callable[[Turn, Municipality], Answer]) -> Answer | None:
    """The comparison a message asks for, None when it asks for none.

    Args:
        answer_in: answers the turn's question in one municipality.
    """
    question, by_id = turn.question, turn.snapshot.catalogue.by_id
    places = places_compared(turn)
    if len(places) >= FEWEST:
        question = _compared_question(turn, question)
        memory = replace(turn.memory, service="")
        matches = turn.snapshot.index.match(question.analysis)
        turn = replace(turn, question=question, memory=memory, matches=matches)
        facet = asked_facet(question)
        parts = [_in_general(turn, by_id[place], answer_in) for place in places[:MOST]]
        parts = _without_the_help(question, parts)
        if facet == "contact":
            parts = [_numbers_first(part) for part in parts]
        elif facet not in MEASURED or facet == "complaint" or not _asks_how_much(turn, question):
            parts = with_counterparts(turn, [_nearest_first(turn, part) for part in parts])
            parts = with_contrasts(turn, parts) if facet in (*WHOLE, *ABOUT) else parts
        free = question.flags.yes_no and _finds("asks_free", _own_text(turn))
        answer = compare(facet, parts, question.mentions.level, free, ranked=_asks_how_much(turn, question))
        return without_document(answer, question.mentions.unknown_municipalities)
    services = services_compared(turn)
    if len(services) >= FEWEST:
        return _services(turn, services)
    unknown = _asked_unknown(turn)
    if unknown and question.mentions.last_municipality in by_id:
        return without_document(answer_in(turn, by_id[question.mentions.last_municipality]), unknown)
    return None


# -- municipalities ----------------------------------------------------------------------------------------------------


def places_compared(turn: Turn) -> list[str]:
    """Ids of the municipalities to compare, in the order they were named; fewer than two when none are compared."""
    mentions, flags, memory = turn.question.mentions, turn.question.flags, turn.memory
    named = _meant(turn.snapshot, turn.question, mentions)
    if len(named) >= FEWEST:
        asked = [place for place in named if place in _asked_places(turn)]
        home = mentions.last_municipality in named and _at_home(turn, mentions.last_municipality, among=asked)
        elsewhere = _finds("elsewhere", turn.question.analysis.folded, turn.snapshot.every_place)
        single = (len(asked) == 1 or home) and not (flags.compare or flags.both or elsewhere)
        return [] if single else named
    ranked = not named and not mentions.unknown_municipalities and _finds("ranking", turn.question.analysis.folded)
    if ranked and memory.comparing and not _finds("of_all", turn.question.analysis.folded):
        return list(memory.compared)
    if ranked:
        return [municipality.id for municipality in turn.snapshot.named_municipalities()]
    if (
        len(named) == 1
        and memory.municipality not in ("", named[0])
        and _finds("than_here", turn.question.analysis.folded, turn.snapshot.every_place)
    ):
        return [memory.municipality, *named]
    if len(memory.compared) < FEWEST:
        return []
    if not named and (flags.both or (memory.comparing and not mentions.unknown_municipalities)):
        return list(memory.compared)
    continues = memory.comparing and turn.question.facets == memory.facets and _finds("continued", _own_text(turn))
    return [*memory.compared, *named] if continues and named and named[0] not in memory.compared else []


def _meant(snapshot: Snapshot, question: Question, mentions: Mentions) -> list[str]:
    """The municipalities named, without one the citizen has left or does not mean."""
    places = [place for place in mentions.municipalities if place in snapshot.catalogue.by_id]
    if len(places) < FEWEST or question.flags.both:
        return places
    folded = question.analysis.folded
    left = [place for place in places if _finds("left", folded, snapshot.places[place])]
    return [place for place in places if place not in left]


def _at_home(turn: Turn, place: str, among: Sequence[str]) -> bool:
    """Whether the municipality named last is also said to be the home: the others are only told about. Where several are asked
    about, only what those sentences say counts."""
    analysis = turn.question.analysis
    return _finds("home", analysis.asked_folded if len(among) > 1 else analysis.folded, turn.snapshot.places[place])


def _asked_places(turn: Turn) -> set[str]:
    """The municipalities named in the sentences that ask; a message that completes an earlier question asks as a whole."""
    analysis = turn.question.analysis
    if _own_text(turn) != analysis.folded:
        return set(turn.question.mentions.municipalities)
    parts = [analysis.part(sentence) for sentence in analysis.asked()]
    return {place for part in parts for place in turn.snapshot.linker.link(part).municipalities}


def _asked_unknown(turn: Turn) -> tuple[str, ...]:
    """Municipalities without a document that are asked about together with one that has one."""
    analysis = turn.question.analysis
    for part in (analysis.part(sentence) for sentence in analysis.asked()):
        mentions = turn.snapshot.linker.link(part)
        if mentions.municipalities and mentions.unknown_municipalities:
            return mentions.unknown_municipalities
    if _finds("each", analysis.asked_folded):  # "min tante bor i Albertslund og min mor i Glostrup. Hvad kan de hver få?"
        return turn.question.mentions.unknown_municipalities
    return ()


def _own_text(turn: Turn) -> str:
    """The message alone: a completed question stands after the one it completes."""
    folded = turn.question.analysis.folded
    before = fold(f"{turn.memory.text} . ")
    return f" {folded.strip().removeprefix(before)} " if turn.memory.text else folded


def _compared_question(turn: Turn, question: Question) -> Question:
    """The question as every municipality is asked it: the facet a ranking means, the help talked about before."""
    question = _carried(turn, question)
    folded = question.analysis.folded
    ranked = next((f for f, patterns in _ranked_facets() if any(p.search(folded) for p in patterns)), "")
    than_here = _finds("than_here", folded, turn.snapshot.every_place)
    if ranked and (question.flags.compare or _finds("ranking", folded) or than_here):
        return replace(question, facets={ranked: 1.0})
    if than_here and turn.memory.facets:  # "er det bedre i Gentofte?" asks the same there
        return replace(question, facets=turn.memory.facets)
    which = {"delivery_place": "where", "provider": "which_gives"}.get(question.intent, "")
    if which and _finds(which, question.analysis.asked_folded):
        left = {f: p for f, p in question.facets.items() if f != question.intent}
        question = replace(question, facets=left if max(left.values(), default=0.0) >= CLEAR else LOOK)
    if question.mentions.level is not None and likeliest(question) < CLEAR:  # "jeg er et 1-tal, hvor er jeg bedst stillet?"
        return replace(question, facets={"eligibility": 1.0})
    nothing = question.intent in VAGUE or likeliest(question) < GUESS
    if nothing and not question.mentions.paragraphs:
        return replace(question, facets=_particular(question) or LOOK)
    return question


def _particular(question: Question) -> dict[str, float]:
    """What may be asked beside a look at the whole: "hvad er forskellen i omfang"."""
    choosing = _finds("choosing", question.analysis.folded)  # "vi skal vælge mellem de to" asks nothing of the choice
    left_out = (*WHOLE, "free_choice") if choosing else WHOLE
    return {f: p for f, p in question.facets.items() if f in NEIGHBOURS and f not in left_out and p >= PARTICULAR}


def about_the_help(snapshot: Snapshot, question: Question, talking: bool = False) -> Question:
    """Moving from one municipality to another is no question about help with moving house.

    Args:
        talking: a help has been talked about, so that where one moves to is enough.
    """
    folded = question.analysis.folded
    moves = _finds("moving", folded, snapshot.every_place) or (
        (talking or len(question.mentions.municipalities) > 1) and _finds("moving_there", folded, snapshot.every_place)
    )
    if not moves or _finds("moving_help", folded):
        return question
    topics = {topic: p for topic, p in question.topics.items() if topic != MOVING_TOPIC}
    rest = sum(topics.values())
    topics[NO_TOPIC] = topics.get(NO_TOPIC, 0.0) + max(0.0, 1.0 - rest)
    words = [word for word in question.analysis.words if not word.startswith(MOVING_TOPIC[:4])]
    return replace(question, topics=topics, analysis=snapshot.analyser.analyse(" ".join(words)))


def _carried(turn: Turn, question: Question) -> Question:
    """A question that names no help, right after one about a help, is about the same."""
    before = max((p for topic, p in turn.memory.topics.items() if topic != NO_TOPIC), default=0.0)
    if question.no_topic() < 0.5 or question.mentions.paragraphs or before < TOPIC_BEFORE:
        return question
    return replace(question, topics=turn.memory.topics)


def _asks_how_much(turn: Turn, question: Question) -> bool:
    """Whether a comparison of the extent is one of amounts: "bliver køretiden trukket fra?" asks for none."""
    flags = question.flags
    if asked_facet(question) != "extent" or flags.figure or flags.open or question.mentions.level is not None:
        return True
    return not flags.yes_no or bool(_finds("ranking", question.analysis.folded))


def _in_general(turn: Turn, municipality: Municipality, answer_in: Callable[[Turn, Municipality], Answer]) -> Answer:
    """A sub-answer; what depends on the kind of help, or was found under another heading where no help is named, is told of
    support in general, where the document describes that."""
    part = answer_in(turn, municipality)
    asked = asked_facet(turn.question)
    elsewhere = part.service is None and part.facet not in TOGETHER.get(asked, (asked,))
    if not (part.status == ASK_BACK or elsewhere) or not any(s.topics[0] == GENERAL for s in municipality.services):
        return part
    return answer_in(replace(turn, question=replace(turn.question, topics={GENERAL: 1.0})), municipality)


def _without_the_help(question: Question, parts: Sequence[Answer]) -> list[Answer]:
    """Sub-answers that say so where a municipality lacks the help that another one's sub-answer is about, or that another one's
    document tells of."""
    parts = [_without_word(question, part, parts) for part in parts]
    found = {part.service.topics[0] for part in parts if part.service} - {GENERAL}
    topic = found.pop() if len(found) == 1 else ""
    if question.topics.get(topic, 0.0) < TOPIC_BEFORE or asked_facet(question) in FOR_ALL:
        return list(parts)
    return [
        compose.not_offered(part.municipality, missing)
        if part.municipality
        and not part.service
        and (missing := missing_help(part.municipality, question.topics, TOPIC_BEFORE))
        else part
        for part in parts
    ]


def _without_word(question: Question, part: Answer, parts: Sequence[Answer]) -> Answer:
    """A sub-answer about support in general, led by what its document does not describe and another one does."""
    if part.municipality is None or part.service is None or part.service.topics[0] != GENERAL or part.status != ANSWERED:
        return part
    if asked_facet(question) not in (*WHOLE, "eligibility"):
        return part
    topic = max(question.topics, key=question.topics.__getitem__, default=NO_TOPIC)
    missing = missing_help(part.municipality, question.topics, TOPIC_PLAIN)
    elsewhere = any(topic in other.municipality.topics for other in parts if other.municipality)
    return compose.led_by_missing(part, missing) if missing and elsewhere else part


def _numbers_first(part: Answer) -> Answer:
    """A sub-answer is cut to its first facts: whom to call goes before what is said of it."""
    points = {point.fact.id for point in part.municipality.contact_points} if part.municipality else set()
    return replace(part, facts=tuple(sorted(part.facts, key=lambda fact: fact.id not in points)))


def _nearest_first(turn: Turn, part: Answer) -> Answer:
    """A sub-answer is cut to its first facts: one whose words fit far better than those goes first."""
    facet = asked_facet(turn.question)
    own = [fact.stated and (bool(fact.service) or facet in fact.facets) for fact in part.facts]
    words = [turn.matches.of(fact).score if counts else 0.0 for fact, counts in zip(part.facts, own)]
    best = max(words, default=0.0)
    nearest = part.facts[words.index(best)] if words else None
    if nearest is None or best < words[0] + NEARER:
        return part
    return replace(part, facts=(nearest, *(fact for fact in part.facts if fact is not nearest)))


# -- kinds of help -----------------------------------------------------------------------------------------------------


def services_compared(turn: Turn) -> list[Service]:
    """Two or three services of one municipality that the message sets beside each other."""
    question = turn.question
    place = question.mentions.last_municipality or turn.memory.municipality or turn.page_municipality
    municipality = turn.snapshot.municipality(place)
    if municipality is None or len(municipality.services) < FEWEST:
        return []
    if not (_finds("apart", question.analysis.folded) or _finds("apart_asked", question.analysis.asked_folded)):
        return _of_one_kind(municipality, question) if question.flags.all_services else []
    by_paragraph = [_under(municipality, paragraph) for paragraph in question.mentions.paragraphs]
    told = [service for services in by_paragraph for service in services if len(services) == 1]
    named = _named_services(turn.snapshot, municipality, question)
    narrow = [service for service in told if service.topics[0] != GENERAL]
    if len(narrow) < FEWEST:  # "§ 97 eller netværksstøtte efter § 85"
        both = _among(municipality, narrow, named)
        if len(both) < FEWEST:
            both = _among(municipality, both, _likeliest_under(municipality, question, both))
        if FEWEST <= len(both) <= MOST:
            return both
    return told if len(told) >= FEWEST else []


def _among(municipality: Municipality, *chosen: Sequence[Service]) -> list[Service]:
    """The services of one or another list, in the document's order."""
    ids = {service.id for services in chosen for service in services}
    return [service for service in municipality.services if service.id in ids]


def _likeliest_under(municipality: Municipality, question: Question, but: Sequence[Service]) -> list[Service]:
    """Of the services under a paragraph that has many, the one whose kind of help is named."""
    if MANY_SERVICES not in question.mentions.paragraphs:
        return []
    left_out = {service.id for service in but}
    under = [
        s for s in municipality.services if MANY_SERVICES in s.paragraphs and s.topics[0] != GENERAL and s.id not in left_out
    ]
    best = max(under, key=lambda service: question.topics.get(service.topics[0], 0.0), default=None)
    return [best] if best and question.topics.get(best.topics[0], 0.0) >= TOPIC_NAMED / 4 else []


def _of_one_kind(municipality: Municipality, question: Question) -> list[Service]:
    """The services that share the kind of help all forms of which are asked for: "hvilke former for botilbud er der"."""
    topics = {t: p for t, p in question.topics.items() if t not in (NO_TOPIC, GENERAL) and p >= TOPIC_NAMED}
    shared = [t for t in topics if t in _shared_topics(municipality)]
    if not shared:
        return []
    topic = max(shared, key=topics.__getitem__)
    services = [service for service in municipality.services if topic in service.topics]
    return services if len(services) <= MOST else []


def _under(municipality: Municipality, paragraph: str) -> list[Service]:
    """The services under a paragraph; of the many kinds of help under one, the help described in general."""
    services = [service for service in municipality.services if paragraph in service.paragraphs]
    if paragraph == MANY_SERVICES:
        return [service for service in services if service.topics[0] == GENERAL]
    return services


def _named_services(snapshot: Snapshot, municipality: Municipality, question: Question) -> list[Service]:
    """The services that a name or a kind of help in the message stands for, in the document's order."""
    folded = question.analysis.folded
    found: list[Service] = []
    for names in snapshot.names[municipality.id]:
        service = names.service
        if service.topics[0] == GENERAL:
            continue
        told = name_in(names, folded) > 0.0
        topic = question.topics.get(service.topics[0], 0.0)
        if told and (topic >= TOPIC_HINTED or service.topics[0] not in _shared_topics(municipality)) or topic >= TOPIC_NAMED:
            found.append(service)
    return found


def _shared_topics(municipality: Municipality) -> set[str]:
    topics = [topic for service in municipality.services for topic in service.topics]
    return {topic for topic in topics if topics.count(topic) > 1}


def _services(turn: Turn, services: Sequence[Service]) -> Answer:
    """The same facet of several services of one municipality."""
    municipality = turn.snapshot.catalogue.by_id[services[0].municipality]
    particular = _particular(turn.question)
    facet = asked_facet(turn.question)
    if facet in WHOLE or facet not in NEIGHBOURS:
        facet = max(particular, key=particular.__getitem__, default="overview")
    parts = [_service_part(turn, municipality, service, facet) for service in services]
    return replace(compare(facet, parts), municipality=municipality)


def _service_part(turn: Turn, municipality: Municipality, service: Service, facet: str) -> Answer:
    facts = _overview(turn, service) if facet == "overview" else [f for f in service.facts if f.stated and facet in f.facets]
    if not facts:
        gaps = [fact for fact in service.facts if not fact.stated and facet == fact.facet]
        return compose.not_stated(municipality, service, facet, [], [], gaps[:1])
    selection = Selection(facet, tuple(facts[:FACTS]), asked=facet)
    return compose.answered(municipality, service, selection, turn.question, turn.memory)


def _overview(turn: Turn, service: Service) -> list[Fact]:
    """What the words are plainly about, else what the help is for, and the first things it includes."""
    stated = [fact for fact in service.facts if fact.stated]
    nearest = max(stated, key=lambda fact: turn.matches.of(fact).score, default=None)
    if nearest and nearest.facet in ABOUT and turn.matches.of(nearest).score >= SPECIAL:
        return [nearest]
    leads = [fact for facet in LEADS for fact in stated if fact.facet == facet]
    return [*leads[:1], *[fact for fact in stated if fact.facet == "included"][:ITEMS]]


# -- levels ------------------------------------------------------------------------------------------------------------


def put_right(snapshot: Snapshot, question: Question, talking: bool = False) -> Question:
    """A message without what only looks like a single level or like moving house; `talking` as in `about_the_help`."""
    return about_the_help(snapshot, without_rival_levels(question), talking)


def without_rival_levels(question: Question) -> Question:
    """A message that sets two levels of difficulty beside each other asks for no single one."""
    rivals, words = _rival_levels()
    pair = rivals.search(question.analysis.normalized)
    if not pair or words[pair.group(1)] == words[pair.group(2)]:
        return question
    return replace(question, mentions=replace(question.mentions, level=None))


# -- turns of phrase ---------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _rival_levels() -> tuple[re.Pattern[str], dict[str, int]]:
    """What sets two levels beside each other, and the level each word stands for."""
    between = "|".join(re.escape(word) for word in _table()["between_levels"])
    words = {word: level.number for level in vocabulary().levels.values() for word in (*level.words, *level.bare)}
    level = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    pair = re.compile(rf"\b({level})\b(?: \w+){{0,2}} (?:{between}) (?:\w+ ){{0,2}}?({level})\b")
    return pair, words


@lru_cache(maxsize=1)
def _ranked_facets() -> list[tuple[str, list[re.Pattern[str]]]]:
    return [(facet, [re.compile(pattern) for pattern in patterns]) for facet, patterns in _table()["ranked"].items()]


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    return YAML(typ="safe").load((CATALOGUE / "vocabulary" / "comparison.yml").read_text(encoding="utf-8"))


def _finds(key: str, folded: str, names: str = "") -> bool:
    return any(_pattern(pattern, names).search(folded) for pattern in _table()[key])


@lru_cache(maxsize=200)
def _pattern(pattern: str, names: str) -> re.Pattern[str]:
    return re.compile(pattern.replace("NAME", names))
