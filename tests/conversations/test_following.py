"""Turns that earlier readers saw misread: another help by a word of its name, all municipalities, a move, a shorter answer."""

from __future__ import annotations

import pytest

from tests.helpers import Conversation


@pytest.mark.parametrize(
    ("before", "then", "service"),
    [
        ("hvad er det midlertidige botilbud i Glostrup?", "hvad med det længerevarende", "glostrup-laengerevarende-botilbud"),
        ("giv mig en liste over alt i glostrup", "den med bofællesskab", "glostrup-opgangsfaellesskab"),
        ("hvad kan man få i gladsaxe", "og det med tøjvask?", "gladsaxe-toejvask"),
    ],
)
def test_help_is_called_by_a_word_of_its_name(talk: Conversation, before: str, then: str, service: str) -> None:
    talk.say(before)
    assert talk.say(then).service == service


def test_another_help_called_so_is_asked_the_same(talk: Conversation) -> None:
    talk.say("kan man selv vælge sit midlertidige botilbud i Glostrup?")
    assert talk.say("hvad med det længerevarende").text.startswith(
        "Du bliver inddraget i valget af det længerevarende botilbud"
    )


@pytest.mark.parametrize("then", ["alle kommuner", "alle"])
def test_every_municipality_may_be_meant(talk: Conversation, then: str) -> None:
    talk.say("hvad koster det at få hjælp?")
    reply = talk.say(then)
    assert all(name in reply.text for name in ("Brønderslev", "Gentofte", "Gladsaxe", "Glostrup")) and "gratis" in reply.text


def test_which_municipalities_do_something_is_no_question_for_their_names(talk: Conversation) -> None:
    reply = talk.say("hvilke kommuner har ikke frit valg?")
    assert reply.text.count("ikke frit valg") >= 3 and "Glostrup: " in reply.text
    assert "Jeg kender dokumenter fra" in talk.say("hvilke kommuner kender du").text


def test_other_municipalities_are_asked_the_same(talk: Conversation) -> None:
    talk.say("kan man klage i gladsaxe")
    assert "Brønderslev" in talk.say("hvad med de andre kommuner, hvor står der noget om klage").text


def test_who_has_moved_asks_of_the_new_place(talk: Conversation) -> None:
    reply = talk.say(
        "Jeg er lige flyttet fra Glostrup til Gladsaxe. Før fik jeg hjælp til rengøring i Glostrup. Får jeg det samme her?"
    )
    assert reply.municipality == "gladsaxe" and "Glostrup" not in reply.text
    assert talk.say("kommer der en og gør det for mig").municipality == "gladsaxe"


def test_who_will_move_compares(talk: Conversation) -> None:
    reply = talk.say("jeg flytter fra Glostrup til Gladsaxe, koster rengøring det samme?")
    assert "Glostrup" in reply.text and "Gladsaxe" in reply.text


@pytest.mark.parametrize(
    ("text", "told", "not_told"),
    [
        (
            "jeg flytter fra Glostrup til Gladsaxe, hvad ændrer sig med min støtte?",
            ["gratis ved 11 ud af 12", "Kun Glostrup oplyser en klagefrist: 4 uger", "Ingen af dokumenterne oplyser svartiden"],
            ["timetal"],  # each help has its own
        ),
        (
            "Min mor flytter fra Gentofte til Glostrup. Hun får hjælp til at handle ind. Hvad ændrer sig for hende?",
            ["Kun Glostrup oplyser et vejledende timetal: op til 8 timer om måneden", "om støtten følger med, når du flytter"],
            ["Særlige forhold"],
        ),
        (
            "hvad er forskellen på støtten i gentofte og brønderslev kommune",
            ["gratis i Gentofte og Brønderslev", "Kun Brønderslev oplyser en svartid: op til 5 uger"],
            ["når du flytter", "Derfor kan jeg ikke sige"],
        ),
    ],
)
def test_what_sets_two_places_apart_is_told_in_values(
    talk: Conversation, text: str, told: list[str], not_told: list[str]
) -> None:
    reply = talk.say(text).text
    assert all(part in reply for part in told), reply
    assert not any(part in reply for part in not_told), reply


