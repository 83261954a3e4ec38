"""Short real conversations, turn by turn: facts and statuses, not wording."""

from __future__ import annotations

import pytest

from tests.helpers import Conversation, Reply, phones

FREE = "gratis"


def compared(reply: Reply) -> set[str]:
    """The municipalities that a comparison sets side by side."""
    return {part["municipality"]["id"] for part in reply.custom.get("parts", [])}


def test_cost_in_one_municipality_and_then_in_another(talk: Conversation) -> None:
    first = talk.say("hvad koster hjælp til tøjvask i Gladsaxe?")
    assert (first.status, first.facet, first.service) == ("answered", "cost", "gladsaxe-toejvask")
    assert FREE in first.text and "vaskepulver" in first.text
    then = talk.say("og hvad med Glostrup?")
    assert (then.status, then.facet, then.municipality) == ("not_stated", "cost", "glostrup")
    assert "vaskepulver" not in then.text


def test_municipality_is_asked_for_once(talk: Conversation) -> None:
    asked = talk.say("hvor længe skal jeg vente på svar på min ansøgning?")
    assert asked.status == "ask_back" and "Brønderslev Kommune" in asked.buttons
    answered = talk.say("Brønderslev")
    assert (answered.status, answered.facet) == ("answered", "processing_time") and "5 uger" in answered.text
    assert "14 dage" in talk.say("og hvornår begynder hjælpen så?").text


def test_phone_follows_what_is_told_about_the_person(talk: Conversation) -> None:
    assert phones(talk.say("hvem skal jeg ringe til i Brønderslev?").text) == {"99454421", "99454705"}
    assert phones(talk.say("jeg er 22 år").text) == {"99454705"}
    assert phones(talk.say("jeg har fået tilkendt førtidspension").text) == {"99454421"}


def test_hours_follow_the_level(talk: Conversation) -> None:
    assert "6 timer" in talk.say("hvor mange timer kan jeg få til indkøb i Glostrup med moderate problemer?").text
    then = talk.say("og hvis det er svære problemer?").text
    assert "8 timer" in then and "6 timer" not in then


def test_complaint_without_rules_in_the_document(talk: Conversation) -> None:
    reply = talk.say("hvordan klager jeg over et afslag i Gladsaxe?")
    assert (reply.status, reply.facet) == ("not_stated", "complaint")
    assert "4 uger" in reply.text and "retssikkerhedsloven" in reply.text


def test_complaint_with_address_and_deadline(talk: Conversation) -> None:
    assert "Rådhusparken 2" in talk.say("hvor skal jeg sende min klage i Glostrup?").text
    assert "4 uger" in talk.say("og hvor lang tid har jeg til at klage?").text


def test_municipality_without_a_document(talk: Conversation) -> None:
    unknown = talk.say("hvad koster støtte i Aalborg?")
    assert unknown.status == "unknown_municipality" and "Aalborg" in unknown.text
    known = talk.say("jeg mente Gentofte")
    assert (known.status, known.facet, known.municipality) == ("answered", "cost", "gentofte")


def test_document_without_a_name(talk: Conversation) -> None:
    reply = talk.say("hvor lang er svarfristen i dokumentet uden kommunenavn?")
    assert reply.municipality == "unavngivet" and "10 uger" in reply.text
    assert talk.say("og hvad koster det?").municipality == "unavngivet"
    assert "10 uger" not in talk.say("hvad er svarfristen i Gladsaxe?").text


def test_person_is_wanted(talk: Conversation) -> None:
    assert talk.say("jeg vil tale med et menneske").status == "ask_back"
    reply = talk.say("Brønderslev")
    assert reply.facet == "contact" and phones(reply.text)


def test_off_topic_question_does_not_disturb_the_conversation(talk: Conversation) -> None:
    talk.say("hvad koster rengøring i Gladsaxe?")
    assert talk.say("hvad er hovedstaden i Frankrig?").status == "out_of_scope"
    reply = talk.say("kan jeg selv vælge, hvem der hjælper mig?")
    assert (reply.facet, reply.municipality) == ("free_choice", "gladsaxe")


def test_starting_over_forgets_the_municipality(talk: Conversation) -> None:
    talk.say("hvad koster støtte i Gentofte?")
    assert talk.say("start forfra").text
    assert talk.say("hvad koster det?").status == "ask_back"


def test_service_named_before_stays_in_question(talk: Conversation) -> None:
    assert talk.say("hvad er ledsagerordningen i Glostrup?").service == "glostrup-ledsagerordning"
    reply = talk.say("hvor mange timer kan jeg få?")
    assert reply.service == "glostrup-ledsagerordning" and "15 timer" in reply.text


def test_small_talk_around_a_question(talk: Conversation) -> None:
    assert talk.say("hej").text
    assert talk.say("hvad koster tøjvask?").status == "ask_back"
    assert FREE in talk.say("gladsaxe").text
    assert talk.say("tak").text


def test_typing_errors_and_evening_hours(talk: Conversation) -> None:
    reply = talk.say("hva kostr tøjvsk i gladsakse")
    assert (reply.status, reply.facet, reply.service) == ("answered", "cost", "gladsaxe-toejvask")
    evening = talk.say("og kan de komme om aftenen?")
    assert evening.facet == "schedule" and "aften" in evening.text and evening.service == "gladsaxe-toejvask"


def test_what_is_not_included_is_said(talk: Conversation) -> None:
    reply = talk.say("kan jeg få hjælp til at male væggene når jeg flytter i Gladsaxe?")
    assert reply.service == "gladsaxe-flytning"
    assert {"not_included"} & {fact["facet"] for fact in reply.custom["facts"]}
    assert not reply.text.startswith("Ja")


def test_price_is_compared(talk: Conversation) -> None:
    reply = talk.say("hvad er forskellen på prisen for støtte i Brønderslev og Gentofte?")
    assert reply.facet == "cost"
    assert {part["municipality"]["id"] for part in reply.custom["parts"]} == {"broenderslev", "gentofte"}


def test_two_questions_in_one_message_are_both_answered_in_order(talk: Conversation) -> None:
    reply = talk.say("hvor mange timer er opstartspakken i Glostrup, og hvornår følges der op første gang?")
    hours, follow_up = reply.text.find("4 timer"), reply.text.find("3 måneder")
    assert -1 < hours < follow_up


def test_two_questions_wait_for_the_municipality(talk: Conversation) -> None:
    assert talk.say("hvad koster støtten, og hvor længe skal jeg vente på svar?").status == "ask_back"
    reply = talk.say("Brønderslev")
    assert FREE in reply.text and "5 uger" in reply.text


def test_wrong_paragraph_is_put_right(talk: Conversation) -> None:
    reply = talk.say("hvor mange timer får man med ledsagerordning efter § 85 i Glostrup?")
    assert reply.service == "glostrup-ledsagerordning" and "15 timer" in reply.text and "§ 97" in reply.text


def test_english_is_answered_in_danish_and_says_so(talk: Conversation) -> None:
    reply = talk.say("How much does it cost to get help with laundry in Gladsaxe?")
    assert reply.text.startswith("You wrote in English") and FREE in reply.text


def test_level_outside_the_criteria_is_a_no_with_the_criteria(talk: Conversation) -> None:
    reply = talk.say("kan man få støtte til netværk i Glostrup, hvis man kun har lette problemer?")
    assert "Nej" in reply.text and "moderate" in reply.text


def test_meaning_of_a_level(talk: Conversation) -> None:
    assert "svære problemer" in talk.say("hvad betyder niveau 3?").text


def test_document_without_a_name_in_other_words(talk: Conversation) -> None:
    reply = talk.say("hvor længe venter man ifølge det papir, hvor der ikke står hvilken kommune det er?")
    assert reply.municipality == "unavngivet" and "10 uger" in reply.text


def test_own_case_cannot_be_seen_here(talk: Conversation) -> None:
    reply = talk.say("hvor langt er min sag i Brønderslev?")
    assert "kan ikke se din sag" in reply.text and phones(reply.text)


def test_need_without_a_kind_of_help_gets_the_list_and_no_guess(talk: Conversation) -> None:
    reply = talk.say("jeg kan ikke overskue noget mere, alting sejler. jeg bor i Glostrup. er der nogen der kan hjælpe mig?")
    assert (reply.facet, reply.service) == ("overview", "")


