"""The answer to a question in one municipality: which service, which facts, and what to say where the document is silent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge import composition as compose
from knowledge import terms
from knowledge.answer import Answer
from knowledge.aspects import asked_aspect, aspect_alone, aspect_of_all, is_asked, led_by_aspect
from knowledge.bounds import WEAK
from knowledge.by_theme import granted_by_level, granted_by_theme
from knowledge.circumstances import knows_levels, level_told, of_the_age, tells_a_level
from knowledge.comparison_phrases import finds
from knowledge.complaints import (
    COMPLAINT,
    asked_of,
    rules_asked_for,
    rules_beyond,
    tells_only_of_complaints,
    told_of_one_thing,
)
from knowledge.contacts import contacts_for, detail_asked, numbers_before, without_other_offices
from knowledge.costs import COST, asks_the_price_alone, costs_of_all, price_missing
from knowledge.danish import fold
from knowledge.facets import LIST_FACETS, SCOPE, TOGETHER, asked_facet, facet_weights, second_facet
from knowledge.figures import missing_figure
from knowledge.matching import UNTELLING
from knowledge.missing import another_help, lacking_here, missing_help, not_described
from knowledge.model import Fact, Municipality, Service
from knowledge.of_any_help import VAGUE, asks_of_any_help, names_it
from knowledge.of_each import told_of_each
from knowledge.offering import (
    FEW_WORDS,
    NAMED,
    NEEDS,
    SEVERAL,
    UNSPECIFIC,
    as_likely,
    help_meant,
    is_meant,
    nearest_to_need,
    needs_named,
    under_one_word,
)
from knowledge.question import GUIDE, HELPS, Question
from knowledge.ranking import rank
from knowledge.scope import GENERAL, Scope, choose_service, is_named, strongest
from knowledge.selection import ASIDE, GAP, HOURS, LOOK, MEANT, STRONG, Selection, overlooked, select
from knowledge.shared import shared_by_most
from knowledge.terms import asked_term, facts_about, names_a_service
from knowledge.turn import Turn
from knowledge.verdict import excepts
from knowledge.wholes import asks_the_list, told_whole
from knowledge.wording import say

SAME_TERM = 0.6  # word likeness from which a national definition is of the very word asked for
TERM = 0.3  # word likeness a definition needs to be about the word asked for
EXPLAINED = 4  # words at the beginning of a definition that hold what it explains
SHORTEST, TELLING = 3, 4  # letters of a word that names something; letters by which it is known
SURE_OF_IT = 0.4  # the same below which a document that is silent is not said to be silent about the facet
SURE = 0.5  # facet probability below which a second reading is told beside "not stated"
BESIDE, BESIDE_UNSURE = 0.4, 0.3  # word likeness from which a fact is told beside "not stated", and beside an unsure one
CLEAR_LEAD = 0.25  # lead below which a need fits no single service
JOINS = 0.46  # word likeness from which a general fact may answer beside those of a service
GRANTING = ("assessment_method", "extent")  # facets in which a paragraph tells how all help under it is granted
PLAINLY_OF_ALL = 0.4  # word likeness from which that is asked for
SAID_OF_ALL = 0.6  # word likeness from which a general fact is asked for and not the list of all help
ONE_KIND = 0.8  # word likeness from which one kind of complaint is meant and not complaining as such
SAID_BEFORE = 0.4  # word likeness from which the help talked about is asked for something and no other help
PLAINLY, ALONE = 0.6, 0.8  # overview probability from which the list is wanted, unless one service is as likely as this
FOR_ALL = ("contact", "how_to_apply", "complaint", "processing_time")  # facets that one answer holds for, whatever the help


def answer_in(turn: Turn, municipality: Municipality) -> Answer:
    question, memory = turn.question, turn.memory
    scope = choose_service(turn.snapshot, municipality, question, memory, turn.matches)
    facet = asked_facet(question)
    several = len(municipality.services) > 1
    if several and asks_of_any_help(turn, municipality, scope.service, facet):
        scope = replace(scope, service=None)  # words alone would pick one help of all that this is asked of
    told = _about_a_term(turn, municipality, scope, facet)
    if told:
        return told
    by_theme = granted_by_theme(turn, municipality) or granted_by_level(turn, municipality)
    if by_theme:
        return by_theme
    if several and (of_all := _in_one_aspect(turn, municipality) or told_of_each(turn, municipality)):
        return of_all
    if missing := lacking_here(turn.snapshot, municipality, question, memory):
        return compose.not_offered(municipality, missing)
    kind = not_described(municipality, question) if several and facet not in (*FOR_ALL, "delivery_place") else ""
    if kind and not names_it(turn, scope.service) and not _told_of_before(turn, municipality):
        return compose.not_offered(municipality, kind, nearest_to_need(turn, municipality) if facet in NEEDS else ())
    if facet in UNSPECIFIC and len(needs := needs_named(turn, municipality)) >= SEVERAL:
        return compose.overview_of_services(municipality, needs, whole=facet == "overview")
    if several and _asks_for_all(question, facet, scope, bool(memory.service)) and not _in_particular(turn, municipality):
        wanted = strongest(question.topics) >= VAGUE or (not question.flags.all_services and facet in UNSPECIFIC)
        nearest = nearest_to_need(turn, municipality) if wanted and not question.flags.other_services else ()
        left, excepting = _left_aside(turn, municipality), _not_for(turn, municipality)
        under = "" if question.flags.other_services else _paragraph_of_several(turn, municipality)
        left |= {service.id for service in municipality.services if under and not is_asked(turn, service)}
        return compose.overview_of_services(municipality, nearest, but=left, excepting=excepting, under=under)
    if facet in UNSPECIFIC and not names_it(turn, scope.service) and (both := under_one_word(turn, municipality, facet)):
        return compose.overview_of_services(municipality, both, whole=len(question.left) > FEW_WORDS)
    if facet in UNSPECIFIC and (alike := as_likely(turn, scope)):
        return compose.overview_of_services(municipality, alike, whole=False)
    general = [*municipality.facts, *_contact_facts(turn, municipality, facet)]
    if scope.service is None:
        return _without_service(turn, municipality, scope, facet, general)
    if facet == "definition" and is_meant(turn, scope.service):  # what the service is, not a word
        turn, facet = replace(turn, question=replace(question, facets={"overview": 1.0})), "overview"
    without_levels = tells_a_level(question) and not knows_levels(scope.service)
    if facet == "extent" and (without_levels or _by_level_alone(question, scope.service)):
        turn, facet = replace(turn, question=replace(question, facets={"eligibility": 1.0})), "eligibility"
    return _answer_about(turn, municipality, scope, scope.service, facet, general)


def _in_one_aspect(turn: Turn, municipality: Municipality) -> Answer | None:
    """Which kinds of help do one thing that documents tell under unlike headings ("hvilke findes som hold?"); None where they
    are not all asked for it."""
    question, asked = turn.question, turn.question.analysis.asked_folded
    named = strongest(question.topics) >= VAGUE and not finds("of_these", asked)
    if named or not (finds("which_of_all", asked) or question.reaches(HELPS)):
        return None
    aspect = asked_aspect(turn)
    return aspect_of_all(turn, aspect, municipality) if aspect else None


def _told_of_before(turn: Turn, municipality: Municipality) -> bool:
    """Whether the help talked about includes or leaves out what a message asks for, though that sounds like another help."""
    service = turn.snapshot.services.get(turn.memory.service)
    if service is None or service.municipality != municipality.id:
        return False
    lists = (fact for fact in service.facts if fact.stated and fact.facet in LIST_FACETS)
    return max((turn.matches.of(fact).score for fact in lists), default=0.0) >= SAID_BEFORE


def _in_particular(turn: Turn, municipality: Municipality) -> bool:
    """Whether a question that sounds like one for the list of help is about another list, which the document explains:
    "hvilke temaer bliver man målt på?"."""
    if turn.question.flags.other_services:
        return False
    told = (fact for fact in municipality.facts if fact.stated and fact.facet == "definition")
    return max((turn.matches.of(fact).score for fact in told), default=0.0) >= SAID_OF_ALL


def _left_aside(turn: Turn, municipality: Municipality) -> set[str]:
    """The ids of the services that are named only to ask for the others, "hvad er der ud over § 85?"; where none is named that
    of the one talked about, "hvad kan han så få i stedet?"."""
    question = turn.question
    if not question.flags.other_services:
        return set()
    named = [service for service in municipality.services if is_named(turn.snapshot, service, question)]
    of_all = [paragraph for service in named if service.topics[0] == GENERAL for paragraph in service.paragraphs]
    under = {paragraph.split()[0] for paragraph in (*question.mentions.paragraphs, *of_all)}
    before = {turn.memory.service} if not named and not question.mentions.paragraphs else set()
    return before | {
        service.id
        for service in municipality.services
        if service in named or under & {paragraph.split()[0] for paragraph in service.paragraphs}
    }


def _paragraph_of_several(turn: Turn, municipality: Municipality) -> str:
    """The one paragraph named, where several kinds of help stand under it and others do not; "" otherwise."""
    named = turn.question.mentions.paragraphs
    asked = [service for service in municipality.services if is_asked(turn, service)]
    return named[0] if len(named) == 1 and SEVERAL < len(asked) < len(municipality.services) else ""


def _not_for(turn: Turn, municipality: Municipality) -> list[tuple[Service, Fact]]:
    """The services that are not for whom a message tells of ("psykisk syge"), each with the fact that says so."""
    said = turn.question.analysis.folded
    told = ((service, fact) for service in municipality.services for fact in service.facts)
    found = {s.id: (s, f) for s, f in told if f.stated and f.facet == "eligibility" and excepts(f, said, TELLING)}
    return list(found.values())


def _by_level_alone(question: Question, service: Service) -> bool:
    """Whether hours are asked for a level, and the service grants help by levels but tells no hours."""
    if question.mentions.level is None:
        return False
    kinds = {fact.value["kind"] for fact in service.facts if fact.value}
    return "vum" in kinds and not kinds & set(HOURS)


def _about_a_term(turn: Turn, municipality: Municipality, scope: Scope, facet: str) -> Answer | None:
    """What the document says of one word or name that is no service: "hvad er Mosetoften?"."""
    term = asked_term(turn.question) if facet in terms.FACETS and not turn.question.mentions.paragraphs else ()
    if not term or names_a_service(term, municipality.services):
        return None
    if len(term) > 1 and national_facts(turn, "definition", SAME_TERM):
        return None
    general = [(None, municipality.facts)]
    places = [(service, service.facts) for service in municipality.services]
    first = [(scope.service, scope.service.facts)] if scope.service else []
    for service, facts in (*first, *general, *places):
        about = facts_about(term, facts)
        if about:
            selection = Selection(about[0].facet, tuple(about), relevant=1, asked=facet)
            return compose.answered(municipality, service, selection, turn.question, turn.memory)
    known = facts_about(term, national_facts(turn, "definition", 0.0))
    return replace(compose.definition(known[:1]), municipality=municipality) if known else None


def _asks_for_all(question: Question, facet: str, scope: Scope, remembered: bool) -> bool:
    """Whether the list of all services is wanted and not one of them."""
    if question.flags.other_services and facet in (*SCOPE, "purpose", "special_notes"):
        return True
    if _is_the_only_one_under(scope.service, question, scope.municipality):
        return False
    general = scope.service is None or scope.service.topics[0] == GENERAL
    if len(question.told) > SEVERAL and question.flags.all_services and finds("each", question.analysis.folded):
        return True  # "madlavning, støvsugning og regninger, hvad er der til hver?"
    likeliest = strongest(question.topics)
    in_general = question.topics.get(GENERAL, 0.0) >= NAMED and likeliest < VAGUE
    if facet == "overview" and in_general and all(s.topics[0] != GENERAL for s in scope.municipality.services):
        return True  # support in general is asked about, where the document describes only its kinds
    if (question.flags.all_services or (not remembered and _reaches_all(question))) and facet in (*SCOPE, "purpose"):
        if scope.service and not general and question.facets.get("overview", 0.0) >= PLAINLY:
            return sum(question.topics.get(topic, 0.0) for topic in scope.service.topics) < ALONE
        return general or likeliest < NAMED
    if facet in UNSPECIFIC and likeliest < VAGUE and scope.lead < CLEAR_LEAD and not remembered:
        return True  # "alting sejler": no kind of help is told, and words alone would pick one by chance
    return (
        facet == "overview"
        and question.intent in ("overview", GUIDE)
        and (scope.service is None or (general and question.intent == GUIDE))
    )


def _is_the_only_one_under(service: Service | None, question: Question, municipality: Municipality) -> bool:
    """Whether the paragraph that a message names is that of one service alone: "botilbud efter § 108"."""
    named = question.mentions.paragraphs
    under = [other for other in municipality.services if set(named) & set(other.paragraphs)]
    return service is not None and len(municipality.services) > 1 and under == [service]


def _reaches_all(question: Question) -> bool:
    """Whether all kinds of help of one municipality are asked for, by what was learned from such, and not what is left out."""
    denies = " ikke " in question.analysis.asked_folded
    return question.reaches(HELPS) and not denies and len(question.mentions.municipalities) < SEVERAL


def _answer_about(
    turn: Turn, municipality: Municipality, scope: Scope, service: Service, facet: str, general: list[Fact]
) -> Answer:
    question = turn.question
    wider = [*_joining(turn, municipality, service, general, facet), *_kin(turn, municipality, service, facet)]
    candidates = [*service.facts, *wider]
    candidates = asked_of(candidates, question) if facet == COMPLAINT else candidates
    selection = told_whole(question, turn.memory, municipality, service, facet, candidates)
    if selection is None:
        selection = select(candidates, question, turn.matches, turn.memory, service.topics[0] == GENERAL)
    if facet == "definition" and (nearest := _said_of_the_help(turn, service)):
        turn, facet = replace(turn, question=replace(question, facets={nearest.facet: 1.0})), nearest.facet
        question = turn.question
        selection = select(candidates, question, turn.matches, turn.memory, service.topics[0] == GENERAL)
    if facet == "definition" and not _fits(turn, selection):
        national = national_facts(turn, facet, TERM)
        if national:
            wanted = max(1, len(question.mentions.paragraphs))
            return replace(compose.definition(national[:wanted]), municipality=municipality, service=service)
        look = replace(question, facets=LOOK)
        selection = select(candidates, look, turn.matches, turn.memory, service.topics[0] == GENERAL)
    if facet in service.not_stated and not _from_service(selection, facet):
        selection = (
            Selection(facet, asked=facet) if asks_the_list(question, facet) else _stated_elsewhere(turn, selection, facet)
        )
    aged = of_the_age(turn, candidates, _contact_facts(turn, municipality, "contact")) if facet != "contact" else None
    selection = aged or selection
    all_facts = [*candidates, *_of_the_paragraph(municipality, service), *municipality.facts]
    selection = led_by_aspect(turn, selection, all_facts, service) if selection.facts else selection
    if gap := _named_gap(turn, service, selection):
        selection = replace(selection, facts=(gap, *selection.facts))
    if facet == "contact":
        selection = replace(selection, facts=_whom(question, municipality, candidates, selection))
    stated = [fact for fact in selection.facts if fact.stated]
    if stated and facet == COMPLAINT and (rules := rules_beyond(turn, national_facts(turn, facet, 0.0), candidates)):
        return compose.not_stated(
            municipality, service, facet, [], rules, [f for f in selection.facts if not f.stated][:1], this=True
        )
    if not stated:
        beside = _beside_silence(turn, candidates, service)
        return _not_stated(turn, municipality, scope, facet, selection.facts, beside)
    return compose.answered(
        municipality,
        service,
        selection,
        question,
        turn.memory,
        before=_before(turn, service),
        level=question.mentions.level,
        lead=_said_first(turn, municipality, service, selection, facet),
    )


def _said_of_the_help(turn: Turn, service: Service) -> Fact | None:
    """What the document says of the help talked about in the words of a catchword that sounds like a term: "visiteret?"."""
    question = turn.question
    if turn.memory.service != service.id or question.flags.meaning or len(question.analysis.words) > FEW_WORDS:
        return None
    nearest = max((fact for fact in service.facts if fact.stated), key=lambda fact: turn.matches.of(fact).score, default=None)
    return nearest if nearest and turn.matches.of(nearest).score >= STRONG else None


def _whom(question: Question, municipality: Municipality, candidates: list[Fact], selection: Selection) -> tuple[Fact, ...]:
    """Whom to contact: of two people each number, where nothing is stated the office of this kind of help, numbers first."""
    points = [contact for contact in municipality.contact_points if contact.fact in candidates]
    facts = selection.facts
    if len(question.mentions.ages) > 1:
        facts = tuple(dict.fromkeys((*(contact.fact for contact in points if contact.when), *facts)))
    if not any(fact.stated for fact in facts):
        facts = (*(contact.fact for contact in points if contact.topics), *facts)
    facts = without_other_offices(facts, question)
    return numbers_before(municipality, facts) if selection.facet == "contact" else facts


def _said_first(turn: Turn, municipality: Municipality, service: Service, selection: Selection, facet: str) -> str:
    """What is said before the facts: which help it is, the detail or the level asked for, that a figure is missing."""
    question = turn.question
    which = _of_another_help(turn, municipality, service) or _other_paragraph(question, municipality, service)
    told = (
        which or help_meant(turn, municipality, service, facet),
        detail_asked(municipality, selection.facts, question) if selection.facet == "contact" else "",
        level_told(turn, municipality, service, selection.facet),
        _figure_missing(question, municipality, service, selection) or price_missing(municipality, question, selection),
    )
    return " ".join(filter(None, told))


def _named_gap(turn: Turn, service: Service, selection: Selection) -> Fact | None:
    """What the question names and the document leaves out, unless something stated answers it well."""
    named = turn.snapshot.silence.named(service.id, turn.question.analysis.asked_folded)
    weights = facet_weights(turn.question) if named else {}
    named = [gap for gap in named if weights.get(gap.facet, 0.0) >= MEANT]
    if not named or any(turn.matches.of(fact).own >= STRONG for fact in service.facts if fact.stated):
        return None
    told = {fact.id for fact in selection.facts}
    gap = max(named, key=lambda fact: turn.matches.of(fact).score)
    return None if gap.id in told else gap


def _figure_missing(question: Question, municipality: Municipality, service: Service, selection: Selection) -> str:
    """That the document holds no such figure as was asked for, when none of the facts shown has one."""
    if " hvem " in question.analysis.asked_folded:  # who sets the hours asks for none
        return ""
    figure = missing_figure(question, selection.facet, (*selection.facts, *selection.extra))
    if figure == "hours" and service.topics[0] == GENERAL and len(municipality.services) > 1:
        return say("hours_depend")
    return say(f"no_{figure}", document_of=compose.document_of(municipality)) if figure else ""


def _beside_silence(turn: Turn, candidates: list[Fact], service: Service) -> list[Fact]:
    """What is told beside "not stated": the facts nearest in words, what answers the second reading when unsure, and what is
    likely to be part of the answer all the same."""
    question = turn.question
    sure = question.facets.get(asked_facet(question), 0.0) >= SURE
    matches = turn.snapshot.match(question.analysis) if question.refers_back else turn.matches  # not by the question before
    scored = [(matches.of(fact).score, fact) for fact in candidates if fact.stated]
    near = sorted((item for item in scored if item[0] >= (BESIDE if sure else BESIDE_UNSURE)), key=lambda item: -item[0])
    told = [fact for _, fact in near[:2] if fact.facet not in ASIDE]
    second = second_facet(question)
    if second and not sure:
        asked = replace(question, facets={second: 1.0})
        found = select(candidates, asked, matches, turn.memory, service.topics[0] == GENERAL)
        told += [fact for fact in found.facts if fact.stated and fact not in told][:2] if found.facet == second else []
    if not question.analysis.words:  # a look-up
        return told
    ranked = rank(candidates, question, matches, turn.memory.facet, service.topics[0] == GENERAL)
    return [*told, *(item.fact for item in overlooked(told, ranked))]


def _of_another_help(turn: Turn, municipality: Municipality, service: Service) -> str:
    """What to say when the help asked about is another one than the service that is told of, and is not described."""
    kind = another_help(turn.snapshot, municipality, service, turn.question)
    return f"{compose.no_word_of(municipality, kind)} {say('instead', service=compose.service_label(service))}" if kind else ""


def _other_paragraph(question: Question, municipality: Municipality, service: Service) -> str:
    """What to say when the help asked about does not stand under the paragraph that was named with it."""
    named = question.mentions.paragraphs
    if len(named) != 1 or not service.paragraphs or named[0].split()[0] in {p.split()[0] for p in service.paragraphs}:
        return ""
    return compose.other_paragraph(municipality, service, named[0])


def _kin(turn: Turn, municipality: Municipality, service: Service, facet: str) -> list[Fact]:
    """For a service described in general: what most of its kinds state in the same way."""
    if service.topics[0] != GENERAL:
        return []
    kinds = [s for s in municipality.services if s.paragraphs == service.paragraphs and s is not service]
    lacking = [f for f in TOGETHER.get(facet, (facet,)) if f not in service.facets()]
    return [fact for f in lacking for fact, _ in shared_by_most(turn, kinds, f)]


def _of_the_paragraph(municipality: Municipality, service: Service | None) -> Sequence[Fact]:
    """What the document says of all help under the paragraph of a service."""
    if service is None or service.topics[0] == GENERAL:
        return ()
    about = (s for s in municipality.services if s.topics[0] == GENERAL and set(s.paragraphs) & set(service.paragraphs))
    return next((s.facts for s in about), ())


def _before(turn: Turn, service: Service) -> list[Fact]:
    """When the help changes in the middle of a conversation: what the service before says about the new help."""
    previous = turn.snapshot.services.get(turn.memory.service)
    if previous is None or previous is service or previous.municipality != service.municipality:
        return []
    fitting = [
        (turn.matches.of(fact).score, fact)
        for fact in previous.facts
        if fact.stated and set(fact.topics) & set(service.topics[:1]) and fact.facet in ("included", "not_included")
    ]
    best = max(fitting, key=lambda item: item[0], default=(0.0, None))
    return [best[1]] if best[1] is not None and best[0] >= WEAK else []


def _joining(turn: Turn, municipality: Municipality, service: Service, general: list[Fact], facet: str) -> list[Fact]:
    """General facts that may answer beside a service's own: where it is silent, or where the words match strongly; of what is
    said of granting all help under its paragraph what fits better than all of its own."""
    stated = set(service.facets())
    granting = _granting(turn, municipality, service) if facet in GRANTING else []
    of_one = service.topics[0] != GENERAL and len(municipality.services) > 1  # what the whole catalogue holds is not asked for

    def own_conditions(fact: Fact) -> bool:
        """Whether a general fact tells who can have help, where the service says for itself who can have it."""
        return fact.stated and facet == fact.facet == "eligibility" and "eligibility" in stated

    return granting + [
        fact
        for fact in general
        if not (of_one and fact.facet == "overview" and fact.stated)
        and (
            not (stated | {*SCOPE, "purpose"}) & set(fact.facets)
            or (fact.facet == "contact" and facet in ("contact", "how_to_apply"))
            or (not own_conditions(fact) and turn.matches.of(fact).score >= (JOINS if fact.stated else GAP))
        )
    ]


def _granting(turn: Turn, municipality: Municipality, service: Service) -> list[Fact]:
    """What is said of granting all help under the paragraph of a service, where that fits better than all of its own."""
    enough = max((turn.matches.of(fact).score for fact in service.facts), default=0.0)
    of_all = (fact for fact in _of_the_paragraph(municipality, service) if fact.stated and fact.facet in GRANTING)
    return [fact for fact in of_all if turn.matches.of(fact).score >= max(enough, PLAINLY_OF_ALL)]


def _fits(turn: Turn, selection: Selection) -> bool:
    """Whether the words of the question match one of the selected facts; who asks what a word means is told what is stated."""
    facts = [fact for fact in selection.facts if fact.stated or not turn.question.flags.meaning]
    return any(turn.matches.of(fact).score >= TERM for fact in facts)


def _from_service(selection: Selection, facet: str) -> bool:
    """True when the selected facts answer the facet itself and do not only hold generally."""
    return any(fact.stated and fact.service and facet in fact.facets for fact in selection.facts)


def _stated_elsewhere(turn: Turn, selection: Selection, facet: str) -> Selection:
    """A facet the service's document does not state: only facts with strong words may answer in its place."""
    if selection.facts and selection.facet != facet and not tells_only_of_complaints(turn.question):
        best = max(turn.matches.of(fact).score for fact in selection.facts)
        if best >= STRONG:
            return selection
    if selection.facts and selection.facet == facet and facet not in ("cost",):
        return selection
    alone = asks_the_price_alone(turn.question)  # names no thing that a gap of the whole document could be about
    gaps = [fact for fact in selection.facts if not fact.stated and turn.matches.of(fact).score >= GAP]
    return Selection(facet, tuple(gap for gap in gaps if gap.service or not alone)[:1], asked=facet)


