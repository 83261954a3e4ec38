"""The composed answers: each status, and what must never be mixed."""

from __future__ import annotations

import re

import pytest

from knowledge.answer import ANSWERED, ASK_BACK, NOT_STATED, OUT_OF_SCOPE, UNKNOWN_MUNICIPALITY
from knowledge.dialogue import protect, respond
from knowledge.question import Memory
from knowledge.snapshot import Snapshot
from knowledge.vocabulary import vocabulary
from tests.helpers import ask, phones

TEAM, YOUTH = "99454421", "99454705"


def test_stated_facet_is_answered_with_its_source(snapshot: Snapshot) -> None:
    answer, memory = ask(snapshot, "hvad koster hjælp til tøjvask i Gladsaxe?", "cost", "toejvask")
    assert (answer.status, answer.facet) == (ANSWERED, "cost")
    assert answer.service and answer.service.id == "gladsaxe-toejvask"
    assert answer.facts[0].source and answer.facts[0].source.document == "000"
    assert "§ 85 – Socialpædagogisk støtte" in answer.text  # the document's title
    assert "gratis" in answer.text and "vaskepulver" in answer.text
    assert (memory.municipality, memory.service) == ("gladsaxe", "gladsaxe-toejvask")


@pytest.mark.parametrize("facet", ["processing_time", "complaint", "how_to_apply", "contact", "start_time"])
def test_facet_the_document_lacks_is_not_stated(snapshot: Snapshot, facet: str) -> None:
    answer, _ = ask(snapshot, "hvordan er det med tøjvask i Gladsaxe?", facet, "toejvask")
    assert (answer.status, answer.facet) == (NOT_STATED, facet)
    assert not phones(answer.text)


def test_missing_municipality_is_asked_for_once_and_then_answered(snapshot: Snapshot) -> None:
    first, memory = ask(snapshot, "hvad koster hjælp til tøjvask?", "cost", "toejvask")
    assert (first.status, memory.awaiting) == (ASK_BACK, "municipality")
    offered = [reply.payload for reply in first.quick_replies]
    assert offered == [m.full_name for m in snapshot.named_municipalities()]
    then, memory = ask(snapshot, offered[2], "inform", memory=memory)
    assert (then.status, then.facet, memory.awaiting) == (ANSWERED, "cost", "")
    assert then.service and then.service.id == "gladsaxe-toejvask"


def test_missing_kind_of_help_is_asked_for(snapshot: Snapshot) -> None:
    answer, memory = ask(snapshot, "hvornår på dagen kan de komme i Glostrup?", "schedule")
    assert (answer.status, memory.awaiting) == (ASK_BACK, "service")
    assert answer.municipality and answer.municipality.id == "glostrup"
    assert answer.quick_replies


def test_page_gives_the_municipality_and_words_override_it(snapshot: Snapshot) -> None:
    by_page, _ = ask(snapshot, "hvad koster støtten?", "cost", page="gentofte")
    by_word, _ = ask(snapshot, "hvad koster tøjvask i Gladsaxe?", "cost", "toejvask", page="gentofte")
    assert [a.municipality.id for a in (by_page, by_word) if a.municipality] == ["gentofte", "gladsaxe"]


def test_municipality_without_document_is_told_by_name_and_gets_no_facts(snapshot: Snapshot) -> None:
    answer, _ = ask(snapshot, "hvad koster bostøtte i Herlev?", "cost", "stoette")
    assert (answer.status, answer.facts) == (UNKNOWN_MUNICIPALITY, ())
    assert "Herlev" in answer.text


def test_unknown_municipality_does_not_fall_back_on_the_one_before(snapshot: Snapshot) -> None:
    answer, _ = ask(
        snapshot, "og hvad koster det i Herlev?", "cost", memory=Memory(municipality="gladsaxe", facets={"cost": 1.0})
    )
    assert (answer.status, answer.facts) == (UNKNOWN_MUNICIPALITY, ())


def test_question_beyond_the_scope_is_refused(snapshot: Snapshot) -> None:
    answer, _ = ask(snapshot, "hvad er hovedstaden i Frankrig?", "out_of_scope")
    assert (answer.status, answer.facts) == (OUT_OF_SCOPE, ())


