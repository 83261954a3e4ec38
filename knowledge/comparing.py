"""What a message compares: municipalities, or kinds of help in one municipality.

The document without a municipality's name takes part only when the message names it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from knowledge import composition as compose
from knowledge.answer import ANSWERED, ASK_BACK, NOT_STATED, Answer
from knowledge.answering import FOR_ALL
from knowledge.brief import join_items
from knowledge.comparing_services import SOFT, WHOLE, particular, services_side_by_side
from knowledge.comparison import FEWEST, MEASURED, MOST, compare, place_name, set_apart, without_document
from knowledge.comparison_phrases import finds, means_all, ranked_in
from knowledge.costs import COST
from knowledge.counterparts import with_contrasts, with_counterparts
from knowledge.danish import fold
from knowledge.facets import TOGETHER, asked_facet, likeliest
from knowledge.first_told import list_second, nearest_first, nearest_items, numbers_first
from knowledge.linking import MASK, Mentions
from knowledge.missing import missing_help
from knowledge.model import Fact, Municipality
from knowledge.question import NO_TOPIC, Question, figure_asked
from knowledge.scope import GENERAL, strongest
from knowledge.selection import LOOK
from knowledge.services_meant import services_compared, stems
from knowledge.snapshot import Snapshot
from knowledge.turn import Turn
from knowledge.wording import say

TOPIC_PLAIN = 0.6  # topic probability from which a kind of help is plainly asked about
TOPIC_BEFORE = 0.4  # topic probability from which the help talked about before is carried over
FEW_WORDS = 6  # tokens of a sentence that leans on the one before it
GUESS = 0.2  # facet probability below which a comparison asks for nothing in particular
CLEAR = 0.35  # what a comparison asks for needs this where the likeliest reading is left out
PLAIN = 0.5  # facet probability from which "hvordan er det i ..." asks for what the rest of the message asks ...
PLAINER = 0.7  # ... the same of a facet that a story only sounds like
STORY = 30  # tokens; of a longer message only the sentences that ask tell what a ranking is about
WHOLE_OR_PART = ("included", "not_included", "need_covered", "overview")  # facets of what a help holds
FITS = 0.35  # likeness from which a fact of the facet asked for answers the question
ASKED_ABOUT, BY_ASK = 0.5, 0.2  # likeness from which a fact is plainly asked about, and how much more an example question needs
AS_NEAR = 0.85  # share of a likeness that is as good
STATED_IN_VALUES = ("cost", "extent", "processing_time", "complaint")  # facets that set municipalities apart
LITTLE = 22  # tokens of a message that asks of nothing but what is different; a longer one tells what matters
SPANS = ("processing_time", "start_time")  # facets that another span of time does not answer
MOVING_ON, NAMED_GAP = "hvad sker der med støtten, hvis jeg flytter til en anden kommune", 0.5  # and its likeness to a gap
VAGUE = ("definition", "guide", "overview")  # intents of a comparison that ask for nothing in particular


def side_by_side(turn: Turn, answer_in: Callable[[Turn, Municipality], Answer]) -> Answer | None:
    """The comparison a message asks for, None when it asks for none.

    Args:
        answer_in: answers the turn's question in one municipality.
    """
    question, by_id = turn.question, turn.snapshot.catalogue.by_id
    places = places_compared(turn)
    if len(places) >= FEWEST:
        if gaps := _not_taken_along(turn, [by_id[place] for place in places[:MOST]]):
            return compare("special_notes", gaps)
        question = _compared_question(turn, question)
        memory = replace(turn.memory, service="")
        matches = turn.snapshot.match(question.analysis)
        turn = replace(turn, question=question, memory=memory, matches=matches)
        facet = asked_facet(question)
        parts = [_in_general(turn, by_id[place], answer_in) for place in places[:MOST]]
        parts = [_as_asked(part, facet) for part in _without_the_help(question, parts)]
        amounts = _asks_how_much(turn, question)
        if facet == "contact" or (facet == "how_to_apply" and question.facets.get("contact", 0.0) >= GUESS):
            parts = [numbers_first(part) for part in parts]
        elif facet not in MEASURED or facet == "complaint" or not amounts:
            parts = [list_second(part) for part in parts] if facet in WHOLE else parts
            parts = [nearest_items(turn, nearest_first(turn, part)) for part in parts]
            parts = with_counterparts(turn, parts)
            parts = with_contrasts(turn.snapshot, facet, parts)
        free = question.flags.yes_no and finds("asks_free", _own_text(turn))
        apart = _set_apart(turn, parts, answer_in) or _where_included(turn, facet, parts) or _who_tells(turn, facet, parts)
        answer = compare(facet, parts, question.mentions.level, free, ranked=amounts, apart=apart)
        return without_document(answer, question.mentions.unknown_municipalities)
    services = services_compared(turn)
    if len(services) >= FEWEST:
        return services_side_by_side(turn, services, answer_in)
    unknown = _asked_unknown(turn)
    if unknown and question.mentions.last_municipality in by_id:
        return without_document(answer_in(turn, by_id[question.mentions.last_municipality]), unknown)
    return None


def _not_taken_along(turn: Turn, places: Sequence[Municipality]) -> list[Answer]:
    """That the documents do not tell whether help goes along to another municipality, where that is asked."""
    told = _told(turn.question)
    return _silent_on_moving(turn, places) if finds("takes_along", told) and finds("moves", told) else []


def _silent_on_moving(turn: Turn, places: Sequence[Municipality]) -> list[Answer]:
    """The gap on moving of each municipality; none where one of them has no such gap."""
    matches = turn.snapshot.match(turn.snapshot.analyser.analyse(MOVING_ON))
    parts = []
    for place in places:
        general = next((service for service in place.services if service.topics[0] == GENERAL), None)
        gaps = [fact for fact in (*place.facts, *(general.facts if general else ())) if not fact.stated]
        gap = max(gaps, key=lambda fact: matches.of(fact).own, default=None)
        if gap is None or matches.of(gap).own < NAMED_GAP:
            return []
        parts.append(compose.not_stated(place, None, gap.facet, [], [], [gap]))
    return parts


def _told(question: Question) -> str:
    """The folded message without names; its analysis leaves out moving."""
    return f" {fold(question.mentions.masked)} "


def _set_apart(turn: Turn, parts: Sequence[Answer], answer_in: Callable[[Turn, Municipality], Answer]) -> str:
    """What the documents state in values, where nothing else is asked than what sets municipalities apart, or who moves asks
    nothing at all; hours only of a help that is meant, since each has its own.

    Args:
        parts: the sub-answers to the look that was asked for, one a municipality.
    """
    question, places = turn.question, [part.municipality for part in parts if part.municipality]
    moves = bool(finds("moves", _told(question)))
    if question.facets != LOOK or not (moves or finds("apart", _told(question))) or not _nothing_else(turn):
        return ""
    helps = all(part.service and (part.service.topics[0] != GENERAL or len(part.municipality.services) == 1) for part in parts)
    question = question if helps else replace(question, topics={NO_TOPIC: 1.0})
    asked = {
        facet: replace(turn, question=replace(question, facets={facet: 1.0}))
        for facet in STATED_IN_VALUES
        if helps or facet != "extent"
    }
    told = set_apart({facet: [_in_general(one, place, answer_in) for place in places] for facet, one in asked.items()})
    silent = moves and _silent_on_moving(turn, places)
    return "\n".join([told, *([say("not_along", "comparison")] if silent else [])])


def _where_included(turn: Turn, facet: str, parts: Sequence[Answer]) -> str:
    """Where the thing asked about is part of the help and where it is not; "" unless every document tells of the same thing,
    plainly asked about, or is silent."""
    if facet not in WHOLE_OR_PART:
        return ""
    names: dict[str, list[str]] = {"included": [], "not_included": [], "silent": []}
    about: list[frozenset[str]] = []
    for part in parts:
        first = part.facts[0] if part.facts and part.status == ANSWERED else None
        if part.municipality is None or (first and not _decides(turn, first, part.facts)):
            return ""
        names[first.facet if first else "silent"].append(place_name(part.municipality))
        about += [stems(first.text)] if first else []
    if not names["included"] or not names["not_included"] or not frozenset.intersection(*about):
        return ""
    told = {key: join_items(found) for key, found in names.items()}
    silent = [say("silent_on_it", "comparison", **told)] if told["silent"] else []
    return " ".join([say("included_in", "comparison", **told), *silent])


def _who_tells(turn: Turn, facet: str, parts: Sequence[Answer]) -> str:
    """Which documents tell what is asked, where some are silent on it; "" where what the others tell may not answer it, or is
    held against one another in values."""
    silent = [part for part in parts if part.status == NOT_STATED and part.municipality]
    told = [part for part in parts if part.status == ANSWERED and part.municipality]
    if not silent or len(silent) + len(told) < len(parts) or (facet in MEASURED and told):
        return ""
    plain = likeliest(turn.question) >= PLAIN and all(_answers(turn, facet, part) for part in told)
    if not plain or not all(_is_silent(turn, facet, part) for part in silent):
        return ""
    names = join_items(place_name(part.municipality) for part in told if part.municipality)
    return say("only_tells", "comparison", names=names) if told else say("none_tells", "comparison")


def _answers(turn: Turn, facet: str, part: Answer) -> bool:
    """Whether a sub-answer begins with what is stated of the facet asked for and fits the words."""
    first = part.facts[0] if part.facts else None
    return bool(first and first.stated and facet in first.facets and turn.matches.of(first).score >= FITS)


def _is_silent(turn: Turn, facet: str, part: Answer) -> bool:
    """Whether nothing in a document tells of the facet asked for, nor of anything else that plainly fits the words; of other
    kinds of help only where none is meant."""
    assert part.municipality is not None
    one = part.service if part.service and part.service.topics[0] != GENERAL else None
    services = [one] if one else part.municipality.services
    facts = [*part.municipality.facts, *(fact for service in services for fact in service.facts)]
    return not any(fact.stated and (facet in fact.facets or turn.matches.of(fact).score >= FITS) for fact in facts)


def _decides(turn: Turn, first: Fact, facts: Sequence[Fact]) -> bool:
    """Whether a fact tells that what is plainly asked about is included or is not, and no other one is as near that tells the
    contrary."""
    contrary = {"included": "not_included", "not_included": "included"}.get(first.facet)
    near = turn.matches.of(first)
    if contrary is None or max(near.own, near.score - BY_ASK) < ASKED_ABOUT:
        return False
    return not any(fact.facet == contrary and turn.matches.of(fact).score >= AS_NEAR * near.score for fact in facts)


def _nothing_else(turn: Turn) -> bool:
    """Whether the sentences that ask hold no word but of moving, of what is different and of help in general, and no story
    before them tells what "det" is ("bliver det anderledes?")."""
    analysis, names = turn.question.analysis, turn.snapshot.every_place
    refers = turn.question.flags.yes_no and not finds("nothing_else", analysis.folded, names)
    return len(analysis.words) <= LITTLE and not refers and finds("nothing_else", analysis.asked_folded, names)


def places_compared(turn: Turn) -> list[str]:
    """Ids of the municipalities to compare, in the order they were named; fewer than two when none are compared."""
    mentions, flags, memory = turn.question.mentions, turn.question.flags, turn.memory
    named = _meant(turn.snapshot, turn.question, mentions)
    if len(named) >= FEWEST:
        asked = [place for place in named if place in _asked_places(turn)]
        each = len(set(_asked_by_sentence(turn))) > 1  # one question here, another there
        home = not each and mentions.last_municipality in named and _at_home(turn, mentions.last_municipality, among=asked)
        elsewhere = finds("elsewhere", turn.question.analysis.folded, turn.snapshot.every_place)
        single = (len(asked) == 1 or home) and not (flags.compare or flags.both or elsewhere)
        return [] if single else named
    ranked = means_all(memory.awaiting, _own_text(turn)) or finds("ranking", turn.question.analysis.folded)
    ranked = ranked and not named and not mentions.unknown_municipalities
    if ranked and memory.comparing and not finds("of_all", turn.question.analysis.folded):
        return list(memory.compared)
    if ranked:
        return [municipality.id for municipality in turn.snapshot.named_municipalities()]
    if len(named) == 1 and memory.municipality not in ("", named[0]) and finds("than_here", _told(turn.question), MASK):
        return [memory.municipality, *named]
    if len(memory.compared) < FEWEST:
        return []
    if not named and (flags.both or (memory.comparing and not mentions.unknown_municipalities)):
        return list(memory.compared)
    continues = memory.comparing and turn.question.facets == memory.facets and finds("continued", _own_text(turn))
    return [*memory.compared, *named] if continues and named and named[0] not in memory.compared else []


def with_place_meant(turn: Turn) -> Turn:
    """A turn whose question is about one of several municipalities it names: the one that is asked about, else the one that
    was neither left nor denied, else the one named last."""
    question = turn.question
    if len(question.mentions.municipalities) < FEWEST:
        return turn
    named = _meant(turn.snapshot, question, question.mentions)
    asked = [place for place in named if place in _asked_places(turn)] or named
    if len(asked) != 1:
        return turn
    return replace(turn, question=replace(question, mentions=replace(question.mentions, last_municipality=asked[0])))


def _meant(snapshot: Snapshot, question: Question, mentions: Mentions) -> list[str]:
    """The municipalities named, without one the citizen has left or does not mean."""
    places = [place for place in mentions.municipalities if place in snapshot.catalogue.by_id]
    if len(places) < FEWEST or question.flags.both:
        return places
    folded = question.analysis.folded
    if finds("only_there", folded, snapshot.every_place):
        return places
    left = [place for place in places if finds("left", folded, snapshot.places[place])]
    return [place for place in places if place not in left]


def _at_home(turn: Turn, place: str, among: Sequence[str]) -> bool:
    """Whether the municipality named last is also said to be the home: the others are only told about. Where several are asked
    about, only what those sentences say counts."""
    analysis = turn.question.analysis
    return finds("home", analysis.asked_folded if len(among) > 1 else analysis.folded, turn.snapshot.places[place])


def _asked_places(turn: Turn) -> set[str]:
    """The municipalities named in the sentences that ask; a message that completes an earlier question asks as a whole."""
    analysis = turn.question.analysis
    if _own_text(turn) != analysis.folded:
        return set(turn.question.mentions.municipalities)
    return {place for places in _asked_by_sentence(turn) for place in places}


def _asked_by_sentence(turn: Turn) -> list[tuple[str, ...]]:
    """The municipalities that each asking sentence is about. A short one that names none is about those of the sentence before
    it ("Hun siger, der er en fast frist i Glostrup. Er der det?"), and a few words after it may say where ("I Brønderslev,
    altså.")."""
    analysis, link = turn.question.analysis, turn.snapshot.linker.link
    sentences, asked = analysis.sentences, set(analysis.asked())
    if sentences and analysis.keys[sentences[-1][0]].startswith("hv"):  # the last question mark is often left out
        asked.add(sentences[-1])
    named = [link(analysis.part(sentence)).municipalities for sentence in sentences]
    found = []
    for n, (start, end) in enumerate(sentences):
        few = end - start <= FEW_WORDS
        if (start, end) in asked:
            found.append(named[n - 1] if few and not named[n] and n else named[n])
        elif few and n and sentences[n - 1] in asked:
            found.append(named[n])
    return [places for places in found if places]


def _asked_unknown(turn: Turn) -> tuple[str, ...]:
    """Municipalities without a document that are asked about together with one that has one."""
    analysis = turn.question.analysis
    if not turn.question.mentions.unknown_municipalities:
        return ()
    for part in (analysis.part(sentence) for sentence in analysis.asked()):
        mentions = turn.snapshot.linker.link(part)
        if mentions.municipalities and mentions.unknown_municipalities:
            return mentions.unknown_municipalities
    if finds("each", analysis.asked_folded):  # "min tante bor i Albertslund og min mor i Glostrup. Hvad kan de hver få?"
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
    asked = folded if len(question.analysis.words) <= STORY else question.analysis.asked_folded
    ranked = ranked_in(asked)
    than_here = finds("than_here", _told(question), MASK)
    if ranked and (question.flags.compare or finds("ranking", folded) or than_here):
        return replace(question, facets={ranked: 1.0})
    if than_here and turn.memory.facets and likeliest(question) < PLAINER:  # "er det bedre i Gentofte?" asks the same there
        return replace(question, facets=turn.memory.facets)
    plain = PLAINER if question.intent in SOFT else PLAIN
    if finds("how_is_it", folded) and likeliest(question) < plain:  # "Pillerne driller, hvordan er det i Gentofte?"
        question = replace(question, facets=LOOK)
    which = {"delivery_place": "where", "provider": "which_gives", "contact": "which_of_them"}.get(question.intent, "")
    only_places = question.intent == "delivery_place" and question.flags.both and " hvor " not in folded  # "begge steder"
    if only_places or (which and finds(which, question.analysis.asked_folded, turn.snapshot.every_place)):
        left = {f: p for f, p in question.facets.items() if f != question.intent}
        question = replace(question, facets=left if max(left.values(), default=0.0) >= CLEAR else LOOK)
    if question.mentions.level is not None and figure_asked(question.analysis) == "hours":
        return replace(question, facets={"extent": 1.0})
    if question.mentions.level is not None and likeliest(question) < CLEAR:  # "jeg er et 1-tal, hvor er jeg bedst stillet?"
        return replace(question, facets={"eligibility": 1.0})
    if finds("moves", _told(question)) and finds("changes", _told(question)) and _nothing_else(turn):
        return replace(question, facets=LOOK)  # "jeg flytter fra Glostrup til Gladsaxe, hvad ændrer sig?"
    nothing = question.intent in VAGUE or likeliest(question) < GUESS
    if nothing and not question.mentions.paragraphs:
        return replace(question, facets=particular(question) or LOOK)
    return question


def _carried(turn: Turn, question: Question) -> Question:
    """A question that names no help, right after one about a help, is about the same."""
    before = max((p for topic, p in turn.memory.topics.items() if topic != NO_TOPIC), default=0.0)
    named = question.no_topic() < 0.5 and (strongest(question.topics) >= TOPIC_BEFORE or not turn.memory.facets)
    if named or question.mentions.paragraphs or before < TOPIC_BEFORE:
        return question
    return replace(question, topics=turn.memory.topics)


def _asks_how_much(turn: Turn, question: Question) -> bool:
    """Whether a comparison of the extent is one of amounts: "bliver køretiden trukket fra?" asks for none."""
    flags = question.flags
    if asked_facet(question) != "extent" or flags.figure or flags.open or question.mentions.level is not None:
        return True
    return not flags.yes_no or bool(finds("ranking", question.analysis.folded))


def _in_general(turn: Turn, municipality: Municipality, answer_in: Callable[[Turn, Municipality], Answer]) -> Answer:
    """A sub-answer; what depends on the kind of help, or was found under another heading where no help is named, is told of
    support in general, where the document describes that."""
    part = answer_in(turn, municipality)
    asked = asked_facet(turn.question)
    elsewhere = part.service is None and part.facet not in TOGETHER.get(asked, (asked,))
    if not (part.status == ASK_BACK or elsewhere) or not any(s.topics[0] == GENERAL for s in municipality.services):
        return _without_each_price(part)
    return _without_each_price(answer_in(replace(turn, question=replace(turn.question, topics={GENERAL: 1.0})), municipality))


def _without_each_price(part: Answer) -> Answer:
    """A sub-answer on paying that names no kind of help tells how much help is free, and not what each kind costs beside."""
    if part.status != ASK_BACK or part.facet != COST:
        return part
    first, *_, question = part.text.split("\n\n")
    return replace(part, text=f"{first}\n\n{question}", facts=tuple(fact for fact in part.facts if fact.is_free))


def _as_asked(part: Answer, facet: str) -> Answer:
    """A sub-answer about a span of time that tells of another span only is silent on the one asked for."""
    if facet not in SPANS or part.status != ANSWERED or part.municipality is None or part.service is None:
        return part
    if any(fact.stated and facet in fact.facets for fact in part.facts):
        return part
    return compose.not_stated(part.municipality, part.service, facet, [], [], [])


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
    told = dict.fromkeys(question.told, 1.0)  # "min bror er hjemløs. Er der noget særligt til ham ..."
    topics = told if len(told) == 1 else question.topics
    topic = max(topics, key=topics.__getitem__, default=NO_TOPIC)
    missing = missing_help(part.municipality, topics, TOPIC_PLAIN)
    elsewhere = any(topic in other.municipality.topics for other in parts if other.municipality)
    return compose.led_by_missing(part, missing) if missing and elsewhere else part
