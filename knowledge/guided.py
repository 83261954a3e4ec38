"""The guide as a conversation: one message and the memory in, an answer and the new memory out.

The guide can be left at any time: a real question is answered and the way back is offered. What was told stays in the memory as
ids and figures, never as the citizen's own words.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field, replace

from knowledge.answer import ANSWERED, ASK_BACK, Answer, QuickReply
from knowledge.brief import join_items
from knowledge.composition import next_questions
from knowledge.dialogue import respond
from knowledge.facets import likeliest
from knowledge.guide import (
    AGE,
    LEVEL,
    MUNICIPALITY,
    NEEDS,
    OPTIONAL,
    PENSION,
    RESULT,
    TABLE,
    GuideView,
    StepQuestion,
    Told,
    guide,
    steps_for,
    title_of,
)
from knowledge.needs import command_in, guidance, level_in, named_topics, needs_named, topics_in
from knowledge.question import GUIDE, NO_TOPIC, OUT_OF_SCOPE, Memory, Question
from knowledge.scope import GENERAL, strongest
from knowledge.snapshot import Snapshot
from knowledge.verdict import excepts
from knowledge.vocabulary import pattern
from knowledge.wording import say

AFFIRM, DENY = "affirm", "deny"
TOPIC_SURE = 0.5  # topic probability from which the classifier alone names what is hard
TOPIC_HINTED, TOPIC_SHARE = 0.3, 0.5  # where the guide asks what is hard: the least, and the share of the likeliest
TOPIC_IN_FEW_WORDS = 0.8  # ... in a message of a few words, where little tells the topics apart
UNKNOWN_NEED = "opstart"  # the kind of help for whom nobody knows the need of; who says so tells of nothing that is hard
TELLING = 5  # letters of a word that tells a condition
LOST = 0.5  # probability of a wish for guidance from which the guide starts although the list of the municipality could be told
ASKS = 0.3  # facet probability from which a message that is worded as a question is one
ASKS_PLAINLY = 0.5  # ... and one that is not worded as a question
SHORT = 7  # words; up to here a message names a level, a place or a figure and nothing else
MOST_TITLES = 4
_LEVEL_WORD = re.compile(r"svær(?!t ved\b)|niveau|slemt|hårdt")  # "svært ved at holde orden" tells what is hard
_AGE = re.compile(r"\b(1[5-9]|[2-9]\d)\b")


@dataclass(frozen=True)
class GuideState:
    """Where the guided conversation stands.

    Attributes:
        on: a step is open and the next message may answer it.
        done: the result was shown in the last turn, so a correction shows it again.
        offered: the last answer offered to start or go on, so a bare yes accepts.
        needs: ids of needs and topics; level 0-4; skipped: names of steps. The rest stands in the memory itself.
    """

    on: bool = False
    done: bool = False
    offered: bool = False
    needs: tuple[str, ...] = ()
    level: int | None = None
    skipped: tuple[str, ...] = field(default=())

    @classmethod
    def of(cls, memory: Memory) -> GuideState:
        data = memory.guide
        return (
            cls(**{**data, "needs": tuple(data.get("needs", ())), "skipped": tuple(data.get("skipped", ()))}) if data else cls()
        )

    def told(self, memory: Memory, page: str) -> Told:
        """What the guide knows, with what the conversation told beside it."""
        return Told(
            municipality=memory.municipality or page,
            needs=self.needs,
            level=self.level,
            age=memory.age,
            pension=memory.pension,
            skipped=self.skipped,
        )

    def kept(self, memory: Memory) -> Memory:
        return replace(memory, guide=asdict(self))


def converse(snapshot: Snapshot, question: Question, memory: Memory, page: str = "") -> tuple[Answer, Memory]:
    """One turn of a conversation in which the guide may be running."""
    page = page if page in snapshot.catalogue.by_id else ""
    state, command = GuideState.of(memory), command_in(question.analysis.text)
    wanted = question.intent == GUIDE or _knows_not_what(question)
    if command == "start" or (wanted and not state.on and _starts(question, memory, page)):
        return _begin(snapshot, question, memory, page)
    if command == "resume" or (command == "back" and state.done) or (command == "change" and memory.guide and not state.on):
        return _resume(snapshot, memory, page, command)
    if state.offered and question.intent in (AFFIRM, DENY):
        return _accept(snapshot, question, memory, page, state)
    if state.on:
        return _step(snapshot, question, memory, page, command)
    if state.done and _corrects(question, command):
        absorbed = _absorb(snapshot, question, memory, replace(state, on=True), RESULT)
        if absorbed is not None:
            return _ask(snapshot, absorbed[0], page, absorbed[1])
    return _leave(snapshot, question, memory, page)


def is_running(memory: Memory) -> bool:
    """Whether the next message may belong to the guide."""
    state = GuideState.of(memory)
    return state.on or state.done or state.offered


# -- beginning and going on --------------------------------------------------------------------------------------------


def _starts(question: Question, memory: Memory, page: str) -> bool:
    """Whether a wish for guidance starts the guide at once; whoever tells what is hard, or asks for the list, is answered."""
    mentions, lost = question.mentions, _knows_not_what(question)
    asks_the_list = question.flags.all_services or question.facets.get("overview", 0.0) >= LOST
    elsewhere = mentions.unknown_municipalities and not mentions.municipalities
    if memory.service or memory.guide or asks_the_list or elsewhere:
        return False
    placed = mentions.municipalities or memory.municipality or page
    plainly = question.facets.get(GUIDE, 0.0) >= (LOST if placed else 0.0) and not memory.facets
    hard = strongest({topic: p for topic, p in question.topics.items() if not (lost and topic == UNKNOWN_NEED)})
    return (lost or plainly) and hard < TOPIC_SURE


def _knows_not_what(question: Question) -> bool:
    """Whether somebody does not know what to apply for, which asks for no application: "jeg aner ikke, hvad jeg skal søge"."""
    return bool(pattern("knows_not_what").search(question.analysis.folded))


def _begin(snapshot: Snapshot, question: Question, memory: Memory, page: str) -> tuple[Answer, Memory]:
    memory = memory.absorb(question.mentions)
    if question.mentions.last_municipality in snapshot.catalogue.by_id:
        memory = replace(memory, municipality=question.mentions.last_municipality)
    place = snapshot.municipality(memory.municipality or page)
    known = say("noted_place", TABLE, municipality=place.full_name) if place and place.named else ""
    return _ask(snapshot, memory, page, GuideState(on=True), [" ".join(filter(None, [say("hello", TABLE), known]))])


def _accept(snapshot: Snapshot, question: Question, memory: Memory, page: str, state: GuideState) -> tuple[Answer, Memory]:
    """A bare yes or no to the offer to start or to go on."""
    state = replace(state, offered=False)
    if question.intent == DENY:
        return _stop(memory, state)
    return _ask(snapshot, memory, page, replace(state, on=True), [] if state.on else [say("hello", TABLE)])


def _stop(memory: Memory, state: GuideState) -> tuple[Answer, Memory]:
    text = say("stopped", TABLE) if state.on or state.needs else say("declined", TABLE)
    return Answer(ASK_BACK, text, quick_replies=(_reply("resume"),)), replace(state, on=False).kept(memory)


def _resume(snapshot: Snapshot, memory: Memory, page: str, command: str) -> tuple[Answer, Memory]:
    state = GuideState.of(memory)
    if not memory.guide:
        return Answer(ASK_BACK, say("nothing_open", TABLE), quick_replies=(_reply("start"),)), memory
    if command == "resume":
        return _ask(snapshot, memory, page, replace(state, on=True))
    return _back(snapshot, memory, page, replace(state, on=True))


def _ask(
    snapshot: Snapshot, memory: Memory, page: str, state: GuideState, before: list[str] | None = None
) -> tuple[Answer, Memory]:
    """Ask the next step, or show the result."""
    view = guide(snapshot, state.told(memory, page))
    if view.result is not None:
        return _show(memory, state, view, before or [])
    assert view.question is not None
    answer = Answer(
        status=ASK_BACK,
        text="\n\n".join([*(before or []), _question_text(view)]),
        facet=GUIDE,
        municipality=snapshot.municipality(state.told(memory, page).municipality),
        quick_replies=_replies(view),
        guide=view.as_json(),
    )
    return answer, state.kept(replace(memory, awaiting=""))


def _show(memory: Memory, state: GuideState, view: GuideView, before: list[str]) -> tuple[Answer, Memory]:
    """The result; what it is about stays in the memory for the questions that follow."""
    result = view.result
    assert result is not None
    services = [suggestion.fit.service for suggestion in result.suggestions]
    several = len(result.municipality.services) > 1
    answer = Answer(
        status=ANSWERED,
        text="\n\n".join([*before, result.text]),
        facts=tuple(fact for s in result.suggestions for fact in (*s.included, *s.cost.facts, *s.hours.facts)),
        facet=GUIDE,
        municipality=result.municipality,
        service=services[0] if services else None,
        reservation=say("reservation", TABLE),
        quick_replies=(*_quick("how_to_apply", "contact"), _reply("change")),
        guide=view.as_json(),
    )
    topics = {topic: 1.0 / len(view.topics[:MOST_TITLES]) for topic in view.topics[:MOST_TITLES]}
    memory = replace(
        memory,
        municipality=result.municipality.id,
        service=services[0].id if services and several else memory.service,
        topics=topics or memory.topics,
        facet="",
        facets={},
        text="",
        awaiting="",
        comparing=False,
    )
    return answer, replace(state, on=False, done=True).kept(memory)


# -- one step ----------------------------------------------------------------------------------------------------------


def _step(snapshot: Snapshot, question: Question, memory: Memory, page: str, command: str) -> tuple[Answer, Memory]:
    """A message while a step is open: a command, an answer to the step, or a question of its own."""
    state = GuideState.of(memory)
    state = replace(state, offered=False)
    step = guide(snapshot, state.told(memory, page)).step
    if command == "stop":
        return _stop(memory, state)
    if command in ("back", "change"):
        return _back(snapshot, memory, page, state)
    if command in ("skip", "done"):
        return _skip(snapshot, memory, page, state, step)
    if _unknown_place(question):
        return _leave(snapshot, question, memory, page)
    if _is_question(question, step):
        return _leave(snapshot, question, memory, page, _noted_on_the_way(snapshot, question, state, step))
    absorbed = _absorb(snapshot, question, memory, state, step)
    if absorbed is not None:
        memory, state, said = absorbed
        return _ask(snapshot, memory, page, state, [said] if said else None)
    if _asks_plainly(question):
        return _leave(snapshot, question, memory, page)
    return _ask(snapshot, memory, page, state, [say("not_understood", TABLE)])


def _back(snapshot: Snapshot, memory: Memory, page: str, state: GuideState) -> tuple[Answer, Memory]:
    """Take back the last answer and ask it again."""
    told = state.told(memory, page)
    view = guide(snapshot, told)
    steps = steps_for(snapshot.municipality(told.municipality), told)
    open_at = steps.index(view.step) if view.step in steps else len(steps)
    if open_at == 0:
        return _ask(snapshot, memory, page, state, [say("nothing_before", TABLE)])
    memory, state = _taken_back(memory, state, steps[open_at - 1])
    if steps[open_at - 1] == MUNICIPALITY and page:
        return _ask(snapshot, memory, page, state, [say("nothing_before", TABLE)])
    return _ask(snapshot, memory, page, state)


def _taken_back(memory: Memory, state: GuideState, step: str) -> tuple[Memory, GuideState]:
    state = replace(state, done=False, skipped=tuple(s for s in state.skipped if s != step))
    if step == MUNICIPALITY:
        return replace(memory, municipality="", service=""), state
    if step == NEEDS:
        return memory, replace(state, needs=())
    if step == LEVEL:
        return memory, replace(state, level=None)
    if step == AGE:
        return replace(memory, age=None, pension=None), state
    return replace(memory, pension=None), state


def _skip(snapshot: Snapshot, memory: Memory, page: str, state: GuideState, step: str) -> tuple[Answer, Memory]:
    if step not in OPTIONAL:
        return _ask(snapshot, memory, page, state, [say("cannot_skip", TABLE)])
    return _ask(snapshot, memory, page, replace(state, skipped=(*state.skipped, step)))


def _leave(
    snapshot: Snapshot, question: Question, memory: Memory, page: str, state: GuideState | None = None
) -> tuple[Answer, Memory]:
    """Answer what was asked, and offer the guide where it helps."""
    state = state or GuideState.of(memory)
    answer, memory = respond(snapshot, _about_needs(_at_level(question, state), state), memory, page)
    offers = question.intent == GUIDE and answer.status == ANSWERED and not memory.guide
    if state.on:
        answer = _with(answer, say("offer_resume", TABLE), _reply("resume"))
    elif offers:
        answer = _with(answer, say("offer_start", TABLE), _reply("start"))
    state = replace(state, done=False, offered=state.on or offers)
    return answer, (state.kept(memory) if state != GuideState() else memory)


def _at_level(question: Question, state: GuideState) -> Question:
    """A question about hours after the guide is asked at the level told there, unless it names another."""
    if question.mentions.level is not None or state.level is None or not (state.done or state.on):
        return question
    return replace(question, mentions=replace(question.mentions, level=state.level))


def _about_needs(question: Question, state: GuideState) -> Question:
    """A question on the way through the guide, or right after it, that names no help is about what was told to be hard."""
    topics = guidance().topics_of(state.needs)[:MOST_TITLES]
    surest = max((p for topic, p in question.topics.items() if topic != NO_TOPIC), default=0.0)
    short = len([word for word in question.analysis.words if word.isalnum()]) <= SHORT
    names_help = (
        surest >= (TOPIC_IN_FEW_WORDS if short else TOPIC_SURE)
        or question.mentions.paragraphs
        or named_topics(question.analysis.text)
    )
    if not (state.on or state.done) or not topics or names_help or question.intent == "definition":
        return question
    return replace(question, topics={topic: 1.0 / len(topics) for topic in topics})


# -- what a message tells ----------------------------------------------------------------------------------------------


def _absorb(
    snapshot: Snapshot, question: Question, memory: Memory, state: GuideState, step: str
) -> tuple[Memory, GuideState, str] | None:
    """(memory, state, acknowledgement) after what a message tells; None when it tells nothing the guide asks for."""
    before, said = (memory, state), []
    place = question.mentions.last_municipality
    if place in snapshot.catalogue.by_id:
        memory = replace(memory, municipality=place, service="")
        said.append(say("noted_place", TABLE, municipality=snapshot.catalogue.by_id[place].full_name))
    level = _level(question, step)
    if level is not None:
        state = replace(state, level=level, skipped=tuple(s for s in state.skipped if s != LEVEL))
        said.append(say("noted_level", TABLE, level=guidance().levels[level].title))
    needs = _needs(snapshot, question, step) if level is None else ()
    if needs:
        state = _with_needs(state, needs)
        titles = [say("own_words", TABLE, text=title_of(need)) for need in needs[:MOST_TITLES]]
        said.append(say("noted_needs", TABLE, needs=join_items(titles)))
    memory = _person(question, memory, step)
    unsuited = _unsuited_for(snapshot, question, memory)
    said += [unsuited] if unsuited else []
    return (memory, state, " ".join(said)) if unsuited or (memory, state) != before else None


def _unsuited_for(snapshot: Snapshot, question: Question, memory: Memory) -> str:
    """What a document says of whom its help does not suit, where a message tells just that: "hun er dement". Of a document with
    several kinds of help it says so of one of them only, which the result tells."""
    municipality = snapshot.municipality(memory.municipality)
    if municipality is None or len(municipality.services) > 1:
        return ""
    conditions = (fact for fact in municipality.services[0].facts if fact.stated and fact.facet == "eligibility")
    return next((fact.text for fact in conditions if excepts(fact, question.analysis.folded, TELLING)), "")


def _with_needs(state: GuideState, needs: tuple[str, ...]) -> GuideState:
    kept = tuple(step for step in state.skipped if step != NEEDS)
    return replace(state, needs=tuple(dict.fromkeys([*state.needs, *needs])), skipped=kept)


def _level(question: Question, step: str) -> int | None:
    """The level a message names: in everyday words before the terms of the method, which are part of many of them."""
    text = question.analysis.text
    words = [word for word in question.analysis.words if word.isalnum()]
    named = bool(_LEVEL_WORD.search(text.lower()))
    if (named and len(words) <= SHORT) or (step == LEVEL and (named or len(words) <= SHORT)):
        found = level_in(text)
        return question.mentions.level if found is None else found
    return None


def _needs(snapshot: Snapshot, question: Question, step: str) -> tuple[str, ...]:
    """What is hard: a choice by name or number, a turn of phrase, the classifier, at last the likeness of words."""
    text = question.analysis.text
    chosen = needs_named(text) if step == NEEDS else tuple(n for n in needs_named(text) if not text.strip().isdigit())
    if chosen:
        return chosen
    named = named_topics(text)
    kinds = {t: p for t, p in question.topics.items() if t not in (NO_TOPIC, GENERAL)}
    enough = max(TOPIC_HINTED, TOPIC_SHARE * strongest(kinds)) if step == NEEDS else TOPIC_SURE
    likely = sorted((t for t, p in kinds.items() if p >= enough), key=lambda t: -kinds[t])
    found = tuple(dict.fromkeys([*named, *question.told, *question.named, *likely]))
    if found or step != NEEDS or question.no_topic() >= TOPIC_SURE:
        return found
    return topics_in(snapshot, text)


def _person(question: Question, memory: Memory, step: str) -> Memory:
    """Age and pension, also as a bare figure or a bare yes or no where they were asked for."""
    memory = memory.absorb(question.mentions)
    text = question.analysis.text
    figure = _AGE.search(text)
    if step == AGE and question.mentions.age is None and figure:
        return replace(memory, age=int(figure.group(1)))
    if step == PENSION and question.mentions.pension is None:
        yes, no = re.match(r"\W*(?:ja|jo|jep|yes)\b", text.lower()), re.match(r"\W*(?:nej|niks|nope|nix)\b", text.lower())
        return replace(memory, pension=bool(yes)) if yes or no else memory
    return memory


def _is_question(question: Question, step: str) -> bool:
    """Whether a message is worded as a question about something the documents or this assistant answer."""
    asks = question.flags.open or question.flags.yes_no or "?" in question.analysis.text
    if not asks or needs_named(question.analysis.text) or (step == LEVEL and question.intent == "inform"):
        return False
    return likeliest(question, but=GUIDE) >= ASKS or question.intent == OUT_OF_SCOPE


def _asks_plainly(question: Question) -> bool:
    return _asks_for_facet(question) or question.intent == OUT_OF_SCOPE


def _noted_on_the_way(snapshot: Snapshot, question: Question, state: GuideState, step: str) -> GuideState:
    """A question about a kind of help, asked where the guide asks what is hard, answers that as well."""
    named = named_topics(question.analysis.text) if step == NEEDS else ()
    return _with_needs(state, named) if named else state


def _unknown_place(question: Question) -> bool:
    return bool(question.mentions.unknown_municipalities) and not question.mentions.municipalities


def _corrects(question: Question, command: str) -> bool:
    """Whether a message right after the result only changes what was told."""
    mentions = question.mentions
    told = mentions.municipalities or mentions.age is not None or mentions.pension is not None or mentions.level is not None
    words = [word for word in question.analysis.words if word.isalnum()]
    return bool(told) and len(words) <= SHORT and not _asks_for_facet(question) and not command


def _asks_for_facet(question: Question) -> bool:
    return likeliest(question, but=GUIDE) >= ASKS_PLAINLY


# -- words -------------------------------------------------------------------------------------------------------------


def _question_text(view: GuideView) -> str:
    """The question with its choices, complete without buttons."""
    question = view.question
    assert question is not None
    head = say("step_head", TABLE, text=question.text, done=view.done + 1, total=view.total)
    return "\n".join([head, question.help, *_numbered(view.step, question)])


def _numbered(step: str, question: StepQuestion) -> list[str]:
    if step in (MUNICIPALITY, PENSION, AGE):
        return []
    first = 0 if step == LEVEL else 1
    return [
        say("choice", TABLE, number=number, title=option.title, hint=option.hint)
        for number, option in enumerate(question.options, first)
    ]


def _replies(view: GuideView) -> tuple[QuickReply, ...]:
    question = view.question
    assert question is not None
    choices = tuple(QuickReply(option.title, option.title) for option in question.options)
    extra = ([_reply("skip")] if question.optional else []) + ([_reply("back")] if view.done else [])
    return (*choices, *extra, _reply("stop"))


def _reply(key: str) -> QuickReply:
    return QuickReply(say(key, TABLE), say(f"{key}_payload", TABLE))


def _quick(*facets: str) -> tuple[QuickReply, ...]:
    return next_questions("", facets)


def _with(answer: Answer, line: str, reply: QuickReply) -> Answer:
    return replace(answer, text=f"{answer.text}\n\n{line}", quick_replies=(*answer.quick_replies, reply))