def _not_stated(
    turn: Turn,
    municipality: Municipality,
    scope: Scope,
    facet: str,
    gaps: Sequence[Fact] = (),
    beside: Sequence[Fact] = (),
) -> Answer:
    wider = (*municipality.facts, *_of_the_paragraph(municipality, scope.service))
    general = [fact for fact in wider if fact.stated and facet in fact.facets]
    if facet == COMPLAINT:  # a document without any word on complaints is not silent about one kind of them alone
        asked = told_of_one_thing(gaps, turn.question)
        gaps = [gap for gap in gaps if gap in asked or turn.matches.of(gap).score >= ONE_KIND]
    if facet == "contact" and not gaps:  # the municipality's own word on whom to contact, instead of what is merely near
        gaps, beside = [fact for fact in municipality.facts if fact.facet == facet and not fact.stated][:1], ()
    if facet == COMPLAINT:
        national = rules_asked_for(turn, national_facts(turn, facet, 0.0))
    else:
        shown = {"processing_time": 3, "definition": 1}.get(facet, 0)
        national = national_facts(turn, facet, 0.25 if facet == "definition" else 0.0)[:shown] if shown else []
    unsure = facet == "special_notes" or turn.question.facets.get(facet, 0.0) < SURE_OF_IT
    unsure = unsure and not gaps and facet not in FOR_ALL
    return compose.not_stated(municipality, scope.service, facet, general[:3], national, gaps, beside, this=unsure)


