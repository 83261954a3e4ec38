"""What a message mentions: municipalities, paragraphs, levels, ages, pension."""

from __future__ import annotations

import pytest

from knowledge.linking import Mentions
from knowledge.snapshot import Snapshot


def link(snapshot: Snapshot, text: str) -> Mentions:
    return snapshot.linker.link(snapshot.analyser.analyse(text))


@pytest.mark.parametrize(
    ("text", "municipality"),
    [
        ("jeg bor i Gladsaxe", "gladsaxe"),
        ("gladsakse kommune", "gladsaxe"),
        ("hjælp i gladsxe", "gladsaxe"),
        ("støtte i Søborg", "gladsaxe"),
        ("Gladsaxes priser", "gladsaxe"),
        ("gentofde", "gentofte"),
        ("hellerup hvad koster det", "gentofte"),
        ("i glostup", "glostrup"),
        ("GLOSTRUP KOMMUNE", "glostrup"),
        ("broenderslev", "broenderslev"),
        ("Brondersev", "broenderslev"),
        ("br.slev temaer", "broenderslev"),
        ("jeg bor i Hjallerup", "broenderslev"),
        ("dokumentet uden kommunenavn", "unavngivet"),
        ("den unavngivne kommune", "unavngivet"),
    ],
)
def test_municipality_is_found_however_it_is_written(snapshot: Snapshot, text: str, municipality: str) -> None:
    found = link(snapshot, text)
    assert found.municipalities == (municipality,)
    assert found.unknown_municipalities == ()


@pytest.mark.parametrize(
    "text", ["hvad koster det", "jeg vil gerne have hjælp til at gøre rent", "min glade mor", "en gentagelse"]
)
def test_ordinary_words_are_no_municipality(snapshot: Snapshot, text: str) -> None:
    assert link(snapshot, text).municipalities == () == link(snapshot, text).unknown_municipalities


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("jeg bor i Aalborg", "Aalborg"),
        ("Ålborg", "Aalborg"),
        ("støtte i Københavns kommune", "København"),
        ("Vejen Kommune", "Vejen"),
        ("hvad med Høje-Taastrup", "Høje-Taastrup"),
        ("i lyngby-taarbæk", "Lyngby-Taarbæk"),
        ("hun bor i Lyngby", "Lyngby"),
        ("jeg bor i Fredericia", "Fredericia"),
        ("i Vejle", "Vejle"),
        ("i Herlev", "Herlev"),
    ],
)
def test_municipality_without_document_is_named_as_unknown(snapshot: Snapshot, text: str, name: str) -> None:
    found = link(snapshot, text)
    assert found.unknown_municipalities == (name,)
    assert found.municipalities == ()


def test_every_place_of_a_municipality_leads_to_it(snapshot: Snapshot) -> None:
    wrong = {
        place: link(snapshot, f"jeg bor i {place}").municipalities
        for m in snapshot.catalogue.municipalities
        for place in (m.name, *m.spellings, *m.places)
        if link(snapshot, f"jeg bor i {place}").municipalities != (m.id,)
    }
    assert wrong == {}


def test_ordinary_word_is_no_unknown_municipality(snapshot: Snapshot) -> None:
    assert link(snapshot, "jeg kan ikke finde vejen til kommunen").unknown_municipalities == ()


def test_two_municipalities_stand_in_the_order_of_the_message(snapshot: Snapshot) -> None:
    assert link(snapshot, "er Gentofte billigere end Gladsaxe").municipalities == ("gentofte", "gladsaxe")


def test_municipality_is_masked_for_the_classifiers(snapshot: Snapshot) -> None:
    masked = link(snapshot, "hvad koster tøjvask i Gladsaxe og i Aalborg").masked
    assert "gladsaxe" not in masked and "aalborg" not in masked
    assert masked.split().count("kommunenavn") == 2 and "tøjvask" in masked


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("støtte efter § 85", ("85",)),
        ("§85a", ("85 a",)),
        ("hvad er paragraf 107 for noget", ("107",)),
        ("SEL 104", ("104",)),
        ("§ 97 eller § 99", ("97", "99")),
        ("glostrup 108", ("108",)),
        ("glostrup 103 104 dage om ugen", ("103", "104")),
        ("det der med femogfirs og femogfirs a i brønderslev, hvem er de til, spørger jeg", ("85", "85 a")),
        ("er 97-ledsageren og 85-støtten det samme, når man tænker på, hvor meget tid der er?", ("97", "85")),
        ("der er en ledsager efter 97 og en kontaktperson efter 99, og min bror siger, at det er det samme", ("97", "99")),
        ("nu orker jeg ikke flere forkortelser fra kommunen. 108 i Glostrup, hvad er det for et sted?", ("108",)),
        ("de har skrevet både 85 og 85a på min seddel, hvad er forskellen på dem i kommunen", ("85", "85 a")),
    ],
)
def test_paragraphs_are_found(snapshot: Snapshot, text: str, paragraphs: tuple[str, ...]) -> None:
    assert link(snapshot, text).paragraphs == paragraphs


