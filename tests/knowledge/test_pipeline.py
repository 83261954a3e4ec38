"""Which spaCy pipeline runs: da_core_news_sm where it is installed, the lookup lemmatizer elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import spacy

from knowledge.danish import MODEL, DanishAnalyser, pipeline


@pytest.fixture
def fresh_pipeline() -> Iterator[None]:
    pipeline.cache_clear()
    yield
    pipeline.cache_clear()


@pytest.mark.usefixtures("fresh_pipeline")
def test_installed_model_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small = spacy.blank("da")
    small.add_pipe("lemmatizer", config={"mode": "lookup"})
    small.initialize()
    small.meta["name"] = "core_news_sm"
    small.to_disk(tmp_path / MODEL)
    monkeypatch.chdir(tmp_path)  # spacy.load also takes a folder of that name
    assert pipeline().meta["name"] == "core_news_sm"
    assert DanishAnalyser(["timer"]).analyse("timerne koster").lemmas == ("timer", "koste")


@pytest.mark.usefixtures("fresh_pipeline")
def test_lookup_lemmatizer_is_used_without_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert spacy.util.is_package(MODEL) or pipeline().meta["name"] == "blank_da_lookup"
