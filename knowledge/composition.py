"""Turns selected facts into an Answer: first sentence answers, then the facts, reservation, source, quick replies.

All wording comes from `knowledge/wording/da.yml` and from the facts themselves.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from knowledge.answer import ANSWERED, ASK_BACK, DANGER, NOT_STATED, OUT_OF_SCOPE, UNKNOWN_MUNICIPALITY, Answer, QuickReply
from knowledge.brief import brief, join_items
from knowledge.contacts import pension_matters
from knowledge.facets import LIST_FACETS
from knowledge.model import Fact, Municipality, Service
from knowledge.question import Memory, Question
from knowledge.selection import Selection, with_level
from knowledge.verdict import NO, OUTSIDE, YES
from knowledge.vocabulary import vocabulary
from knowledge.wording import say, wording

SHORT = 2  # sentences of an answer that was found too long
INDIVIDUAL = ("eligibility", "extent", "need_covered", "overview")  # facets decided individually
NEXT = {  # what people ask next
    "cost": ("eligibility", "how_to_apply"),
    "eligibility": ("how_to_apply", "included"),
    "included": ("cost", "eligibility"),
    "need_covered": ("cost", "eligibility"),
    "overview": ("cost", "eligibility"),
    "extent": ("follow_up", "cost"),
    "how_to_apply": ("processing_time", "contact"),
    "contact": ("how_to_apply", "processing_time"),
    "processing_time": ("how_to_apply", "complaint"),
    "complaint": ("processing_time", "contact"),
    "not_included": ("included", "cost"),
    "purpose": ("included", "eligibility"),
    "follow_up": ("extent", "complaint"),
}


def names_of(municipalities: Iterable[Municipality]) -> str:
    """ "A, B og C" in Danish."""
    names = [m.name for m in municipalities]
    return " og ".join(filter(None, [", ".join(names[:-1]), names[-1] if names else ""]))


def document_of(municipality: Municipality) -> str:
    """ "Gladsaxe Kommunes dokument" or the name of the document without a municipality."""
    if not municipality.named:
        return say("document_of_unnamed")
    return say("document_of", name=municipality.full_name)


def answered(
    municipality: Municipality,
    service: Service | None,
    selection: Selection,
    question: Question,
    memory: Memory,
    before: list[Fact] | None = None,
    level: int | None = None,
    lead: str = "",
) -> Answer:
    """The answer that rests on selected facts.

    Args:
        before: what the service talked about before says of the help asked about now.
        level: the VUM level the hours are asked for.
        lead: a sentence to say first.
    """
    facts = [_narrow(fact, level) for fact in selection.facts]
    if selection.facet == "extent" and any(new is not old for new, old in zip(facts, selection.facts)):
        facts = [new for new, old in zip(facts, selection.facts) if new is not old]
    elif selection.facet == "extent" and level is not None and not lead:
        lead, facts = _without_hours_at(service, facts, level)
    promise = say("no_promise") if question.flags.promise and selection.facet in INDIVIDUAL else ""
    verdict = {YES: say("yes"), NO: say("no"), OUTSIDE: say("no_level")}.get("" if promise else selection.verdict, "")
    body = _body(selection.facet, facts, selection.relevant, of=None if selection.left_out else service)
    extra = [_narrow(fact, level) for fact in selection.extra]
    earlier = _said_of_another(municipality, before) if before else ""
    beside = f"{say('also')} {_body(extra[0].facet, extra, 1, of=service)}" if extra else ""
    parts = [lead, earlier, " ".join(filter(None, [promise, verdict, body])), beside]
    if selection.left_out:
        parts.append(say("list_more", count=selection.left_out))
    if selection.facet == "contact" and pension_matters(municipality, memory):
        parts.append(say("contact_pension"))
    reservation = say("reservation") if selection.facet in INDIVIDUAL and not promise else ""
    shown = [*(before or []), *facts, *extra]
    conditions = [fact for fact in shown if fact.facet == "eligibility"]  # an oddity of these is told wherever they stand
    first = [] if selection.facet in LIST_FACETS else facts[:2]
    noted = _notes((*first, *conditions))
    named_first = service is not None and service_label(service) in lead
    about = "" if named_first else _about(municipality, service if any(fact.service for fact in shown) else None)
    text = _join([*parts, reservation, *noted, about, source_line(municipality, shown)])
    status = ANSWERED if any(fact.stated for fact in shown) else NOT_STATED
    return Answer(
        status=status,
        text=text,
        facts=tuple(shown),
        facet=selection.facet,
        municipality=municipality,
        service=service,
        reservation=reservation or promise,
        quick_replies=next_questions(selection.facet),
    )


def _notes(facts: Iterable[Fact]) -> list[str]:
    """The oddities of some facts, each once."""
    return [say("note", note=note) for note in dict.fromkeys(fact.note for fact in facts) if note]


def _said_of_another(municipality: Municipality, facts: list[Fact]) -> str:
    """What stands under another service, with that service's name: what it leaves out is not left out of this one."""
    service = next(service for service in municipality.services if service.id == facts[0].service)
    return f"{say('stands_under', service=service.name)} {_body(facts[0].facet, facts, 1)}"


