"""One turn of a conversation: question and memory in, answer and memory out.

The turn is a list of steps; each may end it with an answer of a named status. No step writes anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from knowledge import composition as compose
from knowledge import several
from knowledge.answer import ASK_BACK, UNKNOWN_MUNICIPALITY, Answer
from knowledge.comparing import places_compared, put_right, side_by_side
from knowledge.contacts import contacts_for
from knowledge.danish import fold
from knowledge.linking import MASK
from knowledge.matching import STOPWORDS, Matches
from knowledge.model import Fact, Municipality, Service
from knowledge.question import GUIDE, INFORM, NO_TOPIC, OUT_OF_SCOPE, REPEAT, Flags, Memory, Question, flags_of
from knowledge.scope import GENERAL, Scope, choose_service
from knowledge.selection import NEIGHBOURS, SCOPE, STRONG, WEAK, Selection, asked_facet, second_facet, select
from knowledge.snapshot import Snapshot
from knowledge.vocabulary import vocabulary

ELLIPTICAL_FILLERS = frozenset(map(fold, vocabulary().language["fillers"]))
GUESS = 0.22  # facet probability below which words must carry the answer
WEAK_WORDS = 0.24  # word likeness below which a weak guess is not answered
VERY_STRONG = 0.62  # word likeness that overrules a sure sign of another subject
OUT_SURE = 0.45  # out_of_scope probability that only strong words overrule
TOPIC_SURE = 0.6  # topic probability from which a message is not out of scope
TERM = 0.3  # word likeness a definition needs to be about the word asked for
SURE = 0.5  # facet probability from which a reply to "which municipality?" is a new question
_WHAT_ABOUT = re.compile(r"^(?:og |ok |okay |nå |na |men )*(?:hvad (?:så )?med|hvad i|og i|og for|samme (?:i|for))\b")
LEVEL_WORD = re.compile(r"let|moder|svær|fuldst|niveau|grad")
LOOK = {"overview": 0.5, "included": 0.45}  # a help was named and nothing asked: show what it is
SAME_SENSE = 78  # rapidfuzz ratio from which two services' facts say the same
WHAT_ABOUT = 8  # words that may follow "hvad med" when it continues the question before
MOST = 0.6  # share of services that must agree for a summary


@dataclass(frozen=True)
class Turn:
    """Everything the steps of one turn work on."""

    snapshot: Snapshot
    question: Question
    memory: Memory
    matches: Matches
    page_municipality: str = ""


def respond(snapshot: Snapshot, question: Question, memory: Memory, page_municipality: str = "") -> tuple[Answer, Memory]:
    """Answer one message, every question in it.

    Args:
        page_municipality: id of the municipality whose page embeds the chat; words override it.
    """
    parts = several.asked_in(snapshot, question, memory)
    if parts:
        answers = []
        for part in parts:
            answer, memory = _respond_once(snapshot, part, memory, page_municipality)
            answers.append(answer)
        answer, memory = several.together(answers), several.remember(memory, question, parts)
    else:
        answer, memory = _respond_once(snapshot, question, replace(memory, parts=()), page_municipality)
    return (compose.in_danish(answer) if question.english else answer), memory


def _respond_once(snapshot: Snapshot, question: Question, memory: Memory, page_municipality: str) -> tuple[Answer, Memory]:
    memory = memory.absorb(question.mentions)
    question = put_right(snapshot, question)
    question, elliptical = _complete(snapshot, question, memory)
    matches = snapshot.index.match(question.analysis)
    turn = Turn(snapshot, question, memory, matches, page_municipality)
    if elliptical and not memory.facets:
        if question.no_topic() >= 0.5 and not question.mentions.paragraphs and not places_compared(turn):
            return _note(turn)
        turn, elliptical = replace(turn, question=replace(question, facets=LOOK)), False
    for step in _STEPS:
        answer = step(turn)
        if answer is not None:
            if memory.danger and "contact" in (answer.facet, asked_facet(turn.question)):
                answer = compose.with_danger(answer, memory.danger)
            return answer, _remember(turn, answer, elliptical)
    raise AssertionError("the last step always answers")


# -- steps -------------------------------------------------------------------------------------------------------------


def _refuse_out_of_scope(turn: Turn) -> Answer | None:
    question = turn.question
    is_open = _topic_is_open(question)
    if question.mentions.foreign and (question.mentions.foreign_asked or is_open) and turn.matches.best < VERY_STRONG:
        return compose.out_of_scope()
    if (
        question.intent == OUT_OF_SCOPE
        and is_open
        and turn.matches.best < (VERY_STRONG if question.facets.get(OUT_OF_SCOPE, 0.0) >= OUT_SURE else STRONG)
    ):
        return compose.out_of_scope()
    return None


def _topic_is_open(question: Question) -> bool:
    """False when a kind of help is named beyond doubt."""
    return max((p for topic, p in question.topics.items() if topic != NO_TOPIC), default=0.0) < TOPIC_SURE


def _ask_when_unclear(turn: Turn) -> Answer | None:
    question = turn.question
    best = max(question.facets.values(), default=0.0)
    if best >= GUESS or question.no_topic() < 0.5 or question.mentions.paragraphs or turn.matches.best >= WEAK_WORDS:
        return None
    readings = sorted((f for f in question.facets if f in NEIGHBOURS), key=lambda f: -question.facets[f])
    return compose.unclear(readings[:3])


def _explain_word(turn: Turn) -> Answer | None:
    """A definition needs no municipality."""
    if turn.question.flags.meaning and turn.question.mentions.level is not None:
        return compose.level_meaning(turn.question.mentions.level)
    if turn.question.intent != "definition" or _places(turn) or turn.question.mentions.unknown_municipalities:
        return None
    found = _national(turn, "definition", TERM)
    return compose.definition(found[:1]) if found else None


def _compare(turn: Turn) -> Answer | None:
    return side_by_side(turn, _answer_in)


def _need_municipality(turn: Turn) -> Answer | None:
    unknown = turn.question.mentions.unknown_municipalities
    if unknown and not turn.question.mentions.municipalities:
        return compose.unknown_municipality(unknown[0], turn.snapshot.named_municipalities())
    if not _places(turn):
        return compose.ask_municipality(turn.snapshot.named_municipalities())
    return None


def _answer(turn: Turn) -> Answer | None:
    return _answer_in(turn, turn.snapshot.catalogue.by_id[_places(turn)[0]])


_STEPS: tuple[Callable[[Turn], Answer | None], ...] = (
    _refuse_out_of_scope,
    _compare,
    _ask_when_unclear,
    _explain_word,
    _need_municipality,
    _answer,
)


# -- one municipality --------------------------------------------------------------------------------------------------


def _answer_in(turn: Turn, municipality: Municipality) -> Answer:
    question, memory = turn.question, turn.memory
    scope = choose_service(turn.snapshot, municipality, question, memory, turn.matches)
    facet = asked_facet(question)
    if (
        facet == "overview"
        and question.intent in ("overview", GUIDE)
        and len(municipality.services) > 1
        and (scope.service is None or (scope.service.topics[0] == GENERAL and question.intent == GUIDE))
    ):
        return compose.overview_of_services(municipality)
    general = [*municipality.facts, *_contact_facts(turn, municipality, facet)]
    if scope.service is None:
        return _without_service(turn, municipality, scope, facet, general)
    return _answer_about(turn, municipality, scope, scope.service, facet, general)


def _answer_about(
    turn: Turn, municipality: Municipality, scope: Scope, service: Service, facet: str, general: list[Fact]
) -> Answer:
    question = turn.question
    candidates = [*service.facts, *_joining(turn, service, general, facet), *_kin(turn, municipality, service, facet)]
    selection = select(turn.snapshot, candidates, question, turn.matches, turn.memory, service.topics[0] == GENERAL)
    if facet == "definition" and not _fits(turn, selection):
        national = _national(turn, facet, TERM)
        if national:
            return replace(compose.definition(national[:1]), municipality=municipality, service=service)
        look = replace(question, facets=LOOK)
        selection = select(turn.snapshot, candidates, look, turn.matches, turn.memory, service.topics[0] == GENERAL)
    if facet in service.not_stated and not _from_service(selection, facet):
        selection = _stated_elsewhere(turn, selection, facet)
    if not any(fact.stated for fact in selection.facts):
        second = _second_reading(turn, candidates, service)
        return _not_stated(turn, municipality, scope, facet, selection.facts, second)
    return compose.answered(
        municipality,
        service,
        selection,
        question,
        turn.memory,
        before=_before(turn, service),
        level=question.mentions.level if selection.facet == "extent" else None,
        lead=_other_paragraph(question, municipality, service),
    )


def _second_reading(turn: Turn, candidates: list[Fact], service: Service) -> list[Fact]:
    """What answers the second reading of a question whose first reading is unsure and not stated."""
    question = turn.question
    second = second_facet(question)
    if not second or question.facets[asked_facet(question)] >= SURE:
        return []
    asked = replace(question, facets={second: 1.0})
    found = select(turn.snapshot, candidates, asked, turn.matches, turn.memory, service.topics[0] == GENERAL)
    return [fact for fact in found.facts if fact.stated][:2] if found.facet == second else []


def _other_paragraph(question: Question, municipality: Municipality, service: Service) -> str:
    """What to say when the help asked about does not stand under the paragraph that was named with it."""
    named = question.mentions.paragraphs
    if len(named) != 1 or not service.paragraphs or named[0].split()[0] in {p.split()[0] for p in service.paragraphs}:
        return ""
    return compose.other_paragraph(municipality, service, named[0])


def _kin(turn: Turn, municipality: Municipality, service: Service, facet: str) -> list[Fact]:
    """For a service described in general: what most of its kinds state in the same way."""
    if service.topics[0] != GENERAL or facet in service.facets():
        return []
    kinds = [s for s in municipality.services if s.paragraphs == service.paragraphs and s is not service]
    return [fact for fact, _ in _shared(kinds, facet)]


def _before(turn: Turn, service: Service) -> list[Fact]:
    """When the help changes in the middle of a conversation: what the service before says about the new help."""
    previous = turn.snapshot.services.get(turn.memory.service)
    if previous is None or previous is service or previous.municipality != service.municipality:
        return []
    fitting = [
        (turn.snapshot.match_of(turn.matches, fact).score, fact)
        for fact in previous.facts
        if fact.stated and set(fact.topics) & set(service.topics[:1]) and fact.facet in ("included", "not_included")
    ]
    best = max(fitting, key=lambda item: item[0], default=(0.0, None))
    return [best[1]] if best[1] is not None and best[0] >= WEAK else []


def _joining(turn: Turn, service: Service, general: list[Fact], facet: str) -> list[Fact]:
    """General facts that may answer beside a service's own: where it is silent, or where the words match strongly."""
    stated = set(service.facets())
    return [
        fact
        for fact in general
        if not (stated | {*SCOPE, "purpose"}) & set(fact.facets)
        or (fact.facet == "contact" and facet in ("contact", "how_to_apply"))
        or turn.snapshot.match_of(turn.matches, fact).score >= STRONG
    ]


