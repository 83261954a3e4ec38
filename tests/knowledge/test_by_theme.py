"""What a level of a theme is enough for: a theme is no kind of help, and several services go by the same one."""

from __future__ import annotations

import pytest

from knowledge.model import Municipality
from knowledge.snapshot import Snapshot
from tests.helpers import ask


def granting(municipality: Municipality, theme: str, level: int) -> set[str]:
    """The services whose condition names the theme and grants the level, by the catalogue's typed values."""
    found = set()
    for service in municipality.services:
        for fact in service.facts:
            value = fact.value or {}
            if value.get("kind") == "vum" and not fact.topics and theme in value["themes"] and not value.get("every"):
                found |= {service.name} if level in value["levels"] else set()
    return found


@pytest.mark.parametrize(
    ("place", "level", "word"), [("glostrup", 1, "lette"), ("glostrup", 4, "fuldstændige"), ("gladsaxe", 2, "moderate")]
)
def test_every_service_that_a_level_is_enough_for_is_told(snapshot: Snapshot, place: str, level: int, word: str) -> None:
    municipality = snapshot.catalogue.by_id[place]
    answer, memory = ask(
        snapshot,
        f"Kan jeg få hjælp i {municipality.name} med {word} problemer i temaet socialt liv?",
        "eligibility",
        "netvaerk",
    )
    first = answer.text.partition("\n\n")[0]
    wanted = granting(municipality, "socialt_liv", level)
    assert wanted
    assert {service.name for service in municipality.services if f"• {service.name}" in first} == wanted
    assert not answer.text.startswith(("Ja", "Nej"))
    assert "Kommunen vurderer altid" in answer.text
    assert snapshot.services[memory.listed[0]].name in wanted


def test_services_of_the_theme_that_ask_for_more_are_told_with_their_levels(snapshot: Snapshot) -> None:
    answer, _ = ask(snapshot, "Hvad kan jeg få i Glostrup med lette problemer i socialt liv?", "eligibility", "netvaerk")
    assert "moderate (2), svære (3) eller fuldstændige (4) problemer" in answer.text.partition("har andre betingelser")[2]


def test_a_level_that_nothing_is_granted_at_is_said(snapshot: Snapshot) -> None:
    answer, _ = ask(
        snapshot, "Hvad får man i Glostrup uden, altså intet problem i temaet egenomsorg?", "eligibility", "rengoering"
    )
    assert answer.text.startswith(
        "Glostrup Kommunes dokument nævner ingen slags støtte, som intet problem (0) inden for »egenomsorg«"
    )


def test_a_condition_that_only_words_can_tell_is_told_in_words(snapshot: Snapshot) -> None:
    """The document calls "svære" level 2 there, so the catalogue holds no levels for it."""
    answer, _ = ask(snapshot, "Hvad får man i Gladsaxe med lette problemer i temaet socialt liv?", "eligibility", "netvaerk")
    assert "Fastholdelse af sociale og kognitive kompetencer (§ 85): Du kan få indsatsen, hvis du har svære (2)" in answer.text
    assert "Bemærk om Fastholdelse" in answer.text
    assert "Socialpædagogisk ledsagelse (§ 85): Du kan få ledsagelsen, hvis du har svære (3)" in answer.text


def test_a_service_that_is_named_is_answered_by_itself(snapshot: Snapshot) -> None:
    answer, _ = ask(
        snapshot, "Kan jeg få træning i egenomsorg i Gladsaxe med lette problemer i egenomsorg?", "eligibility", "hygiejne"
    )
    assert answer.service and answer.service.id == "gladsaxe-egenomsorg"


def test_themes_that_the_document_joins_are_needed_together(snapshot: Snapshot) -> None:
    economy = snapshot.services["gladsaxe-oekonomi"].name
    one, _ = ask(snapshot, "Hvad får man i Gladsaxe med moderate problemer i temaet samfundsliv?", "eligibility")
    asked = "Hvad får man i Gladsaxe med moderate problemer i temaerne samfundsliv og kommunikation?"
    both, _ = ask(snapshot, asked, "eligibility")
    assert economy in one.text.partition("andre betingelser:")[2]
    assert economy in both.text.partition("andre betingelser:")[0]


def test_a_name_that_a_theme_shares_with_a_service_is_the_theme_where_that_is_said(snapshot: Snapshot) -> None:
    answer, _ = ask(
        snapshot, "Glostrup, fuldstændige problemer i temaet praktiske opgaver i hjemmet?", "eligibility", "rengoering"
    )
    assert answer.service is None
    assert "Støtte i forbindelse med flytning" in answer.text.partition("andre betingelser")[0]


def test_a_condition_of_no_theme_is_told_beside_the_theme(snapshot: Snapshot) -> None:
    answer, _ = ask(snapshot, "Hvad får man i Glostrup med svære problemer i temaet omgivelser?", "eligibility")
    assert answer.text.startswith("Glostrup Kommunes dokument nævner ingen slags støtte, som svære problemer (3)")
    assert all(name in answer.text for name in ("Opgangsbofællesskaber", "Midlertidigt botilbud", "Længerevarende botilbud"))