def not_stated(
    municipality: Municipality,
    service: Service | None,
    facet: str,
    general: list[Fact],
    national: list[Fact],
    gaps: Sequence[Fact] = (),
    beside: Sequence[Fact] = (),
    this: bool = False,
) -> Answer:
    """The honest answer that the document does not say it, with what holds generally and in the whole country.

    Args:
        gaps: the particular things that are not stated, when the catalogue names them.
        beside: stated facts that are near the question.
        this: only the one thing asked for is not stated, the document does say something of the facet.
    """
    asks = vocabulary().facets[facet].asks
    document = document_of(municipality)
    if facet == "contact":
        first = say("contact_none", document_of=document)
    elif this:
        first = say("not_stated_this", document_of=document)
    elif service and len(municipality.services) > 1:
        first = say("not_stated_for", document_of=document, asks=asks, service=service.name)
    else:
        first = say("not_stated", document_of=document, asks=asks)
    if gaps and facet != "contact":
        first = re.sub("^Dokumentet ", f"{document} ", " ".join(gap.text for gap in gaps))
    elif gaps:
        first = f"{first} {' '.join(gap.text for gap in gaps)}"
    parts = [first]
    if general:
        parts.append(f"{say('not_stated_general')} {_body(facet, general, len(general))}")
    rules = national and facet != "definition"  # the law's own rules answer better than what is merely near
    beside = [] if rules else [fact for fact in beside if fact not in general]
    if beside:
        parts.append(f"{say('not_stated_beside')} {_body(beside[0].facet, beside, len(beside))}")
    if national:
        parts.append(f"{say('national', law=law_of(national))}\n{_bulleted(fact.text for fact in national)}")
    elif not general and not beside and facet != "contact":
        parts.append(say("not_stated_next"))
    if not municipality.named:
        parts.append(say("about_unnamed"))
    if general or beside:
        parts.append(source_line(municipality, [*general, *beside]))
    return Answer(
        status=NOT_STATED,
        text=_join(parts),
        facts=(*gaps, *general, *beside, *national),
        facet=facet,
        municipality=municipality,
        service=service,
        quick_replies=next_questions(facet),
    )


def other_paragraph(municipality: Municipality, service: Service, named: str) -> str:
    """Puts right a paragraph the service does not stand under."""
    own = " og § ".join(service.paragraphs)
    return say("other_paragraph", named=named, service=service.name, municipality=municipality.full_name, own=own)


def told(municipality: Municipality, facts: Sequence[Fact]) -> Answer:
    """Facts of a municipality told as they are, with their source."""
    text = _join([" ".join(fact.text for fact in facts), source_line(municipality, facts)])
    return Answer(status=ANSWERED, text=text, facts=tuple(facts), facet=facts[0].facet, municipality=municipality)


def ask_municipality(named: list[Municipality]) -> Answer:
    text = f"{say('ask_municipality')} {say('ask_municipality_only', names=names_of(named))}"
    return Answer(status=ASK_BACK, text=text, quick_replies=_municipality_replies(named))


def unknown_municipality(unknown: str, named: list[Municipality]) -> Answer:
    text = say("unknown_municipality", unknown=unknown, names=names_of(named))
    return Answer(status=UNKNOWN_MUNICIPALITY, text=text, quick_replies=_municipality_replies(named))


def ask_service(
    municipality: Municipality, services: Iterable[Service], facet: str = "", known: str = "", facts: Iterable[Fact] = ()
) -> Answer:
    """Ask which help is meant; `known` is what can be said of the facet already, `facts` what it rests on."""
    text = _join([known, say("ask_service", municipality=municipality.full_name)])
    replies = tuple(QuickReply(service.name, service.name) for service in services)
    return Answer(status=ASK_BACK, text=text, facts=tuple(facts), facet=facet, municipality=municipality, quick_replies=replies)