def _fits(turn: Turn, selection: Selection) -> bool:
    """Whether the words of the question match one of the selected facts."""
    return any(turn.snapshot.match_of(turn.matches, fact).score >= TERM for fact in selection.facts)


def _from_service(selection: Selection, facet: str) -> bool:
    """True when the selected facts answer the facet itself and do not only hold generally."""
    return any(fact.service and facet in fact.facets for fact in selection.facts)


def _stated_elsewhere(turn: Turn, selection: Selection, facet: str) -> Selection:
    """A facet the service's document does not state: only facts with strong words may answer in its place."""
    if selection.facts and selection.facet != facet:
        best = max(turn.snapshot.match_of(turn.matches, fact).score for fact in selection.facts)
        if best >= STRONG:
            return selection
    if selection.facts and selection.facet == facet and facet not in ("cost",):
        return selection
    return Selection(facet, asked=facet)


def _not_stated(
    turn: Turn,
    municipality: Municipality,
    scope: Scope,
    facet: str,
    gaps: Sequence[Fact] = (),
    second: Sequence[Fact] = (),
) -> Answer:
    general = [fact for fact in municipality.facts if facet in fact.facets and fact.stated]
    shown = {"complaint": 6, "processing_time": 2, "definition": 1}.get(facet, 0)
    national = _national(turn, facet, 0.25 if facet == "definition" else 0.0)[:shown] if shown else []
    return compose.not_stated(municipality, scope.service, facet, general[:3], national, gaps, second)


