"""The table of Danish word forms answers as spaCy's own does."""

from __future__ import annotations

import random

from spacy.lookups import load_lookups
from spacy.util import load_language_data, registry

from knowledge.word_forms import WordForms, word_forms


def test_forms_have_the_lemma_of_spacys_table() -> None:
    table = load_lookups("da", ["lemma_lookup"]).get_table("lemma_lookup")
    forms = word_forms()
    assert len(forms) == len(table)
    raw = load_language_data(registry.lookups.get("da")["lemma_lookup"])
    for word in [*random.Random(1).sample(list(raw), 20_000), "Gladsaxe", "støttepædagog", "x", "", "blåbærgrødx"]:
        assert (word in forms) == (word in table) and forms.lemma(word) == table.get(word, word), word


def test_unknown_form_is_its_own_lemma() -> None:
    forms = WordForms({"husene": "hus"})
    assert forms.lemma("husene") == "hus" and "husene" in forms
    assert forms.lemma("husen") == "husen" and "husen" not in forms and "huseneX" not in forms
