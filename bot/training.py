"""Trains the model when the data changed, and finds the one that fits the data."""

from __future__ import annotations

import hashlib
from pathlib import Path

from bot.runtime import ROOT
from knowledge.danish import pipeline
from knowledge.vocabulary import CATALOGUE

MODELS = ROOT / "models"
# read only when answering
UNTRAINED = ("aspects.yml", "comparison.yml", "guide.yml", "language.yml", "out_of_scope.yml", "verdict.yml")
LEARNT = ("danger.yml", "needs.yml", "reach.yml", "safety.yml")
INPUTS = ("config.yml", "bot/domain", "bot/data", "bot/components", *(f"bot/{name}" for name in LEARNT))


def data_digest(root: Path = ROOT) -> str:
    """Digest of everything a model depends on: configuration, domain, data, components, catalogue, spaCy pipeline."""
    digest = hashlib.sha256(pipeline().meta["name"].encode())
    paths = [path for entry in INPUTS for path in _files(root / entry)]
    paths += [path for path in _files(CATALOGUE) if path.name not in UNTRAINED]
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def current_model(models: Path = MODELS) -> Path | None:
    """The model trained on exactly this data, None when it has to be trained."""
    path = models / f"vejviser-{data_digest()}.tar.gz"
    return path if path.is_file() else None


def train(models: Path = MODELS) -> Path:
    """Train a model on the current data.

    Raises:
        RuntimeError: when Rasa produced no model.
    """
    from rasa.model_training import train as rasa_train

    result = rasa_train(
        domain=str(ROOT / "bot" / "domain"),
        config=str(ROOT / "config.yml"),
        training_files=[str(ROOT / "bot" / "data")],
        output=str(models),
        fixed_model_name=f"vejviser-{data_digest()}",
        force_training=True,
    )
    if result.model is None:
        raise RuntimeError("Rasa trained no model; see the messages above")
    return Path(result.model)


def ensure_model(models: Path = MODELS) -> Path:
    """The current model, trained first when there is none."""
    return current_model(models) or train(models)


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return sorted(p for p in path.rglob("*") if p.suffix in (".yml", ".py") and p.is_file())