def test_word_that_is_no_service_is_told_from_the_facts_that_hold_it(talk: Conversation) -> None:
    reply = talk.say("hvad er Mosetoften i Glostrup?")
    assert "Mosetoften" in reply.text and reply.municipality == "glostrup"


def test_two_things_in_keywords_are_both_answered(talk: Conversation) -> None:
    reply = talk.say("gladsaxe tøjvask pris + hvem kan få")
    assert [part["facet"] for part in reply.custom["parts"]] == ["cost", "eligibility"]


def test_refusal_without_a_help_is_about_complaining(talk: Conversation) -> None:
    assert talk.say("jeg har fået nej i gentofte, hvad nu").facet == "complaint"


def test_person_is_wanted_in_the_middle_of_a_story(talk: Conversation) -> None:
    reply = talk.say(
        "Jeg vil tale med et rigtigt menneske om min datter. Hun er 22, har ingen pension, og vi bor i Brønderslev."
    )
    assert "9945 4705" in reply.text


def test_reply_that_names_the_place_and_the_help_completes_the_question(talk: Conversation) -> None:
    assert talk.say("må hun fortælle videre, hvad hun ser hos mig?").status == "ask_back"
    reply = talk.say("Glostrup. Hun er min ledsager, § 97.")
    assert reply.service == "glostrup-ledsagerordning" and "tavshed" in reply.text


def test_correction_of_the_place_keeps_the_help(talk: Conversation) -> None:
    talk.say("er der brugerbetaling på støtte til madlavning i Gentofte?")
    reply = talk.say("åh nej, jeg mener Gladsaxe, jeg er lige flyttet dertil. hvad skal jeg selv betale dér?")
    assert reply.service == "gladsaxe-madlavning" and "indkøb" in reply.text


def test_figure_the_document_leaves_out_is_said_to_be_missing(talk: Conversation) -> None:
    lasts = talk.say("hvor længe løber en bevilling til rengøring i Gladsaxe?").text
    assert "oplyser ikke" in lasts
    assert "oplyser ikke" in talk.say("hvor mange bor der på Vestervej i Glostrup, opgangsbofællesskabet?").text


def test_kind_of_help_a_document_does_not_describe_is_said_to_be_missing(talk: Conversation) -> None:
    reply = talk.say("har Gladsaxe opgangsbofællesskaber, og hvem kan bo i sådan et?")
    assert reply.status == "not_stated" and "opgangsbofællesskab" in reply.text


def test_one_question_about_two_places_is_compared(talk: Conversation) -> None:
    reply = talk.say("hvor lang er sagsbehandlingstiden i Brønderslev, og hvor lang er den i Glostrup?").text
    assert "5 uger" in reply and "Glostrup oplyser ikke" in reply
    hours = talk.say("hvor får man flest timer til flytning, Glostrup eller Gladsaxe?").text
    assert "15 timer i alt" in hours and "Gladsaxe oplyser ikke" in hours


def test_yes_is_said_to_being_free_and_not_to_paying(talk: Conversation) -> None:
    assert talk.say("er støtten gratis i både Gentofte og Brønderslev?").text.startswith("Ja")
    assert not talk.say("skal jeg selv betale i både Gentofte og Brønderslev?").text.startswith("Ja")


def test_spoken_short_forms_and_age(talk: Conversation) -> None:
    assert phones(talk.say("hvem ska jeg ha fat i i brønderslev? er 24 og ikk på pension").text) == {"99454705"}


def test_story_with_a_word_of_another_subject_is_answered(talk: Conversation) -> None:
    story = (
        "Jeg er mor til en pige på 26, der fik førtidspension sidste forår. Det tog fire år, og vi har stadig ikke helt fået "
        "vejret. Hun bor i Brønderslev og vil gerne have en støtteperson. Hvad for et nummer er det rigtige for hende?"
    )
    assert "99454421" in phones(talk.say(story).text)


def test_talk_about_complaining_goes_on_and_ends(talk: Conversation) -> None:
    talk.say("hvem kan få støtte til rengøring i Gladsaxe?")
    assert talk.say("hun får nok afslag. hvordan klager vi så?").facet == "complaint"
    assert "4 uger" in talk.say("hvor længe har vi til det?").text
    then = talk.say("tak. hvad med hjælp til at handle ind?")
    assert then.service == "gladsaxe-indkoeb" and then.facet != "complaint"


def test_what_holds_for_all_help_is_told_before_a_help_is_named(talk: Conversation) -> None:
    reply = talk.say("koster det mig noget i Gladsaxe?").text
    assert FREE in reply and "11 ud af 12" in reply


def test_one_word_asked_beside_a_help_is_about_that_help(talk: Conversation) -> None:
    reply = talk.say("glostrup opstartspakke hvad dækker + timer?").text
    assert "4 timer" in reply and "15 timer" not in reply


def test_two_questions_are_asked_again_in_another_municipality(talk: Conversation) -> None:
    talk.say("Hvad koster hjælp til tøjvask i Gladsaxe, og hvordan klager jeg?")
    told = talk.say("og i Glostrup?").text
    assert "om du selv skal betale" in told and "Ankestyrelsen" in told


def test_same_boat_is_the_same_question_about_the_same_help(talk: Conversation) -> None:
    talk.say("Jeg sidder i kørestol og bor i Ballerup. Hvor mange timer kan jeg få en ledsager?")
    assert "15 timer" in talk.say("Nå. Min søster i Glostrup er i samme båd, hvad kan hun få?").text


def test_story_in_which_something_makes_a_difference_compares_nothing(talk: Conversation) -> None:
    told = talk.say(
        "Hvis der var en, der gik med ham til fodbold, ville det gøre en kæmpe forskel for os, både for ham og min mor. Hans "
        "kontaktperson i Glostrup sagde noget om 15 timer. Kan han få ledsagerordning efter § 97?"
    ).text
    assert "forskellen" not in told and "Ledsagerordning" in told


def test_place_where_something_takes_place_is_no_municipality_asked_for(talk: Conversation) -> None:
    talk.say("Kan jeg få ledsagelse til en ny klub i Gladsaxe?")
    assert "Kalundborg" not in talk.say("Og hvis den nu ligger helt ovre i Kalundborg?").text


def test_what_about_asks_something_new_of_the_help(talk: Conversation) -> None:
    talk.say("hvad koster det at få hjælp til at gøre rent i Gladsaxe?")
    assert talk.say("hvad med weekenden?").facet == "schedule"
    assert "rengøringsartikler" in talk.say("hvad med rengøringsmidler").text
    other = talk.say("og hvad med madlavning?")
    assert (other.facet, other.service) == ("cost", "gladsaxe-madlavning")


def test_level_told_last_holds_for_the_next_help(talk: Conversation) -> None:
    talk.say("hvor mange timer til praktiske opgaver i Glostrup hvis det er moderat")
    assert "8 timer" in talk.say("hvad med svære?").text
    assert "svære problemer (3)" in talk.say("hvad med hygiejne?").text


def test_who_to_ring_is_about_the_number_whatever_else_fits_the_words(talk: Conversation) -> None:
    told = talk.say("hvem ringer jeg til om flytning i Glostrup?")
    assert (told.status, told.facet) == ("not_stated", "contact")


def test_complaint_as_such_is_no_complaint_of_a_member_of_staff(talk: Conversation) -> None:
    talk.say("hvad koster hjælp til tøjvask i Gladsaxe?")
    assert "medarbejder" not in talk.say("hvordan klager jeg?").text.split("\n")[0]


def test_other_subject_is_refused_whatever_its_question_sounds_like(talk: Conversation) -> None:
    for text in (
        "Jeg vil gerne forny mit pas i Brønderslev. Hvad koster det?",
        "Hvor meget får man i folkepension, når man er enlig?",
    ):
        assert talk.say(text).status == "out_of_scope"


def test_other_subject_that_is_only_told_refuses_nothing(talk: Conversation) -> None:
    told = talk.say(
        "Min datter er 24 og får kontanthjælp. Vi bor i Brønderslev. Hvor ringer jeg hen for at søge støtte til hende?"
    )
    assert "99454705" in phones(told.text)


