"""Classifiers of intent and topic held against each other on messages kept out of training.

    VEJVISER_FULL_RASA=1 python -m bench.classifiers [--only WORDS ...] [--folds N]   # measure, adding to the results
    python -m bench.classifiers --curve                            # learning curve of the pipeline's own
    python -m bench.classifiers --table                            # print the results as Markdown

Training messages are split as `vejviser eval` does (messages that read alike stay together); the catalogue's example questions
join every training part. Every candidate stands in the pipeline's place: for the intent, asking sentences are weighed against
the whole message. Each candidate runs in a process of its own. Times are processor time, so that a busy machine counts less;
hold them only against figures of the same run.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import time
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bench.candidates import CANDIDATES, SEED, Candidate, megabytes
from bot.components.message_analyser import MASKED, MessageAnalyser
from bot.components.text_classifier import TextClassifier, asking_sentences
from bot.components.text_classifier import _asks as catalogue_questions
from bot.evaluation import is_kept_back, own_sets, read_dialogues
from bot.evaluation.understanding import TARGETS, labels_of, read, split, trained, written_messages
from knowledge.sharing import current_store
from knowledge.vocabulary import vocabulary

OWN = "the pipeline's TextClassifier"
RESULTS = Path(__file__).parent / "classifiers.json"
FRACTIONS = (0.25, 0.5, 0.75, 1.0)
FOLDS = 4
TIMED = 200  # messages whose time is taken one by one


def measure(name: str, target: str, fold: int, folds: int) -> dict[str, Any]:
    """Train one candidate for one target on one fold; accuracy on what was left out, times, sizes."""
    messages, parts = _messages(folds)
    training, left_out = parts[fold]
    kept = [messages[n] for n in left_out]
    before, start = _peak(), time.process_time()
    classifier = _fit(name, target, [messages[n] for n in training])
    spent = time.process_time() - start
    truth = [labels_of(message)[target] for message in kept]
    found = {
        "candidate": name,
        "target": target,
        "fold": fold,
        "messages": len(kept),
        **_shares(classifier, [message.get(MASKED) for message in kept], truth),
        "train_s": round(spent, 1),
        "peak_mb": round(_peak() - before),
        "model_mb": round(classifier.megabytes(), 1),
        "ms": round(_milliseconds(classifier, [message.get(MASKED) for message in kept[:TIMED]]), 2),
    }
    if target == "intent":
        questions, facets = zip(*_dialogue_questions())
        found["dialogues"] = {"messages": len(questions), **_shares(classifier, questions, facets)}
    return found


class Own:
    """The pipeline's own component, which trains both targets at once, seen as a candidate of one of them."""

    def __init__(self, messages: list[Message], target: str):
        self._target, self._component = target, trained(messages)
        self.labels = list(getattr(self._component.model, target).labels)

    def probabilities(self, texts: Sequence[str]) -> np.ndarray:
        rankings = [read(self._component, Message({TEXT: text, MASKED: text}))[self._target] for text in texts]
        return np.array([[ranking[label] for label in self.labels] for ranking in rankings])

    def megabytes(self) -> float:
        return megabytes(self._component.model)


class Weighed:
    """A candidate that weighs a message's asking sentences against the whole, as the pipeline does for the intent."""

    def __init__(self, classifier: Candidate):
        self._classifier, self.labels = classifier, classifier.labels
        self._weight = TextClassifier.get_default_config()["question_weight"]

    def probabilities(self, texts: Sequence[str]) -> np.ndarray:
        whole = self._classifier.probabilities(texts)
        for row, text in zip(whole, texts):
            if asked := asking_sentences(text):
                row[:] = self._weight * self._classifier.probabilities(asked).mean(axis=0) + (1 - self._weight) * row
        return whole

    def megabytes(self) -> float:
        return self._classifier.megabytes()


def _fit(name: str, target: str, messages: list[Message]) -> Any:
    if name == OWN:
        return Own(messages, target)
    asks = [(text, {"intent": intent, "topic": topic}[target]) for text, intent, topic in _catalogue_questions()]
    written = [(message.get(MASKED), labels_of(message)[target]) for message in messages]
    texts, labels = zip(*written, *asks)
    classifier = CANDIDATES[name]()
    classifier.fit(texts, labels)
    return Weighed(classifier) if target == "intent" else classifier


def _shares(classifier: Any, texts: Sequence[str], truth: Sequence[str]) -> dict[str, float]:
    """Share right, and share right among the first two."""
    order = np.argsort(-classifier.probabilities(texts), axis=1, kind="stable")[:, :2]
    named = [[classifier.labels[n] for n in row] for row in order]
    return _among(named, truth)


def _among(named: Sequence[Sequence[str]], truth: Sequence[str]) -> dict[str, float]:
    """Shares of messages whose true label is named first, and among the first two."""
    return {
        "first": round(float(np.mean([row[0] == true for row, true in zip(named, truth)])), 4),
        "first_two": round(float(np.mean([true in row for row, true in zip(named, truth)])), 4),
    }


def _milliseconds(classifier: Any, texts: Sequence[str]) -> float:
    """Median processor time of one message."""
    times = []
    for text in texts:
        start = time.process_time()
        classifier.probabilities([text])
        times.append((time.process_time() - start) * 1e3)
    return median(times)


