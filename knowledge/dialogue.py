"""One turn of a conversation: question and memory in, answer and memory out.

The turn is a list of steps; each may end it with an answer of a named status. No step writes anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from knowledge import composition as compose
from knowledge import several
from knowledge.answer import ANSWERED, ASK_BACK, NOT_STATED, Answer
from knowledge.answering import FOR_ALL, TERM, answer_in, national_facts
from knowledge.clauses import asks
from knowledge.comparing import side_by_side
from knowledge.comparison_phrases import finds, means_all
from knowledge.complaints import COMPLAINT, of_complaining
from knowledge.context import come_home, complete, remember, stays_with, tells_how_hard, turn_to_paragraph
from knowledge.danish import fold, spoken
from knowledge.facets import NEIGHBOURS, SCOPE, asked_facet, likeliest
from knowledge.listed import by_place, service_called, the_rest
from knowledge.mentioned import mentioned_here
from knowledge.model import Fact
from knowledge.of_any_help import VAGUE
from knowledge.places_meant import places_compared, with_place_meant
from knowledge.putting_right import put_right
from knowledge.question import CATCHWORDS, NO_TOPIC, OUT_OF_SCOPE, REPEAT, Flags, Memory, Question
from knowledge.scope import choose_service, strongest
from knowledge.selection import LOOK, STRONG
from knowledge.snapshot import Snapshot
from knowledge.terms import asked_term, facts_about
from knowledge.turn import Turn
from knowledge.vocabulary import pattern, vocabulary
from knowledge.who_has import only_described

ONLY_HELP = ("safety_suicide", "safety_acute")  # dangers beside which nothing else is answered
GUESS = 0.22  # facet probability below which words must carry the answer
WEAK_WORDS = 0.24  # word likeness below which a weak guess is not answered
VERY_STRONG = 0.62  # word likeness that overrules a sure sign of another subject
NEARLY_SAME = 0.9  # the same for a plain one
OUT_SURE = 0.45  # out_of_scope probability that only strong words overrule
OUT_PLAIN = 0.75  # out_of_scope probability that only words nearly the same as a fact's overrule
OUT_CLEAR = 0.6  # out_of_scope probability from which a kind of help that was only understood does not count
FITS, FITS_IN_FEW = 0.47, 0.28  # likeness to a fact of the help talked about with which a message stays with it; in a few words
IN_FEW = 6  # tokens, for the second of them
OUT_LIKELY = 0.2  # out_of_scope probability a foreign subject needs that is only told, or told in a long message
ASKED = 0.28  # the same where it names no kind of help
ASKED_IN_WORDS = 0.2  # the same where its wording asks: "er 18 og bor alene, hvad hjælper de med derhjemme?"
BESIDES = 0.25  # facet probability from which a statement asks something
SHORT = 16  # tokens; in a message up to here a foreign subject is what the message is about
PLAIN = 0.5  # facet probability from which it is clear what a story asks
PLAINLY_ASKED = 0.7  # facet probability from which a message that names a municipality asks for what all help has
NO_HELP = 0.3  # probability that no kind of help is named below which one is
NAMED_TERM = 0.5  # word likeness from which a definition is of the help that is asked about in general
STORY = 35  # tokens; longer messages tell a story
HELP_NAMED = 0.5  # topic probability from which a correction or a return names another help
TOPIC_SURE = 0.6  # topic probability from which a message is not out of scope
_EVENT = re.compile(  # what stands before a town where something takes place that one goes to
    r"\b(?:koncert|arrangement|konference|stavne|udflugt|familiefest|reception|festival|kamp|fest|bryllup|fodselsdag|begravelse"
    r"|messe|udstilling|bio\w*|biffen|teater\w*|cafe\w*|restaurant\w*|kirke\w*|ikea|storcenter\w*|museum|marked|tur|weekend|ferie"
    r"|kursus|sygehus\w*|hospital\w*|skov\w*|strand\w*|tivoli|zoo\w*|stadion)(?:en|et)?"
    r"(?: (?:er|bliver|afholdes|helt|langt|oppe|nede|ovre|ude|henne|inde))* (?:i|ved|til|pa)$"
    r"|\btil (?!at\b)\w+(?: \w+)? (?:i|ved|pa)$"
    r"|\b(?:ligger|la|foregar|foregik|holdes|blev holdt|finder sted|fandt sted)(?: \w+){0,2} (?:i|ved|pa)$"
)
_HELP = re.compile(r"stott|hjalp|§|paragraf|ydelse|tilbud|kommunen")
_SUPPORT = re.compile(r"stott|bevilg|visiter|§")
_ABOUT = re.compile(r"\b(?:om|angande|ang|vedr\w*|til)\b(?! et menneske| en person)")
_ABOUT_A_PLACE = re.compile(r"\b(?:kommune\w*|bor|flytt\w*|bosat|hvad med|og i)\b")


def respond(snapshot: Snapshot, question: Question, memory: Memory, page_municipality: str = "") -> tuple[Answer, Memory]:
    """Answer one message, every question in it.

    Args:
        page_municipality: id of the municipality whose page embeds the chat; words override it.
    """
    question, memory = the_rest(snapshot, *by_place(snapshot, question, memory))
    parts = several.asked_in(snapshot, question, memory)
    if parts:
        answers: list[Answer] = []
        told: list[Question] = []
        for part in parts:
            goes_on = not answers or (memory.facet == COMPLAINT and stays_with(part, memory))
            before = memory if goes_on else replace(memory, facet="")  # a question beside another one does not continue it
            answer, after = _respond_once(snapshot, part, before, page_municipality)
            if _is_told(answer, answers) and _asks_another_matter(part, told, answers):
                look = replace(part, facets={"overview": 1.0})  # "hvem er den for, og hvad får man med den?"
                answer, after = _respond_once(snapshot, look, before, page_municipality)
            if not _is_told(answer, answers):
                memory = after
                answers.append(answer)
                told.append(part)
        named = next((part.topics for part, answer in zip(told, answers) if answer.service), None)
        for n, answer in enumerate(answers):
            if named and answer.status == ASK_BACK and answer.municipality:  # which help is meant was told in another question
                before, again = replace(memory, facet=""), replace(told[n], topics=named)
                answers[n], after = _respond_once(snapshot, again, before, page_municipality)
                memory = after if n == len(told) - 1 else memory  # the talk goes on from the last question
        answer, memory = several.together(answers), several.remember(memory, question, told, answers)
    else:
        answer, memory = _respond_once(snapshot, question, replace(memory, parts=()), page_municipality)
    if question.intent == REPEAT and pattern("too_long").search(question.analysis.folded):
        answer = compose.in_short(answer)
    return (compose.in_danish(answer) if question.english else answer), memory


def _is_told(answer: Answer, answers: Iterable[Answer]) -> bool:
    """Whether all that an answer tells of a facet, or most of it, stands in one of some others about the same help."""
    if answer.status != ANSWERED or not answer.facts:
        return False
    same = [other for other in answers if other.status == ANSWERED and other.service == answer.service]
    whole = {fact.id for fact in answer.facts}
    told = any(whole <= {fact.id for fact in other.facts} for other in same if other.facet == answer.facet)
    return told or any(_begins_like(answer, other) for other in same)


def _begins_like(answer: Answer, other: Answer) -> bool:
    """Whether an answer begins as another one and tells little beside."""
    if answer.facet == "overview" or not other.facts or answer.facts[0].id != other.facts[0].id:
        return False
    before = {fact.id for fact in other.facts}
    return sum(fact.id in before for fact in answer.facts) * 2 > len(answer.facts)


def _asks_another_matter(part: Question, told: Iterable[Question], answers: Iterable[Answer]) -> bool:
    """Whether a clause that would be told the same asks something else than those before it, and no look was had yet."""
    other = not part.alternative and part.intent not in {question.intent for question in told}
    return other and "overview" not in {answer.facet for answer in answers}


def _respond_once(snapshot: Snapshot, question: Question, memory: Memory, page_municipality: str) -> tuple[Answer, Memory]:
    memory = come_home(question, memory.absorb(question.mentions))
    question = put_right(snapshot, question, talking=bool(memory.facets))
    question, memory = turn_to_paragraph(snapshot, question, memory)
    question, elliptical = complete(snapshot, question, memory)
    if ((elliptical and question.corrects) or question.flags.returns) and strongest(question.topics) >= HELP_NAMED:
        memory = replace(memory, service="")  # another help is meant
    question = of_complaining(_of_levels_apart(question))
    points_back = question.refers_back and memory.text and not elliptical and (memory.service or memory.facet != "overview")
    before = snapshot.analyser.analyse(memory.text) if points_back else None
    matches = snapshot.match(question.analysis, before)
    turn = with_place_meant(Turn(snapshot, question, memory, matches, page_municipality))
    question = turn.question
    if elliptical and not memory.facets:
        asked = likeliest(question) >= (ASKED_IN_WORDS if asks(question.analysis) else ASKED) or _asks_at_a_level(question)
        if question.no_topic() >= 0.5 and not asked and not question.mentions.paragraphs and not places_compared(turn):
            subject = question.mentions.foreign and len(question.analysis.words) <= CATCHWORDS
            if subject:
                return compose.out_of_scope(), memory
            answer, after = _note(turn)
            return (compose.with_danger(answer, memory.danger) if memory.danger else answer), after
        turn, elliptical = replace(turn, question=replace(question, facets=_asked_besides(question))), False
    for step in _STEPS:
        answer = step(turn)
        if answer is not None:
            if memory.danger and "contact" in (answer.facet, asked_facet(turn.question)):
                answer = compose.with_danger(answer, memory.danger)
            return answer, remember(turn, answer, elliptical)
    raise AssertionError("the last step always answers")


def _of_levels_apart(question: Question) -> Question:
    """What sets two levels apart is asked of a help in its hours, not in words: "forskellen på let og moderat til indkøb"."""
    of_help = len(question.mentions.levels) > 1 and strongest(question.topics) >= TOPIC_SURE
    if not of_help or question.intent != "definition" or question.flags.meaning:
        return question
    return replace(question, facets={"extent": 1.0})


def _asks_at_a_level(question: Question) -> bool:
    """Whether it is asked what there is for a level that the message tells ("lette problemer, hvad kan jeg få?")."""
    return question.mentions.level is not None and bool(pattern("what_one_gets").search(question.analysis.folded))


def _asked_besides(question: Question) -> dict[str, float]:
    """What a statement asks all the same ("jeg har fået afslag, hvad nu"); a look at the help where that is not clear."""
    facets = {facet: p for facet, p in question.facets.items() if facet in NEIGHBOURS}
    return facets if max(facets.values(), default=0.0) >= BESIDES else LOOK


# -- steps -------------------------------------------------------------------------------------------------------------


def _refuse_out_of_scope(turn: Turn) -> Answer | None:
    question = turn.question
    likely = question.facets.get(OUT_OF_SCOPE, 0.0)
    beside = question.mentions.foreign and not question.mentions.foreign_asked and likely < OUT_LIKELY
    compares = (turn.memory.facets or beside) and places_compared(turn)
    if turn.memory.facets and compares:  # "og hvem er billigst?", "er det billigere i Gentofte?"
        return None
    if _asks_of_us(question, likely) or _asks_for_a_word(turn):
        return None
    if question.mentions.foreign and not (beside and compares) and (_topic_is_open(question) or _names_no_help(question)):
        plain = question.mentions.foreign_asked and len(question.analysis.words) <= SHORT
        plain = (plain and not _asks_on(turn, likely)) or question.intent == OUT_OF_SCOPE
        ours = _asks_plainly(question) or _tells_of_support(question)
        told = likely >= OUT_LIKELY or (strongest(question.topics) < VAGUE and not ours)
        alone = not turn.memory.service and len(question.analysis.words) <= STORY
        no_help = question.no_topic() >= 0.5 and (alone or likely >= OUT_LIKELY)  # "forny mit pas. Hvad koster det?"
        if plain or (told and (no_help or turn.matches.best < VERY_STRONG)):
            return compose.out_of_scope()
    if likely < OUT_SURE and question.mentions.municipalities and (question.mentions.themes or question.mentions.paragraphs):
        return None
    enough = NEARLY_SAME if likely >= OUT_PLAIN else VERY_STRONG if likely >= OUT_SURE else STRONG
    elsewhere = _topic_is_open(question) or (likely >= OUT_CLEAR and not turn.memory.service)  # "boller i karry uden mælk"
    if question.intent == OUT_OF_SCOPE and elsewhere and turn.matches.best < enough and not _continues_the_talk(turn):
        return compose.out_of_scope()
    return None


def _asks_of_us(question: Question, likely: float) -> bool:
    """Whether a municipality is named and it is beyond doubt what it is asked for, whatever else stands in the message."""
    plain = likeliest(question) >= PLAINLY_ASKED and question.intent in (*FOR_ALL, "overview")
    return bool(question.mentions.municipalities) and plain and likely < OUT_LIKELY


def _asks_for_a_word(turn: Turn) -> bool:
    """Whether it is asked what a word means that the document in question uses: "hvad betyder CTI?"."""
    term = asked_term(turn.question) if turn.question.flags.meaning else ()
    places = [turn.snapshot.catalogue.by_id[place] for place in turn.places()[:1]]
    facts = [fact for place in places for service in place.services for fact in service.facts]
    return bool(term) and bool(facts_about(term, facts))


def _continues_the_talk(turn: Turn) -> bool:
    """Whether what sounds like another subject fits the help talked about: "ferie sydpå?" after an answer about companions."""
    service, question = turn.snapshot.services.get(turn.memory.service), turn.question
    if service is None or question.mentions.foreign:
        return False
    if question.facets[OUT_OF_SCOPE] < OUT_LIKELY:
        return True
    enough = FITS_IN_FEW if len(question.analysis.words) <= IN_FEW else FITS
    return max(turn.matches.of(fact).score for fact in service.facts) >= enough


def _asks_on(turn: Turn, likely: float) -> bool:
    """Whether a message asks plainly within the talk about a help: "hvad så når vi er i Aalborg, og hun sover på hotel?"."""
    return bool(turn.memory.service) and likely < OUT_LIKELY and likeliest(turn.question) >= PLAIN


def _tells_of_support(question: Question) -> bool:
    """Whether the support of a municipality stands in a story beside the foreign subject: "kan den støtte, jeg får, ...?"."""
    beside = bool(question.mentions.municipalities) and not question.mentions.foreign_asked
    return beside and bool(_SUPPORT.search(question.analysis.folded))


def _names_no_help(question: Question) -> bool:
    """Whether support in general was understood from nothing but the form of a question: "navneændring pris"."""
    return strongest(question.topics) < VAGUE and not _HELP.search(question.analysis.folded)


def _asks_plainly(question: Question) -> bool:
    """Whether it is clear what is asked, whatever else is told: "hun får kontanthjælp. Hvem ringer jeg til om støtte?"."""
    told_beside = not question.mentions.foreign_asked and question.no_topic() < NO_HELP
    return likeliest(question) >= PLAIN and (len(question.analysis.words) > STORY or told_beside)


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
    question, levels = turn.question, turn.question.mentions.levels
    explains = (question.flags.meaning and question.intent != "extent") or question.facets.get("definition", 0.0) >= PLAIN
    of_hours = turn.memory.facet == "extent" and not question.flags.meaning  # "og fuldstændig i forhold til moderat?"
    conditions = question.intent in ("eligibility", "extent")  # "egenomsorg, hvilke niveauer?"
    of_help = conditions and strongest(question.topics) >= TOPIC_SURE
    if levels and not of_hours and not of_help and (explains or _asks_for_the_scale(question)):
        return _level_meaning(turn, levels)
    if turn.question.intent != "definition" or turn.places() or turn.question.mentions.unknown_municipalities:
        return None
    found = national_facts(turn, "definition", TERM)
    return compose.definition(found[: max(1, len(question.mentions.paragraphs))]) if found else None


def _asks_for_the_scale(question: Question) -> bool:
    """Whether all levels are meant, of no help: "vis mig hele skalaen fra 0 og op"."""
    every = len(question.mentions.levels) == len(vocabulary().levels)
    alone = len(spoken(question.mentions.masked.split())) <= 1 and strongest(question.topics) < NO_HELP  # "skala?"
    return every and (alone or question.no_topic() >= 0.5 and question.intent not in ("extent", "eligibility"))


def _level_meaning(turn: Turn, levels: tuple[int, ...]) -> Answer | None:
    """What levels stand for: in the words of the municipality's document, else of the method itself."""
    place = turn.snapshot.municipality(next(iter(turn.places()), ""))

    def says(facts: Iterable[Fact]) -> list[Fact]:
        return [fact for fact in facts if fact.value and fact.value["kind"] == "level" and fact.value["level"] in levels]

    own = says(place.facts) if place else []
    if place and own:
        return compose.told(place, own)
    found = says(turn.snapshot.catalogue.national)
    return compose.definition(found) if found else None