@pytest.mark.parametrize(
    "text",
    [
        "jeg er 85 år",
        "han er femogfirs år og bor alene",
        "min kone er femogfirs og har svært ved at huske, hvem kan hjælpe?",
        "kan jeg få 97 timer",
        "det koster 104 kr",
        "jeg tager linje 108 fra stationen og går så resten af vejen hjem",
    ],
)
def test_other_numbers_are_no_paragraphs(snapshot: Snapshot, text: str) -> None:
    assert link(snapshot, text).paragraphs == ()


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("med moderate problemer", 2),
        ("jeg har lette problemer med rengøring", 1),
        ("svære problemer", 3),
        ("fuldstændige problemer", 4),
        ("niveau 0", 0),
        ("jeg er vurderet til 3", 3),
        ("moderat", 2),
        ("svær", 3),
        ("får hun det samme dér, når det kun er let?", 1),
    ],
)
def test_level_of_difficulty_is_found(snapshot: Snapshot, text: str, level: int) -> None:
    assert link(snapshot, text).level == level


@pytest.mark.parametrize(
    "text", ["hvad koster det", "jeg synes det er svært at forstå alt det der står i det brev fra kommunen"]
)
def test_ordinary_speech_is_no_level(snapshot: Snapshot, text: str) -> None:
    assert link(snapshot, text).level is None


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("borger 29 uden fp, nr?", 29),
        ("min storebror er 36 er det samme nummer?", 36),
        ("jeg er fireogtyve og har ikke pension", 24),
        ("jeg er 22 år", 22),
        ("selv er jeg 51, og min søn er syg", 51),
        ("min mor på 62", 62),
        ("min 19-årige søn", 19),
        ("jeg er over 30", 31),
        ("under 30", 29),
        ("jeg er toogtyve år", 22),
        ("han er femogfyrre år gammel", 45),
        ("jeg er fyldt 30", 30),
        ("jeg bliver 18 år", 18),
        ("brønderslev: mor 56 søger støtte", 56),
    ],
)
def test_age_is_found(snapshot: Snapshot, text: str, age: int) -> None:
    assert link(snapshot, text).age == age


@pytest.mark.parametrize(
    "text",
    [
        "kan jeg få 15 timer",
        "for 20 år siden",
        "det tager 14 dage",
        "over 30 timer",
        "jeg bor i nr. 22",
        "der er 15 km",
    ],
)
def test_other_numbers_are_no_age(snapshot: Snapshot, text: str) -> None:
    assert link(snapshot, text).age is None


@pytest.mark.parametrize("text", ["borger er 4 på temaet, inden for?", "4 på skalaen, timer?", "han er 4 efter VUM"])
def test_number_on_a_theme_or_the_scale_is_a_level(snapshot: Snapshot, text: str) -> None:
    assert link(snapshot, text).level == 4


@pytest.mark.parametrize("text", ["vi er 4 på holdet", "de bor på 4 sal", "han er 4 i huset"])
def test_other_small_numbers_are_no_levels(snapshot: Snapshot, text: str) -> None:
    assert link(snapshot, text).level is None


@pytest.mark.parametrize(
    "text", ["er 28, ingen pension. nummer?", "min bror er 28 får ikke pension", "hun er 28 bor i Gentofte"]
)
def test_age_without_a_word_for_years(snapshot: Snapshot, text: str) -> None:
    assert link(snapshot, text).ages == (28,)


def test_ages_of_two_people_may_be_written_out(snapshot: Snapshot) -> None:
    assert link(snapshot, "min kone er treogtredive og vores søn er toogtyve begge skal søge").ages == (33, 22)


@pytest.mark.parametrize(
    ("text", "pension"),
    [
        ("jeg har fået førtidspension", True),
        ("jeg er førtidspensionist", True),
        ("jeg får ikke førtidspension", False),
        ("uden førtidspension", False),
        ("datter 24 (ingen FØP)", False),
        ("jeg har ikke fået tilkendt førtidspension", False),
        ("jeg er 25 år", None),
    ],
)
def test_early_retirement_pension_is_found(snapshot: Snapshot, text: str, pension: bool | None) -> None:
    assert link(snapshot, text).pension is pension


