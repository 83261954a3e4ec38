"""The guide as a conversation: each step, corrections, leaving and coming back, in every municipality."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import knowledge
from knowledge.answer import Answer
from knowledge.guided import GuideState, converse
from knowledge.needs import command_in, guidance
from knowledge.question import NO_TOPIC, Memory, Question, flags_of
from knowledge.snapshot import Snapshot
from knowledge.wording import wording
from tests.helpers import phones

KNOWLEDGE = Path(knowledge.__file__).parent


class Talk:
    """A conversation with the classifiers' verdict given; the memory goes through JSON between turns, as in a store."""

    def __init__(self, snapshot: Snapshot, page: str = ""):
        self.snapshot, self.page, self.memory = snapshot, page, Memory()

    def say(self, text: str, intent: str = "inform", topic: str = NO_TOPIC) -> Answer:
        analysis = self.snapshot.analyser.analyse(text)
        mentions = self.snapshot.linker.link(analysis)
        question = Question(analysis, {intent: 1.0}, {topic: 1.0}, mentions, flags_of(analysis))
        answer, memory = converse(self.snapshot, question, self.memory, self.page)
        self.memory = Memory.from_json(json.loads(json.dumps(memory.as_json())))
        return answer

    @property
    def state(self) -> GuideState:
        return GuideState.of(self.memory)


def step(answer: Answer) -> str:
    return answer.guide["step"] if answer.guide else ""


@pytest.fixture()
def talk(snapshot: Snapshot) -> Talk:
    return Talk(snapshot)


def test_from_wish_to_result(talk: Talk) -> None:
    assert step(talk.say("er der hjælp til mig?", "guide")) == "municipality"
    assert step(talk.say("Glostrup")) == "needs"
    assert step(talk.say("det roder, og jeg får aldrig vasket tøj", "need_covered")) == "level"
    result = talk.say("meget svært", "extent")
    assert step(result) == "result" and "op til 8 timer om måneden" in result.text
    assert result.reservation and result.reservation in result.text


@pytest.mark.parametrize("place", ["Gentofte", "Gladsaxe", "Glostrup"])
@pytest.mark.parametrize("need", [need.title for need in guidance().needs.values()])
def test_every_choice_leads_to_a_result(snapshot: Snapshot, place: str, need: str) -> None:
    talk = Talk(snapshot)
    talk.say("start guiden", "guide")
    talk.say(place)
    assert step(talk.say(need, "overview")) == "level"
    result = talk.say("noget svært")
    assert step(result) == "result" and result.reservation in result.text
    assert result.guide and result.guide["answers"][-1]["value"] == 2


def test_nameless_document_is_guided_when_the_page_is_its(snapshot: Snapshot) -> None:
    talk = Talk(snapshot, "unavngivet")
    assert step(talk.say("start guiden", "guide")) == "needs"
    talk.say("7")
    result = talk.say("2")
    assert "10 uger" in result.text and "ikke bruges som svar for en bestemt kommune" in result.text


def test_age_and_pension_decide_the_number_in_broenderslev(talk: Talk) -> None:
    for text in ("start guiden", "Brønderslev", "1", "lidt svært"):
        answer = talk.say(text)
    assert step(answer) == "age"
    assert step(talk.say("24")) == "pension"
    assert phones(talk.say("nej", "deny").text) == {"99454705"}
    assert phones(talk.say("jeg har fået tilkendt førtidspension").text) == {"99454421"}


def test_place_from_the_page_is_not_asked_and_can_be_overruled(snapshot: Snapshot) -> None:
    talk = Talk(snapshot, "gentofte")
    first = talk.say("guide mig", "guide")
    assert step(first) == "needs" and "Gentofte" in first.text
    assert talk.say("nej, Gladsaxe").guide["answers"][0]["value"] == "gladsaxe"  # type: ignore[index]


def test_a_question_is_answered_and_the_guide_waits(talk: Talk) -> None:
    talk.say("start guiden", "guide")
    talk.say("Brønderslev")
    answer = talk.say("hvor lang tid går der, før man får svar?", "processing_time")
    assert "5 uger" in answer.text and answer.guide is None
    assert any(command_in(reply.payload) == "resume" for reply in answer.quick_replies)
    assert step(talk.say("fortsæt")) == "needs"
    assert talk.memory.municipality == "broenderslev"


def test_a_bare_yes_goes_on_after_the_offer(talk: Talk) -> None:
    talk.say("start guiden", "guide")
    talk.say("Brønderslev")
    talk.say("hvad koster det?", "cost")
    assert step(talk.say("ja", "affirm")) == "needs"


def test_a_question_about_a_help_answers_the_step_as_well(talk: Talk) -> None:
    talk.say("start guiden", "guide")
    talk.say("Gladsaxe")
    answer = talk.say("kan man få hjælp til tøjvask?", "need_covered", "toejvask")
    assert answer.service and answer.service.id == "gladsaxe-toejvask"
    assert step(talk.say("fortsæt")) == "level" and talk.state.needs == ("toejvask",)


