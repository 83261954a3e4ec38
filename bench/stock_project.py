"""A Rasa project as `rasa init` configures one, with this project's messages, domain and rules in it.

Rasa's own default configuration is read from the installed package, so nothing is tuned here. TED and UnexpecTED learn from
stories only and this project has none: its rules are chained into short stories, every intent in several places.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import rasa
from ruamel.yaml import YAML

from bench.messages import Example, training_examples

ROOT = Path(__file__).parents[1]
DEFAULTS = Path(rasa.__file__).parent / "engine" / "recipes" / "config_files" / "default_config.yml"
STEPS = (0, 7, 13, 20, 30)  # how far the intents of one story lie apart in the list of rules
FALLBACK = "nlu_fallback"  # what Rasa's FallbackClassifier calls a message it is unsure of

Steps = list[dict[str, str]]


def write_project(folder: Path, action_port: int, keep: int = 1, epochs: int | None = None) -> int:
    """Write the project.

    Args:
        action_port: where `rasa run actions` will listen.
        keep: every how many-th message of an intent is kept; 1 keeps all.
        epochs: instead of Rasa's own number, for a quick trial.

    Returns:
        How many messages it is trained on.
    """
    domain = [_read(path) for path in sorted((ROOT / "bot" / "domain").glob("*.yml"))]
    _write(folder / "domain.yml", {key: value for part in domain for key, value in part.items()})
    rules: list[dict[str, Any]] = _read(ROOT / "bot" / "data" / "rules.yml")["rules"]
    examples = training_examples(keep)
    _write(folder / "config.yml", _config(epochs))
    _write(folder / "data" / "nlu.yml", {"version": "3.1", "nlu": list(_intents(examples))})
    unsure = {"rule": FALLBACK, "steps": [{"intent": FALLBACK}, {"action": "action_answer_question"}]}
    _write(folder / "data" / "rules.yml", {"version": "3.1", "rules": [*rules, unsure]})
    _write(folder / "data" / "stories.yml", {"version": "3.1", "stories": stories([rule["steps"] for rule in rules])})
    _write(folder / "endpoints.yml", {"action_endpoint": {"url": f"http://127.0.0.1:{action_port}/webhook"}})
    _write(folder / "credentials.yml", {"rest": None})
    return len(examples)


def stories(rules: list[Steps]) -> list[dict[str, Any]]:
    """One story a rule, made of that rule and four others."""
    return [
        {"story": f"story {n}", "steps": [step for away in STEPS for step in rules[(n + away) % len(rules)]]}
        for n in range(len(rules))
    ]


def _config(epochs: int | None) -> dict[str, Any]:
    config = {**_read(DEFAULTS), "assistant_id": "stock", "language": "da"}
    for component in (*config["pipeline"], *config["policies"]):
        if epochs is not None and "epochs" in component:
            component["epochs"] = epochs
    return config


def _intents(examples: list[Example]) -> Iterator[dict[str, Any]]:
    for intent in dict.fromkeys(example.intent for example in examples):
        texts = [example.text for example in examples if example.intent == intent]
        yield {"intent": intent, "examples": "".join(f"- {text}\n" for text in texts)}


def _read(path: Path) -> Any:
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


def _write(path: Path, data: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        yaml = YAML()
        yaml.width = 10_000
        yaml.dump(data, file)