def test_all_that_there_is_under_a_paragraph_is_the_list(talk: Conversation) -> None:
    told = talk.say("Hvad er der overhovedet af støtte at få efter § 85 i Gladsaxe?")
    assert "madlavning" in told.text and "flytning" in told.text


def test_ranking_in_a_comparison_is_between_those_compared(talk: Conversation) -> None:
    talk.say("er der forskel på Gladsaxe og Gentofte når det gælder økonomi?")
    fastest = talk.say("hvem er hurtigst?")
    assert fastest.facet == "processing_time" and "Brønderslev" not in fastest.text
    assert talk.say("og hvem er billigst?").facet == "cost"


def test_hint_in_words_leads_to_no_other_facet(talk: Conversation) -> None:
    talk.say("hvor længe skal vi vente på svar i Brønderslev?")
    assert talk.say("hvad med om natten").text.startswith("I særlige tilfælde kan det aftales, at du får støtte om aftenen")


def test_corrections_keep_what_was_asked(talk: Conversation) -> None:
    assert "2 timer" in talk.say("Hvor mange timer kan man få til rengøring i Glostrup med lette problemer?").text
    assert "4 timer" in talk.say("nej ikke rengøring, madlavning").text
    assert "8 timer" in talk.say("og det er svært, ikke let").text
    moved = talk.say("Nej undskyld, Gladsaxe mente jeg.")
    assert moved.municipality == "gladsaxe"


def test_another_help_only_named_is_asked_the_same(talk: Conversation) -> None:
    assert "4 timer" in talk.say("Min bror har moderate problemer. Hvor mange timer kan han få til rengøring i Glostrup?").text
    assert "6 timer" in talk.say("og madlavning?").text
    assert "2 timer" in talk.say("og hygiejne?").text
    assert "1 time" in talk.say("hvad med økonomi så?").text


def test_going_back_to_a_help_by_its_name(talk: Conversation) -> None:
    talk.say("Hvor meget hjælp til rengøring kan jeg få i Glostrup med lette problemer?")
    assert talk.say("Kan jeg også få hjælp til at søge boligsikring, når jeg flytter?").service == "glostrup-flytning"
    assert talk.say("Tilbage til rengøringen, hvem kommer og gør det?").service == "glostrup-praktiske-opgaver"
    assert "6 måneder" in talk.say("Og hvor længe går der, før det skal vurderes igen?").text


def test_help_asked_about_outlives_a_place_without_a_document(talk: Conversation) -> None:
    assert (
        talk.say("Jeg bor i Ballerup og vil vide, hvor mange timer man kan få til rengøring.").status == "unknown_municipality"
    )
    then = talk.say("Okay, min mor bor i Glostrup. Hun har svære problemer. Hvor mange timer kan hun få?")
    assert then.service == "glostrup-praktiske-opgaver" and "8 timer" in then.text


def test_both_places_are_the_two_talked_about(talk: Conversation) -> None:
    talk.say("Hvem kan få støtte til madlavning i Gladsaxe?")
    talk.say("og hvis jeg flytter til Glostrup?")
    both = talk.say("Er det de samme timer begge steder?").text
    assert "Gladsaxe" in both and "Glostrup" in both and "timer" in both


def test_cheaper_elsewhere_compares_with_the_place_before(talk: Conversation) -> None:
    talk.say("Hvad koster støtte til tøjvask i Gladsaxe?")
    both = talk.say("Er det billigere i Gentofte, hvor min søster bor?")
    assert both.facet == "cost" and "Gladsaxe" in both.text and "Gentofte" in both.text


def test_whole_scale_is_told(talk: Conversation) -> None:
    scale = talk.say("Hvad betyder skalaen fra 0 til 4 i Glostrup?").text
    assert all(word in scale for word in ("intet", "let", "moderat", "svært", "fuldstændigt"))


def test_what_there_is_beside_a_help(talk: Conversation) -> None:
    listed = talk.say("hvad kan man få hjælp til i Gladsaxe ud over rengøring?")
    assert listed.service == "" and "tøjvask" in listed.text


def test_question_that_points_back_is_answered_beside_another(talk: Conversation) -> None:
    reply = talk.say(
        "Jeg roder rundt i mine piller, og naboen siger, støtten i Gentofte kan gå ind i det. Kan den det, og koster det noget?"
    )
    assert "medicin" in reply.text and FREE in reply.text


def test_who_asks_for_a_person_may_tell_who_they_are(talk: Conversation) -> None:
    assert phones(talk.say("er 24 og på su, bor i brønderslev, giv mig et nummer til et menneske").text) == {"99454705"}


def test_talk_about_a_help_goes_on_beside_a_kind_that_is_not_described(talk: Conversation) -> None:
    talk.say("kan man få hjælp til struktur i hverdagen i Gladsaxe?")
    assert talk.say("hvad for nogle hjælpemidler lærer man at bruge").service == "gladsaxe-struktur"


def test_thanks_yield_to_what_is_asked_beside_them(talk: Conversation) -> None:
    reply = talk.say("tak skal du have, men hvor længe skal jeg vente på svar i Brønderslev?")
    assert reply.facet == "processing_time" and "5 uger" in reply.text
    assert "Selv tak" in talk.say("tak skal du have").text


def test_place_told_with_another_subject_is_kept(talk: Conversation) -> None:
    assert talk.say("hvad koster et nyt pas i Gentofte?").status == "out_of_scope"
    assert talk.say("hvad koster bostøtte?").municipality == "gentofte"


def test_support_in_general_is_the_same_help_in_another_municipality(talk: Conversation) -> None:
    talk.say("Hvem leverer støtten i Gentofte?")
    there = talk.say("Hvem leverer den tilsvarende ydelse i Glostrup?")
    assert there.service == "glostrup-paragraf-85" and "kommunens egne" in there.text


def test_what_depends_on_the_help_is_compared_for_support_in_general(talk: Conversation) -> None:
    both = talk.say("Hvem giver støtten i Glostrup og i Gentofte?").text
    assert "kommunens egne socialpædagogiske medarbejdere" in both and "Det gælder Socialpædagogisk støtte § 85." in both


def test_document_without_the_help_of_another_says_so_side_by_side(talk: Conversation) -> None:
    both = talk.say("Min bror er hjemløs. Er der noget særligt til ham i Brønderslev? Og i Gentofte?").text
    brønderslev, gentofte = both.split("\n\n")[1:3]
    assert "§ 85 a" in brønderslev and "ikke" in gentofte and "hjemløs" in gentofte


def test_a_no_leads_to_complaining(talk: Conversation) -> None:
    talk.say("Hvor lang er svarfristen i Brønderslev?")
    assert talk.say("og hvis det er et nej?").facet == "complaint"


def test_difference_in_size_repeats_the_comparison(talk: Conversation) -> None:
    talk.say("hvem svarer hurtigst, Brønderslev eller dokumentet uden kommunenavn?")
    assert talk.say("hvor meget er forskellen?").facet == "processing_time"


def test_a_word_asked_of_both_places_is_about_the_help_before(talk: Conversation) -> None:
    talk.say("glostrup indkøb og madlavning, moderat, timer om måneden?")
    talk.say("samme i gladsaxe?")
    both = talk.say("opf. begge steder?").text
    assert "Det gælder Støtte og træning til indkøb og madlavning (§ 85)." in both and "6 måneder" in both


def test_another_span_of_time_is_no_answer_to_the_one_asked_for(talk: Conversation) -> None:
    both = talk.say("Hvornår starter støtten til økonomi, når man har fået den bevilget, i Glostrup og i Gladsaxe?")
    assert both.status == "not_stated" and "6 måneder" not in both.text


def test_whether_it_is_the_same_person_repeats_no_question(talk: Conversation) -> None:
    talk.say("koster bostøtte noget i Brønderslev?")
    assert "forskellige medarbejdere" in talk.say("er det den samme person hver gang?").text


def test_a_look_at_two_helps_tells_what_each_includes(talk: Conversation) -> None:
    both = talk.say("sammenlign støtte til madlavning i gladsaxe og glostrup").text.split("\n\n")
    assert "Støtten kan omfatte" in both[1] and "Støtten kan omfatte" in both[2]