@pytest.mark.parametrize(
    "text",
    [
        "pakker de flyttekasser både i Gladsaxe og i Brønderslev, eller er der forskel?",
        "Jeg overvejer at flytte fra Gladsaxe til Glostrup. I dag går ingen med mig til lægen. Bliver det anderledes?",
    ],
)
def test_a_particular_difference_gets_no_values_beside_it(talk: Conversation, text: str) -> None:
    assert "oplyser svartiden" not in talk.say(text).text


@pytest.mark.parametrize(
    ("text", "first"),
    [
        (
            "Hvem pakker flyttekasser ud med mig, Gladsaxe eller Brønderslev?",
            "Det indgår i støtten i Gladsaxe, men ikke i Brønderslev.",
        ),
        (
            "Hvem følger min far med ind til behandling, Gladsaxe eller Glostrup?",
            "Det indgår i støtten i Glostrup, men ikke i Gladsaxe.",
        ),
    ],
)
def test_one_thing_that_one_place_leaves_out_is_concluded_first(talk: Conversation, text: str, first: str) -> None:
    assert talk.say(text).text.startswith(first)


def test_nothing_is_concluded_from_two_different_things(talk: Conversation) -> None:
    reply = talk.say("Jeg tør ikke køre i bus. Kan jeg øve det med en i Gladsaxe, og kan jeg i Brønderslev?").text
    assert "men ikke i" not in reply.partition("\n\n")[0]


def test_third_help_after_two_compared_is_asked_the_same_alone(talk: Conversation) -> None:
    talk.say("hvor mange timer får man til økonomi og madlavning i Glostrup? moderat")
    reply = talk.say("og netværk?")
    assert reply.service == "glostrup-netvaerk" and "op til 1 time om måneden" in reply.text


def test_who_of_two_places_does_something_is_no_question_of_whom_to_call(talk: Conversation) -> None:
    assert "9945" not in talk.say("hvem af Gladsaxe og Brønderslev gør rent for min mor?").text
    assert "9945 4421" in talk.say("hvem af Gladsaxe og Brønderslev skal jeg ringe til om rengøring?").text


def test_method_with_an_english_name_is_no_english(talk: Conversation) -> None:
    assert "Housing First" in talk.say("findes housing first i glostrup").text


def test_two_paragraphs_are_both_explained(talk: Conversation) -> None:
    text = talk.say("forskel på 107 og 108?").text
    assert "midlertidigt ophold" in text and "længerevarende ophold" in text


def test_hours_of_a_paragraph_are_no_number_of_hours(talk: Conversation) -> None:
    assert talk.say("glostrup 103 timer/dage").service == "glostrup-beskyttet-beskaeftigelse"


@pytest.mark.parametrize(
    ("then", "first"),
    [("mail?", "E-mail: Visitationsenheden@glostrup.dk."), ("hvad er nummeret?", "Ring til Visitationsenheden")],
)
def test_detail_of_an_office_is_told_first(talk: Conversation, then: str, first: str) -> None:
    talk.say("Jeg skal have hjemmehjælp til min mand i glostrup, hvem skal jeg kontakte")
    assert talk.say(then).text.startswith(first)


def test_number_is_told_before_the_manner(talk: Conversation) -> None:
    assert "9945 4705" in talk.say("brønderslev tlf under 30").text.split(". ")[0]


def test_answer_that_was_too_long_is_told_in_short(talk: Conversation) -> None:
    long = talk.say("hvad kan de hjælpe med i Gentofte?")
    short = talk.say("det var alt for langt, kan du sige det kortere")
    assert len(short.text) < 0.8 * len(long.text) and short.municipality == "gentofte"


def test_numbers_are_told_again_after_danger(talk: Conversation) -> None:
    assert talk.say("jeg orker ikke at leve mere").status == "danger"
    assert "70 201 201" in talk.say("jeg bor i Gentofte").text