@lru_cache(maxsize=1)
def _messages(folds: int) -> tuple[list[Message], list[tuple[np.ndarray, np.ndarray]]]:
    messages = written_messages()
    return messages, split(messages, folds)


@lru_cache(maxsize=1)
def _catalogue_questions() -> list[tuple[str, str, str]]:
    return catalogue_questions(current_store().snapshot)


@lru_cache(maxsize=1)
def _dialogue_questions() -> list[tuple[str, str]]:
    """(masked question, facet) of the dialogues of one turn that ask for a facet; sets kept back stay unread."""
    asked = [
        (dialogue["turns"][0]["user"], dialogue["facet"])
        for dialogue in read_dialogues(path for path in own_sets() if not is_kept_back(path.stem))
        if len(dialogue["turns"]) == 1 and dialogue["facet"] in vocabulary().facets
    ]
    messages = [Message({TEXT: text}) for text, _ in asked]
    MessageAnalyser(MessageAnalyser.get_default_config()).process(messages)
    return [(message.get(MASKED), facet) for message, (_, facet) in zip(messages, asked)]


def learning_curve(folds: int) -> list[dict[str, Any]]:
    """Accuracy of the pipeline's own classifier with growing shares of the written messages, on the first fold."""
    messages, parts = _messages(folds)
    training, left_out = parts[0]
    shuffled = np.random.default_rng(SEED).permutation(training)
    points = []
    for fraction in FRACTIONS:
        part = [messages[n] for n in sorted(shuffled[: round(fraction * len(shuffled))])]
        component = trained(part)
        rankings = [read(component, messages[n]) for n in left_out]
        for target in TARGETS:
            truth = [labels_of(messages[n])[target] for n in left_out]
            named = [list(ranking[target])[:2] for ranking in rankings]
            points.append({"fraction": fraction, "trained_on": len(part), "target": target, **_among(named, truth)})
    return points


def _peak() -> float:
    """Largest memory of this process so far, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def table(results: list[dict[str, Any]]) -> str:
    """The measurements as Markdown, the best intent first; a cell is the mean over the folds that were run."""
    rows = []
    for name in dict.fromkeys(r["candidate"] for r in results):
        intent, topic = ([r for r in results if (r["candidate"], r["target"]) == (name, target)] for target in TARGETS)
        cells = [f"{len(intent)}", _pair(intent), _pair(topic), _pair([r["dialogues"] for r in intent])]
        sizes = [_mean(intent, key) + (_mean(topic, key) if name != OWN else 0.0) for key in ("train_s", "model_mb")]
        cells += [f"{sizes[0]:.0f}", f"{sizes[1]:.0f}", f"{max(_mean(intent, 'peak_mb'), _mean(topic, 'peak_mb')):.0f}"]
        times = _mean(intent, "ms") + (_mean(topic, "ms") if name != OWN else 0.0)
        rows.append((-_mean(intent, "first"), f"| {name} | {' | '.join(cells)} | {times:.1f} |"))
    columns = ("classifier", "folds", "intent", "topic", "dialogues", "training s", "model MB", "peak MB", "ms a message")
    return "\n".join([f"| {' | '.join(columns)} |", "|" + " --- |" * 9, *(row for _, row in sorted(rows))])


def _mean(rows: list[dict[str, Any]], key: str) -> float:
    return float(np.mean([row[key] for row in rows])) if rows else 0.0


def _pair(rows: list[dict[str, Any]]) -> str:
    return f"{100 * _mean(rows, 'first'):.1f} / {100 * _mean(rows, 'first_two'):.1f}" if rows else "-"


def _in_a_process(function: Any, *arguments: Any) -> Any:
    """Run in a fork, so that what was read once is shared and memory is counted from there."""
    with multiprocessing.get_context("fork").Pool(1) as pool:
        return pool.apply(function, arguments)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="*", default=[""], help="candidates whose name holds one of these words")
    parser.add_argument("--targets", nargs="*", default=list(TARGETS))
    parser.add_argument("--folds", type=int, default=4, help="how many of the four folds to run")
    parser.add_argument("--results", type=Path, default=RESULTS)
    parser.add_argument("--curve", action="store_true")
    parser.add_argument("--table", action="store_true")
    options = parser.parse_args()
    stored = json.loads(options.results.read_text()) if options.results.is_file() else {"measurements": [], "curve": []}
    if options.table:
        print(table(stored["measurements"]))
        return
    if options.curve:
        stored["curve"] = _in_a_process(learning_curve, FOLDS)
        options.results.write_text(json.dumps(stored, indent=1) + "\n")
        return
    _messages(FOLDS), _catalogue_questions(), _dialogue_questions()
    for name in (OWN, *CANDIDATES):
        for target in options.targets if any(word in name for word in options.only) else ():
            for fold in range(options.folds):
                found = _in_a_process(measure, name, target, fold, FOLDS)
                same = (name, target, fold)
                others = [r for r in stored["measurements"] if (r["candidate"], r["target"], r["fold"]) != same]
                stored["measurements"] = [*others, found]
                options.results.write_text(json.dumps(stored, indent=1) + "\n")
                print(found, flush=True)


if __name__ == "__main__":
    main()