def test_all_four_municipalities_are_compared(talk: Conversation) -> None:
    assert "For Gentofte står der ikke noget om det" in talk.say("har alle fire kommuner hjælp til at flytte?").text


def test_catchwords_of_staff_are_answered_one_by_one(talk: Conversation) -> None:
    text = talk.say("glostrup hygiejne svær: timer? hvor? revisit?").text
    assert "4 timer" in text and "6 måneder" in text and "egen bolig" in text
    assert text.count("Svaret gælder") == 1 and text.count("Kilde:") == 3


def test_level_among_catchwords_is_no_question_of_its_own(talk: Conversation) -> None:
    text = talk.say("glostrup indkøb og madlavning, moderat, timer om måneden?").text
    assert "6 timer" in text and "ledsage" not in text


def test_few_words_that_point_back_stay_with_the_help(talk: Conversation) -> None:
    talk.say("hvor er der opgangsbofællesskaber i Glostrup")
    assert talk.say("må jeg så bo der resten af livet?").service == "glostrup-opgangsfaellesskab"
    assert talk.say("og det med rengøringen?").service == "glostrup-praktiske-opgaver"


def test_what_fits_the_help_talked_about_is_not_refused(talk: Conversation) -> None:
    talk.say("hvor mange timer har jeg en ledsager efter § 97 i Glostrup?")
    assert "udland" in talk.say("ferie sydpå?").text
    assert talk.say("hvem vinder superligaen i år").status == "out_of_scope"


def test_the_quickest_of_all_municipalities_needs_no_names(talk: Conversation) -> None:
    text = talk.say("hvem af jeres kommuner er hurtigst til at svare på en ansøgning").text
    assert "Brønderslev" in text and "5 uger" in text and "Gladsaxe" in text


def test_the_whole_scale_is_told(talk: Conversation) -> None:
    text = talk.say("gider du vise mig hele den skala de bruger i glostrup, fra 0 og op").text
    assert all(word in text for word in ("intet", "let", "moderat", "svært", "fuldstændigt"))


def test_deadline_of_an_application_is_not_told_beside_that_of_a_complaint(talk: Conversation) -> None:
    text = talk.say("Jeg har klaget til Brønderslev Kommune. Hvor lang tid har de til at kigge på sagen igen?").text
    assert "4 uger" in text and "5 uger" not in text


def test_definition_is_told_only_to_who_names_it(talk: Conversation) -> None:
    talk.say("Nu vil Gentofte sætte min datter i en gruppe. Er det nødvendigvis sådan?")
    assert "Housing first" not in talk.say("Hvad er tanken så med det, hvis hun får det for sig selv?").text
    assert "bolig først" in talk.say("hvad betyder housing first?").text


def test_town_of_something_one_goes_to_is_no_other_municipality(talk: Conversation) -> None:
    talk.say("gladsaxe, kan man øve sig i at snakke med folk?")
    assert talk.say("kan de så tage med mig til lan i aalborg").municipality == "gladsaxe"


def test_question_before_adds_nothing_to_what_is_not_stated(talk: Conversation) -> None:
    talk.say("Hvornår bliver støtten til hygiejne vurderet igen i Glostrup?")
    reply = talk.say("og hvad koster det?")
    assert reply.status == "not_stated" and "6 måneder" not in reply.text


def test_who_knows_of_no_help_is_told_what_there_is(talk: Conversation) -> None:
    story = "Jeg er værge for en mand på 45 i Glostrup, han har skizofreni og bor i egen lejlighed der flyder."
    reply = talk.say(f"{story} Hvad kan kommunen tilbyde?")
    assert reply.facet == "overview" and not reply.service
    assert "praktiske opgaver" in reply.text.split("beskriver")[0] and "Støtte- og kontaktperson (§ 99)" in reply.text


def test_everything_after_the_colon_is_asked(talk: Conversation) -> None:
    text = talk.say("gladsaxe tøjvask: sted, pris, frit valg").text
    assert "botilbud eller i dit eget hjem" in text and "vaskepulver" in text and "frit valg" in text


def test_catchword_beside_another_subject_asks_of_no_help(talk: Conversation) -> None:
    assert talk.say("Hvor meget stiger folkepensionen til januar, kære ven?").status == "out_of_scope"


def test_level_may_be_told_by_how_it_differs(talk: Conversation) -> None:
    talk.say("glostrup, oprydning og rengøring, ligger på moderat, hvor meget")
    assert "op til 8 timer" in talk.say("og en tand værre?").text


def test_number_after_levels_is_a_level(talk: Conversation) -> None:
    talk.say("glostrup vum skala 0 og 1 = ?")
    assert "fuldstændigt problem" in talk.say("4?").text


def test_question_about_newcomers_does_not_start_over(talk: Conversation) -> None:
    talk.say("gladsaxe fastholdelse soc/kogn. ramme?")
    assert "aldrig fået socialpædagogisk støtte" in talk.say("kan en helt ny borger få den").text


def test_first_message_that_asks_in_words_is_answered(talk: Conversation) -> None:
    reply = talk.say("er 18 og bor alene i glostrup nu, hvad hjælper de med derhjemme?? altså alt det voksne")
    assert "indkøb og madlavning" in reply.text


def test_what_there_is_of_a_paragraph_is_the_list(talk: Conversation) -> None:
    reply = talk.say("Jeg er ny frivillig i Gladsaxe og vil kende paletten. Hvad har kommunen egentlig af § 85-ting?")
    assert all(word in reply.text for word in ("tøjvask", "madlavning", "økonomi"))


def test_deadline_of_two_kinds_of_help(talk: Conversation) -> None:
    reply = talk.say(
        "Er revisitering i Glostrup efter den samme frist for ledsagerordning (§ 97) som for indkøb og madlavning?"
    )
    assert "1 år" in reply.text and "6 måneder" in reply.text


def test_way_back_to_the_place_talked_of_first(talk: Conversation) -> None:
    talk.say("kommer de også om aftenen i Brønderslev?")
    assert talk.say("og hvad så i Gentofte").municipality == "gentofte"
    assert talk.say("tilbage til der hvor jeg bor nu, er det den samme dame hver gang").municipality == "broenderslev"
    talk.say("hvad koster støtten i Gentofte?")
    assert talk.say("og hos os?").municipality == "broenderslev"


def test_support_told_beside_a_foreign_subject_is_not_refused(talk: Conversation) -> None:
    reply = talk.say(
        "Det startede med en parkeringsbøde, nu skylder jeg fire tusind. Jeg har ligget søvnløs hele ugen i Brønderslev."
        " Kan den støtte, jeg får, hjælpe mig med at aftale, at jeg betaler lidt ad gangen?"
    )
    assert "afdrag" in reply.text


def test_two_ages_get_the_number_of_each(talk: Conversation) -> None:
    reply = talk.say("Min bror på 24 og min mand på 51 skal søge i Brønderslev. Er det samme telefonnummer, de skal ringe til?")
    assert "9945 4421" in reply.text and "9945 4705" in reply.text


def test_two_bare_paragraphs_in_a_long_message_are_set_beside_each_other(talk: Conversation) -> None:
    reply = talk.say("hvd er forskelen på 107 og 108 botilbdu i glostrup, jeg kna ikke hitte ued af det")
    assert "§ 107" in reply.text and "§ 108" in reply.text and "afgrænset periode" in reply.text


def test_list_has_one_heading(talk: Conversation) -> None:
    reply = talk.say("Hvad kan jeg få hjælp til i Glostrup, når jeg skal flytte, og hvor mange timer får jeg?")
    assert "Det indgår: Støtten kan omfatte" not in reply.text


def test_of_two_places_the_one_asked_about_is_told(talk: Conversation) -> None:
    reply = talk.say(
        "Skal pædagogerne hos jer i Brønderslev have en uddannelse? I Gentofte, hvor min nevø bor, står der noget."
    )
    assert reply.municipality == "broenderslev"
    reply = talk.say("i gentofte hvem skriver jeg til for at søge? i brønderslev fik jeg bare et nr til ungecenteret")
    assert reply.municipality == "gentofte" and phones(reply.text) == set()