def shared_facts(municipality: Municipality, fact: Fact, count: int) -> str:
    """What most services of a municipality state in the same way."""
    total = len(municipality.services)
    intro = say("same_for_all") if count == total else say("same_for_most", count=count, total=total)
    return f"{intro} {fact.text}"


def noted(municipality: Municipality | None, service: Service | None) -> Answer:
    """Acknowledge what was told when nothing was asked yet."""
    if municipality is None:
        return Answer(status=ASK_BACK, text=say("noted"))
    text = say("noted_municipality", municipality=municipality.full_name)
    return Answer(
        status=ASK_BACK,
        text=text,
        municipality=municipality,
        service=service,
        quick_replies=next_questions("overview", ("overview", "how_to_apply", "contact")),
    )


def led_by(lead: str, answer: Answer) -> Answer:
    """The same answer after a sentence (a key of the wording) about what this assistant cannot do."""
    return replace(answer, text=f"{say(lead)}\n\n{answer.text}")


def protect(danger: str, beside: Answer | None = None) -> Answer:
    """Who to call now, before anything else; then the way back, or the answer to what the same message asked besides."""
    text = wording()["protect"][danger]
    if beside is None:
        return Answer(status=DANGER, text=_join([text, say("protect_back")]), danger=danger)
    return replace(beside, status=DANGER, text=_join([text, say("protect_beside"), beside.text]), danger=danger)


def known_municipalities(named: list[Municipality]) -> Answer:
    """Which municipalities the catalogue holds."""
    text = say("known_municipalities", names=names_of(named))
    return Answer(status=ASK_BACK, text=text, quick_replies=_municipality_replies(named))


def with_danger(answer: Answer, danger: str) -> Answer:
    """The same answer after the numbers to call in danger."""
    return replace(answer, text=f"{wording()['danger'][danger]}\n\n{answer.text}")


def started_over(named: list[Municipality]) -> Answer:
    return Answer(status=ASK_BACK, text=say("started_over"), quick_replies=_municipality_replies(named))


def out_of_scope() -> Answer:
    replies = next_questions("", ("overview", "how_to_apply", "contact"))
    return Answer(status=OUT_OF_SCOPE, text=say("out_of_scope"), quick_replies=replies)


def unclear(readings: Iterable[str]) -> Answer:
    """Ask back with the best readings instead of guessing."""
    quick = wording()["quick"]
    replies = tuple(QuickReply(quick[facet], quick[facet]) for facet in readings if facet in quick)
    return Answer(status=ASK_BACK, text=say("unclear" if replies else "unclear_nothing"), quick_replies=replies)


def definition(facts: list[Fact]) -> Answer:
    """A general definition that belongs to no municipality."""
    text = _join([" ".join(fact.text for fact in facts), say("source_national", law=law_of(facts))])
    return Answer(status=ANSWERED, text=text, facts=tuple(facts), facet="definition")


def several(answers: Sequence[Answer]) -> Answer:
    """The answers to several questions of one message, in order, each under its own heading.

    What help they are about and what is reserved is told once, at the end of the last of them that says so.
    """
    texts = [_unless_repeated(answer, answers[n + 1 :]) for n, answer in enumerate(answers)]
    titled = [(_title(answer, text), text) for answer, text in zip(answers, texts)]
    text = "\n\n".join(say("several_part", title=title, text=text) if title else text for title, text in titled)
    last = answers[-1]
    return Answer(
        status=ANSWERED if any(a.status == ANSWERED for a in answers) else last.status,
        text=text,
        facts=tuple({fact.id: fact for a in answers for fact in a.facts}.values()),
        facet=last.facet,
        municipality=last.municipality,
        service=last.service,
        reservation=next((a.reservation for a in answers if a.reservation), ""),
        quick_replies=last.quick_replies,
        parts=tuple(answers),
    )


def _title(answer: Answer, text: str) -> str:
    """The heading of one of several answers; none over a list or a comparison, which have their own: "Det indgår ikke:"."""
    first = text.partition("\n")[0].rstrip()
    own = first.endswith(":") or answer.parts or first.startswith(tuple(say(f"list_{facet}") for facet in LIST_FACETS))
    return vocabulary().facets[answer.facet].title if answer.facet and not own else ""