def test_what_the_catalogue_holds_is_not_told_of_one_help(talk: Conversation) -> None:
    assert "Kataloget omfatter" not in talk.say("specialundervisning glostrup").text


@pytest.mark.parametrize(
    "text", ["jeg ved ikke hvad jeg skal søge", "jeg aner ikke hvad jeg skal søge om", "er der hjælp at hente til mig"]
)
def test_who_knows_not_what_to_ask_for_is_guided(talk: Conversation, text: str) -> None:
    assert talk.say(text).custom["guide"]["step"] == "municipality"


def test_what_is_hard_is_read_in_everyday_words(talk: Conversation) -> None:
    talk.say("er der hjælp til mig?")
    talk.say("glostrup")
    reply = talk.say("der ligger tøj og tallerkner over det hele jeg får det bare ikke gjort")
    assert "oprydning og rengøring" in reply.text.split("\n")[0] and "indkøb" not in reply.text.split("\n")[0]


def test_help_that_answers_a_need_is_named_first(talk: Conversation) -> None:
    reply = talk.say("keder mig og er alene hele dagen, bor i glostrup. er der et sted man kan komme og være sammen med andre")
    assert reply.text.startswith("Det lyder som Aktivitets- og samværstilbud (§ 104) i Glostrup Kommune.")
    assert "Svaret gælder" not in reply.text and not talk.say("hvad koster det").text.startswith("Det lyder som")


def test_help_called_by_its_name_is_not_named_first(talk: Conversation) -> None:
    assert "Det lyder som" not in talk.say("hvad indgår i aktivitets- og samværstilbud i glostrup").text


def test_two_helps_of_one_kind_are_both_offered(talk: Conversation) -> None:
    text = talk.say("botilbud glostrup").text
    assert "(§ 107)" in text and "(§ 108)" in text and "Opstartspakke" not in text


def test_pay_is_asked_of_the_work_talked_about(talk: Conversation) -> None:
    talk.say("Findes der et værksted i Glostrup, hvor man kan pakke ting?")
    reply = talk.say("kan jeg få penge for det")
    assert reply.service == "glostrup-beskyttet-beskaeftigelse" and "dusør" in reply.text.lower()


def test_support_in_general_called_by_its_name_is_turned_to(talk: Conversation) -> None:
    talk.say("hvad er specialundervisning i glostrup?")
    assert "6 måneder" in talk.say("hvor tit følges der op på bostøtten så").text


def test_help_told_of_is_looked_for_elsewhere_though_the_last_words_sound_like_another(talk: Conversation) -> None:
    talk.say("jeg har angst og kommer aldrig til tandlægen. glostrup")
    talk.say("kan der gå en med mig ind")
    assert talk.say("hvad med i gladsaxe, min veninde bor der og har det på samme måde").service == "gladsaxe-behandling"


def test_what_stands_in_the_way_is_a_question_of_who_can_have_it(talk: Conversation) -> None:
    talk.say("ledsagerordning i Glostrup, hvor mange timer er det")
    assert "sindslidelse" in talk.say("jeg har skizofreni er det et problem").text.split("\n")[0]


@pytest.mark.parametrize("before", ["hvem kan få ledsagerordning i Glostrup?", "hvad er ledsagerordningen i Glostrup?"])
def test_what_one_pays_all_the_same_is_told_with_what_is_free(talk: Conversation, before: str) -> None:
    talk.say(before)
    assert "udgifter til transport" in talk.say("og koster den noget").text.split("\n\n")[0]


def test_a_relative_told_alone_is_asked_the_same(talk: Conversation) -> None:
    talk.say("Må jeg selv bestemme, hvem min ledsager er? Glostrup")
    assert "nær tilknytning" in talk.say("min mand så").text


def test_the_narrowest_place_for_an_age_goes_first(talk: Conversation) -> None:
    assert "Egekrogen" in talk.say("jeg er 53 og har angst, hvor i Gladsaxe skal jeg hen med min økonomi").text.split("\n")[0]


