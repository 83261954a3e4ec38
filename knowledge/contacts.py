"""Which contact points of a municipality apply: by purpose, by topic, then by age and early-retirement pension."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge.danish import fold, proper_names
from knowledge.model import ContactPoint, Fact, Municipality
from knowledge.question import Memory, Question
from knowledge.selection import STRONG
from knowledge.vocabulary import patterns
from knowledge.wording import say

NAME_START = 10  # letters that tell a contact point's name: "visitationen" is the Visitationsenheden
AT_ONCE = 150  # letters of what is told first in which a detail is found at once
YOUNG = 30  # years; below this age the pension decides where two contact points share the ages


def contacts_for(
    municipality: Municipality, facet: str, question: Question, memory: Memory, matches_words: dict[str, float]
) -> list[ContactPoint]:
    """The contact points that apply: by purpose, by topic, then by age and pension as far as they are known.

    Under 30 with nothing said about pension counts as without pension; composition adds the hint.
    """
    pension = memory.pension
    if pension is None and memory.age is not None and memory.age < YOUNG:
        pension = False
    topics = question.topics if question.no_topic() < 0.5 else memory.topics
    usable = []
    for contact in municipality.contact_points:
        if contact.topics:
            about = sum(topics.get(topic, 0.0) for topic in contact.topics)
            named = _is_named(contact, question)
            if about < 0.4 and matches_words.get(contact.fact.id, 0.0) < STRONG and not named:
                continue
        if "complain" in contact.purpose and "apply" not in contact.purpose and facet != "complaint":
            continue
        if contact.when and all(_fails(c.min_age, c.max_age, c.pension, memory.age, pension) for c in contact.when):
            continue
        usable.append(contact)
    narrow = [contact for contact in usable if contact.topics]
    return narrow or usable


def numbers_before(municipality: Municipality, facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """What is told of whom to contact, the numbers before the manner."""
    points = {contact.fact.id for contact in municipality.contact_points if contact.phone or contact.email}
    return tuple(sorted(facts, key=lambda fact: fact.id not in points))


def without_other_offices(facts: tuple[Fact, ...], question: Question) -> tuple[Fact, ...]:
    """Whom to contact without what a document leaves out of an office that nobody asked for."""
    asked = {name for name, detail in patterns("contact_details").items() if detail.search(question.analysis.folded)}
    if asked - {"phone"} or not any(fact.stated for fact in facts):
        return facts
    return tuple(fact for fact in facts if fact.stated or not _of_another_office(fact, question))


def _of_another_office(gap: Fact, question: Question) -> bool:
    """Whether a gap is about offices by name, and the message has none of their names."""
    names = proper_names(gap.text.partition(". ")[0])
    return bool(names) and not any(name in question.analysis.folded for name in names)


def detail_asked(municipality: Municipality, facts: tuple[Fact, ...], question: Question) -> str:
    """The one detail that is asked for, said first where what is told holds it further on: "mail?", "hvornår har de åbent?"."""
    points = [contact for contact in municipality.contact_points if contact.fact in facts]
    own = f" {fold(question.mentions.masked)} "  # without the question before
    found = [name for name, pattern in patterns("contact_details").items() if pattern.search(own)]
    if len(points) != 1 or not found or points[0].fact is not facts[0]:
        return ""
    values = [(name, getattr(points[0], name).replace(" (telefontid)", "")) for name in found]
    hidden = [(name, value) for name, value in values if value and value not in points[0].fact.text[:AT_ONCE]]
    return " ".join(say(f"contact_{name}", **{name: value}, name=points[0].name) for name, value in hidden)


def _is_named(contact: ContactPoint, question: Question) -> bool:
    """Whether the message calls the contact point by the first word of its name, or by the beginning of it."""
    name = fold(contact.name).split()[0].rstrip(",")
    return any(name.startswith(fold(word)[:NAME_START]) for word in question.analysis.words if len(word) >= NAME_START)


def _fails(min_age: int | None, max_age: int | None, wants_pension: bool | None, age: int | None, pension: bool | None) -> bool:
    if age is not None and ((min_age is not None and age < min_age) or (max_age is not None and age > max_age)):
        return True
    return wants_pension is not None and pension is not None and pension != wants_pension


def pension_matters(municipality: Municipality, memory: Memory) -> bool:
    """Whether a young person who said nothing about a pension could belong to another contact point with one."""
    if memory.pension is not None or memory.age is None or memory.age >= YOUNG:
        return False
    return any(condition.pension for contact in municipality.contact_points for condition in contact.when)
