"""What sets the documents of municipalities themselves apart: how old they are, and how many kinds of help they describe."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.answer import ANSWERED, Answer
from knowledge.brief import join_items
from knowledge.comparison import FEWEST, TABLE, compare, kinds_of, place_name
from knowledge.comparison_phrases import finds
from knowledge.composition import service_label
from knowledge.model import Municipality
from knowledge.turn import Turn
from knowledge.wording import say, wording

APPROVAL, OVERVIEW = "approval", "overview"


def how_old(turn: Turn, facet: str, parts: Sequence[Answer]) -> str:
    """When the documents were adopted, the oldest first, and which tell none; "" where that is not asked."""
    if facet != APPROVAL or not finds("how_old", turn.question.analysis.asked_folded):
        return ""
    places = [part.municipality for part in parts if part.municipality]
    adopted = {place_name(place): _adopted(place) for place in places}
    known = sorted((date, name) for name, date in adopted.items() if date)
    silent = [name for name, date in adopted.items() if not date]
    if not known:
        return ""
    lines = [say("adopted", TABLE, name=name, date=_in_words(date)) for date, name in known]
    if len(known) < FEWEST:
        told = say("adopted_only", TABLE, told=lines[0])
    else:
        between = say("adopted_between", TABLE, told="; ".join(lines[1:-1])) if len(lines) > FEWEST else ""
        told = say("adopted_from", TABLE, oldest=lines[0], between=between, newest=lines[-1])
    return " ".join([told, *([say("adopted_silent", TABLE, names=join_items(silent))] if silent else [])])


def kinds_counted(turn: Turn, places: Sequence[Municipality]) -> Answer | None:
    """How many kinds of help the documents describe, the most first; None where that is not asked."""
    if not finds("most_kinds", turn.question.analysis.asked_folded):
        return None
    counted = sorted(places, key=lambda place: -len(kinds_of(place)))
    lines = [_kinds(place) for place in counted]
    parts = [Answer(ANSWERED, "", facet=OVERVIEW, municipality=place) for place in counted]
    return compare(OVERVIEW, parts, apart=say("kinds_counted", TABLE, told="; ".join(lines)))


def _kinds(place: Municipality) -> str:
    kinds = kinds_of(place)
    if len(kinds) == 1:
        return say("kinds_one", TABLE, name=place_name(place), service=service_label(kinds[0]))
    return say("kinds", TABLE, name=place_name(place), count=len(kinds))


def _adopted(place: Municipality) -> str:
    """The latest ISO date, or year and month, that a municipality's documents were adopted; "" where none tells it."""
    return max((approval.date for document in place.documents for approval in document.approved), default="")


def _in_words(adopted: str) -> str:
    """ "2014-06-04" -> "4. juni 2014"; "2017-08" -> "august 2017"."""
    year, month, *day = adopted.split("-")
    named = f"{wording(TABLE)['month_names'][int(month) - 1]} {year}"
    return f"{int(day[0])}. {named}" if day else named
