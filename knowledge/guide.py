"""The citizen guide "er der hjælp til mig?": which step comes next, its question, and what has been told so far.

Stateless: everything that was told goes in, the next step or the result comes out. The chat and the API use the same code.
It asks for nothing that the result does not depend on, and never for a name or a number.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from knowledge.composition import names_of
from knowledge.contacts import YOUNG
from knowledge.guide_result import Result, result_of
from knowledge.lookup import LookupFault
from knowledge.model import Municipality
from knowledge.needs import guidance, known_values, named_topics, topics_in
from knowledge.scope import GENERAL
from knowledge.snapshot import Snapshot
from knowledge.vocabulary import vocabulary
from knowledge.wording import say, wording

TABLE = "guide"
MUNICIPALITY, NEEDS, LEVEL, AGE, PENSION, RESULT = "municipality", "needs", "level", "age", "pension", "result"
STEPS = (MUNICIPALITY, NEEDS, LEVEL, AGE, PENSION)
OPTIONAL = (NEEDS, LEVEL, AGE, PENSION)


@dataclass(frozen=True)
class Told:
    """What the citizen has told.

    Attributes:
        municipality: id, "" when not told.
        needs: ids of needs and of topics.
        words: what is hard, in the citizen's own words.
        likely: the topics a classifier reads in them, used where no turn of phrase tells.
        level: 0-4; age in years; pension: early-retirement pension granted.
        skipped: names of steps the citizen does not want to answer.
    """

    municipality: str = ""
    needs: tuple[str, ...] = ()
    words: str = ""
    likely: tuple[str, ...] = ()
    level: int | None = None
    age: int | None = None
    pension: bool | None = None
    skipped: tuple[str, ...] = ()


@dataclass(frozen=True)
class Option:
    """One choice of a question; `value` is what comes back."""

    value: str
    title: str
    hint: str = ""


@dataclass(frozen=True)
class StepQuestion:
    """What is asked at a step."""

    text: str
    help: str
    options: tuple[Option, ...] = ()
    multiple: bool = False
    free_text: bool = False
    optional: bool = True

    def as_json(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "help": self.help,
            "options": [{"value": o.value, "title": o.title, "hint": o.hint} for o in self.options],
            "multiple": self.multiple,
            "free_text": self.free_text,
            "optional": self.optional,
        }


@dataclass(frozen=True)
class GuideView:
    """Where the guide stands: the step, its question or the result, and what was told."""

    step: str
    answers: tuple[dict[str, Any], ...]
    done: int
    total: int
    question: StepQuestion | None = None
    result: Result | None = None
    topics: tuple[str, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        data: dict[str, Any] = {
            "step": self.step,
            "progress": {"done": self.done, "total": self.total},
            "answers": list(self.answers),
        }
        if self.question:
            data["question"] = self.question.as_json()
        if self.result:
            data["result"] = self.result.as_json()
        return data


def guide(snapshot: Snapshot, told: Told) -> GuideView:
    """The next step for what was told, or the result when nothing more is needed.

    Raises:
        LookupFault: when the municipality, a need or a skipped step is unknown.
    """
    told = _checked(snapshot, told)
    municipality = snapshot.municipality(told.municipality) if told.municipality else None
    topics = topics_of(snapshot, told)
    steps = steps_for(municipality, told)
    open_steps = [step for step in steps if not _answered(step, told, topics)]
    step = open_steps[0] if open_steps else RESULT
    view = GuideView(
        step=step,
        answers=tuple(_answers(municipality, told, topics)),
        done=len(steps) - len(open_steps),
        total=len(steps),
        topics=topics,
    )
    if step == RESULT:
        assert municipality is not None
        return replace(view, result=result_of(snapshot, municipality, topics, told.level, told.age, told.pension))
    unclear = step == NEEDS and bool(told.words) and not topics
    return replace(view, question=question_for(snapshot, step, municipality, unclear))


def topics_of(snapshot: Snapshot, told: Told) -> tuple[str, ...]:
    """The kinds of help for what was chosen and written, the chosen ones first."""
    return tuple(dict.fromkeys([*guidance().topics_of(told.needs), *_topics_of_words(snapshot, told)]))


def _topics_of_words(snapshot: Snapshot, told: Told) -> tuple[str, ...]:
    return named_topics(told.words) or told.likely or topics_in(snapshot, told.words)


def steps_for(municipality: Municipality | None, told: Told) -> list[str]:
    """The steps that matter: age and pension only where the contact depends on them."""
    steps = [MUNICIPALITY, NEEDS, LEVEL]
    if municipality is not None and age_matters(municipality):
        steps.append(AGE)
        if told.age is not None and told.age < YOUNG:
            steps.append(PENSION)
    return steps


def age_matters(municipality: Municipality) -> bool:
    """Whether some contact point applies only from or up to an age."""
    conditions = [c for contact in municipality.contact_points for c in contact.when]
    return any(c.min_age is not None or c.max_age is not None for c in conditions)


def question_for(snapshot: Snapshot, step: str, municipality: Municipality | None, unclear: bool = False) -> StepQuestion:
    """The question of a step, in plain words."""
    name = municipality.full_name if municipality else ""
    if step == MUNICIPALITY:
        named = snapshot.named_municipalities()
        options = tuple(Option(m.id, m.full_name) for m in named)
        text, more = say("ask_municipality", TABLE), say("ask_municipality_help", TABLE, names=names_of(named))
        return StepQuestion(text, more, options, free_text=True, optional=False)
    if step == NEEDS:
        options = tuple(Option(need.id, need.title, need.hint) for need in guidance().needs.values())
        more = say("ask_needs_unclear" if unclear else "ask_needs_help", TABLE)
        return StepQuestion(say("ask_needs", TABLE), more, options, multiple=True, free_text=True)
    if step == LEVEL:
        options = tuple(Option(str(c.level), c.title, c.hint) for c in guidance().levels.values())
        return StepQuestion(say("ask_level", TABLE), say("ask_level_help", TABLE), options)
    if step == AGE:
        options = (
            Option(str(YOUNG - 1), say("age_under", TABLE, age=YOUNG)),
            Option(str(YOUNG), say("age_over", TABLE, age=YOUNG)),
        )
        return StepQuestion(say("ask_age", TABLE), say("ask_age_help", TABLE, municipality=name), options, free_text=True)
    options = (Option("true", say("pension_yes", TABLE)), Option("false", say("pension_no", TABLE)))
    return StepQuestion(say("ask_pension", TABLE), say("ask_pension_help", TABLE, municipality=name), options)


def _checked(snapshot: Snapshot, told: Told) -> Told:
    if told.municipality and snapshot.municipality(told.municipality) is None:
        raise LookupFault(f"No municipality '{told.municipality}'", "See /v1/municipalities.")
    unknown = [value for value in told.needs if value not in known_values()]
    if unknown:
        raise LookupFault(f"No need or topic '{unknown[0]}'", "See the options of the step 'needs', or /v1/topics.")
    wrong = [step for step in told.skipped if step not in STEPS]
    if wrong:
        raise LookupFault(f"No step '{wrong[0]}'", f"The steps are {', '.join(STEPS)}.")
    return replace(told, skipped=tuple(step for step in told.skipped if step in OPTIONAL))


def _answered(step: str, told: Told, topics: tuple[str, ...]) -> bool:
    if step in told.skipped:
        return True
    return {
        MUNICIPALITY: bool(told.municipality),
        NEEDS: bool(topics),
        LEVEL: told.level is not None,
        AGE: told.age is not None,
        PENSION: told.pension is not None,
    }[step]


def _answers(municipality: Municipality | None, told: Told, topics: tuple[str, ...]) -> list[dict[str, Any]]:
    """What was told, step by step, as a citizen can read it."""
    labels: dict[str, tuple[Any, str]] = {}
    if municipality:
        labels[MUNICIPALITY] = (municipality.id, municipality.full_name)
    if topics or told.words:
        own = [say("own_words", TABLE, text=told.words)] if told.words else []
        labels[NEEDS] = (list(told.needs), ", ".join([*map(title_of, told.needs), *own]))
    if told.level is not None:
        labels[LEVEL] = (told.level, guidance().levels[told.level].title)
    if told.age is not None and municipality and age_matters(municipality):
        labels[AGE] = (told.age, age_label(told.age))
        if told.pension is not None:
            labels[PENSION] = (told.pension, say("pension_yes" if told.pension else "pension_no", TABLE))
    for step in told.skipped:
        labels.setdefault(step, (None, say("skipped", TABLE)))
    return [
        {"step": step, "title": wording(TABLE)[f"step_{step}"], "value": labels[step][0], "label": labels[step][1]}
        for step in STEPS
        if step in labels
    ]


def age_label(age: int) -> str:
    """The age as told; the two values that stand for a choice are shown as that choice, never as an age nobody gave."""
    choices = {YOUNG - 1: "age_under", YOUNG: "age_over"}
    return say(choices[age], TABLE, age=YOUNG) if age in choices else say("age_years", TABLE, age=age)


def title_of(value: str) -> str:
    """The everyday name of a need or a topic; support in general goes by the name of its need."""
    need = guidance().needs.get(value) or (guidance().need_of(value) if value == GENERAL else None)
    return need.title if need else vocabulary().topics[value].name