def _compare(turn: Turn) -> Answer | None:
    return side_by_side(turn, answer_in)


def _need_municipality(turn: Turn) -> Answer | None:
    unknown = turn.question.mentions.unknown_municipalities
    if unknown and not turn.question.mentions.municipalities and not _only_a_destination(turn):
        return compose.unknown_municipality(unknown[0], turn.snapshot.named_municipalities())
    if turn.places():
        return None
    ask = compose.ask_municipality(turn.snapshot.named_municipalities())
    if only := only_described(turn):
        ask = replace(ask, text=f"{ask.text} {only}")
    what_is = pattern("what_is").search(turn.question.analysis.asked_folded) and turn.question.intent in SCOPE
    told = national_facts(turn, "definition", NAMED_TERM)[:1] if what_is and not unknown else []
    if not told:
        return ask
    definition = compose.definition(told)  # what the help is called in general, and then where it is asked for
    return replace(ask, text=f"{definition.text}\n\n{ask.text}", facts=tuple(told))


def _only_a_destination(turn: Turn) -> bool:
    """In a talk about one municipality "til Roskilde" or "en koncert i Roskilde" is where somebody goes."""
    memory, folded = turn.memory, turn.question.analysis.folded
    if not memory.municipality or memory.awaiting:
        return False
    towns = [fold(town) for town in turn.question.mentions.unknown_municipalities]
    if all(_EVENT.search(before) for town in towns for before in folded.split(f" {town} ")[:-1]):
        return True
    return all(f" til {town} " in folded for town in towns) and not _ABOUT_A_PLACE.search(folded)