def _without_service(turn: Turn, municipality: Municipality, scope: Scope, facet: str, general: list[Fact]) -> Answer:
    """No single service: what holds for the whole municipality, what all services share, or ask which help is meant."""
    question, aspect = turn.question, asked_aspect(turn)
    if aspect and (told := aspect_alone(turn, aspect, municipality)):
        return told
    offered = not missing_help(municipality, question.topics, VAGUE)
    nearest = nearest_to_need(turn, municipality) if facet == "need_covered" or (facet in NEEDS and not offered) else ()
    if facet == "need_covered" and nearest:
        return compose.overview_of_services(municipality, nearest)
    general = asked_of(general, question) if facet == COMPLAINT else general
    if facet == COST and asks_the_price_alone(question) and any(facet in service.facets() for service in municipality.services):
        return costs_of_all(municipality, turn.memory.listed)
    selection = select(general, question, turn.matches, turn.memory) if general else Selection(facet)
    if any(fact.stated for fact in selection.facts) and (selection.facet == facet or selection.relevant):
        silent = missing_figure(question, selection.facet, (*selection.facts, *selection.extra)) == "age"
        lead = say("no_age_in_general", document_of=compose.document_of(municipality)) if silent else ""
        return compose.answered(municipality, None, selection, question, turn.memory, lead=lead)
    if not offered and facet in NEEDS:
        return compose.overview_of_services(municipality, nearest)
    stating = [service for service in municipality.services if facet in service.facets()]
    if not stating:
        return _not_stated(turn, municipality, scope, facet, selection.facts)
    shared = shared_by_most(turn, municipality.services, facet)
    known = compose.shared_facts(municipality, *shared[0]) if shared else ""
    before = [service for service in municipality.services if service.topics[0] in turn.memory.told]
    services = before or (scope.rivals if scope.score > 0.3 else municipality.services)
    return compose.ask_service(municipality, services, facet, known, [fact for fact, _ in shared[:1]])