def test_question_here_and_question_there_are_compared(talk: Conversation) -> None:
    reply = talk.say("Min ekskone siger, der er en fast svarfrist i Glostrup. Er der det? Og hvad er den hos os i Brønderslev?")
    assert compared(reply) == {"glostrup", "broenderslev"} and "5 uger" in reply.text


def test_whole_list_of_what_is_left_out(talk: Conversation) -> None:
    reply = talk.say("hvad er ikke med i støtten i Brønderslev")
    assert reply.text.count("•") > 10 and "samtaleterapi" in reply.text and "integrationsbistand" in reply.text


def test_each_item_of_an_enumeration_is_asked(talk: Conversation) -> None:
    reply = talk.say("gladsaxe: kan en VUM 4'er få a) struktur b) rengøringstræning")
    assert "struktur" in reply.text and "praktiske opgaver" in reply.text


def test_wanting_the_same_is_no_answer_to_what_is_asked_besides(talk: Conversation) -> None:
    talk.say("hvem udfører støtten til indkøb i Glostrup")
    reply = talk.say("min tante vil have det samme, hvor mange timer får hun")
    assert (reply.facet, reply.service) == ("extent", "glostrup-indkoeb-madlavning") and "timer" in reply.text


def test_foreign_subject_beside_two_places_is_not_refused(talk: Conversation) -> None:
    reply = talk.say(
        "Sover hos venner og i min Skoda. Kan bo i både Brønderslev og Glostrup. Hvad har hver af dem til sådan en?"
    )
    assert compared(reply) == {"broenderslev", "glostrup"}


def test_everyday_word_for_several_kinds_of_help_tells_of_each(talk: Conversation) -> None:
    reply = talk.say("hvad er der af dagtilbud i Glostrup?")
    assert "Beskyttet beskæftigelse (§ 103)" in reply.text and "Aktivitets- og samværstilbud (§ 104)" in reply.text
    reply = talk.say("Hvad har Glostrup af steder, man kan bo med hjælp omkring sig?")
    assert all(f"(§ {number})" in reply.text for number in ("85", "107", "108"))


def test_what_there_is_beside_a_paragraph_leaves_it_out(talk: Conversation) -> None:
    reply = talk.say("Hvilke tilbud ud over § 85 beskriver Glostrup?")
    assert "(§ 99)" in reply.text and "(§ 85)" not in reply.text
    reply = talk.say("hvad har Glostrup af hjælp ud over ledsagerordningen?")
    assert "(§ 85)" in reply.text and "(§ 97)" not in reply.text


def test_short_list_is_told_whole(talk: Conversation) -> None:
    reply = talk.say("hvad omfatter støtten i Gentofte?")
    assert all(word in reply.text for word in ("medicin", "hygiejne", "netværk", "post", "madlavning", "velfærdsteknologi"))


def set_beside(reply: Reply) -> set[str]:
    """The services of one municipality that an answer sets beside each other."""
    return {part["service"]["id"] for part in reply.custom.get("parts", []) if part.get("service")}


def test_kinds_of_help_in_passing_words_are_set_beside_each_other(talk: Conversation) -> None:
    both = {"glostrup-indkoeb-madlavning", "glostrup-praktiske-opgaver"}
    reply = talk.say("Bor i Glostrup, moderate problemer. Får jeg flest timer til at lave mad og købe ind eller til rengøring?")
    assert set_beside(reply) == both and "6 timer" in reply.text and "4 timer" in reply.text
    then = talk.say("og hvis det er svære problemer?")
    assert set_beside(then) == both and "8 timer" in then.text and "6 timer" not in then.text


def test_same_question_of_two_helps_is_one_question(talk: Conversation) -> None:
    reply = talk.say("Min indkøbshjælp i Glostrup og min ledsagerordning, hvornår bliver de fulgt op, eller er der forskel?")
    assert set_beside(reply) == {"glostrup-indkoeb-madlavning", "glostrup-ledsagerordning"}
    assert reply.text.count("Fristen for opfølgning er kortest for") == 1 and "6 måneder" in reply.text and "1 år" in reply.text


def test_move_takes_over_the_help_and_what_was_asked(talk: Conversation) -> None:
    talk.say("Min bror lader pillerne ligge. Kan støtten i Gentofte gøre noget ved det?")
    reply = talk.say("Og hvad nu hvis han flytter hjem til mig i Glostrup?")
    assert reply.service == "glostrup-behandling" and "medicin" in reply.text


def test_naming_another_place_and_its_help_asks_the_same(talk: Conversation) -> None:
    talk.say("Hvornår bliver der fulgt op på støtten til egen hygiejne i Glostrup?")
    reply = talk.say("Og i Gladsaxe, når det er træning i egenomsorg?")
    assert (reply.status, reply.facet, reply.service) == ("not_stated", "follow_up", "gladsaxe-egenomsorg")


def test_after_the_list_of_all_help_one_of_them_is_told(talk: Conversation) -> None:
    talk.say("hvilke slags støtte er der i Glostrup?")
    assert talk.say("og hygiejne?").service == "glostrup-hygiejne"


def test_who_decides_on_hours_is_told_in_a_talk_about_one_kind_of_help(talk: Conversation) -> None:
    talk.say("hvor mange timer til netværk i Glostrup, svære problemer?")
    assert "Visitationsudvalget" in talk.say("hvem bestemmer hvor mange timer det bliver i sidste ende?").text


def test_everything_under_a_theme_is_told(talk: Conversation) -> None:
    reply = talk.say("hvad dækker temaet kommunikation i Brønderslev?")
    assert "»Kommunikation«" in reply.text and "digitale" in reply.text and "offentlige myndigheder" in reply.text


def test_whole_list_of_one_help(talk: Conversation) -> None:
    reply = talk.say("flyttestøtten i Glostrup: giv mig hele listen over hvad de hjælper med")
    assert all(word in reply.text for word in ("boligsikring", "flyttefirma", "nøgler", "papirer"))


def test_course_from_asking_for_help_until_it_is_there(talk: Conversation) -> None:
    reply = talk.say("kan du tage mig trin for trin fra min søn søger i Brønderslev, til støtten er der?")
    told = [reply.text.index(word) for word in ("samtale", "5 uger", "14 dage")]
    assert told == sorted(told)
    reply = talk.say("og klageforløbet trin for trin?")
    assert reply.facet == "complaint"


def test_two_paragraphs_of_one_help_are_told_apart(talk: Conversation) -> None:
    reply = talk.say("hvad er forskellen på 85 og 85a i Brønderslev?")
    assert "hjemløs" in reply.text and "funktionsevne" in reply.text and "§ 85 a" in reply.text


def test_missing_number_is_said_beside_one_that_is_stated(talk: Conversation) -> None:
    reply = talk.say("jeg er 45 og skal bruge telefonnummeret til støtten både i Brønderslev og i Gentofte")
    assert phones(reply.text) == {"99454421"} and "oplyser ikke et telefonnummer" in reply.text


def test_hours_asked_for_a_level_are_said_to_be_missing(talk: Conversation) -> None:
    reply = talk.say("gladsaxe struktur i hverdagen, svær (3), timer/md?")
    assert "oplyser ikke et timetal" in reply.text


def test_claim_that_it_is_so_in_one_place_only_compares_both(talk: Conversation) -> None:
    reply = talk.say("Min svoger siger, at man kan få rengøring i Glostrup, men ikke i Gladsaxe. Passer det?")
    assert compared(reply) == {"glostrup", "gladsaxe"}


def test_indirect_questions_in_a_row_are_answered_in_order(talk: Conversation) -> None:
    reply = talk.say("Vil De fortælle mig om støtten i Brønderslev, om jeg skal betale, og hvad man forventer af mig?")
    assert reply.text.index(FREE) < reply.text.index("deltage")


def test_keywords_after_names_in_a_row_are_read(talk: Conversation) -> None:
    reply = talk.say("gentofte brønderslev kvalitetsstandard vedtaget dato")
    assert reply.facet == "approval" and "2014" in reply.text and "2024" in reply.text