def _answer(turn: Turn) -> Answer | None:
    place = turn.snapshot.catalogue.by_id[turn.places()[0]]
    return mentioned_here(turn, place) or answer_in(turn, place)


_STEPS: tuple[Callable[[Turn], Answer | None], ...] = (
    _refuse_out_of_scope,
    _compare,
    _ask_when_unclear,
    _explain_word,
    _need_municipality,
    _answer,
)


def _note(turn: Turn) -> tuple[Answer, Memory]:
    """Nothing was asked yet: acknowledge and remember."""
    unknown = turn.question.mentions.unknown_municipalities
    places = turn.places()
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


# -- other turns -------------------------------------------------------------------------------------------------------


def hand_over(snapshot: Snapshot, question: Question, memory: Memory, page_municipality: str = "") -> tuple[Answer, Memory]:
    """The citizen wants a person: answer as a question about contact, and say what this assistant cannot do."""
    if tells_how_hard(question, memory):  # "rigtig svært" wants nobody
        return respond(snapshot, question, memory, page_municipality)
    return _to_people(snapshot, question, memory, page_municipality, "handover")


def own_case(snapshot: Snapshot, question: Question, memory: Memory, page_municipality: str = "") -> tuple[Answer, Memory]:
    """The citizen asks about the own case: say that it cannot be seen here, and who can be asked.

    Within a talk about complaints "hvor lang tid har jeg, brevet kom i torsdags" is no question about the case.
    """
    if stays_with(question, memory) or service_called(snapshot, question, memory):
        return respond(snapshot, question, memory, page_municipality)
    if likeliest(question) < PLAIN and strongest(question.topics) >= VAGUE:  # "kommer der nogen og gør rent for mig?"
        return respond(snapshot, _of_the_documents(question), memory, page_municipality)
    return _to_people(snapshot, question, memory, page_municipality, "own_case")