def test_detail_of_an_earlier_message_is_not_told_again(talk: Conversation) -> None:
    talk.say("telefontid visitationsenheden glostrup")
    talk.say("mail?")
    assert not talk.say("er det også dem for 85").text.startswith("E-mail:")


def test_whom_a_help_does_not_suit_is_told_in_the_guide(talk: Conversation) -> None:
    talk.say("er der hjælp til mig?")
    talk.say("det er min mor, der bor i Brønderslev")
    reply = talk.say("hun er dement og går hjemmefra")
    assert (
        reply.text.startswith("Støtte efter § 85 egner sig ikke til dig, hvis du fx har demens")
        and "Jeg har noteret" not in reply.text
    )


def test_few_words_on_how_hard_it_is_are_no_thanks(talk: Conversation) -> None:
    talk.say("er der hjælp til mig?")
    talk.say("Brønderslev")
    talk.say("jeg har svært ved at holde orden")
    assert "»Lidt svært«" in talk.say("lidt").text


def test_help_named_after_a_complaint_is_looked_at(talk: Conversation) -> None:
    talk.say("hvor lang er klagefristen i gladsaxe")
    assert "(§ 107)" in talk.say("botilbud glostrup").text
    talk.say("hvor lang er klagefristen i gladsaxe")
    assert "4 uger" in talk.say("og i glostrup?").text


def test_what_comes_with_a_help_is_asked_of_that_help(talk: Conversation) -> None:
    talk.say("han bor i gladsaxe og skal have hjælp til indkøb")
    reply = talk.say("ledsagelse med?")
    assert reply.service == "gladsaxe-indkoeb" and "ledsagelse efter § 97" in reply.text
    assert "§ 83" in talk.say("hvad hvis han aldrig lærer det").text.split("\n")[0]
    reply = talk.say("ok hun bor i glostrup, samme ydelse, timer?")
    assert reply.service == "glostrup-indkoeb-madlavning" and "15 timer" not in reply.text


def test_help_ruled_out_is_left_for_the_others(talk: Conversation) -> None:
    talk.say("min søn er sindslidende, kan han få ledsagerordning i glostrup")
    reply = talk.say("hvad kan han så få i stedet")
    assert "Støtte- og kontaktperson (§ 99)" in reply.text and "Ledsagerordning (§ 97)" not in reply.text
    assert "15 timer" not in talk.say("timer ved svære problemer").text


def test_who_does_it_then_is_told_what_the_help_leaves_out(talk: Conversation) -> None:
    talk.say("kan han få et bad hver dag i glostrup, det er hygiejne")
    reply = talk.say("så ikke bad, hvem laver det")
    assert reply.text.startswith("Det indgår ikke") and "§ 83" in reply.text


def test_catchword_is_looked_up_in_the_help_before_the_dictionary(talk: Conversation) -> None:
    talk.say("skp i glostrup kort")
    assert talk.say("visiteret?").text.startswith("Du behøver ikke at blive visiteret")


def test_help_named_alone_is_asked_the_same(talk: Conversation) -> None:
    talk.say("hvad tager de for det i gentofte")
    talk.say("nej mener glostrup")
    assert "ledsagerens udgifter til transport" in talk.say("ledsagerordningen altså").text


def test_paragraph_named_alone_is_asked_for_its_places(talk: Conversation) -> None:
    assert talk.say("§104 glostrup steder").text.startswith("Stederne hedder Soltoften og Brumbassen.")
    assert talk.say("og § 103").text.startswith("Stederne hedder Mosetoften og Café Fri.")


def test_whether_another_place_has_the_help_is_no_question_for_the_facet_before(talk: Conversation) -> None:
    talk.say("opstartspakke glostrup?")
    talk.say("hvor tit følges op")
    reply = talk.say("findes den i gentofte også")
    assert reply.status == "not_stated" and reply.text.startswith("Gentofte Kommunes dokument beskriver ikke opstartspakke.")