def _without_service(turn: Turn, municipality: Municipality, scope: Scope, facet: str, general: list[Fact]) -> Answer:
    """No single service: what holds for the whole municipality, what all services share, or ask which help is meant."""
    question = turn.question
    selection = select(turn.snapshot, general, question, turn.matches, turn.memory) if general else Selection(facet)
    if any(fact.stated for fact in selection.facts) and (selection.facet == facet or selection.relevant):
        return compose.answered(municipality, None, selection, question, turn.memory)
    stating = [service for service in municipality.services if facet in service.facets()]
    if not stating:
        return _not_stated(turn, municipality, scope, facet, selection.facts)
    shared = _shared(municipality.services, facet)
    known = compose.shared_facts(municipality, *shared[0]) if shared else ""
    services = scope.rivals if scope.score > 0.3 else municipality.services
    return compose.ask_service(municipality, services, facet, known, [fact for fact, _ in shared[:1]])


def _shared(services: Sequence[Service], facet: str) -> list[tuple[Fact, int]]:
    """The facts of a facet that most services state in the same way, with how many do, the most shared first."""
    seen: list[tuple[str, Fact, set[str]]] = []
    for service in services:
        for fact in service.facts:
            if fact.facet != facet or not fact.stated:
                continue
            sense = _sense(fact)
            for known, _, who in seen:
                if fuzz.token_sort_ratio(known, sense) >= SAME_SENSE:
                    who.add(service.id)
                    break
            else:
                seen.append((sense, fact, {service.id}))
    shared = [(fact, len(who)) for _, fact, who in seen if len(who) >= MOST * len(services)]
    return sorted(shared, key=lambda item: -item[1])