def _unless_repeated(answer: Answer, later: Sequence[Answer]) -> str:
    """The text of an answer without the lines on its help and its reservation that a later one ends with too."""
    about = _about(answer.municipality, answer.service) if answer.municipality else ""
    repeated = {line for line in (about, answer.reservation) if line and any(line in other.text for other in later)}
    return _join(paragraph for paragraph in answer.text.split("\n\n") if paragraph not in repeated)


def in_short(answer: Answer) -> Answer:
    """The same answer cut down to what carries it, for whoever found it too long or too hard."""
    if answer.status != ANSWERED or not answer.facts or answer.municipality is None or answer.parts:
        return answer
    about = _about(answer.municipality, answer.service) if answer.service else ""
    text = _join([brief(answer, SHORT), answer.reservation, about, source_line(answer.municipality, answer.facts[:1])])
    return replace(answer, text=text)


def in_danish(answer: Answer) -> Answer:
    """The same answer after a line in English that says why it is in Danish."""
    return replace(answer, text=f"{say('english')}\n\n{answer.text}")


def overview_of_services(
    municipality: Municipality,
    nearest: Sequence[tuple[Service, Fact]] = (),
    but: Collection[str] = (),
    whole: bool = True,
    excepting: Sequence[tuple[Service, Fact]] = (),
    counted: bool = False,
    under: str = "",
) -> Answer:
    """The list of services a municipality's documents describe.

    Args:
        nearest: what is most like a need that no single service was found for, told first.
        but: ids of services that are not asked for; where nothing else is left, all are told.
        whole: tell the whole list after the nearest, and not only how to get it.
        excepting: services that are not for whom the message tells of, each with what says so.
        counted: how many they are is said.
        under: the paragraph that those listed stand under, where one is asked for.
    """
    services = [service for service in municipality.services if service.id not in but] or municipality.services
    alike = [say("nearest_line", text=fact.text, service=service_label(service)) for service, fact in nearest]
    first = f"{say('nearest')}\n{_bulleted(alike)}" if alike else ""
    names = _bulleted(service_label(service) for service in services)
    facts = tuple(fact for _, fact in nearest)
    key = "overview_counted" if counted else "overview_under" if under else "overview_services"
    head = say(key, document_of=document_of(municipality), count=len(services), paragraph=under)
    listed = f"{head}\n{names}" if whole else say("overview_more")
    notes = [say("note_of", services=service_label(service), note=fact.text) for service, fact in excepting]
    facts += tuple(fact for _, fact in excepting)
    text = _join([first, listed, *notes, source_line(municipality, facts)])
    offered = [service for service, _ in nearest] or services[:4]
    return Answer(
        status=ANSWERED,
        text=text,
        facts=facts,
        facet="overview",
        municipality=municipality,
        quick_replies=tuple(QuickReply(service.name, service.name) for service in offered),
        listed=tuple(service.id for service in (*(service for service, _ in nearest), *(services if whole else ()))),
    )


def granted_at_level(
    municipality: Municipality,
    level: int,
    themes: str,
    granted: Sequence[tuple[Service, Fact]],
    others: Sequence[tuple[Service, Fact, str]],
    free: Sequence[Service] = (),
    least: bool = False,
) -> Answer:
    """The services that a level of some themes is enough for, and those with other conditions, each with these.

    Args:
        themes: their names; "" where none is asked about.
        free: services of which no level is told.
        least: those are asked for that need at least this level.
    """
    key = f"level_grants{'' if themes else '_least' if least else '_any'}{'' if granted else '_none'}"
    named = sorted({n for _, fact, _ in others if fact.value for n in fact.value["levels"]})
    first = say(
        key, document_of=document_of(municipality), level=level_name(level), themes=themes, levels=levels_in_words(named)
    )
    listed = _bulleted(_at_level(service, fact, least) for service, fact in granted)
    conditions = _bulleted(say("level_line", service=service_label(service), condition=told) for service, _, told in others)
    lead = say("level_grants_others") if others else ""
    also = say("level_grants_also" if themes else "level_grants_any_also") if granted else ""
    no_level = say("level_grants_free", names=join_items(map(service_label, free))) if free else ""
    told = [*granted, *((service, fact) for service, fact, _ in others)]
    facts = (*(fact for _, fact in granted), *(fact for _, fact, _ in others))
    reservation, source = say("reservation"), source_line(municipality, facts)
    return Answer(
        status=ANSWERED,
        text=_join([f"{first}\n{listed}", also, f"{lead}\n{conditions}", no_level, reservation, *_notes_of_each(told), source]),
        facts=tuple(fact for _, fact in granted) or facts,  # what a comparison tells of it does not gainsay it
        facet="eligibility",
        municipality=municipality,
        reservation=reservation,
        quick_replies=tuple(QuickReply(service.name, service.name) for service, _ in granted[:4]),
        listed=(*(service.id for service, _ in granted), *(service.id for service, _, _ in others)),
    )


