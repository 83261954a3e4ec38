"""The quick features are scikit-learn's, whatever the text."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.components.text_features import CHARACTERS, WORDS, TextFeatures
from knowledge.danish import fold

TEXTS = [
    "hvad koster det at få gjort rent ?",
    "kan jeg få hjælp til at vaske tøj i kommunenavn ?",
    "hvor mange timer kan man få til rengøring , hvis det er svært",
    "koster det noget at få hjælp til rengøring i weekenden",
    "a b c å",
]
PREPROCESSORS = {"folded": fold, "lower": str.lower}
# Words of the training texts beside anything at all, with every kind of white space between.
TEXT = st.lists(
    st.one_of(
        st.sampled_from(" ".join(TEXTS).split()), st.text(max_size=12), st.sampled_from(["\x1c", "\u2003", "\n\t", "  "])
    ),
    max_size=25,
).flatmap(lambda parts: st.sampled_from([" ".join(parts), "".join(parts)]))


def fitted(name: str) -> tuple[TextFeatures, tuple[TfidfVectorizer, TfidfVectorizer]]:
    """Our features and scikit-learn's transformers, fitted on the same texts."""
    how = {"preprocessor": PREPROCESSORS[name], "sublinear_tf": True, "dtype": np.float32}
    pair = (
        TfidfVectorizer(analyzer="char_wb", ngram_range=CHARACTERS, min_df=2, **how).fit(TEXTS),
        TfidfVectorizer(analyzer="word", token_pattern=r"\S+", ngram_range=WORDS, **how).fit(TEXTS),
    )
    return TextFeatures.fitted(TEXTS, PREPROCESSORS[name])[0], pair


FITTED = {name: fitted(name) for name in PREPROCESSORS}


def assert_same(mine: csr_matrix, theirs: csr_matrix) -> None:
    """Not nearly: every stored number in its place, so that sums over it are the same to the last bit."""
    assert mine.shape == theirs.shape and mine.dtype == theirs.dtype
    for part in ("data", "indices", "indptr"):
        np.testing.assert_array_equal(getattr(mine, part), getattr(theirs, part))


@pytest.mark.parametrize("name", PREPROCESSORS)
@given(texts=st.lists(TEXT, min_size=1, max_size=4))
@settings(max_examples=200, deadline=None)
def test_rows_are_those_of_scikit_learn(name: str, texts: list[str]) -> None:
    features, transformers = FITTED[name]
    assert_same(features.of(texts).matrix(), hstack([each.transform(texts) for each in transformers], format="csr"))


def test_rows_of_the_training_are_those_of_its_texts() -> None:
    features, rows = TextFeatures.fitted(TEXTS, fold)
    np.testing.assert_array_equal(rows.toarray(), features.of(TEXTS).matrix().toarray())


def test_features_survive_being_stored() -> None:
    features, _ = FITTED["folded"]
    assert_same(pickle.loads(pickle.dumps(features)).of(TEXTS).matrix(), features.of(TEXTS).matrix())


def test_products_are_those_of_the_matrix() -> None:
    rows = FITTED["folded"][0].of([*TEXTS, "", "qqq"])
    weights = np.random.default_rng(1).normal(size=(rows.width, 3)).astype(np.float32)
    np.testing.assert_allclose(rows.times(weights), rows.matrix() @ weights, rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(rows.times(weights[:, 0]), rows.matrix() @ weights[:, 0], rtol=1e-5, atol=1e-6)


def test_row_alone_is_that_row() -> None:
    rows = FITTED["folded"][0].of([*TEXTS, "", "qqq"])
    for number in range(len(TEXTS) + 2):
        assert_same(rows.row(number).matrix(), rows.matrix()[number])