def _to_people(
    snapshot: Snapshot, question: Question, memory: Memory, page_municipality: str, lead: str
) -> tuple[Answer, Memory]:
    mentions = question.mentions
    if not _ABOUT.search(question.analysis.folded):  # "jeg er på su, giv mig et nummer til et menneske" tells who is asking
        mentions = replace(mentions, foreign=False)
    asked = replace(question, facets={"contact": 1.0}, flags=Flags(), parts=(), mentions=mentions)
    answer, memory = respond(snapshot, asked, memory, page_municipality)
    return compose.led_by(lead, answer), memory


def protect(
    snapshot: Snapshot,
    question: Question,
    memory: Memory,
    danger: str,
    asked: Question | None = None,
    doubtful: bool = False,
    page_municipality: str = "",
) -> tuple[Answer, Memory]:
    """A message spoke of danger: say who to call, and remember it.

    Args:
        asked: what the same message clearly asks besides. It is answered after the numbers, except where a life may hang on the
            next minute: of suicide and acute illness there is only help.
        doubtful: whether it may well be no danger; what is asked is then answered after the numbers whatever the danger.
    """
    memory = note_danger(snapshot, question, memory, danger)
    if asked is None or (danger in ONLY_HELP and not doubtful):
        return compose.protect(danger), memory
    answer, after = respond(snapshot, asked, replace(memory, danger=""), page_municipality)
    if answer.status not in (ANSWERED, NOT_STATED):
        return compose.protect(danger), memory
    return compose.protect(danger, answer), replace(after, danger=danger)