def test_theme_of_the_assessment_method_is_found(snapshot: Snapshot) -> None:
    assert link(snapshot, "jeg har problemer med mobilitet og egenomsorg").themes == ("mobilitet", "egenomsorg")


@pytest.mark.parametrize(
    ("text", "age"), [("jeg er under 30 år", 29), ("Under 30 år", 29), ("over 30 år", 31), ("30 år eller mere", 30)]
)
def test_age_under_or_over_a_limit(snapshot: Snapshot, text: str, age: int) -> None:
    assert snapshot.linker.link(snapshot.analyser.analyse(text)).age == age


@pytest.mark.parametrize(
    "text",
    [
        "undskyld, hun bor i Gentofte, ikke Gladsaxe",
        "jeg bor i Gladsaxe, nej vent, jeg er flyttet til Gentofte",
        "nej, Gentofte og ikke Gladsaxe",
    ],
)
def test_place_that_is_taken_back_is_not_meant(snapshot: Snapshot, text: str) -> None:
    assert link(snapshot, text).municipalities == ("gentofte",)


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("hvad dækker 1 og 4?", (1, 4)),
        ("moderat/svær/fuldst. svarer til hvilke tal", (2, 3, 4)),
        ("tema mobilitet: 3", (3,)),
        ("det er rigtig slemt, altså svært", (3,)),
        ("jeg er 1 i mobilitet og 4 i praktiske opgaver", (1, 4)),
        ("er 4 timer om ugen muligt", ()),
        ("det er svært at gøre rent, når man er alene hele dagen", ()),
    ],
)
def test_every_level_that_is_named(snapshot: Snapshot, text: str, levels: tuple[int, ...]) -> None:
    assert link(snapshot, text).levels == levels


@pytest.mark.parametrize(
    "text",
    [
        "hvilke krav stilles i kvalitetsstandarden uden angivet kommune?",
        "der står ingen kommune på standarden",
        "et dokument om socialpædagogisk indsats, der ikke nævner nogen kommune",
        "std. uden kommunenavn",
        "den kommune der ikke har navn",
        "den kommune, der glemte at skrive sit navn på",
    ],
)
def test_document_without_a_name_is_spoken_of_in_many_ways(snapshot: Snapshot, text: str) -> None:
    assert link(snapshot, text).municipalities == ("unavngivet",)


def test_shorthand_of_a_municipality_draws_no_other_place_to_it(snapshot: Snapshot) -> None:
    places = {
        text: snapshot.linker.link(snapshot.analyser.analyse(text)).municipalities for text in ("brslev", "Ørslev", "Blistrup")
    }
    assert places == {"brslev": ("broenderslev",), "Ørslev": (), "Blistrup": ()}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Har det ifølge kvalitetsstandarden uden kommunenavn betydning, at jeg har en mentor?", "mentor"),
        ("er det gratis i den kommune som i ik har navnet på", "gratis"),
    ],
)
def test_what_names_the_document_says_nothing_of_the_help(snapshot: Snapshot, text: str, left: str) -> None:
    words = snapshot.linker.without_document(snapshot.analyser.analyse(text)).words
    assert left in words and not {"kvalitetsstandarden", "kommunenavn", "navnet"}.intersection(words)


@pytest.mark.parametrize("text", ["Arket har intet bynavn. Hvad koster det?", "hvad indgår i den pjece hvor navnet er væk"])
def test_sheet_whose_name_is_missing_is_the_document_without_one(snapshot: Snapshot, text: str) -> None:
    assert link(snapshot, text).municipalities == ("unavngivet",)


def test_message_of_nothing_but_the_document_is_left_whole(snapshot: Snapshot) -> None:
    analysis = snapshot.analyser.analyse("dokumentet uden kommunenavn")
    assert snapshot.linker.without_document(analysis) is analysis


def test_names_in_a_row_leave_the_rest_of_the_message_whole(snapshot: Snapshot) -> None:
    masked = link(snapshot, "Gentofte, Gladsaxe, Brønderslev og Glostrup: hvor kan man selv vælge?").masked
    assert masked.split().count("kommunenavn") == 4 and masked.endswith(": hvor kan man selv vælge ?")


@pytest.mark.parametrize(
    "text", ["kan jeg tale med dem uden navn i Glostrup?", "er det dem der ikke kender mit navn, der kommer i Glostrup?"]
)
def test_who_gives_no_name_speaks_of_no_document(snapshot: Snapshot, text: str) -> None:
    assert link(snapshot, text).municipalities == ("glostrup",)