def test_hours_that_the_other_place_does_not_state_are_said_to_be_missing(talk: Conversation) -> None:
    talk.say("hvor mange timer til hygiejne er der ved moderat i glostrup")
    assert talk.say("hvad med gladsaxe").text.startswith("Gladsaxe Kommunes dokument oplyser ikke et timetal")


@pytest.mark.parametrize(
    ("question", "service"),
    [("hvad laver man på Soltoften?", "glostrup-aktivitetstilbud"), ("hvad er Kildevældet for et sted", "gladsaxe-oekonomi")],
)
def test_place_that_only_one_document_names_tells_the_municipality(talk: Conversation, question: str, service: str) -> None:
    assert talk.say(question).service == service


def test_what_is_said_before_is_what_may_be_so(talk: Conversation) -> None:
    talk.say("de kommer hver uge og det er forskellige mennesker hver gang. brønderslev")
    assert "flere forskellige medarbejdere" in talk.say("må de det").text.split("\n")[0]


def test_levels_set_apart_for_a_help_are_set_apart_in_hours(talk: Conversation) -> None:
    reply = talk.say("hvad er forskellen på let og moderat i glostrup når det gælder indkøb")
    assert "op til 4 timer" in reply.text and "op til 6 timer" in reply.text
    assert talk.say("og svært?").text.startswith("Med svære problemer (3) kan du som udgangspunkt få op til 8 timer")
    assert "en smule" in talk.say("hvad betyder lette problemer i glostrup").text


def test_help_in_general_is_explained_before_the_municipality_is_asked_for(talk: Conversation) -> None:
    reply = talk.say("hvad er socialpædagogisk støtte egentlig for noget")
    assert reply.text.startswith("Socialpædagogisk støtte er hjælp") and "Hvilken kommune" in reply.text
    assert talk.say("gladsaxe").text.startswith("Gladsaxe Kommunes dokument beskriver disse slags støtte")


def test_both_places_are_no_question_for_a_place(talk: Conversation) -> None:
    talk.say("Hvem leverer hjælpen i Glostrup og hvem i Gentofte?")
    talk.say("kan det være et privat firma")
    assert "leverandør" in talk.say("begge steder?").text


def test_rest_of_a_list_is_told_and_no_other_matter(talk: Conversation) -> None:
    first = talk.say("gladsaxe: hvilke indsatser er der under § 85?").text
    assert talk.say("er der flere?").text == first
    talk.say("hvad kan jeg få hjælp til med økonomi i Glostrup")
    reply = talk.say("nævn dem alle")
    assert reply.service == "glostrup-oekonomi" and "gennemgang af din post" in reply.text


def test_second_of_two_helps_compared_is_called_by_its_place(talk: Conversation) -> None:
    text = talk.say("hvad er forskellen på de to botilbud i Glostrup?").text
    assert "Midlertidigt botilbud (§ 107):" in text and "Længerevarende botilbud (§ 108):" in text
    assert talk.say("nummer to, hvor længe må man være der?").service == "glostrup-laengerevarende-botilbud"


def test_few_words_after_a_comparison_are_asked_of_both(talk: Conversation) -> None:
    talk.say("midlertidigt eller længerevarende botilbud i Glostrup, hvilket niveau?")
    text = talk.say("hvem vælger stedet?").text
    assert "Du bliver inddraget i valget af det midlertidige" in text and "valget af det længerevarende" in text


def test_helps_called_by_their_names_are_asked_the_same(talk: Conversation) -> None:
    text = talk.say("hvilke problemer kræver træning i tøjvask, og hvilke kræver socialpædagogisk ledsagelse i Gladsaxe").text
    assert "Støtte og træning i tøjvask (§ 85):" in text and "Socialpædagogisk ledsagelse (§ 85):" in text
    assert "vaskepulver" in talk.say("hvad koster de to?").text