def test_each_of_two_questions_is_asked_of_both_helps(talk: Conversation) -> None:
    reply = talk.say("gladsaxe tøjvask vs rengøring – egenbetaling + hvor tit?")
    assert reply.text.count("Sådan beskriver dokumentet") == 2
    assert all(word in reply.text for word in ("vaskepulver", "rengøringsartikler", "hver uge"))


def test_companion_may_come_abroad(talk: Conversation) -> None:
    talk.say("hvor mange timer er ledsagerordningen i Glostrup?")
    reply = talk.say("må ledsageren komme med til Kreta?")
    assert reply.text.startswith("Ja.") and "udlandet" in reply.text


def test_two_paragraph_numbers_need_no_word_that_sets_them_apart(talk: Conversation) -> None:
    reply = talk.say("glostrup 103 104 dage om ugen")
    assert {part["service"]["id"] for part in reply.custom["parts"]} == {
        "glostrup-beskyttet-beskaeftigelse",
        "glostrup-aktivitetstilbud",
    }
    assert "3-5 dage" in reply.text and "deltid" in reply.text
    assert "Mosetoften" in (each := talk.say("hvor henne ligger de hver især?").text) and "Soltoften" in each


def test_what_holds_for_both_helps_is_told_once(talk: Conversation) -> None:
    reply = talk.say("hvor tit får man madlavning og hvor tit indkøb i Gladsaxe, er der forskel?")
    assert "siger det samme" in reply.text and reply.text.count("Støtten kan gives hver uge") == 1
    assert "Træning i madlavning" in reply.text and "indkøb" in reply.text


def test_level_that_only_one_of_two_helps_is_for(talk: Conversation) -> None:
    text = talk.say("gladsaxe struktur vs. økonomi: borger vurderet til 4. hvem er i målgruppen?").text
    inside, outside = text.split("\n\n")[0].split("Det er de ikke")
    assert inside.startswith("Fuldstændige problemer (4)") and "struktur" in inside and "økonomi" in outside


def test_missing_hours_of_a_level_are_said_beside_those_of_another_help(talk: Conversation) -> None:
    talk.say("glostrup svære: netværk el. beskæftigelse, hvilken giver flest timer?")
    text = talk.say("og ved fuldstændige?").text
    assert "oplyser ikke et timetal ved fuldstændige problemer (4)" in text and "8 timer" in text


def test_what_one_help_leaves_to_the_other_goes_first(talk: Conversation) -> None:
    text = talk.say("hvad er forskellen på indkøb og madlavning i Gladsaxe?").text
    cooking = text[text.index("Træning i madlavning") :]
    assert cooking.index("medmindre") < cooking.index("planlægning af maden")


def test_two_numbers_for_the_same_thing_are_told_apart(talk: Conversation) -> None:
    text = talk.say("I Glostrup er der en ledsager efter 97 og en kontaktperson efter 99. Det er vel det samme?").text
    assert "§ 97" in text and "§ 99" in text and "opsøgende" in text


def test_paragraph_of_its_own_stands_for_the_help_of_the_municipality(talk: Conversation) -> None:
    reply = talk.say("de nævnte noget med § 99 i Glostrup, hvad er det for noget?")
    assert reply.service == "glostrup-kontaktperson" and "opsøgende" in reply.text


def test_second_sentence_may_ask_the_same_of_another_place(talk: Conversation) -> None:
    reply = talk.say("hvor hurtigt går støtten i gang i Brønderslev? og i Glostrup, står der noget om det")
    assert compared(reply) == {"broenderslev", "glostrup"} and "14 dage" in reply.text
    reply = talk.say("Brønderslev siger visse ting om demens. Siger Gentofte det samme?")
    assert compared(reply) == {"broenderslev", "gentofte"}


def test_only_a_person_and_a_place_ask_the_same_there(talk: Conversation) -> None:
    talk.say("jeg har fået afslag i Glostrup, hvad er klagefristen?")
    reply = talk.say("og vores søster i Gladsaxe?")
    assert (reply.facet, reply.municipality) == ("complaint", "gladsaxe")
    talk.say("hvilket nummer ringer man til i Brønderslev, når man er 27?")
    reply = talk.say("min kusine bor i Gentofte, hvad er deres?")
    assert (reply.facet, reply.municipality) == ("contact", "gentofte")


def test_idiom_in_a_question_on_help_is_no_other_subject(talk: Conversation) -> None:
    reply = talk.say(
        "Min onkel i Gladsaxe tror, at pædagogen bader ham, nu hvor han får træning i egenomsorg. Jeg siger, det er "
        "Hjemmeplejens bord. Hvem af os vinder kagen?"
    )
    assert reply.status == "answered" and "Hjemmeplejen" in reply.text


def test_follow_up_that_names_no_help_is_about_both(talk: Conversation) -> None:
    talk.say("hvad er forskellen på § 103 og § 104 i Glostrup?")
    often = talk.say("hvor tit kommer man der?").text
    assert "3-5 dage" in often and "deltid" in often
    paid = talk.say("får han penge for det?").text
    assert "arbejdsdusør" in paid and "Aktivitets- og samværstilbud" in paid


def test_everyday_name_of_support_is_set_beside_a_paragraph(talk: Conversation) -> None:
    reply = talk.say("I Glostrup siger de kontaktperson efter § 99, men jeg kender kun bostøtten. Hvad er forskellen?")
    assert {part["service"]["id"] for part in reply.custom["parts"]} == {"glostrup-kontaktperson", "glostrup-paragraf-85"}


def test_same_is_asked_of_another_place_by_a_verb(talk: Conversation) -> None:
    talk.say("hvor mange timer får min mor til rengøring i Glostrup, hun har svære problemer")
    reply = talk.say("og hvad giver de i Gladsaxe?")
    assert reply.municipality == "gladsaxe" and "moderate (2) til svære (3)" in reply.text


def test_level_narrows_the_hours_whatever_is_asked(talk: Conversation) -> None:
    text = talk.say("min søster har mestring af eget handicap i Glostrup med moderate problemer, hvad får hun?").text
    assert "op til 2 timer" in text and "6 timer" not in text


def test_two_helps_after_the_question_are_set_beside_each_other(talk: Conversation) -> None:
    reply = talk.say("hvem følger oftest op i Glostrup, værkstedet eller klubben?")
    assert len(reply.custom["parts"]) == 2 and all("6 måneder" in part["text"] for part in reply.custom["parts"])


def test_second_of_two_questions_is_not_answered_with_the_first(talk: Conversation) -> None:
    reply = talk.say("Hvem er opstartspakken i Glostrup for, og hvad får man egentlig med den?")
    assert "behov for at afklare" in reply.text.split("\n")[0] and "4 timer" in reply.text
    assert "Niveau 3 betyder" not in reply.text


def test_look_at_the_whole_tells_what_is_left_out_when_that_is_asked_too(talk: Conversation) -> None:
    text = talk.say("hvad går flyttestøtten i Gladsaxe ud på i store træk, og hvad gør de ikke?").text
    assert "flyttekasser" in text and "Det indgår ikke" in text


def test_look_at_the_whole_does_not_begin_with_what_is_left_out(talk: Conversation) -> None:
    text = talk.say("min søn har autisme og er 19, hvilke muligheder er der for ham i Brønderslev").text
    assert not text.startswith("Det indgår ikke")


def test_places_named_say_which_help_they_belong_to(talk: Conversation) -> None:
    text = talk.say("I Glostrup så vi både Mosetoften og Soltoften. Hvad er hvad?").text
    protected, social = text.index("Beskyttet beskæftigelse (§ 103)"), text.index("Aktivitets- og samværstilbud (§ 104)")
    assert (text.index("Mosetoften") > protected) and (text.index("Soltoften") > social)


def test_the_other_help_may_come_up_again_later(talk: Conversation) -> None:
    talk.say("hvad er forskellen på § 103 og § 104 i Glostrup?")
    talk.say("er der dusør på det beskyttede værksted?")
    text = talk.say("hvor ligger det ene og det andet?").text
    assert "Mosetoften" in text and "Soltoften" in text


def test_level_after_two_helps_is_about_both(talk: Conversation) -> None:
    talk.say("Glostrup: hvor mange timer er der til hygiejne, og hvor mange til indkøb, når man er moderat?")
    text = talk.say("og hvis de sætter mig til svær?").text
    assert "4 timer" in text and "8 timer" in text