@pytest.mark.parametrize(
    ("told", "right", "wrong"),
    [
        ("jeg er 45 år", TEAM, YOUTH),
        ("jeg er 30 år", TEAM, YOUTH),
        ("jeg er 22 år", YOUTH, TEAM),
        ("jeg er 29 år", YOUTH, TEAM),
        ("jeg er 22 år og på førtidspension", TEAM, YOUTH),
        ("jeg er 22 år og har ikke førtidspension", YOUTH, TEAM),
    ],
)
def test_phone_in_broenderslev_depends_on_age(snapshot: Snapshot, told: str, right: str, wrong: str) -> None:
    answer, _ = ask(snapshot, f"hvem skal jeg ringe til i Brønderslev, {told}?", "contact")
    assert right in phones(answer.text) and wrong not in phones(answer.text)


def test_phone_in_broenderslev_without_age_gives_both_with_their_conditions(snapshot: Snapshot) -> None:
    answer, _ = ask(snapshot, "hvem skal jeg ringe til i Brønderslev?", "contact")
    assert {TEAM, YOUTH} <= phones(answer.text) and "30" in answer.text


@pytest.mark.parametrize(
    ("topic", "word"), [("rengoering", "rengøring"), ("ledsagelse", "ledsagelse"), ("flytning", "flytning")]
)
def test_phone_in_glostrup_says_what_it_is_for_where_it_is_not_for_the_help(snapshot: Snapshot, topic: str, word: str) -> None:
    answer, _ = ask(snapshot, f"hvem ringer jeg til om {word} i Glostrup?", "contact", topic)
    assert answer.status == "not_stated"
    assert "43236677" not in phones(answer.text) or "gælder kun" in answer.text


def test_phone_in_glostrup_is_given_for_home_care(snapshot: Snapshot) -> None:
    answer, _ = ask(snapshot, "hvem ringer jeg til om hjemmehjælp i Glostrup?", "contact", "hjemmehjaelp")
    assert "43236677" in phones(answer.text)


def test_national_complaint_rules_are_labelled_as_general_law(snapshot: Snapshot) -> None:
    answer, _ = ask(snapshot, "hvordan klager jeg i Gladsaxe?", "complaint")
    national = [fact for fact in answer.facts if not fact.municipality]
    assert answer.status == NOT_STATED and national
    for law in {fact.source.document for fact in national[:1] if fact.source}:
        assert law in answer.text
    assert answer.text.index("oplyser ikke") < answer.text.index(national[0].text)


@pytest.mark.parametrize("municipality", ["Glostrup", "Brønderslev"])
def test_own_complaint_rules_need_no_general_law(snapshot: Snapshot, municipality: str) -> None:
    answer, _ = ask(snapshot, f"hvordan klager jeg i {municipality}?", "complaint")
    assert answer.status == ANSWERED and "4 uger" in answer.text
    assert all(fact.municipality for fact in answer.facts)


@pytest.mark.parametrize("facet", vocabulary().facets)
def test_no_answer_borrows_from_another_municipality(snapshot: Snapshot, facet: str) -> None:
    for m in snapshot.catalogue.municipalities:
        answer, _ = ask(snapshot, f"hvordan er det med støtte i {m.name}?", facet, "stoette")
        assert {fact.municipality for fact in answer.facts} <= {m.id, ""}, m.id
        assert (answer.municipality.id if answer.municipality else m.id) == m.id


def test_document_without_a_name_is_never_offered(snapshot: Snapshot) -> None:
    answer, _ = ask(snapshot, "hvad koster det?", "cost")
    assert "unavngivet" not in {m.id for m in snapshot.named_municipalities()}
    assert not any("uden" in reply.title or "ikke" in reply.title for reply in answer.quick_replies)


def test_document_without_a_name_says_it_is_no_municipalitys_answer(snapshot: Snapshot) -> None:
    answer, _ = ask(snapshot, "hvor længe venter man på svar i dokumentet uden kommunenavn?", "processing_time")
    assert answer.status == ANSWERED and "10 uger" in answer.text
    assert "uden kommunenavn" in answer.text
    assert not any(m.name in answer.text for m in snapshot.named_municipalities())


def test_promise_is_not_given(snapshot: Snapshot) -> None:
    answer, _ = ask(snapshot, "har jeg krav på 8 timer til rengøring i Glostrup?", "extent", "rengoering")
    assert answer.reservation and answer.reservation in answer.text and not answer.text.startswith("Ja")