def test_back_takes_one_answer_back(talk: Talk) -> None:
    for text in ("start guiden", "Glostrup", "1"):
        talk.say(text)
    assert step(talk.say("tilbage", "start_over")) == "needs" and talk.state.needs == ()
    assert step(talk.say("tilbage")) == "municipality"
    assert step(talk.say("tilbage")) == "municipality"


def test_skipping(talk: Talk) -> None:
    talk.say("start guiden", "guide")
    assert step(talk.say("ved ikke")) == "municipality"
    talk.say("Gentofte")
    assert step(talk.say("spring over")) == "level"
    assert step(talk.say("det ved jeg ikke")) == "result"


def test_stop_and_resume(talk: Talk) -> None:
    for text in ("start guiden", "Gladsaxe", "penge og post driller mig"):
        talk.say(text)
    stopped = talk.say("stop")
    assert stopped.guide is None and not talk.state.on
    talk.say("hvordan klager jeg?", "complaint")
    assert step(talk.say("fortsæt")) == "level" and set(talk.state.needs) == {"oekonomi", "post"}


def test_resume_without_a_guide(talk: Talk) -> None:
    assert any(command_in(reply.payload) == "start" for reply in talk.say("fortsæt").quick_replies)


def test_result_can_be_corrected(talk: Talk) -> None:
    for text in ("start guiden", "Glostrup", "1", "3"):
        talk.say(text)
    other = talk.say("nej, Gladsaxe")
    assert step(other) == "result" and other.municipality and other.municipality.id == "gladsaxe"
    assert step(talk.say("ret mine svar")) == "level"
    assert "»Lidt svært«" in talk.say("lidt svært").text


def test_answers_can_be_changed_after_other_questions(talk: Talk) -> None:
    for text in ("start guiden", "Glostrup", "1", "3"):
        talk.say(text)
    talk.say("hvordan klager jeg?", "complaint")
    assert step(talk.say("ret mine svar")) == "level"


def test_more_needs_can_be_told_later(talk: Talk) -> None:
    for text in ("start guiden", "Gladsaxe", "1"):
        talk.say(text)
    assert step(talk.say("jeg glemmer også min medicin hver eneste dag for det meste")) == "level"
    assert talk.state.needs == ("orden", "medicin")


def test_promise_gets_the_figure_and_the_reservation(talk: Talk) -> None:
    for text in ("start guiden", "Glostrup", "1", "3"):
        talk.say(text)
    answer = talk.say("får jeg 8 timer?", "extent")
    assert "ikke love" in answer.text and "op til 8 timer" in answer.text and "4 timer" not in answer.text


def test_unknown_place_is_told_and_the_guide_waits(talk: Talk) -> None:
    talk.say("start guiden", "guide")
    assert "Herlev" in talk.say("Herlev").text
    assert step(talk.say("Gentofte")) == "needs"


def test_nonsense_asks_again(talk: Talk) -> None:
    talk.say("start guiden", "guide")
    talk.say("Gentofte")
    assert step(talk.say("blabla", "inform")) == "needs"


def test_overview_of_a_place_offers_the_guide(talk: Talk) -> None:
    answer = talk.say("hvad kan jeg få hjælp til i Gladsaxe?", "guide")
    assert answer.facet == "overview" and answer.guide is None
    assert step(talk.say("ja tak", "affirm")) == "needs"


def test_offer_can_be_declined(talk: Talk) -> None:
    talk.say("hvad kan jeg få hjælp til i Gladsaxe?", "guide")
    assert talk.say("nej tak", "deny").guide is None and not talk.state.on


def test_ordinary_questions_are_left_alone(talk: Talk) -> None:
    answer = talk.say("hvad koster tøjvask i Gladsaxe?", "cost", "toejvask")
    assert answer.guide is None and talk.memory.guide == {}


def test_own_words_are_not_kept(talk: Talk) -> None:
    for text in ("start guiden", "Glostrup", "jeg hedder Bo Hansen, og det roder hos mig"):
        talk.say(text)
    assert "Hansen" not in json.dumps(talk.memory.guide)


def test_never_asks_for_a_name_or_a_number() -> None:
    table = json.dumps(wording("guide"), ensure_ascii=False).lower()
    assert "cpr" not in table and "hvad hedder du" not in table and "dit navn" not in table


def test_buttons_send_commands_and_choices_the_guide_understands() -> None:
    payloads = {key.removesuffix("_payload"): text for key, text in wording("guide").items() if key.endswith("_payload")}
    assert {key: command_in(text) for key, text in payloads.items()} == {key: key for key in payloads}


def test_every_sentence_is_used() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in KNOWLEDGE.glob("*.py"))
    keys = {key.removesuffix("_payload") for key in wording("guide")}
    unused = {key for key in keys if f'"{key}"' not in code and not key.startswith("step_")}
    assert unused == set()