def _at_level(service: Service, fact: Fact, with_levels: bool) -> str:
    """A service that a level is told of, with all its levels where asked for the least, or where only words tell them."""
    label = service_label(service)
    if not fact.value:
        return say("level_line", service=label, condition=fact.text)
    return say("level_line", service=label, condition=levels_in_words(fact.value["levels"])) if with_levels else label


def _notes_of_each(told: Sequence[tuple[Service, Fact]]) -> list[str]:
    """The oddities of facts of several services, each with the services it is about."""
    notes: dict[str, list[str]] = {}
    for service, fact in told:
        if fact.note:
            notes.setdefault(fact.note, []).append(service_label(service))
    return [say("note_of", services=join_items(services), note=note) for note, services in notes.items()]


def level_name(level: int) -> str:
    """ "svære problemer (3)"."""
    return f"{vocabulary().levels[level].name} ({level})"


def levels_in_words(levels: Sequence[int]) -> str:
    """ "moderate (2), svære (3) eller fuldstændige (4) problemer", "" for none."""
    if not levels:
        return ""
    names = [f"{vocabulary().levels[level].name.removesuffix(' problemer')} ({level})" for level in levels]
    return f"{' eller '.join(filter(None, [', '.join(names[:-1]), names[-1]]))} problemer"


def not_offered(municipality: Municipality, kind: str, nearest: Sequence[tuple[Service, Fact]] = ()) -> Answer:
    """That the documents describe no such kind of help, and which they describe."""
    offered = overview_of_services(municipality, nearest)
    return replace(offered, status=NOT_STATED, text=_join([no_word_of(municipality, kind), offered.text]))


def led_by_missing(part: Answer, kind: str) -> Answer:
    """A sub-answer of a comparison after the sentence that its document describes no such kind of help."""
    assert part.municipality is not None
    missing = no_word_of(part.municipality, kind)
    return replace(part, verdict=missing, text=_join([missing, part.text]))


def no_word_of(municipality: Municipality, kind: str) -> str:
    """That the documents say nothing of a kind of help."""
    return say("not_offered", document_of=document_of(municipality), help=f"{kind[:1].lower()}{kind[1:]}")


def source_line(municipality: Municipality, facts: Iterable[Fact]) -> str:
    """Where the facts stand: the owner, the document's title and the headings."""
    sources = [fact.source for fact in facts if fact.source and fact.source.section]
    if not sources:
        return ""
    titles = {document.id: document.title for document in municipality.documents}
    sections = list(dict.fromkeys(source.section for source in sources))[:3]
    return say(
        "source",
        owner=municipality.full_name if municipality.named else say("document_of_unnamed"),
        document=titles.get(sources[0].document, ""),
        section="«, »".join(sections),
    )


def hours_sentence(fact: Fact, level: int) -> str | None:
    """The guiding hours for one level, None when the document gives none for it."""
    value = fact.value or {}
    hours = value.get("levels", {}).get(str(level))
    if hours is None:
        return None
    words = wording()
    amount = hour_words(hours)
    if value.get("max", True) and level not in value.get("exact_levels", []):
        amount = say("hours_up_to", hours=amount)
    return say("hours_for_level", level=level_name(level), amount=amount, per=words["per"][value["per"]])


def hours_at(fact: Fact, level: int | None) -> Fact | None:
    """What is told of hours, at a level if one is told; None where the document gives none for it."""
    narrow = _narrow(fact, level)
    levels = (fact.value or {}).get("levels")
    return None if level is not None and levels and narrow is fact else narrow


def hour_words(hours: float) -> str:
    """ "1/2 time", "1 time", "8 timer"."""
    words = wording()
    return words["hour_half"] if hours == 0.5 else words["hour_one"] if hours == 1 else say("hour_many", n=f"{hours:g}")