def _contact_facts(turn: Turn, municipality: Municipality, facet: str) -> list[Fact]:
    scores = {c.fact.id: turn.matches.of(c.fact).score for c in municipality.contact_points}
    return [c.fact for c in contacts_for(municipality, facet, turn.question, turn.memory, scores)]


def _explains_a_word_of(fact: Fact, question: Question) -> bool:
    """Whether a message has a word of what a definition explains: "Housing first betyder ..." tells no "tanken"."""
    explained = fold(" ".join([*fact.text.split()[:EXPLAINED], *fact.words])).split()
    asked = [key for key in question.analysis.keys if len(key) >= SHORTEST and key not in UNTELLING]
    return any(word.startswith(key[:TELLING]) for key in asked for word in explained)


def national_facts(turn: Turn, facet: str, least: float) -> list[Fact]:
    """National facts of a facet; for definitions the best match first, for rules in the order of the file."""
    facts = [fact for fact in turn.snapshot.catalogue.national if facet in fact.facets]
    if facet == "definition" and turn.question.mentions.paragraphs:
        named = "|".join(re.escape(p) for p in turn.question.mentions.paragraphs)
        return [
            fact
            for fact in facts
            if re.match(rf"\W*§ ?(?:{named})(?! ?[a-d]\b|\d)|.{{0,40}}§ ?(?:{named})(?! ?[a-d]\b|\d)", fact.text)
        ]
    scored = [(turn.matches.of(fact).score, fact) for fact in facts]
    if facet == "definition":
        scored = [(score, fact) for score, fact in scored if _explains_a_word_of(fact, turn.question)]
        scored.sort(key=lambda item: -item[0])
    return [fact for score, fact in scored if score >= least]