def _sense(fact: Fact) -> str:
    if fact.value and fact.value["kind"] in ("co_payment", "deadline", "time_of_day"):
        return str(sorted(fact.value.items()))
    return fact.facet if fact.facet == "free_choice" else fact.text


def _contact_facts(turn: Turn, municipality: Municipality, facet: str) -> list[Fact]:
    scores = {c.fact.id: turn.snapshot.match_of(turn.matches, c.fact).score for c in municipality.contact_points}
    return [c.fact for c in contacts_for(municipality, facet, turn.question, turn.memory, scores)]


def _national(turn: Turn, facet: str, least: float) -> list[Fact]:
    """National facts of a facet; for definitions the best match first, for rules in the order of the file."""
    facts = [fact for fact in turn.snapshot.catalogue.national if facet in fact.facets]
    if facet == "definition" and turn.question.mentions.paragraphs:
        named = "|".join(re.escape(p) for p in turn.question.mentions.paragraphs)
        return [
            fact
            for fact in facts
            if re.match(rf"\W*§ ?(?:{named})(?! ?[a-d]\b|\d)|.{{0,40}}§ ?(?:{named})(?! ?[a-d]\b|\d)", fact.text)
        ]
    scored = [(turn.snapshot.match_of(turn.matches, fact).score, fact) for fact in facts]
    if facet == "definition":
        scored.sort(key=lambda item: -item[0])
    return [fact for score, fact in scored if score >= least]


# -- context -----------------------------------------------------------------------------------------------------------


def _places(turn: Turn) -> list[str]:
    """The municipality in question: named now, told before, or given by the page."""
    found = [turn.question.mentions.last_municipality, turn.memory.municipality, turn.page_municipality]
    return [place for place in found if place in turn.snapshot.catalogue.by_id]


def _complete(snapshot: Snapshot, question: Question, memory: Memory) -> tuple[Question, bool]:
    """An elliptical message ("og i Gentofte?") takes what it lacks from the last question."""
    if not _is_elliptical(question, memory):
        return question, False
    if not memory.facets:
        return question, True
    own_topic = question.no_topic() < 0.5
    earlier = snapshot.linker.link(snapshot.analyser.analyse(memory.text))
    mentions = question.mentions
    if not own_topic:
        mentions = replace(mentions, paragraphs=mentions.paragraphs or earlier.paragraphs)
    if mentions.level is None:
        mentions = replace(mentions, level=earlier.level)
    return replace(
        question,
        mentions=mentions,
        facets=memory.facets,
        topics=question.topics if own_topic else memory.topics or question.topics,
        analysis=snapshot.analyser.analyse(f"{memory.text} . {question.analysis.normalized}"),
        flags=replace(flags_of(snapshot.analyser.analyse(memory.text)), promise=question.flags.promise),
    ), True


