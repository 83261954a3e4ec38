"""The citizen guide: which step comes next, what fits, and that nothing is promised."""

from __future__ import annotations

import pytest

from knowledge.errors import CatalogueError
from knowledge.fitting import AT_MOST, fitting
from knowledge.guide import Told, guide
from knowledge.lookup import LookupFault
from knowledge.model import Catalogue
from knowledge.needs import command_in, guidance, level_in, needs_named, read_guidance, topics_in
from knowledge.snapshot import Snapshot
from knowledge.vocabulary import CATALOGUE, vocabulary
from tests.helpers import phones


def test_steps_come_in_order(snapshot: Snapshot) -> None:
    assert guide(snapshot, Told()).step == "municipality"
    assert guide(snapshot, Told("glostrup")).step == "needs"
    assert guide(snapshot, Told("glostrup", ("orden",))).step == "level"
    done = guide(snapshot, Told("glostrup", ("orden",), level=2))
    assert (done.step, done.done, done.total) == ("result", 3, 3)


def test_age_is_asked_only_where_the_contact_depends_on_it(snapshot: Snapshot) -> None:
    steps = {m.id: guide(snapshot, Told(m.id, ("orden",), level=2)).step for m in snapshot.catalogue.municipalities}
    assert steps.pop("broenderslev") == "age"
    assert set(steps.values()) == {"result"}


@pytest.mark.parametrize(("age", "pension", "phone"), [(22, False, "99454705"), (22, True, "99454421"), (45, None, "99454421")])
def test_contact_of_broenderslev(snapshot: Snapshot, age: int, pension: bool | None, phone: str) -> None:
    view = guide(snapshot, Told("broenderslev", ("orden",), level=2, age=age, pension=pension))
    assert view.result is not None
    assert phones(view.result.contact.text) == {phone} == phones(view.result.text)


def test_pension_is_asked_of_the_young_alone(snapshot: Snapshot) -> None:
    assert guide(snapshot, Told("broenderslev", ("orden",), level=2, age=22)).step == "pension"
    assert guide(snapshot, Told("broenderslev", ("orden",), level=2, age=45)).step == "result"


def test_skipped_steps_are_not_asked_again(snapshot: Snapshot) -> None:
    view = guide(snapshot, Told("broenderslev", skipped=("needs", "level", "age")))
    assert view.step == "result" and view.result is not None
    assert phones(view.result.text) == {"99454421", "99454705"}


def test_municipality_cannot_be_skipped(snapshot: Snapshot) -> None:
    assert guide(snapshot, Told(skipped=("municipality", "needs", "level"))).step == "municipality"


@pytest.mark.parametrize("told", [Told("oz"), Told("glostrup", ("guld",)), Told("glostrup", skipped=("sko",))])
def test_unknown_ids_are_refused(snapshot: Snapshot, told: Told) -> None:
    with pytest.raises(LookupFault):
        guide(snapshot, told)


@pytest.mark.parametrize(("level", "hours"), [(1, "2 timer"), (2, "4 timer"), (3, "8 timer")])
def test_guiding_hours_follow_the_level(snapshot: Snapshot, level: int, hours: str) -> None:
    result = guide(snapshot, Told("glostrup", ("orden",), level=level)).result
    assert result is not None
    suggestion = result.suggestions[0]
    assert suggestion.fit.service.id == "glostrup-praktiske-opgaver"
    assert f"op til {hours} om måneden" in suggestion.hours.text
    assert suggestion.hours.max == float(hours.split()[0])


def test_level_without_hours_is_told_and_none_is_made_up(snapshot: Snapshot) -> None:
    result = guide(snapshot, Told("glostrup", ("orden",), level=4)).result
    assert result is not None
    hours = result.suggestions[0].hours
    assert (hours.status, hours.max) == ("not_stated", None) and "oplyser ikke" in hours.text