def test_level_may_be_raised_in_a_longer_sentence(talk: Conversation) -> None:
    talk.say("hvor mange timer til rengøring i Glostrup ved moderat?")
    assert "8 timer" in talk.say("og hvis de nu sætter mig op til svær?").text


def test_what_there_is_besides_two_helps_is_listed(talk: Conversation) -> None:
    text = talk.say("Er det kun ledsagelse og rengøring Glostrup har, eller er der mere?").text
    assert "Beskyttet beskæftigelse" in text and "Specialundervisning" in text


def test_numbers_for_two_people_with_and_without_pension(talk: Conversation) -> None:
    text = talk.say("brødrene er 24, den ene har førtidspension, den anden har ikke. Er det samme nummer i Brønderslev?").text
    assert phones(text) == {"99454421", "99454705"}


def test_help_that_is_no_part_of_another_is_told_from_the_other(talk: Conversation) -> None:
    text = talk.say("gladsaxe madlavning / indkøb, er indkøb automatisk med når man får madlavning").text
    assert "medmindre den specifikt er bevilget" in text


def test_two_helps_are_compared_in_what_is_named_at_the_end(talk: Conversation) -> None:
    reply = talk.say("glostrup: § 99 kontra § 85, når det gælder lovgrundlag")
    assert [part["facet"] for part in reply.custom["parts"]] == ["legal_basis", "legal_basis"]


def test_amounts_of_two_helps_are_ranked(talk: Conversation) -> None:
    verdict = talk.say("glostrup hygiejne vs indkøb timer moderat").text.split("\n\n")[0]
    assert verdict.index("indkøb") < verdict.index("6 timer") < verdict.index("hygiejne") < verdict.index("2 timer")
    verdict = talk.say("Bliver man set på lige ofte i ledsagerordningen og på det beskyttede værksted i Glostrup?").text
    assert verdict.index("6 måneder") < verdict.index("1 år")


def test_more_for_one_help_than_for_the_other_asks_for_hours(talk: Conversation) -> None:
    reply = talk.say("Giver de mere til økonomi end til rengøring i Glostrup?")
    assert reply.facet == "extent" and "8 timer" in reply.text


def test_places_where_both_live_do_not_ask_where_help_is_given(talk: Conversation) -> None:
    reply = talk.say(
        "Jeg bor i Gentofte og min søster i Gladsaxe. Hjælper I med at forstå post begge steder, eller kun det ene?"
    )
    assert compared(reply) == {"gentofte", "gladsaxe"} and "post" in reply.text


# -- another paragraph, another place, two people, two helps ------------------------------------------------------------


def test_another_paragraph_is_asked_the_same_about_itself(talk: Conversation) -> None:
    talk.say("Hvem kan få en kontaktperson i Glostrup?")
    reply = talk.say("hvad så med § 85")
    assert reply.service == "glostrup-paragraf-85" and reply.facet == "eligibility"
    assert "hører under" not in reply.text


@pytest.mark.parametrize("again", ["seriøst?? er de mindre sløve i brønderslev", "og hvis han er Brønderslev-borger?"])
def test_what_is_hardly_said_of_another_place_is_what_was_asked_of_the_first(talk: Conversation, again: str) -> None:
    talk.say("hvad er sagsbehandlingstiden i det dokument uden kommunenavn?")
    assert "5 uger" in talk.say(again).text


def test_two_peoples_ages_get_both_numbers(talk: Conversation) -> None:
    text = talk.say("Mikkel er 24, Jeppe er 33, ingen af dem er på pension. Hvilket telefonnummer i Brønderslev?").text
    assert phones(text) == {"99454421", "99454705"}


def test_who_turns_thirty_gets_the_other_number(talk: Conversation) -> None:
    talk.say("Jeg er 29 og ikke på pension. Hvad er telefonnummeret i Brønderslev?")
    assert phones(talk.say("jeg runder de 30 til maj, er det så stadig det nummer?").text) == {"99454421"}


def test_level_the_help_is_not_for_is_told_before_the_hours(talk: Conversation) -> None:
    reply = talk.say("Hvor mange timer til netværk i Glostrup med lette problemer?")
    assert reply.text.startswith("Nej") and "moderate (2), svære (3) eller fuldstændige (4)" in reply.text


def test_two_helps_a_talk_begins_with_are_both_answered(talk: Conversation) -> None:
    reply = talk.say("i gladsaxe får jeg hjælp til tøjvask og madlavning, hvad koster det mig")
    assert len(reply.custom["parts"]) == 2 and "vaskepulver" in reply.text and "dine egne indkøb" in reply.text


def test_comparison_of_costs_tells_what_one_pays_oneself(talk: Conversation) -> None:
    text = talk.say("gladsaxe: indkøb, tøjvask, struktur – hvilken af de tre slipper man billigst fra").text
    assert "vaskepulver" in text and "det, du køber ind" in text


@pytest.mark.parametrize(
    "question",
    [
        "Hvilke af jeres dokumenter fortæller, hvornår hjælpen begynder, når den er bevilget?",
        "Findes der blandt jeres kommuner en, som begynder støtten inden for en bestemt frist?",
    ],
)
def test_questions_of_all_documents_are_answered_from_all(talk: Conversation, question: str) -> None:
    reply = talk.say(question)
    assert compared(reply) == {"broenderslev", "gentofte", "gladsaxe", "glostrup"} and "14 dage" in reply.text


def test_same_hours_of_two_helps_are_told_once(talk: Conversation) -> None:
    text = talk.say("skrevet op som svaer i glostrup, faar jeg mere hjaelp til at goere rent end til at lave mad?").text
    assert "siger det samme" in text and text.count("8 timer") == 1


def test_message_that_names_two_places_does_not_ask_which_there_are(talk: Conversation) -> None:
    reply = talk.say("vor kan jeg få hjelp te at få vener, er de beger kommuner gode te det? gentofe elr gladsakse")
    assert compared(reply) == {"gentofte", "gladsaxe"}


@pytest.mark.parametrize(
    ("told", "helps"),
    [
        (
            "min nevø i Gladsaxe kan ikke få vasket tøj, han spiser kun toast, og regningerne ligger i en pose",
            ["tøjvask", "madlavning", "økonomi"],
        ),
        ("rod overalt, ingen venner, aldrig til lægen - glostrup", ["praktiske opgaver", "netværk", "behandling"]),
        ("hun har ingen venner, og brevene hober sig op. Hvad findes der i Glostrup?", ["netværk", "økonomi"]),
    ],
)
def test_several_needs_are_told_a_help_each(talk: Conversation, told: str, helps: list[str]) -> None:
    first = talk.say(told).text.split("\n\n")[0]
    assert all(help_ in first for help_ in helps), first


def test_what_two_helps_are_compared_in_is_found_beside_their_names(talk: Conversation) -> None:
    reply = talk.say(
        "Er der forskel på midlertidigt og længerevarende botilbud i Glostrup, når man vil flytte til en anden kommune?"
    )
    assert "tilsvarende tilbud i en anden kommune" in reply.text and len(reply.custom["parts"]) == 2


def test_everyday_words_stand_for_all_kinds_of_a_place(talk: Conversation) -> None:
    assert len(talk.say("hvilke boligformer har Glostrup").custom["parts"]) == 3
    by_day = talk.say("hvad kan man lave om dagen i Glostrup, når man ikke kan arbejde")
    assert by_day.facet == "overview" and "§ 103" in by_day.text and "§ 104" in by_day.text


@pytest.mark.parametrize(
    ("asked", "begins"),
    [
        ("Skal jeg selv købe sæbe og klude, når de øver rengøring med mig i Gladsaxe?", "Ja. Du betaler selv"),
        ("Får jeg klude og sæbe betalt, når de øver rengøring med mig i Gladsaxe?", "Nej. Du betaler selv"),
        ("Skal jeg selv købe bøgerne, når jeg går til specialundervisning for voksne i Glostrup?", "Nej. Nødvendige"),
        ("Er det altid den samme, der kommer, når man får støtte i Brønderslev?", "Nej. Du må regne med"),
        ("Er det den samme, der kommer, eller skifter det, når man får støtte i Brønderslev?", "Du "),
        ("Kan jeg gemme mine ledsagertimer til sommer i Glostrup?", ""),
    ],
)
def test_yes_and_no_agree_with_what_follows(talk: Conversation, asked: str, begins: str) -> None:
    text = talk.say(asked).text
    assert text.startswith(begins)
    assert begins or not text.startswith("Nej"), "hours can be saved for six months"


