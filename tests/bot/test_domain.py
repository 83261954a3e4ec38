"""Domain, rules and training data agree with one another and with the vocabulary."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.components.danger_rules import danger_rules
from knowledge.vocabulary import vocabulary
from knowledge.wording import wording

BOT = Path(__file__).parents[2] / "bot"
CONVERSATION = {
    "inform",
    "guide",
    "guide_step",
    "own_case",
    "out_of_scope",
    "repeat",
    "greet",
    "goodbye",
    "thanks",
    "bot_identity",
    "small_talk",
    "known_municipalities",
    "insult",
    "affirm",
    "deny",
    "privacy",
    "human_handover",
    "start_over",
    "safety_suicide",
    "safety_violence",
    "safety_acute",
    "safety_child",
}
RASA_RESERVED = {
    "restart",
    "session_start",
    "back",
    "nlu_fallback",
}  # Rasa's own commands; an intent of that name is caught


def read(path: Path) -> Any:
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


DOMAIN: dict[str, Any] = {}
for _file in sorted((BOT / "domain").glob("*.yml")):
    DOMAIN.update(read(_file))
RULES = read(BOT / "data" / "rules.yml")["rules"]
NLU = [(path.name, entry) for path in sorted((BOT / "data" / "nlu").glob("*.yml")) for entry in read(path)["nlu"]]


def examples(entry: dict[str, Any]) -> list[str]:
    text = entry["examples"]
    lines = [item["text"] for item in text] if isinstance(text, list) else text.splitlines()
    return [line.strip().removeprefix("- ").strip() for line in lines if line.strip()]


def test_intents_are_the_facets_and_the_rest_of_a_conversation() -> None:
    intents = DOMAIN["intents"]
    assert len(intents) == len(set(intents))
    assert set(intents) - CONVERSATION == set(vocabulary().facets)
    assert set(intents) >= CONVERSATION


def test_every_intent_has_examples_and_every_example_an_intent_of_the_domain() -> None:
    assert {entry["intent"] for _, entry in NLU} == set(DOMAIN["intents"])


def test_no_intent_has_a_name_rasa_keeps_for_itself() -> None:
    assert RASA_RESERVED & {entry["intent"] for _, entry in NLU} == set()


def test_topic_of_every_example_is_known() -> None:
    known = {*vocabulary().topics, "-"}
    wrong = [(name, entry["intent"]) for name, entry in NLU if (entry.get("metadata") or {}).get("topic") not in known]
    assert wrong == []


def test_every_topic_is_trained() -> None:
    assert set(vocabulary().topics) <= {(entry.get("metadata") or {}).get("topic") for _, entry in NLU}


def test_no_example_stands_under_two_intents() -> None:
    seen: dict[str, set[str]] = {}
    for _, entry in NLU:
        for text in examples(entry):
            seen.setdefault(text.lower(), set()).add(entry["intent"])
    assert {text: sorted(intents) for text, intents in seen.items() if len(intents) > 1} == {}


def test_examples_hold_no_personal_number_or_phone() -> None:
    digits = re.compile(r"\b\d{6}[- ]?\d{4}\b|\b\d{8}\b")
    assert [text for _, entry in NLU for text in examples(entry) if digits.search(text)] == []


def test_rules_name_intents_and_actions_that_exist() -> None:
    actions = {*DOMAIN["actions"], *DOMAIN["responses"]}
    steps = [step for rule in RULES for step in rule["steps"]]
    assert {step["intent"] for step in steps if "intent" in step} <= set(DOMAIN["intents"])
    assert {step["action"] for step in steps if "action" in step} <= actions


def test_every_intent_but_the_guarded_has_a_rule() -> None:
    ruled = {step["intent"] for rule in RULES for step in rule["steps"] if "intent" in step}
    assert set(DOMAIN["intents"]) - ruled == set()


def test_actions_of_the_domain_are_the_handlers() -> None:
    from rasa_sdk.executor import ActionExecutor

    executor = ActionExecutor()
    executor.register_package("actions")
    assert set(executor.actions) == set(DOMAIN["actions"])


@pytest.mark.parametrize(
    ("danger", "numbers"),
    [
        ("safety_suicide", ["112", "70 201 201"]),
        ("safety_violence", ["112", "1888"]),
        ("safety_acute", ["112", "82 12 12 12"]),
        ("safety_child", ["112", "116 111"]),
    ],
)
def test_safety_answers_give_the_right_numbers(danger: str, numbers: list[str]) -> None:
    text = wording()["protect"][danger]
    assert all(number in text for number in numbers)
    assert text.index("112") < 90, "112 comes first"


def test_every_safety_intent_has_its_words_and_rules() -> None:
    intents = {intent for intent in DOMAIN["intents"] if intent.startswith("safety_")}
    assert set(wording()["protect"]) == set(wording()["danger"]) == set(danger_rules().kinds) == intents