@pytest.mark.parametrize(
    ("need", "service", "figure"),
    [
        ("ledsagelse", "glostrup-ledsagerordning", "15 timer om måneden"),
        ("flytning", "glostrup-flytning", "højst 15 timer inden for 2 måneder"),
        ("beskaeftigelse", "glostrup-beskyttet-beskaeftigelse", "3-5 dage om ugen"),
    ],
)
def test_figures_are_frames_and_not_promises(snapshot: Snapshot, need: str, service: str, figure: str) -> None:
    result = guide(snapshot, Told("glostrup", (need,), level=3)).result
    assert result is not None
    hours = next(s.hours.text for s in result.suggestions if s.fit.service.id == service)
    assert figure in hours and "du får" not in hours.lower()


def test_every_topic_is_reachable() -> None:
    words = guidance()
    reached = {topic for need in words.needs.values() for topic in need.topics} | set(words.free_topics)
    assert reached == set(vocabulary().topics)


def test_every_service_is_reachable(catalogue: Catalogue) -> None:
    for municipality in catalogue.municipalities:
        reached = {fit.service.id for need in guidance().needs.values() for fit in fitting(municipality, need.topics, None)}
        assert reached == {service.id for service in municipality.services}


def test_at_most_a_handful_and_the_asked_first(snapshot: Snapshot) -> None:
    everything = tuple(guidance().needs)
    for municipality in snapshot.catalogue.municipalities:
        assert len(fitting(municipality, guidance().topics_of(everything), 2)) <= AT_MOST
    first = fitting(snapshot.catalogue.by_id["gladsaxe"], ["toejvask"], 2)[0]
    assert first.service.id == "gladsaxe-toejvask"


def test_what_no_service_answers_to_is_said(snapshot: Snapshot) -> None:
    result = guide(snapshot, Told("gentofte", ("orden",), level=2)).result
    assert result is not None
    assert result.uncovered == (guidance().needs["orden"].title,) and "Spørg kommunen" in result.text


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("jeg kan ikke overskue mine regninger", "oekonomi"),
        ("min søn går aldrig i bad", "hygiejne"),
        ("jeg tør ikke gå ud alene", "ledsagelse"),
        ("det roder hos mig, og jeg glemmer min medicin", "medicin"),
        ("jeg sover hele dagen", "struktur"),
        ("jeg er så ensom", "netvaerk"),
        ("de vil smide mig ud af lejligheden, jeg er hjemløs", "hjemloeshed"),
    ],
)
def test_everyday_words_find_topics(snapshot: Snapshot, words: str, topic: str) -> None:
    assert topic in topics_in(snapshot, words)
    assert guide(snapshot, Told("glostrup", words=words)).step == "level"


def test_words_that_mean_nothing_ask_again(snapshot: Snapshot) -> None:
    view = guide(snapshot, Told("glostrup", words="blablabla xyz"))
    assert view.step == "needs" and view.question is not None
    assert view.question.help != guide(snapshot, Told("glostrup")).question.help  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("meget svært", 3),
        ("lidt svært", 1),
        ("det kan jeg slet ikke", 4),
        ("ret svært", 2),
        ("3", 3),
        ("jeg klarer det selv", 0),
        ("det ved jeg ikke", None),
    ],
)
def test_level_in_plain_words(words: str, level: int | None) -> None:
    assert level_in(words) == level


def test_commands_and_choices() -> None:
    assert command_in("Ved ikke.") == "skip" and command_in("Tilbage!") == "back" and command_in("hvad koster det?") == ""
    assert needs_named("1 og 3") == ("orden", "penge_post")
    assert needs_named("Mad og indkøb") == ("mad",)


def test_faulty_list_is_refused(tmp_path) -> None:
    text = (CATALOGUE / "vocabulary" / "guide.yml").read_text(encoding="utf-8")
    broken = tmp_path / "guide.yml"
    for wrong in (text.replace("rengoering, toejvask]", "rengoering]"), text.replace("topics: [ledsagelse", "topics: [guld")):
        broken.write_text(wrong, encoding="utf-8")
        with pytest.raises(CatalogueError, match=r"guide.yml"):
            read_guidance(broken)