@pytest.mark.parametrize(
    "asked",
    [
        "Vi sendte ansøgningen til Brønderslev i fredags, min pizza er kold. Hvor mange uger skal vi vente på svar?",
        "Skat, vi har søgt om det i Brønderslev. Hvor lang er sagsbehandlingstiden?",
    ],
)
def test_foreign_word_beside_a_plain_question_to_a_municipality_is_not_refused(talk: Conversation, asked: str) -> None:
    assert "5 uger" in talk.say(asked).text


@pytest.mark.parametrize("asked", ["Jeg skal have fornyet mit pas i Gentofte. Hvor lang tid tager det?", "pas gentofte pris"])
def test_foreign_question_to_a_municipality_is_refused(talk: Conversation, asked: str) -> None:
    assert talk.say(asked).status == "out_of_scope"


def test_clause_that_is_one_of_two_alternatives_gets_no_yes_or_no(talk: Conversation) -> None:
    text = talk.say("Min søn bor i Brønderslev. Vasker de ham, eller skal han selv vaske sig?").text
    assert "Ja. " not in text and "Nej. " not in text


def test_what_one_answer_tells_whole_is_not_told_again(talk: Conversation) -> None:
    asked = "hvem betaler hvis min ledsager skal med i biografen og med bussen i glostrup er det mig selv eller er det kommunen"
    text = talk.say(asked).text
    assert text.count("Du betaler både dine egne og ledsagerens udgifter") == 1


def test_heading_does_not_stand_before_another_one(talk: Conversation) -> None:
    text = talk.say("glostrup flytning: pulje timer, max periode, flyttemænd m. i?").text
    assert "Det indgår: " not in text and "Det indgår ikke: " in text


def test_every_provision_that_is_told_of_is_named(talk: Conversation) -> None:
    text = talk.say("Hvor lang er sagsbehandlingstiden i Gladsaxe?").text
    assert "retssikkerhedsloven § 3, stk. 1 og 2" in text and "skrive til dig" in text


def test_oddity_of_the_levels_is_told_wherever_they_are(talk: Conversation) -> None:
    text = talk.say(
        "Jeg har haft bostøtte i fire år og lært en masse fif. Jeg skal ikke lære mere, jeg er bare bange for, at det hele"
        " skrider, hvis ingen kigger til mig en gang imellem. Har Gladsaxe noget til sådan en som mig?"
    ).text
    assert "svære (2)" in text and "Bemærk: Dokumentet skriver" in text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("hvor tit følger de op på § 99 og på ledsagerordningen i Glostrup?", ("senest efter 6 måneder", "senest efter 1 år")),
        (
            "hvem giver støtten til beskyttet beskæftigelse og hvem til specialundervisning i Glostrup?",
            ("Mosetoften og Café Fri", "specialskoler for voksne"),
        ),
        ("glo § 85 hyg. let / øko. let, t. pr. md.", ("op til 1 time om måneden", "op til 1/2 time om måneden")),
    ],
)
def test_same_asked_of_two_helps_is_told_of_both(talk: Conversation, question: str, told: tuple[str, ...]) -> None:
    text = talk.say(question).text
    assert all(part in text for part in told)


def test_each_of_two_helps_is_told_at_its_own_level(talk: Conversation) -> None:
    text = talk.say("min søn er svær i økonomi og let i hygiejne i Glostrup. Hvor mange timer er det til hver?").text
    hygiene, money = text.split("\n\n")[1:3]
    assert "lette problemer (1)" in hygiene and "1 time" in hygiene and "svære" not in hygiene
    assert "svære problemer (3)" in money and "2 timer" in money and "lette" not in money


@pytest.mark.parametrize(
    ("question", "first"),
    [
        (
            "flyttestøtte eller opstartspakke i Glostrup, hvilken af dem har et loft på to måneder?",
            "Det er Støtte i forbindelse",
        ),
        (
            "specialundervisning eller beskyttet beskæftigelse i Glostrup, hvilken af dem slutter med en rapport?",
            "Det er Specialu",
        ),
        ("§ 99 eller § 97 i Glostrup, hvilken af dem er ikke for sindslidende?", "Sådan beskriver dokumentet"),
    ],
)
def test_one_of_two_helps_that_does_it_is_named(talk: Conversation, question: str, first: str) -> None:
    assert talk.say(question).text.startswith(first)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Hvor gammelt skal personalet være i Gentofte og i Gladsaxe?", "Kun Gentofte oplyser det."),
        ("har man frit valg af udfører i Gladsaxe og i Glostrup?", "Der er ikke frit valg i Gladsaxe. Glostrup oplyser kun"),
        ("må jeg gå i banken uden støttepersonen i Gladsaxe og i Glostrup, når det er hjælp til økonomi?", "Her er, hvad"),
    ],
)
def test_only_document_that_tells_it_is_named_where_the_others_are_plainly_silent(
    talk: Conversation, question: str, first: str
) -> None:
    assert talk.say(question).text.startswith(first)


@pytest.mark.parametrize("asked", ["følger min støtte med", "følger min plads med?", "kan jeg så tage min støtte med?"])
def test_whoever_moves_away_is_not_told_of_help_with_moving(talk: Conversation, asked: str) -> None:
    text = talk.say(f"jeg flytter fra Glostrup til København, {asked}").text
    assert text.startswith("Glostrup Kommunes dokument oplyser ikke i almindelighed, om støtten følger med")
    assert "slutter, når du flytter" not in text and "ikke noget dokument fra København" in text


def test_help_with_moving_is_still_told(talk: Conversation) -> None:
    text = talk.say("kan jeg få hjælp med at flytte til en ny lejlighed i Brønderslev").text
    assert "koordinere ind- og udflytning" in text and not text.startswith("Nej")


def test_right_to_a_home_elsewhere_is_told_where_help_is_not_said_to_go_along(talk: Conversation) -> None:
    first = talk.say("følger støtten med, når jeg flytter fra Glostrup til Gladsaxe?").text.split("\n")[0]
    assert "oplyser ikke i almindelighed, om støtten følger med" in first and "tilsvarende tilbud i en anden kommune" in first


def test_latest_after_is_not_held_against_after(talk: Conversation) -> None:
    text = talk.say("følger de op efter lige lang tid i Brønderslev og i dokumentet uden kommunenavn?").text
    assert not text.startswith("Fristen for opfølgning er den samme")


def test_what_both_tell_alike_is_said_first(talk: Conversation) -> None:
    text = talk.say("har man frit valg i Gentofte og Brønderslev?").text
    assert text.startswith("Det samme gælder begge steder: Du kan ikke selv vælge leverandør.")


def test_time_of_day_is_told_of_both_places(talk: Conversation) -> None:
    text = talk.say("kan man få støtte om aftenen i både Brønderslev og Glostrup?").text
    assert "om aftenen og/eller i weekenden" in text and "hverdage mellem kl. 8 og 20" in text


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Min far har fået Alzheimers. Kan han få socialpædagogisk støtte i Brønderslev?", "Støtte efter § 85 egner sig ikke"),
        ("Min lillebror i Glostrup har skizofreni. Kan han få ledsagerordning?", "Du kan ikke få ledsagerordningen, hvis"),
        ("Jeg har aldrig fået støtte. Kan jeg få fastholdelse af kompetencer i Gladsaxe?", "Har du aldrig fået"),
    ],
)
def test_whom_a_help_is_not_for_is_said_before_whom_it_is_for(talk: Conversation, question: str, first: str) -> None:
    assert first in talk.say(question).text[:140]


def test_word_of_the_document_is_explained_though_it_sounds_foreign(talk: Conversation) -> None:
    talk.say("Brønderslev")
    assert "Critical Time Intervention" in talk.say("hvad betyder CTI?").text
