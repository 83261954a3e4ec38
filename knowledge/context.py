"""What a message takes from the turns before it, and what it leaves for the next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from knowledge.answer import ASK_BACK, UNKNOWN_MUNICIPALITY, Answer
from knowledge.comparison_phrases import means_all
from knowledge.complaints import COMPLAINT, asks_one_thing
from knowledge.danish import fold
from knowledge.facets import NEIGHBOURS, SCOPE, SHORT_FOLLOW_UP, likeliest
from knowledge.linking import MASK
from knowledge.missing import as_a_home
from knowledge.question import HELPS, INFORM, NO_TOPIC, REPEAT, Flags, Memory, Question, flags_of
from knowledge.scope import GENERAL, strongest
from knowledge.selection import LOOK
from knowledge.snapshot import Snapshot
from knowledge.turn import Turn
from knowledge.vocabulary import pattern, patterns, vocabulary

PEOPLE = frozenset(map(fold, (*vocabulary().language["people"], "vores", "jeres", "deres")))
PARAGRAPH_WORDS = frozenset(("§", "paragraf", "paragraffen", "efter", "under"))
SURE = 0.5  # facet probability from which a reply to "which municipality?" is a new question
NAMES_HELP = 0.3  # topic probability from which a message that completes another one names a help of its own
NAMED_BEFORE = 0.4  # topic probability of the question before from which it named a help
NAMES_PLAINLY = 0.85  # the same of a message that says that it asks the same
SUPPOSED = 0.25  # share of the question before in what a message supposes
PLAINLY = 0.75  # facet probability from which what a message supposes is plainly about something else
HINTED = 0.45  # facet probability below which "hvad med ..." says none plainly
STAYING = 0.9  # probability of the facet before, when a message stays with it
BEYOND_DOUBT = 0.9  # facet probability from which a message asks that, however it points back
STAYS = 0.6  # what a statement that names a place may have of a facet and a help of its own and still complete the question
WHAT_ABOUT = 8  # words that may follow "hvad med" when it continues the question before
HINTED_AT = 0.25  # facet probability below which a message that only names a help asks nothing of its own
MOVING = 22  # words of a message that only supposes that somebody moves
READ_AS_WELL = 0.2  # facet probability from which the facet that was answered is the one that was asked
IN_ITS_WORDS = 0.55  # likeness from which the help talked about says something in the words of a message
BARE = 2  # words of a message that is but the name of another help, to ask the same of it
FEW_LEFT = 3  # words beside fillers in which another help is only named
LEVEL_FACETS = ("extent", "eligibility", "schedule", "follow_up", "definition", "need_covered")  # a level narrows these
BY_LEVEL_ALONE = ("extent", "eligibility", "definition")  # facets that a level told alone asks for again; after others how much
AGE_FACETS = (
    "contact",
    "how_to_apply",
    "eligibility",
    "delivery_place",
    "overview",
    "need_covered",
)  # facets that an age narrows
SHORT_STATEMENT = 12  # words of a statement that may complete the question before
_COMPLETES = re.compile(r"^(?:det er |altså |det gælder )?(?:til|med|om|vedrørende|ang|angående|i forbindelse med|ved) ")
_WHAT_ABOUT = re.compile(
    r"^(?:og |å |ok |okay |nå |na |men )*"
    r"(?:hvad (?:så )?med|hvad så(?! hvis)|hvad i|(?:og|å|så) (?:i|for|til|ved|hos)|samme (?:\w+ )?(?:i|for|hos))\b"
)


_NUMBER = re.compile(
    r"^(?:og |ok |så |hvad med |hvad er )*(?:tallet |niveau |trin )?(nul|et|to|tre|fire|[0-4])(?: så)?(?: [?.!])*$"
)
_NUMBERS = {"nul": 0, "et": 1, "to": 2, "tre": 3, "fire": 4}
_STEP = r"\b(?:en tand|et hak|et trin|et niveau|en grad|en anelse|lidt|noget) "
_WORSE = re.compile(_STEP + r"(?:værre|dårligere|sværere|højere|op|mere)\b")
_MILDER = re.compile(_STEP + r"(?:bedre|lettere|mildere|lavere|ned|mindre)\b")
_AND_PLACE = re.compile(rf"^(?:ok |okay |nå |men )*(?:og|and|så) {MASK}\b")
_IF_MOVED = re.compile(
    rf"\bhvis (?:\S+ ){{1,5}}?(?:flytter?|flyttede|bor|boede|bosætter|hører til|kommer til|(?:er|var) (?:en )?{MASK})\b"
)
_ASKS_AFTER = re.compile(
    r"[,?] (?:og )?(?:hv\w+|kan|får|skal|må|har|er|vil|gælder|går|kommer) |\bhv(?:em|or|ornår|ordan|ilke\w*) "
)
_HOW_IS_IT = re.compile(r"\bhvor(?:dan|ledes) (?:\w+ ){1,2}(?:det|sig)(?: så)?(?: ud)?(?= (?:så )?hvis\b)")
_TOO = re.compile(r"\b(?:også|så)\b")
_ASKS_IF = re.compile(
    r"\b(?:kan|får|skal|må|har|er|vil|gælder|giver|findes|går|kommer|tager|koster)"
    r" (?:man|jeg|vi|han|hun|de|du|i|der|den|det)\b"
)
_OF_IT = re.compile(r"^(?:og |ok |okay |nå |na |men )*hvad (?:så )?med\b")
_AND = re.compile(r"^(?:ok |okay |nå |men )*(?:og|å|samt|eller|så|hvad (?:så )?med)\b|\b(?:så|altså)(?: [?.!])*$")
_OF_ANOTHER = re.compile(r"^(?:til|for|ved|med) (?:\w+ ){1,4}\?")  # "til rudekuverter og budget?"
_SUPPOSES = re.compile(r"^(?:og |ok |okay |men |hvad |så |nu )*hvis\b(?!.*\b(?:hvor|hvem|hvornår|hvad)\b)")
_DOING = frozenset(map(fold, vocabulary().language["yes_no_verbs"]))


def come_home(question: Question, memory: Memory) -> Memory:
    """Note the municipality that was talked of first; after others "og hos os?" is about that one."""
    home = memory.home or memory.municipality
    named = question.mentions.municipalities or question.mentions.unknown_municipalities
    back = not named and pattern("at_home").search(question.analysis.folded)
    return replace(memory, home=home, municipality=home if back else memory.municipality)


def turn_to_paragraph(snapshot: Snapshot, question: Question, memory: Memory) -> tuple[Question, Memory]:
    """After one help "og efter § 85?" asks the same of the help under that paragraph, and the one before is left."""
    topic = _help_of_paragraph(snapshot, question, memory) if memory.facets else ""
    if not topic:
        return question, memory
    flags = flags_of(snapshot.analyser.analyse(memory.text))
    question = replace(question, facets=memory.facets, topics={topic: 1.0}, flags=flags)
    return question, replace(memory, service="", topics={}, text="")


def complete(snapshot: Snapshot, question: Question, memory: Memory) -> tuple[Question, bool]:
    """An elliptical message ("og i Gentofte?") takes what it lacks from the last question."""
    question = _graded(_graded_alone(question, memory), memory)
    if memory.facet == "definition" and (number := _NUMBER.match(question.analysis.normalized)):
        return _of_level(question, int(_NUMBERS.get(number.group(1), number.group(1)))), False
    if _asks_of_the_help(question, memory):
        return replace(question, facets=_without(INFORM, question.facets)), False
    if memory.facets and question.intent == INFORM and pattern("asks_of_a_condition").search(question.analysis.folded):
        return replace(question, facets={"eligibility": 1.0}), False  # "jeg har skizofreni, er det et problem?"
    if memory.service and _stays_in_few(question):
        of_it = {"not_included": 1.0} if pattern("who_then").search(question.analysis.folded) else question.facets
        return replace(question, facets=of_it, topics=memory.topics or question.topics), False
    if memory.facets and _names_another_place(question, memory) and pattern("has_it_there").search(question.analysis.folded):
        return replace(question, facets=LOOK, topics=_of_service_before(snapshot, question, memory)), False
    if memory.service and pattern("paid_for_it").search(question.analysis.folded):
        return replace(question, topics=memory.topics or question.topics), False  # "får han løn for det?" asks of the work
    if not is_elliptical(question, memory):
        question = _supposing(question, memory)
        of_it = question.corrects or not memory.service or (memory.facets and _asks_the_same(question, memory))
        of_it = of_it or _goes_elsewhere(question, memory)
        question = _of_help_before(question, memory) if of_it else question
        question = _asked_there(question, memory)
        return (_staying(snapshot, question, memory) if stays_with(question, memory) else question), False
    if not memory.facets:
        return question, True
    if told := _told_in_words(snapshot, question, memory):
        return replace(question, facets={told: 1.0}, topics=memory.topics or question.topics), False
    # "hun er i samme båd, hvad kan hun få?" and "vent, i papiret står der svære" name a help only where that is plain
    same = _asks_the_same(question, memory) or (question.mentions.level is not None and _states(question))
    same = same and not question.corrects  # "nej, jeg mente fastholdelse af beskæftigelse, let"
    same = same or _moves(question, memory)  # "hvis hun flytter" names no help with moving
    own_topic = strongest(question.topics) >= (NAMES_PLAINLY if same else NAMES_HELP) and not as_a_home(question)
    continues = question.mentions.municipalities and _AND.search(question.analysis.normalized)
    if own_topic and memory.facet == COMPLAINT and not continues:
        return replace(question, facets=LOOK), False  # another help after a talk about complaining is looked at as a whole
    earlier = snapshot.linker.link(snapshot.analyser.analyse(memory.text))
    mentions = question.mentions
    if not own_topic:
        mentions = replace(mentions, paragraphs=mentions.paragraphs or earlier.paragraphs)
    if mentions.level is None:
        mentions = replace(mentions, level=memory.level)
    return replace(
        question,
        mentions=mentions,
        facets=_continued(memory, question),
        topics=_of_help(question.topics) if own_topic else _of_service_before(snapshot, question, memory) or question.topics,
        analysis=snapshot.analyser.analyse(f"{memory.text} . {question.analysis.normalized}"),
        flags=_flags_before(snapshot, question, memory, own_topic),
        reach={HELPS: 1.0} if memory.of_each and not own_topic else question.reach,
        completes=True,
    ), True


def _told_in_words(snapshot: Snapshot, question: Question, memory: Memory) -> str:
    """The facet of what the help talked about says in the very words of a message that only supposes something ("og hvis
    borgeren er døvblind?"); "" where its words fit nothing plainly, or tell a place, a level or another help."""
    service = snapshot.services.get(memory.service)
    same = (
        question.intent == memory.facet
        or memory.comparing
        or not (_asks(question) or _SUPPOSES.match(question.analysis.normalized))
    )
    if service is None or same or _tells(question, memory) or _other_help(question, memory) or not question.left:
        return ""
    matches = snapshot.match(question.analysis)
    nearest = max((fact for fact in service.facts if fact.stated), key=lambda fact: matches.of(fact).score, default=None)
    fits = nearest is not None and matches.of(nearest).score >= IN_ITS_WORDS
    return nearest.facet if nearest and fits and nearest.facet != memory.facet else ""


def _stays_in_few(question: Question) -> bool:
    """Whether a few words ask of the help talked about, whatever other help they name: "ledsagelse med?", "så ikke bad, hvem
    laver det?"."""
    named = question.mentions.municipalities or question.mentions.unknown_municipalities
    return not named and any(pattern(key).search(question.analysis.folded) for key in ("along_with_it", "who_then"))


def _of_service_before(snapshot: Snapshot, question: Question, memory: Memory) -> dict[str, float]:
    """The kinds of help of the question before; where another place is asked and the help that was told of is another kind,
    that kind: who was told of treatment asks of treatment, though what was asked last sounds like a companion."""
    service = snapshot.services.get(memory.service)
    if service is None or not _names_another_place(question, memory) or not memory.topics:
        return memory.topics
    last = max(memory.topics, key=memory.topics.__getitem__)
    plain = memory.topics[last] >= STAYING or last in service.topics or GENERAL in service.topics
    return memory.topics if plain else {service.topics[0]: 1.0}


def _help_of_paragraph(snapshot: Snapshot, question: Question, memory: Memory) -> str:
    """The kind of help under a paragraph that a message names with hardly another word: "og efter § 85?" after one of § 97."""
    named, before = question.mentions.paragraphs, snapshot.services.get(memory.service)
    municipality = snapshot.municipality((*question.mentions.municipalities, memory.municipality)[0])
    if len(named) != 1 or before is None or named[0] in before.paragraphs or municipality is None:
        return ""
    asks = question.flags.open and not _OF_IT.match(question.analysis.normalized)
    if asks or len([word for word in question.left if word not in PARAGRAPH_WORDS]) > 1:
        return ""
    under = [service.topics[0] for service in municipality.services if named[0] in service.paragraphs]
    return GENERAL if GENERAL in under else next(iter(under), "")


def _flags_before(snapshot: Snapshot, question: Question, memory: Memory, names_help: bool) -> Flags:
    """How the question before was asked; after the list of all help "og hygiejne?" asks of that help alone."""
    before = flags_of(snapshot.analyser.analyse(memory.text))
    return replace(before, promise=question.flags.promise, all_services=before.all_services and not names_help)


def tells_how_hard(question: Question, memory: Memory) -> bool:
    """Whether a message after an answer on a help tells how hard something is, and nothing else: "lidt svært", "3"."""
    talking = memory.service and memory.facets and len(question.analysis.words) <= SHORT_STATEMENT
    return bool(talking) and _level_alone(question) is not None


def _graded_alone(question: Question, memory: Memory) -> Question:
    """Such a message with the level that it tells."""
    level = _level_alone(question) if tells_how_hard(question, memory) else None
    return question if level is None else replace(question, mentions=replace(question.mentions, level=level, levels=(level,)))


def _level_alone(question: Question) -> int | None:
    return next((level for level, told in _levels_alone().items() if told.search(question.analysis.folded)), None)


@lru_cache(maxsize=1)
def _levels_alone() -> dict[int, re.Pattern[str]]:
    language = vocabulary().language
    return {
        level: re.compile(told.replace("LITTLE", language["graded_fillers"][0]))
        for level, told in language["graded_alone"].items()
    }


def _graded(question: Question, memory: Memory) -> Question:
    """After what one level gives "og en tand værre?" is about the next."""
    if memory.level is None or question.mentions.level is not None or len(question.analysis.words) > SHORT_FOLLOW_UP:
        return question
    step = bool(_WORSE.search(question.analysis.normalized)) - bool(_MILDER.search(question.analysis.normalized))
    if not step:
        return question
    level = min(max(memory.level + step, min(vocabulary().levels)), max(vocabulary().levels))
    return replace(question, mentions=replace(question.mentions, level=level, levels=(level,)))


def _supposing(question: Question, memory: Memory) -> Question:
    """ "og hvis han ikke bruger timerne?" asks about the matter before as much as about what its words sound like."""
    short = len(question.analysis.words) <= SHORT_FOLLOW_UP
    if not memory.facets or not short or not _SUPPOSES.match(question.analysis.normalized):
        return question
    question = replace(question, flags=replace(question.flags, yes_no=False))
    if question.intent == "complaint" or (question.intent != INFORM and likeliest(question) >= PLAINLY):
        return question  # "og hvis det er et nej?"
    facets = {facet: p * (1 - SUPPOSED) for facet, p in _without(INFORM, question.facets).items()}
    for facet, p in memory.facets.items():
        facets[facet] = facets.get(facet, 0.0) + p * SUPPOSED
    return replace(question, facets=facets)


def _of_level(question: Question, level: int) -> Question:
    """After the meaning of one level "og nul?" asks for that of another."""
    mentions = replace(question.mentions, level=level, levels=(level,))
    return replace(question, mentions=mentions, facets={"definition": 1.0}, flags=replace(question.flags, meaning=True))


def _goes_elsewhere(question: Question, memory: Memory) -> bool:
    """Whether a short message asks of another municipality: "og hvad kan de i Gladsaxe gøre ved det?"."""
    return bool(memory.facets) and len(question.analysis.words) <= SHORT_FOLLOW_UP and _names_another_place(question, memory)


def _asked_there(question: Question, memory: Memory) -> Question:
    """What is hardly said of another municipality is as likely what was asked of the first: "er de mindre sløve i Brønderslev?"
    after a time limit."""
    if not memory.facets or not _names_another_place(question, memory) or likeliest(question) >= SURE or question.flags.compare:
        return question
    names = question.facets.keys() | memory.facets.keys()
    return replace(
        question, facets={name: (question.facets.get(name, 0.0) + memory.facets.get(name, 0.0)) / 2 for name in names}
    )


def _names_another_place(question: Question, memory: Memory) -> bool:
    places = question.mentions.municipalities
    return len(places) == 1 and places[0] != memory.municipality


def _of_help_before(question: Question, memory: Memory) -> Question:
    """A correction that names no help ("nej, jeg mener Gladsaxe, hvad koster det dér?") is about the help before; so is what is
    asked where that help has not been told of yet: "hvor mange timer er det i Glostrup?" after a place without a document."""
    names_help = strongest(question.topics) >= NAMES_HELP or question.mentions.paragraphs
    return question if names_help or strongest(memory.topics) < NAMED_BEFORE else replace(question, topics=memory.topics)


def _of_help(topics: dict[str, float]) -> dict[str, float]:
    """The kinds of help a message that completes another one may name: naming none is left out."""
    rest = 1.0 - topics.get(NO_TOPIC, 0.0)
    return {topic: p / rest for topic, p in topics.items() if topic != NO_TOPIC}


def stays_with(question: Question, memory: Memory) -> bool:
    """Whether a short message stays with the matter before: after an answer about complaints "hvem bestemmer til sidst?" asks
    about the complaint and not about the help."""
    told = patterns("stays_with").get(memory.facet)
    if not told or len(question.analysis.words) > SHORT_FOLLOW_UP or strongest(question.topics) >= SURE:
        return False
    return bool(told.search(question.analysis.folded))


def _staying(snapshot: Snapshot, question: Question, memory: Memory) -> Question:
    """The message as one about the matter before; "og selve adressen?" is that of the office that was asked about."""
    facets = {facet: p * (1 - STAYING) for facet, p in question.facets.items()} | {memory.facet: STAYING}
    if memory.facet != "contact":
        return replace(question, facets=facets)
    together = snapshot.analyser.analyse(f"{memory.text} . {question.analysis.normalized}")
    topics = question.topics if strongest(question.topics) >= NAMES_HELP else memory.topics or question.topics
    return replace(question, facets=facets, analysis=together, topics=topics)


def _continued(memory: Memory, question: Question) -> dict[str, float]:
    """The facets of the question before; a level told afterwards asks how much help that gives, or who can have it."""
    before = max(memory.facets, key=memory.facets.__getitem__)
    if question.mentions.level is not None and (before not in LEVEL_FACETS or _level_alone(question) is not None):
        return {before: 1.0} if before in BY_LEVEL_ALONE else {"extent": 1.0}
    if question.mentions.age is not None and before not in AGE_FACETS and not question.mentions.municipalities:
        return {"eligibility": 1.0}
    return memory.facets


def is_elliptical(question: Question, memory: Memory) -> bool:
    """Whether a message lacks what the question before it has: "og i Gentofte?", "hun er 70"."""
    if not question.analysis.words:
        return False
    if memory.facet == COMPLAINT and question.flags.open and asks_one_thing(question):
        return False  # "og i Brønderslev, hvad er fristen der?" after where to send it
    mentions = question.mentions
    sure = likeliest(question)
    named = mentions.municipalities or mentions.unknown_municipalities
    if memory.facets and means_all(memory.awaiting, question.analysis.folded):
        return True
    if memory.awaiting == "municipality" and named and (sure < SURE or _states(question)):
        return True
    if memory.facets and named and _states(question) and max(sure, strongest(question.topics)) < STAYS:
        return True
    told, left = _tells(question, memory), question.left
    if question.flags.compare and len(mentions.municipalities) > 1:
        return False
    if memory.facets and question.corrects and not _asks(question):
        return bool(
            told or sure < SURE or strongest(question.topics) >= NAMES_HELP
        )  # "nej, sagsbehandlingstid" asks that instead
    if memory.facets and _only_names_help(question, memory, left):
        return True
    if memory.facets and _supposes(question):
        return True
    tells_of_oneself = mentions.ages or mentions.pension is not None
    if memory.facets and tells_of_oneself and sure < STAYS and _states(question) and strongest(question.topics) < NAMES_HELP:
        return True
    if memory.facets and _asks_the_same(question, memory) and not _asks_else(question, memory):
        return True
    if memory.facets and pattern("asks_it_there").search(question.analysis.folded):
        return True
    if memory.facets and pattern("asks_if_so").search(question.analysis.folded):
        return True
    if memory.facets and strongest(question.topics) >= NAMES_HELP and pattern("if_it_were").search(question.analysis.folded):
        return True
    if memory.facets and (_moves(question, memory) or _has_too(question, memory)):
        return True
    what_about = _WHAT_ABOUT.match(question.analysis.normalized) or _AND_PLACE.match(mentions.masked)
    if memory.facets and what_about and len(left) <= WHAT_ABOUT and (sure < SURE or _only_names(question)):
        return True
    if memory.facets and _states(question) and (_COMPLETES.match(question.analysis.normalized) or mentions.level is not None):
        return True
    asks = question.flags.open and sure >= STAYS
    if memory.facets and (named or not asks) and left and PEOPLE.issuperset(map(fold, left)):
        return True  # "og vores søster i Gladsaxe?", "min mand så"
    if told and not asks and (not left or (len(left) == 1 and memory.facets and sure < SURE)):
        return True
    if question.intent == INFORM:
        return question.facets.get(INFORM, 1.0) >= SURE or not question.flags.open
    return question.intent == REPEAT


def _only_names_help(question: Question, memory: Memory, left: Sequence[str]) -> bool:
    """ "og hygiejne?", "specialundervisning så": another kind of help, and nothing asked of it."""
    if len(left) > FEW_LEFT or not _DOING.isdisjoint(question.analysis.folded.split()):
        return False
    if any(p >= STAYS for facet, p in question.facets.items() if facet in NEIGHBOURS and facet not in SCOPE):
        return False  # "hvad med om natten"
    joined = _AND.search(question.analysis.normalized) or _OF_ANOTHER.search(question.analysis.normalized)
    alone = len(left) == len(question.analysis.words) <= BARE and memory.service and memory.facet not in SCOPE
    return bool(joined or alone) and _other_help(question, memory)


def _only_names(question: Question) -> bool:
    """Whether a message seems to ask for nothing but what a help is, and has no words that ask: "og i Gladsaxe, når det er
    træning i egenomsorg?"."""
    others = max((p for facet, p in question.facets.items() if facet in NEIGHBOURS and facet not in SCOPE), default=0.0)
    return others < HINTED_AT and not question.flags.open and not _ASKS_IF.search(question.analysis.normalized)


def _has_too(question: Question, memory: Memory) -> bool:
    """Whether a short message tells of another help beside the one asked about: "ledsagerordningen så, den har jeg også"."""
    plain = strongest(question.topics) >= STAYS and likeliest(question) < HINTED and len(question.analysis.words) <= WHAT_ABOUT
    return plain and _states(question) and bool(_TOO.search(question.analysis.normalized)) and _other_help(question, memory)


def _moves(question: Question, memory: Memory) -> bool:
    """Whether a message only supposes that somebody lives in another municipality: "hvad så hvis hun flytter til Glostrup?"."""
    text = question.mentions.masked  # the analysis leaves out moving to a municipality
    elsewhere = len(question.analysis.words) <= MOVING and _names_another_place(question, memory)
    return elsewhere and bool(_IF_MOVED.search(text)) and not _ASKS_AFTER.search(_HOW_IS_IT.sub("", text))


def _supposes(question: Question) -> bool:
    """ "og hvis han bliver vurderet til svær?": another level, and nothing else asked."""
    short = len(question.analysis.words) <= SHORT_FOLLOW_UP and not question.flags.meaning
    return short and question.mentions.level is not None and bool(_SUPPOSES.match(question.analysis.normalized))


def _asks_of_the_help(question: Question, memory: Memory) -> bool:
    """Whether "hvad med" is followed by neither a place, a person nor another help: "hvad med weekender", "hvad med min hund"
    ask something new of the help talked about."""
    if not memory.facets or not _OF_IT.match(question.analysis.normalized) or question.mentions.unknown_municipalities:
        return False
    return not _tells(question, memory) and not _other_help(question, memory) and bool(question.left)


def _other_help(question: Question, memory: Memory) -> bool:
    """Whether a message names a kind of help that is not the one before."""
    before = max(memory.topics, key=memory.topics.__getitem__, default=NO_TOPIC)
    named = {topic: p for topic, p in question.topics.items() if topic not in (NO_TOPIC, before)}
    return strongest(named) >= NAMES_HELP


def _tells(question: Question, memory: Memory) -> bool:
    """Whether a message names a place, a level, an age, a pension or a paragraph."""
    mentions = question.mentions
    return bool(
        mentions.municipalities
        or mentions.unknown_municipalities
        or mentions.level is not None
        or mentions.ages
        or mentions.pension is not None
        or (mentions.paragraphs and memory.facets)
    )


def _without(intent: str, facets: dict[str, float]) -> dict[str, float]:
    rest = max(1.0 - facets.get(intent, 0.0), 0.01)
    return {facet: p / rest for facet, p in facets.items() if facet != intent}


def _asks_the_same(question: Question, memory: Memory) -> bool:
    """A short message that says so, or only gives another level after a question that a level narrows."""
    if len(question.analysis.words) > 2 * SHORT_FOLLOW_UP:
        return False
    if question.mentions.level is not None and memory.facet in LEVEL_FACETS and len(question.analysis.words) <= WHAT_ABOUT:
        return not question.flags.open and not question.flags.meaning
    folded = question.analysis.folded
    if _tells(question, memory) and pattern("changes_it").search(folded):
        return True
    return bool(pattern("asks_the_same").search(folded))


def _asks_else(question: Question, memory: Memory) -> bool:
    """Whether a message that says that something is the same asks for another thing plainly: "hun vil have det samme, hvor
    mange timer får hun?"."""
    sure, of_it = likeliest(question), question.intent in SCOPE
    plainly = (question.flags.open and sure >= STAYS and question.intent != "overview") or (sure >= BEYOND_DOUBT and not of_it)
    return plainly and not memory.comparing and question.intent != memory.facet and question.intent in NEIGHBOURS


def _states(question: Question) -> bool:
    """Whether a short message tells something and asks nothing."""
    return not _asks(question) and len(question.analysis.words) <= SHORT_STATEMENT


def _asks(question: Question) -> bool:
    return question.flags.open or question.flags.yes_no or "?" in question.analysis.words


def remember(turn: Turn, answer: Answer, elliptical: bool) -> Memory:
    question, memory = turn.question, turn.memory
    told = "" if answer.parts else question.mentions.last_municipality  # of an answer that is of no municipality
    place = answer.municipality.id if answer.municipality else told or memory.municipality
    kept = not question.flags.other_services and strongest(question.topics) < NAMED_BEFORE
    topics = memory.topics if kept and memory.topics else question.topics
    awaiting = ""
    if answer.status in (ASK_BACK, UNKNOWN_MUNICIPALITY):
        awaiting = "service" if answer.municipality else "municipality"
    return replace(
        memory,
        municipality=place,
        service=answer.service.id if answer.service else _service_compared(answer) or _service_kept(question, memory),
        compared=tuple(dict.fromkeys(p.municipality.id for p in answer.parts if p.municipality)) or _two_places(memory, place),
        comparing=bool(answer.parts) and answer.municipality is None,
        helps=_helps_told(answer) or _helps_kept(memory, answer),
        of_helps=bool(_helps_told(answer)),
        of_each=answer.of_each,
        listed=answer.listed or memory.listed,
        facet=answer.facet or memory.facet,
        facets={"extent": 1.0}
        if question.mentions.level is not None and answer.facet == "extent"
        else _rounded(_facets_told(question, answer)),
        topics=_rounded(topics),
        told=() if answer.service else question.told or memory.told,
        level=question.mentions.level,
        text=memory.text if elliptical and memory.text else question.analysis.normalized[:500],
        awaiting=awaiting,
    )


def _service_kept(question: Question, memory: Memory) -> str:
    """The service talked about before, unless other help was asked for: "hvad kan han så få i stedet?"."""
    return "" if question.flags.other_services else memory.service


def _service_compared(answer: Answer) -> str:
    """Of the same kind of help in several municipalities that of the first, "" of several kinds."""
    services = [part.service for part in answer.parts if part.service]
    same = len({service.topics[0] for service in services}) == 1 and len(services) == len(answer.parts)
    return services[0].id if same and answer.municipality is None else ""


def _helps_told(answer: Answer) -> tuple[str, ...]:
    """The services of one municipality that an answer sets beside each other."""
    told = tuple(dict.fromkeys(part.service.id for part in answer.parts if part.service))
    return told if answer.municipality and len(told) > 1 else ()


def _helps_kept(memory: Memory, answer: Answer) -> tuple[str, ...]:
    """The services set beside each other before, while the talk is about one of them: "og det andet?" asks of both again."""
    return memory.helps if answer.service and answer.service.id in memory.helps else ()


def _facets_told(question: Question, answer: Answer) -> dict[str, float]:
    """The facets of a question, the one that was answered first; of one that says none ("hvad med rengøringsmidler") the facet
    of the fact that answered it."""
    told, first = question.facets.get(answer.facet, 0.0), question.intent
    if answer.service and answer.facet not in SCOPE and told >= READ_AS_WELL and first in NEIGHBOURS and first not in SCOPE:
        return {**question.facets, first: told, answer.facet: question.facets[first]}
    if not answer.facts or likeliest(question) >= HINTED or not _OF_IT.match(question.analysis.normalized):
        return question.facets
    return {**question.facets, answer.facts[0].facet: HINTED}


def _two_places(memory: Memory, place: str) -> tuple[str, ...]:
    """What "begge steder" means: the places compared last, or the one before and the one talked about now."""
    return (memory.municipality, place) if place and memory.municipality not in ("", place) else memory.compared


def _rounded(table: dict[str, float]) -> dict[str, float]:
    """The five largest, rounded, so that the memory stays small."""
    largest = sorted(table.items(), key=lambda item: -item[1])[:5]
    return {key: round(value, 3) for key, value in largest}