def test_most_of_two_helps_is_asked_in_hours(talk: Conversation) -> None:
    talk.say("I Glostrup: hvor mange timer til rengøring og hvor mange til at købe ind, hvis man har det svært?")
    assert talk.say("hvem af dem giver flest ved let?").text.startswith(
        "Den vejledende ramme er størst for Støtte og træning til indkøb"
    )


def test_place_that_was_only_written_about_is_left(talk: Conversation) -> None:
    text = talk.say("Jeg skrev om Gladsaxe, men det er faktisk Glostrup og Gentofte. Hvad koster det de to steder?").text
    assert "Glostrup:" in text and "Gentofte:" in text and "Gladsaxe" not in text


def test_another_age_is_told_of_alone(talk: Conversation) -> None:
    talk.say("Gladsaxe, borger 55 år med psykosociale vanskeligheder, hvor kan hun gå hen med regninger og post?")
    assert talk.say("og hvis hun var 28?").text.startswith("Er du 18-30 år")


def test_pension_told_alone_tells_whom_to_ring(talk: Conversation) -> None:
    talk.say("hvad er der af støtte i Brønderslev?")
    assert "9945 4421" in talk.say("hvad med dem på førtidspension?").text


@pytest.mark.parametrize(
    "asked",
    [
        "må pædagogen låse sig ind hos min far i Brønderslev, når han ikke er hjemme",
        "brønderslev: gør de rent for en, ja eller nej",
        "må hjælperen hæve penge for mig, når jeg ligger syg, glostrup",
    ],
)
def test_taking_part_goes_first_where_it_is_asked_to_be_done_alone(talk: Conversation, asked: str) -> None:
    assert talk.say(asked).text.split("\n")[0].startswith("Du skal selv deltage")


def test_pay_is_no_price_and_a_gap_is_told_as_such(talk: Conversation) -> None:
    talk.say("aktivitets- og samværstilbud i Glostrup")
    assert talk.say("får jeg løn?").text.startswith("Glostrup Kommunes dokument oplyser ikke, om du får løn")
    assert talk.say("hvad koster maden?").text.startswith(
        "Glostrup Kommunes dokument oplyser ikke, hvad du skal betale for mad"
    )


def test_list_tells_whom_a_help_is_not_for(talk: Conversation) -> None:
    text = talk.say("hvad findes der for psykisk syge i Glostrup?").text
    assert "Bemærk om Ledsagerordning (§ 97): Du kan ikke få ledsagerordningen" in text


def test_nothing_is_ranked_where_no_ranking_is_asked(talk: Conversation) -> None:
    assert "Derfor kan jeg ikke sige" not in talk.say("hvilke kommuner oplyser en klagefrist?").text
    assert (
        "Derfor kan jeg ikke sige, hvem der svarer hurtigst"
        in talk.say("hvem svarer hurtigst, Gentofte eller Brønderslev?").text
    )


def test_places_to_live_are_all_told(talk: Conversation) -> None:
    text = talk.say("er der nogen steder, man kan bo, hvis man ikke kan klare sig selv? glostrup").text
    assert "§ 107" in text and "§ 108" in text and "Opgangsbofællesskaber" in text


def test_another_help_supposed_is_asked_the_same(talk: Conversation) -> None:
    talk.say("borger i glostrup med 2 i praktiske opgaver, hvor mange timer til rengøring")
    assert talk.say("og hvis det var indkøb i stedet").text.startswith(
        "Med moderate problemer (2) kan du som udgangspunkt få op til 6"
    )


def test_boxes_that_are_carried_are_not_boxes_that_are_packed(talk: Conversation) -> None:
    talk.say("borger i glostrup flytter, hvor mange timer")
    text = talk.say("og må vi bære flyttekasser for ham?").text
    assert not text.startswith("Ja") and "flyttemandsopgaver" in text


def test_mother_is_no_island(talk: Conversation) -> None:
    assert "Mors" not in talk.say("må de i gladsaxe logge ind på min mors mitid").text


