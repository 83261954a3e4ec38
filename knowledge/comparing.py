"""What a message compares: municipalities, or kinds of help in one municipality.

The document without a municipality's name takes part only when the message names it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from knowledge import composition as compose
from knowledge.answer import ANSWERED, ASK_BACK, Answer
from knowledge.answering import FOR_ALL
from knowledge.aspects import asked_aspect, aspect_in, aspect_of_places, aspect_of_services
from knowledge.brief import join_items
from knowledge.comparing_services import SOFT, WHOLE, particular, services_side_by_side
from knowledge.comparison import FEWEST, MEASURED, MOST, TABLE, compare, place_name, without_document
from knowledge.comparison_phrases import finds, ranked_in
from knowledge.complaints import COMPLAINT
from knowledge.costs import COST, costs_in_short
from knowledge.counterparts import with_contrasts, with_counterparts
from knowledge.facets import SCOPE, TOGETHER, asked_facet, likeliest
from knowledge.first_told import list_second, nearest_first, nearest_items, numbers_first
from knowledge.linking import MASK
from knowledge.mentioned import mentioned_in_places
from knowledge.missing import MEANS, missing_help, stands_elsewhere
from knowledge.model import Municipality
from knowledge.of_documents import how_old, kinds_counted
from knowledge.of_each import EXTENT, each_in_short, helps_with_hours
from knowledge.places_meant import own_text, places_compared, unknown_asked
from knowledge.question import NO_TOPIC, Question, figure_asked
from knowledge.scope import GENERAL, NO_HELP, strongest
from knowledge.selection import GAP, LOOK
from knowledge.services_meant import services_compared
from knowledge.set_apart import (
    asks_nothing_else,
    in_values,
    no_choice,
    taken_along,
    tells_the_same,
    where_included,
    who_tells,
)
from knowledge.turn import Turn
from knowledge.vocabulary import vocabulary
from knowledge.who_has import who_has
from knowledge.wording import say

TOPIC_PLAIN = 0.6  # topic probability from which a kind of help is plainly asked about
TOPIC_BEFORE = 0.4  # topic probability from which the help talked about before is carried over
GUESS = 0.2  # facet probability below which a comparison asks for nothing in particular
CLEAR = 0.35  # what a comparison asks for needs this where the likeliest reading is left out
PLAIN = 0.5  # facet probability from which "hvordan er det i ..." asks for what the rest of the message asks ...
PLAINER = 0.7  # ... the same of a facet that a story only sounds like
FEW_WORDS = 6  # tokens of a message that only asks whether what was compared differs
STORY = 30  # tokens; of a longer message only the sentences that ask tell what a ranking is about
SPANS = ("processing_time", "start_time")  # facets that another span of time does not answer
VAGUE = ("definition", "guide", "overview")  # intents of a comparison that ask for nothing in particular


def side_by_side(turn: Turn, answer_in: Callable[[Turn, Municipality], Answer]) -> Answer | None:
    """The comparison a message asks for, None when it asks for none.

    Args:
        answer_in: answers the turn's question in one municipality.
    """
    question, by_id = turn.question, turn.snapshot.catalogue.by_id
    places = places_compared(turn)
    if len(places) >= FEWEST:
        named = [by_id[place] for place in places[:MOST]]
        if moving := taken_along(turn, named):
            return moving
        if counted := kinds_counted(turn, named):
            return counted
        if mentioned := mentioned_in_places(turn, named):
            return without_document(mentioned, question.mentions.unknown_municipalities)
        if having := who_has(turn, named, answer_in):
            return without_document(having, question.mentions.unknown_municipalities)
        if aspect := asked_aspect(turn):
            parts = _without_the_help(question, [aspect_in(turn, aspect, place) for place in named])
            return without_document(aspect_of_places(turn, aspect, parts), question.mentions.unknown_municipalities)
        question = _compared_question(turn, question)
        memory = replace(turn.memory, service="")
        matches = turn.snapshot.match(question.analysis)
        turn = replace(turn, question=question, memory=memory, matches=matches)
        facet = asked_facet(question)
        parts = [_in_general(turn, by_id[place], answer_in) for place in places[:MOST]]
        parts = [_as_asked(part, facet) for part in _without_the_help(question, parts)]
        parts = [_of_another_kind(turn, part) for part in parts] if facet == COST else parts
        amounts = _asks_how_much(turn, question)
        if facet == "contact" or (facet == "how_to_apply" and question.facets.get("contact", 0.0) >= GUESS):
            parts = [numbers_first(part) for part in parts]
        elif facet not in MEASURED or facet == COMPLAINT or not amounts:
            parts = [list_second(part) for part in parts] if facet in WHOLE else parts
            parts = [nearest_items(turn, nearest_first(turn, part)) for part in parts]
            parts = with_counterparts(turn, parts)
            parts = with_contrasts(turn.snapshot, facet, parts)
            parts = [_of_complaining_alone(part) for part in parts] if facet == COMPLAINT else parts
        free = question.flags.yes_no and finds("asks_free", own_text(turn))
        in_general = partial(_in_general, answer_in=answer_in)
        apart = in_values(turn, parts, in_general) or where_included(turn, facet, parts) or who_tells(turn, facet, parts)
        if facet == "free_choice" and not apart:
            apart = tells_the_same(parts) or no_choice(parts)
        apart = apart or how_old(turn, facet, parts)
        if facet == EXTENT and amounts and not apart and any(part.status == ASK_BACK for part in parts):
            apart = _who_tells_hours(parts)
        parts = [_paragraph_first(part) for part in parts] if facet == "legal_basis" else parts
        best = bool(finds("superlative", turn.question.analysis.folded))
        answer = compare(facet, parts, question.mentions.level, free, ranked=amounts, superlative=best, apart=apart)
        return without_document(answer, question.mentions.unknown_municipalities)
    here = [by_id[place] for place in turn.places()[:1]]
    if here and (moving := taken_along(turn, here)):
        return without_document(moving, question.mentions.unknown_municipalities)
    services = services_compared(turn)
    if len(services) >= FEWEST:
        if aspect := asked_aspect(turn):
            return aspect_of_services(turn, aspect, services)
        return services_side_by_side(turn, services, answer_in)
    unknown = unknown_asked(turn)
    if unknown and question.mentions.last_municipality in by_id:
        return without_document(answer_in(turn, by_id[question.mentions.last_municipality]), unknown)
    return None


def _compared_question(turn: Turn, question: Question) -> Question:
    """The question as every municipality is asked it: the facet a ranking means, the help talked about before."""
    question = _carried(turn, question)
    folded = question.analysis.folded
    asked = folded if len(question.analysis.words) <= STORY else question.analysis.asked_folded
    ranked = ranked_in(asked)
    than_here = finds("than_here", question.mentions.folded, MASK)
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
    if finds("moves", question.mentions.folded) and finds("changes", question.mentions.folded) and asks_nothing_else(turn):
        return replace(question, facets=LOOK)  # "jeg flytter fra Glostrup til Gladsaxe, hvad ændrer sig?"
    again = turn.memory.comparing and turn.memory.facets and len(question.analysis.words) <= FEW_WORDS
    if again and finds("any_difference", folded):
        return replace(question, facets=turn.memory.facets)  # "er der forskel?" after what was compared
    nothing = question.intent in VAGUE or likeliest(question) < GUESS
    if nothing and not question.mentions.paragraphs:
        return replace(question, facets=particular(question) or LOOK)
    return question


def _carried(turn: Turn, question: Question) -> Question:
    """A question that names no help, right after one about a help, is about the same."""
    before = max((p for topic, p in turn.memory.topics.items() if topic != NO_TOPIC), default=0.0)
    kinds = {topic: p for topic, p in question.topics.items() if topic not in MEANS}  # "hvem betaler bussen?" names no help
    named = question.no_topic() < 0.5 and (strongest(kinds) >= TOPIC_BEFORE or not turn.memory.facets)
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
    asked = asked_facet(turn.question)
    if asked == COST and len(municipality.services) > 1 and _names_no_help(turn.question):
        return costs_in_short(municipality, turn.matches)
    part = answer_in(turn, municipality)
    if asked == EXTENT and _is_of_no_help(turn, part) and (hours := each_in_short(turn, municipality, asked)):
        return hours
    elsewhere = part.service is None and (part.facet not in TOGETHER.get(asked, (asked,)) or _tells_nothing_of(part, asked))
    if not (part.status == ASK_BACK or elsewhere):
        return part
    if not any(s.topics[0] == GENERAL for s in municipality.services):
        of_each = each_in_short(turn, municipality, asked) if part.status == ASK_BACK else None
        return _silent_in_general(turn, municipality, asked) or of_each or part
    return answer_in(replace(turn, question=replace(turn.question, topics={GENERAL: 1.0})), municipality)


def _is_of_no_help(turn: Turn, part: Answer) -> bool:
    """Whether hours are asked for, and the answer is of no kind of help that is meant."""
    in_general = part.service is None or part.service.topics[0] == GENERAL
    return in_general and strongest(turn.question.topics) < TOPIC_BEFORE and _asks_how_much(turn, turn.question)


def _who_tells_hours(parts: Sequence[Answer]) -> str:
    """Whose documents tell hours, which differ by the kind of help, and whose do not; "" where none does."""
    places = [part.municipality for part in parts if part.municipality]
    telling = [place for place in places if helps_with_hours(place)]
    silent = [place_name(place) for place in places if place not in telling]
    if not telling:
        return ""
    counted = [say("hours_by_help", TABLE, name=place_name(place), count=helps_with_hours(place)) for place in telling]
    told = say("hours_told", TABLE, each=join_items(counted))
    return " ".join([told, *([say("hours_silent", TABLE, silent=join_items(silent))] if silent else [])])


def _silent_in_general(turn: Turn, municipality: Municipality, facet: str) -> Answer | None:
    """That a document is silent on what is asked of help in general, where the catalogue names that gap; None otherwise."""
    gaps = [fact for fact in municipality.facts if not fact.stated and facet in fact.facets]
    gap = max(gaps, key=lambda fact: turn.matches.of(fact).score, default=None)
    if gap is None or turn.matches.of(gap).score < GAP:
        return None
    return compose.not_stated(municipality, None, facet, [], [], [gap])


def _names_no_help(question: Question) -> bool:
    """Whether a question is about help in general, so that words alone would pick one kind of it."""
    return strongest(question.topics) < NO_HELP and not question.mentions.paragraphs


def _tells_nothing_of(part: Answer, facet: str) -> bool:
    """Whether a sub-answer holds no stated fact of a facet that asks for one thing: that help is granted individually is no
    answer to whether it is given in the evening."""
    return facet not in (*SCOPE, *FOR_ALL) and not any(fact.stated and facet in fact.facets for fact in part.facts)


def _paragraph_first(part: Answer) -> Answer:
    """A sub-answer on the law that begins with what names a paragraph."""
    return replace(part, facts=tuple(sorted(part.facts, key=lambda fact: "§" not in fact.text)))


def _of_complaining_alone(part: Answer) -> Answer:
    """A sub-answer on complaining without what fits the words in another matter: the time of a complaint is not that of an
    application."""
    facts = tuple(fact for fact in part.facts if COMPLAINT in fact.facets)
    return replace(part, facts=facts) if facts else part


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


def _of_another_kind(turn: Turn, part: Answer) -> Answer:
    """A sub-answer on paying for support, led by what is told of the kind of help asked about where that is another one, or by
    that nothing is: that support is free says nothing of a place to live."""
    topics = turn.question.topics
    topic = max(topics, key=topics.__getitem__, default=NO_TOPIC)
    assert part.municipality is not None
    if topics.get(topic, 0.0) < TOPIC_BEFORE or not stands_elsewhere(turn.snapshot, part.municipality, topic):
        return part
    own = part.service.facts if part.service else ()
    about = tuple(fact for fact in own if fact.stated and COST in fact.facets and topic in fact.topics)
    if about:
        return replace(part, facts=(*about, *(fact for fact in part.facts if not fact.is_free and fact not in about)))
    if topic in part.municipality.topics:  # support that is for the homeless too is no other help
        return part
    kind = vocabulary().topics[topic].name
    return compose.led_by_missing(part, kind) if part.service else compose.not_offered(part.municipality, kind)


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