def test_comparison_keeps_the_municipalities_apart(snapshot: Snapshot) -> None:
    answer, _ = ask(snapshot, "hvad koster støtten i Gentofte og i Brønderslev?", "cost", "stoette")
    assert [part.municipality.id for part in answer.parts if part.municipality] == ["gentofte", "broenderslev"]
    for part in answer.parts:
        assert {fact.municipality for fact in part.facts} == {part.municipality.id}


def test_no_sentence_is_said_twice(snapshot: Snapshot) -> None:
    answer, _ = ask(snapshot, "kan jeg selv vælge, hvem der hjælper med tøjvask i Gladsaxe?", "free_choice", "toejvask")
    texts = [fact.text for fact in answer.facts]
    assert sorted(texts) == sorted(set(texts))


def test_answer_as_json_holds_what_rich_channels_need(snapshot: Snapshot) -> None:
    data = ask(snapshot, "hvad koster tøjvask i Gladsaxe?", "cost", "toejvask")[0].as_json()
    assert data["status"] == ANSWERED and data["municipality"]["id"] == "gladsaxe"
    assert data["facts"][0]["source"]["lines"] and data["quick_replies"][0]["payload"]


# -- what belongs to an answer --------------------------------------------------------------------------------------------


def test_whether_a_help_does_something_is_answered_with_what_it_does_not_do(snapshot: Snapshot) -> None:
    text = "kan pædagogen bade min mand, når de øver hygiejne i Gladsaxe?"
    answer, _ = ask(snapshot, text, "need_covered", "hygiejne")
    assert {"included", "not_included"} <= {fact.facet for fact in answer.facts}


def test_open_question_gets_no_list_of_exclusions(snapshot: Snapshot) -> None:
    answer, _ = ask(snapshot, "hvad kan man få hjælp til med indkøb i Glostrup?", "need_covered", "indkoeb")
    assert "citizen_obligations" not in {fact.facet for fact in answer.facts}


def test_what_holds_for_the_whole_paragraph_is_told_where_a_help_is_silent(snapshot: Snapshot) -> None:
    answer, _ = ask(snapshot, "skal jeg selv være med ved rengøringen i Glostrup?", "citizen_obligations", "rengoering")
    assert answer.status == "not_stated" and "deltage" in answer.text
    assert any(fact.service == "glostrup-paragraf-85" for fact in answer.facts)


def test_what_plainly_fits_answers_although_its_facet_is_not_stated(snapshot: Snapshot) -> None:
    answer, _ = ask(snapshot, "kan støtten til indkøb i Glostrup foregå i en gruppe?", "delivery_place", "indkoeb")
    assert answer.text.startswith("Støtten kan være et gruppeforløb.")


def test_what_is_near_is_told_beside_silence(snapshot: Snapshot) -> None:
    answer, _ = ask(snapshot, "hvor foregår bytræningen og ledsagelsen til tøjvask i Gladsaxe henne?", "relatives", "toejvask")
    assert answer.status == "not_stated" and "Dokumentet siger til gengæld" in answer.text


def test_level_is_answered_by_the_criteria_where_there_are_no_hours(snapshot: Snapshot) -> None:
    answer, _ = ask(snapshot, "flytning niveau 4 gladsaxe", "extent", "flytning")
    assert answer.facet == "eligibility" and "(4)" in answer.text


def test_all_help_asked_for_after_a_need_begins_with_what_is_most_like_it(snapshot: Snapshot) -> None:
    text = "min mor kan ikke holde orden i lejligheden. Vi bor i Glostrup. Hvad kan hun få hjælp til?"
    answer, _ = respond(snapshot, snapshot.question(text, {"need_covered": 1.0}, {"rengoering": 0.4, "-": 0.2}), Memory())
    assert answer.text.index("oprydning") < answer.text.index("Glostrup Kommunes dokument beskriver")


def test_vague_need_is_shown_what_is_most_like_it(snapshot: Snapshot) -> None:
    text = "jeg sidder mest for mig selv her i Gladsaxe, kan nogen hjælpe mig"
    question = snapshot.question(text, {"need_covered": 1.0}, {"-": 0.8, "netvaerk": 0.2})
    answer, _ = respond(snapshot, question, Memory())
    assert answer.text.index("netværk") < answer.text.index("Gladsaxe Kommunes dokument beskriver")
    assert answer.facts and all(fact.service == "gladsaxe-netvaerk" for fact in answer.facts[:1])