@pytest.mark.parametrize(
    ("question", "first"),
    [
        (
            "hvor længe skal man vente i Gladsaxe",
            "Gladsaxe Kommunes dokument oplyser ikke, hvor lang tid der går, før du får svar",
        ),
        ("er der ventetid i Glostrup", "Glostrup Kommunes dokument oplyser ikke, hvor længe du venter på svar"),
        ("hvordan søger man i Gentofte", "Dokumentet oplyser ikke, om der er et ansøgningsskema"),
    ],
)
def test_plain_question_is_told_the_plain_gap(talk: Conversation, question: str, first: str) -> None:
    assert talk.say(question).text.startswith(first)


def test_bare_word_asked_of_any_help_keeps_the_help(talk: Conversation) -> None:
    talk.say("økonomi gladsaxe")
    talk.say("timer")
    assert "samfundsliv og kommunikation" in talk.say("hvad hvis niveau 3").text


def test_age_is_no_question_of_what_staff_have_learned(talk: Conversation) -> None:
    talk.say("ledsagerordning glostrup")
    assert talk.say("hvor gammel skal man være").text.startswith("Glostrup Kommunes dokument oplyser ikke en aldersgrænse")


def test_help_that_is_lacking_is_followed_by_no_other(talk: Conversation) -> None:
    talk.say("gladsaxe støtte- og kontaktperson")
    assert "planlægning af økonomi" not in talk.say("hvornår får vi svar").text


@pytest.mark.parametrize(
    ("before", "then", "first"),
    [
        ("glostrup § 97 timer pr md", "og hvis borgeren er døvblind?", "Er du døvblind, kan du ikke få ledsagerordning"),
        ("har Glostrup en ledsagerordning?", "gælder den også, når det er en sindslidelse?", "Nej. Du kan ikke få ledsager"),
        ("hvem må være med til at lave mad i Gladsaxe?", "går det også i weekenden?", "Ja. Støtten kan bevilges i dagtimerne"),
    ],
)
def test_what_a_follow_up_names_is_told(talk: Conversation, before: str, then: str, first: str) -> None:
    talk.say(before)
    assert talk.say(then).text.startswith(first)


def test_a_gap_on_another_office_does_not_stand_beside_the_number(talk: Conversation) -> None:
    text = talk.say("min kusine er 28 og har fået pension, hvem ringer hun til i Brønderslev?").text
    assert "9945 4421" in text and "9945 4705" not in text and "Råd og Vejledning" not in text


def test_another_municipality_told_of_after_the_question_is_not_meant(talk: Conversation) -> None:
    talk.say("kan han få hjælp til rengøring om aftenen i gladsaxe")
    text = talk.say("og i weekenden? det kunne han ikke rigtig i glostrup").text
    assert text.split("\n\n")[0].startswith("Støtten kan bevilges om dagen, om aftenen og i weekenden.")


def test_a_condition_before_a_question_is_no_question_of_its_own(talk: Conversation) -> None:
    talk.say("hvor lang tid går der, før jeg får svar i Brønderslev?")
    assert "klage" not in talk.say("og hvis de siger ja, hvornår starter det så?").text.lower()


def test_an_age_for_support_in_general_is_not_that_of_one_help(talk: Conversation) -> None:
    reply = talk.say("hvor gammel skal man være for at få støtte i Glostrup?")
    assert reply.text.startswith("Glostrup Kommunes dokument oplyser ikke en aldersgrænse, der gælder al støtte.")
    assert not reply.service and "timer" not in reply.text


def test_what_is_possible_is_no_term(talk: Conversation) -> None:
    text = "Glostrup: jeg vil gerne have et job, men kan ikke klare et almindeligt. Hvad er muligt?"
    assert talk.say(text).service == "glostrup-beskyttet-beskaeftigelse"


def test_a_help_that_is_named_is_no_case_of_ones_own(talk: Conversation) -> None:
    assert talk.say("kommer der nogen og gør rent for mig? gladsaxe").service == "gladsaxe-rengoering"
