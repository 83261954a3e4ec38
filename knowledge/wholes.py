"""What is told whole and not by what is nearest in words: a list, what stands under a theme, what sets two paragraphs apart."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.comparison import FEWEST
from knowledge.comparison_phrases import finds
from knowledge.danish import fold
from knowledge.facets import SCOPE
from knowledge.model import Fact, Municipality, Service
from knowledge.question import Memory, Question
from knowledge.scope import GENERAL, strongest
from knowledge.selection import Selection, everything
from knowledge.vocabulary import vocabulary

SHORT_LIST = 20  # things a help includes, up to which all of them are told to who asks for none in particular
LONG_ENOUGH = 5  # ... and from which they give an overview of it
PLAINLY_ONE = 0.7  # topic probability from which the list of all help is asked for one kind of need: "... til folk uden bolig"
PARTICULAR = 0.3  # topic probability from which one kind of help is meant and not the whole list
LISTED = ("not_included", "delivery_place", "citizen_obligations")  # facets beside what is included that may be a list
SURE = 0.5  # facet probability from which the list of a facet is asked for
GRANTED = ("eligibility", "extent", "assessment_method", "legal_basis")  # facets for which a theme is what need is judged by
LOOKS = (*SCOPE, "definition", "purpose")  # facets of who asks what a paragraph is about
COURSE = ("how_to_apply", "processing_time", "start_time", "follow_up")  # from asking for help on
STAGES = 3  # of them that a help must tell of
APART = ("legal_basis", "eligibility")  # facets that tell what sets two paragraphs apart
_DENIES = re.compile(r"\b(?:ikke|ikk|ej|aldrig|ingen|intet|undtag\w*|uden for|udenfor|hverken|udeluk\w*|falder ud)\b")
_THEME = re.compile(r"\btema\w*|\bomrade\w*|\bpunkt\w*|\bafsnit\w*")


def told_whole(
    question: Question, memory: Memory, municipality: Municipality, service: Service, facet: str, candidates: Sequence[Fact]
) -> Selection | None:
    """All of what is asked for, in the document's order; None when something particular is asked."""
    if found := _under_theme(question, service, facet) or _apart(question, service, facet) or _course(question, service):
        return found
    whole = _list_asked(question, municipality, service, facet)
    return everything(whole, list(candidates), question, memory) if whole else None


def _under_theme(question: Question, service: Service, facet: str) -> Selection | None:
    """What stands under the theme that a question names, where the document tells of a help theme by theme."""
    if len(question.mentions.themes) != 1 or facet in GRANTED or not _THEME.search(question.analysis.folded):
        return None
    heading = fold(vocabulary().themes[question.mentions.themes[0]].name)
    facts = [fact for fact in service.facts if fact.stated and fact.source and fold(fact.source.section) == heading]
    first = [fact for fact in facts if fact.facet == "purpose"]
    told = (*first, *(fact for fact in facts if fact.facet == "included"))
    return Selection("included", told, relevant=len(told), asked=facet) if len(told) > 1 else None


def _course(question: Question, service: Service) -> Selection | None:
    """What happens from asking for help until it is there and is looked at again, in that order."""
    if question.intent == "complaint" or not finds("course", question.analysis.folded):
        return None
    steps = [fact for facet in COURSE for fact in service.facts if fact.stated and fact.facet == facet]
    facets = {fact.facet for fact in steps}
    return Selection(COURSE[0], tuple(steps), relevant=len(steps), asked=COURSE[0]) if len(facets) >= STAGES else None


def _apart(question: Question, service: Service, facet: str) -> Selection | None:
    """What is said of each of two paragraphs that a help is given under: "hvad er forskellen på § 85 og § 85 a?"."""
    named = [paragraph for paragraph in question.mentions.paragraphs if paragraph in service.paragraphs]
    unsure = question.facets.get(facet, 0.0) < SURE
    if len(named) < FEWEST or not (unsure or facet in (*LOOKS, *APART)) or not finds("apart", question.analysis.folded):
        return None
    told = [fact for fact in service.facts if fact.stated and fact.facet in APART and _names_one(fact, named)]
    told.sort(key=lambda fact: APART.index(fact.facet))
    return Selection(APART[0], tuple(told), relevant=len(told), asked=facet) if len(told) > 1 else None


def _names_one(fact: Fact, paragraphs: Sequence[str]) -> bool:
    """Whether a fact is about one of the paragraphs alone."""
    return sum(bool(re.search(rf"§ {paragraph}(?! [a-d]\b)\b", fact.text)) for paragraph in paragraphs) == 1


def _list_asked(question: Question, municipality: Municipality, service: Service, facet: str) -> str:
    """The facet everything of which is asked for: what a service includes or does not; "" when something particular is asked.
    Where one service is all that a municipality has, a list that is short enough needs no word for it."""
    if question.flags.whole_list and (service.topics[0] != GENERAL or len(municipality.services) == 1):
        return facet if facet in LISTED and question.facets.get(facet, 0.0) >= SURE else "included"
    if len(municipality.services) > 1 or facet not in (*SCOPE, "overview"):
        return ""
    general = strongest({topic: p for topic, p in question.topics.items() if topic != GENERAL}) < PARTICULAR
    denies = facet == "not_included" and bool(_DENIES.search(question.analysis.folded))
    if denies and (question.flags.all_services or (general and asks_the_list(question, facet))):
        return facet
    included = sum(fact.stated and fact.facet == "included" for fact in service.facts)
    broad = general and included <= SHORT_LIST and facet == "included" and question.facets.get(facet, 0.0) >= SURE
    if facet == "overview" and included < LONG_ENOUGH:
        return ""  # a few examples are no overview
    of_all = question.flags.all_services and strongest(question.topics) < PLAINLY_ONE
    return "included" if of_all or (broad and question.flags.open) else ""


def asks_the_list(question: Question, facet: str) -> bool:
    """Whether the whole list of what is not included is asked for: what is included is then no answer."""
    return facet == "not_included" and question.flags.open and question.facets.get(facet, 0.0) >= SURE