def _is_elliptical(question: Question, memory: Memory) -> bool:
    if not question.analysis.words:
        return False
    mentions = question.mentions
    sure = max((p for f, p in question.facets.items() if f in NEIGHBOURS), default=0.0)
    named = mentions.municipalities or mentions.unknown_municipalities
    if memory.awaiting == "municipality" and named and sure < SURE:
        return True
    told = bool(
        mentions.municipalities
        or mentions.unknown_municipalities
        or mentions.level is not None
        or mentions.age is not None
        or mentions.pension is not None
    )
    left = [
        word
        for word in mentions.masked.split()
        if word != MASK
        and not (mentions.level is not None and LEVEL_WORD.match(word))
        and fold(word) not in STOPWORDS
        and fold(word) not in ELLIPTICAL_FILLERS
        and not word.isdigit()
    ]
    if question.flags.compare and len(mentions.municipalities) > 1:
        return False
    if memory.facets and _WHAT_ABOUT.match(question.analysis.normalized) and sure < SURE and len(left) <= WHAT_ABOUT:
        return True
    if told and (not left or (len(left) == 1 and memory.facets and sure < SURE)):
        return True
    if question.intent == INFORM:
        return question.facets.get(INFORM, 1.0) >= SURE or not question.flags.open
    return question.intent == REPEAT


def _note(turn: Turn) -> tuple[Answer, Memory]:
    """Nothing was asked yet: acknowledge and remember."""
    unknown = turn.question.mentions.unknown_municipalities
    places = _places(turn)
    if unknown and not turn.question.mentions.municipalities:
        answer = compose.unknown_municipality(unknown[0], turn.snapshot.named_municipalities())
        return answer, replace(turn.memory, awaiting="municipality")
    municipality = turn.snapshot.municipality(places[0]) if places else None
    service = None
    if municipality and turn.question.no_topic() < 0.5:
        service = choose_service(turn.snapshot, municipality, turn.question, turn.memory, turn.matches).service
    answer = compose.noted(municipality, service)
    topics = turn.question.topics if turn.question.no_topic() < 0.5 else turn.memory.topics
    return answer, replace(
        turn.memory,
        municipality=municipality.id if municipality else "",
        topics=topics,
        service=service.id if service else turn.memory.service,
    )


def _remember(turn: Turn, answer: Answer, elliptical: bool) -> Memory:
    question, memory = turn.question, turn.memory
    place = answer.municipality.id if answer.municipality else memory.municipality
    topics = question.topics if question.no_topic() < 0.5 else memory.topics
    awaiting = ""
    if answer.status in (ASK_BACK, UNKNOWN_MUNICIPALITY):
        awaiting = "service" if answer.municipality else "municipality"
    return replace(
        memory,
        municipality=place,
        service=answer.service.id if answer.service else memory.service,
        compared=tuple(dict.fromkeys(p.municipality.id for p in answer.parts if p.municipality)) or memory.compared,
        comparing=bool(answer.parts) and answer.municipality is None,
        facet=answer.facet or memory.facet,
        facets=_rounded(question.facets),
        topics=_rounded(topics),
        text=memory.text if elliptical and memory.text else question.analysis.normalized[:500],
        awaiting=awaiting,
    )


def _rounded(table: dict[str, float]) -> dict[str, float]:
    """The five largest, rounded, so that the memory stays small."""
    largest = sorted(table.items(), key=lambda item: -item[1])[:5]
    return {key: round(value, 3) for key, value in largest}


# -- other turns -------------------------------------------------------------------------------------------------------


def hand_over(snapshot: Snapshot, question: Question, memory: Memory, page_municipality: str = "") -> tuple[Answer, Memory]:
    """The citizen wants a person: answer as a question about contact, and say what this assistant cannot do."""
    return _to_people(snapshot, question, memory, page_municipality, "handover")


def own_case(snapshot: Snapshot, question: Question, memory: Memory, page_municipality: str = "") -> tuple[Answer, Memory]:
    """The citizen asks about the own case: say that it cannot be seen here, and who can be asked."""
    return _to_people(snapshot, question, memory, page_municipality, "own_case")


def _to_people(
    snapshot: Snapshot, question: Question, memory: Memory, page_municipality: str, lead: str
) -> tuple[Answer, Memory]:
    asked = replace(question, facets={"contact": 1.0}, flags=Flags(), parts=())
    answer, memory = respond(snapshot, asked, memory, page_municipality)
    return compose.led_by(lead, answer), memory


def note_danger(snapshot: Snapshot, question: Question, memory: Memory, danger: str) -> Memory:
    """A message spoke of danger: remember that, and what else it told."""
    place = question.mentions.last_municipality or memory.municipality
    return replace(memory.absorb(question.mentions), municipality=place, danger=danger)


def start_over(snapshot: Snapshot) -> Answer:
    """Everything is forgotten; ask anew."""
    return compose.started_over(snapshot.named_municipalities())