def _narrow(fact: Fact, level: int | None) -> Fact:
    if level is None or not fact.value or fact.value["kind"] != "hours_by_level":
        return fact
    sentence = hours_sentence(fact, level)
    return with_level(fact, level, sentence) if sentence else fact


def _without_hours_at(service: Service | None, facts: list[Fact], level: int) -> tuple[str, list[Fact]]:
    """What to say first where hours are stated for other levels only, and the facts with whom the help is for."""
    if not any(fact.value and fact.value["kind"] == "hours_by_level" for fact in facts):
        return "", facts
    group = [
        fact for fact in (service.facts if service else ()) if fact.value and fact.value["kind"] == "vum" and not fact.topics
    ]
    if group and all(level not in (fact.value or {})["levels"] for fact in group):
        return say("no_level"), [*(fact for fact in group if fact not in facts), *facts]
    return say("no_hours_at", "comparison", level=level_name(level)), facts


def _body(facet: str, facts: list[Fact], relevant: int, of: Service | None = None) -> str:
    """Sentences and lists; whichever the most relevant fact belongs to comes first.

    Args:
        of: the service whose lists are told in part, where nothing else tells how much is left out.
    """
    sentences = [fact for fact in facts if not _is_item(fact)]
    items = [fact for fact in facts if _is_item(fact)]
    parts = [_paragraph(sentences, relevant), _lists(items, of)]
    return "\n".join(part for part in (reversed(parts) if facts and _is_item(facts[0]) else parts) if part)


def _is_item(fact: Fact) -> bool:
    return fact.facet in LIST_FACETS and fact.stated


def _paragraph(facts: list[Fact], relevant: int) -> str:
    texts = [fact.text for fact in facts]
    if len(texts) <= 3:
        return " ".join(texts)
    first = max(1, min(relevant, 3))
    return f"{' '.join(texts[:first])}\n{say('more_facts')}\n{_bulleted(texts[first:])}"


def _lists(facts: list[Fact], of: Service | None) -> str:
    groups: dict[str, list[str]] = {}
    for fact in facts:
        groups.setdefault(fact.facet, []).append(fact.text)
    return "\n".join(
        f"{_heading(facet, len(texts), of)} {texts[0]}."
        if len(texts) == 1
        else f"{_heading(facet, len(texts), of)}\n{_bulleted(texts)}"
        for facet, texts in groups.items()
    )


def _heading(facet: str, told: int, of: Service | None) -> str:
    """What stands above a list: that it is one, or that it is a part of one."""
    whole = sum(_is_item(fact) and fact.facet == facet for fact in of.facts) if of else 0
    return say(("list_cut_" if whole > told else "list_") + facet)


def _bulleted(texts: Iterable[str]) -> str:
    return "\n".join(say("bullet") + text for text in texts)


def _about(municipality: Municipality, service: Service | None) -> str:
    if not municipality.named:
        return say("about_unnamed")
    if service is None:
        return ""
    return say("about_service", service=service_label(service), municipality=municipality.full_name)


def service_label(service: Service) -> str:
    """The name of a service with its paragraphs."""
    paragraphs = [p for p in service.paragraphs if f"§ {p}" not in service.name and f"§§ {p}" not in service.name]
    return f"{service.name} (§ {' og § '.join(paragraphs)})" if paragraphs else service.name


def law_of(facts: Sequence[Fact]) -> str:
    """Where national rules stand: every provision once, the numbers of one section together."""
    titles = dict.fromkeys(fact.source.document for fact in facts if fact.source)
    numbers: dict[str, list[str]] = {}
    for title in titles:
        section, _, number = title.partition(", stk. ")
        numbers.setdefault(section, []).extend([number] if number else [])
    return "; ".join(f"{section}, stk. {' og '.join(found)}" if found else section for section, found in numbers.items())


def next_questions(facet: str, wanted: tuple[str, ...] | None = None) -> tuple[QuickReply, ...]:
    """What people ask next after a facet, as quick replies."""
    quick = wording()["quick"]
    chosen = wanted or NEXT.get(facet, ("cost", "how_to_apply"))
    return tuple(QuickReply(quick[key], quick[key]) for key in chosen if key in quick and key != facet)


def _municipality_replies(named: list[Municipality]) -> tuple[QuickReply, ...]:
    return tuple(QuickReply(m.full_name, m.full_name) for m in named)


def _join(parts: Iterable[str]) -> str:
    return "\n\n".join(part.strip() for part in parts if part and part.strip())
