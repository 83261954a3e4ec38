"""What a correcting message means is told by its wording alone."""

from __future__ import annotations

import pytest

from knowledge.correction import correction_of


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("nej ikke rengøring, tøjvask selvfølgelig", "tøjvask selvfølgelig"),
        ("Undskyld, ikke hygiejne, økonomi.", "økonomi."),
        ("Undskyld, det er ikke egenomsorg, det er støtten til behandling.", "støtten til behandling."),
        ("Nej, ikke det midlertidige, det længerevarende mener jeg.", "det længerevarende"),
        ("Nej undskyld, Glostrup mente jeg.", "Glostrup"),
        ("nej sagsbehandlingstid mente jeg", "sagsbehandlingstid"),
        ("Jeg beklager, jeg mente socialpædagogisk ledsagelse.", "socialpædagogisk ledsagelse."),
        ("ikke ledsagelse, jeg mente madlavning", "madlavning"),
        ("ups nej samværstilbud", "samværstilbud"),
        ("ret: 34 år", "34 år"),
        ("Og det er moderat, ikke svært.", "moderat"),
        ("nej det er moderat", "moderat"),
    ],
)
def test_what_is_put_right(text: str, meant: str) -> None:
    assert correction_of(text) == (meant, True)


@pytest.mark.parametrize(
    "text",
    [
        "nej tak",
        "nej det ved jeg ikke",
        "nej det mener jeg ikke",
        "nej ikke endnu, men snart",
        "Er det gratis, ikke?",
        "det er da for dårligt, ikke også",
        "jeg kan godt selv lave mad, men ikke købe ind",
        "Hun kan gå selv, men ikke løbe",
        "Nej. Hvad koster det i Gentofte?",
        "hvad mener du",
    ],
)
def test_what_only_looks_so(text: str) -> None:
    assert correction_of(text) == (text, False)


def test_message_that_says_it_was_wrong_is_kept_whole() -> None:
    assert correction_of("jeg tog fejl, jeg bor i Gentofte") == ("jeg tog fejl, jeg bor i Gentofte", True)