def test_address_that_is_asked_for_and_missing_is_said_to_be(snapshot: Snapshot) -> None:
    answer, _ = ask(snapshot, "hvad er adressen på Egekrogen i Gladsaxe?", "delivery_place", "oekonomi")
    assert "oplyser ikke adressen" in answer.text


def test_age_of_the_staff_is_no_age_of_the_citizen(snapshot: Snapshot) -> None:
    answer, _ = ask(snapshot, "må medarbejderen i Gentofte være 17 år?", "staff_qualifications")
    assert "18 år" in answer.text


def test_way_to_something_in_another_town_is_no_other_municipality(snapshot: Snapshot) -> None:
    _, memory = ask(snapshot, "hvor må ledsageren tage mig hen i Glostrup?", "included", "ledsagelse")
    answer, _ = ask(snapshot, "hvad med en koncert i Odense så?", "included", "ledsagelse", memory)
    assert answer.municipality and answer.municipality.id == "glostrup"
    answer, _ = ask(snapshot, "hvad med i Odense så?", "included", "ledsagelse", memory)
    assert answer.status == "unknown_municipality"


def test_what_is_left_out_of_a_list_is_counted(snapshot: Snapshot) -> None:
    text = "kan min mor få hjælp til at gøre rent i Glostrup?"
    answer, _ = ask(snapshot, text, "need_covered", "rengoering")
    assert "nævner" not in answer.text.split("Kilde")[0] or re.search(r"nævner [1-9]\d* mere", answer.text)


def test_only_number_of_a_document_is_told_with_what_it_is_for(snapshot: Snapshot) -> None:
    answer, _ = ask(snapshot, "hvem ringer jeg til om rengøring i Glostrup?", "contact", "rengoering")
    assert "43236677" in phones(answer.text) and "gælder kun" in answer.text


def test_person_asked_to_do_something_alone_is_told_what_one_must_take_part_in(snapshot: Snapshot) -> None:
    text = "må støttepersonen hæve penge for mig i Glostrup?"
    answer, _ = ask(snapshot, text, "special_notes", "oekonomi")
    assert "uden dig" in answer.text


@pytest.mark.parametrize(
    ("municipality", "told"), [("Gladsaxe", "indgår ikke: ledsagelse i udlandet"), ("Glostrup", "ledsagelse i udlandet")]
)
def test_country_is_read_as_abroad(snapshot: Snapshot, municipality: str, told: str) -> None:
    answer, _ = ask(snapshot, f"må ledsageren komme med til Spanien? {municipality}", "included", "ledsagelse")
    assert told in answer.text


def test_what_comes_when_training_does_not_help(snapshot: Snapshot) -> None:
    text = "hvad gør jeg, hvis det ikke hjælper at øve indkøb i Gladsaxe?"
    question = snapshot.question(text, {"included": 0.6, "special_notes": 0.1}, {"indkoeb": 1.0})
    answer, _ = respond(snapshot, question, Memory())
    assert "§ 83" in answer.text


def test_fact_of_another_matter_does_not_answer_for_a_silent_document(snapshot: Snapshot) -> None:
    answer, _ = ask(snapshot, "hvor hurtigt svarer Glostrup på en ansøgning?", "processing_time")
    assert answer.status == "not_stated" and not any(fact.facet == "complaint" for fact in answer.facts)


@pytest.mark.parametrize(("doubtful", "answered"), [(True, True), (False, False)])
def test_question_beside_a_danger_in_doubt_is_answered_after_the_numbers(
    snapshot: Snapshot, doubtful: bool, answered: bool
) -> None:
    asked = snapshot.question("hvad koster tøjvask i Gladsaxe", {"cost": 1.0}, {"toejvask": 1.0})
    answer, memory = protect(snapshot, asked, Memory(), "safety_acute", asked, doubtful)
    assert answer.text.startswith("Ring 112") and memory.danger == "safety_acute"
    assert ("vaskepulver" in answer.text) is answered


def test_deadline_of_one_kind_of_help_is_not_that_of_all(snapshot: Snapshot) -> None:
    answer, _ = ask(snapshot, "hvornår er den første opfølgning på støtten efter § 85 i Glostrup?", "follow_up", "stoette")
    assert "6 måneder" in answer.text and "3 måneder" not in answer.text