def known_municipalities(
    snapshot: Snapshot, question: Question, memory: Memory, page_municipality: str = ""
) -> tuple[Answer, Memory]:
    """The municipalities that can be asked about. "alle kommuner", after the question which is meant, asks of all, and so
    does "hvilke kommuner har ikke frit valg?"."""
    folded = question.analysis.folded
    of_others = memory.facets and (means_all(memory.awaiting, folded) or finds("against_others", folded))
    if of_others or finds("does_it", folded):
        return respond(snapshot, _of_the_documents(question), memory, page_municipality)
    return compose.known_municipalities(snapshot.named_municipalities()), memory


def _of_the_documents(question: Question) -> Question:
    """A question as one that documents answer: what they do, if it is not which ones there are."""
    facets = {facet: p for facet, p in question.facets.items() if facet in NEIGHBOURS}
    whole = sum(facets.values()) or 1.0
    return replace(question, facets={facet: p / whole for facet, p in facets.items()})


def note_danger(snapshot: Snapshot, question: Question, memory: Memory, danger: str) -> Memory:
    """A message spoke of danger: remember that, and what else it told."""
    place = question.mentions.last_municipality or memory.municipality
    return replace(memory.absorb(question.mentions), municipality=place, danger=danger)


def start_over(snapshot: Snapshot) -> Answer:
    """Everything is forgotten; ask anew."""
    return compose.started_over(snapshot.named_municipalities())
