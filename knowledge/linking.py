"""Finds what a message mentions: municipalities, paragraphs, VUM themes and levels, ages, early-retirement pension.

Pure look-up on names the catalogue and the vocabulary hold; misspelt names are matched with rapidfuzz (ratio, never
WRatio, which misleads on Danish compounds).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from knowledge.alternatives import AnyOf
from knowledge.clauses import asked_part, is_list
from knowledge.danish import Analysis, fold, fold_word, spoken
from knowledge.model import Catalogue, Municipality
from knowledge.vocabulary import vocabulary

NAME_CUTOFF = 80  # rapidfuzz ratio for a misspelt municipality name
KEPT_WORDS = 20_000  # words whose likeness to names is remembered
LEAST_LEFT = 3  # words that must be left beside the name of a document for it to be left out
SHORT_MESSAGE = 8  # tokens; up to here bare numbers are paragraphs and bare words are levels
MASK = "kommunenavn"

_NO_MEASURE = r"(?! ?(?:timer|min|kr|procent|%|uger|dage|mdr|maneder|km|kilometer|kroner|gange|minutter|grader|personer))"
_AGE = (
    re.compile(r"(?<!for )(?<!i )(?<!sidste )(?<!efter )(?<!under )(?<!over )\b(\d{2}) ?(?:-? ?ars?\b(?! siden)|-? ?arig)"),
    re.compile(r"\b(?:er|var) (?:jeg |han |hun )?(\d{2})(?= ?(?:[.,;?!]|$|og |men ))"),
    # "han er 36 er det samme nummer"
    re.compile(
        r"(?<!det )(?<!der )(?<!klokken )\ber (\d{2})(?= (?:er|sa|hvem|hvad|hvor|kan|skal|i|med|uden|ingen|ikke|far|har|bor)\b)"
    ),
    re.compile(
        r"\b(?:jeg er|er pa|han er|hun er|der er|fyld(?:t|te|er)|bliver|er kun|er lige|men er|og er|alder|pa"
        r"|rund(?:er|ede|et)(?: de| sine)?) (?:snart )?"
        rf"(\d{{2}})\b{_NO_MEASURE}"
    ),
    re.compile(  # "borger 29 uden pension", as staff write
        r"\b(?:borger|mand|kvinde|pige|fyr|son|datter|bror|soster|mor|far|kone|niece|nevo|kusine|fatter|ven|veninde)(?:en)?"
        r" (?:er |pa )?(?:kun |lige )?(\d{2})\b"
        r"(?! ?(?:timer|min|kr|procent|%|uger|dage|mdr|maneder|ar siden))"
    ),
)
_TWO_AGES = re.compile(  # "Emil er 24 og Sofie 33", "knægten er 24, tøsen 35"
    rf"\b(?:er|pa) (\d{{2}})\b{_NO_MEASURE} (?:og |mens |men )?(?:\w+ ){{1,2}}?(?:er |pa )?(\d{{2}})\b{_NO_MEASURE}(?! ?-? ?ar)"
)
_SOON = re.compile(  # "hun fylder 30 i næste måned"
    r"\b(?:fylder|bliver|runder)(?: forst)? (\d{2})(?: ar)?"
    r" (?:(?:om|naste|til|snart|her|lige|pa|den)\b|i (?:naste|(?:over)?morgen|jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec))"
)
_OVER = re.compile(r"\bover (\d{2})\b(?! ?(?:timer|kr|procent|%|uger|dage|mdr|maneder))")
_UNDER = re.compile(r"\bunder (\d{2})\b(?! ?(?:timer|kr|procent|%|uger|dage|mdr|maneder))")
_PARAGRAPH = re.compile(r"(?:§+|\bparagraf(?:fen|ferne)?|\bpar|\bsel|\bserviceloven(?:s)?)(?: ?\.)? ?§* ?(\d{2,3}) ?([a-d]\b)?")
_DIGITS = re.compile(r"\d\d")
_BARE_NUMBER = re.compile(
    r"(?<![\d.,-])\b(\d{2,3}) ?([ab]\b)?(?! ?(?:ar\b|arig|(?<!\d{3} )time|kr|%|min|uger|dage|mdr|kl|:|\d))"
)
_LONE_NUMBER = re.compile(  # "108 i Glostrup, hvad er det for et sted?"
    r"(?:^|[.,?!:] |\b(?:en|et|er|noget|efter|under|hedder|kaldt|kaldes|om) )(\d{3})"
    r"(?= (?:[.,?!]|i|pa|og|bolig\w*|sted\w*|tilbud\w*|plads\w*)(?: |$))"
    r"|\b(?:efter|under) (\d{2})(?= (?:[.,?!]|og|kontra|eller) )"
)
_GLUED = re.compile(  # "er 97-ledsageren og 85-støtten det samme", "en 99'er"
    r"(?<![\d.,-])\b(\d{2,3})"
    r"(?: ?[-–'’]? ?(?:ledsager|stotte|hjalp|kontaktperson|botilbud|tilbud|plads)\w*|[-'’]er(?:en|ne|s)?)(?= |$)"
)
_TWO_NUMBERS = re.compile(  # "forskellen på 107 og 108", "103 104 dage om ugen"
    r"(?<![\d.,-])\b(?:(\d{2,3}) (?:og|eller|kontra|vs|mod) (\d{3}\b|\d{2} ?[ab]\b)(?! ?(?:ar\b|timer|kr|%|min|uger|dage|mdr))"
    r"|(\d{3}) (?:[,/+&] )?(\d{3})\b)"
)
_LEVELS = re.compile(
    r"\b(?:let|lette|moderat|moderate)(?: problemer)? ?(?:,|/|og|eller|kontra|vs|mod|til) ?(?:let|moderat|sver|svar|fuldst)"
)
_PUTS_RIGHT = re.compile(r"\b(?:undskyld|nej|mente|mener|bor|flyttet|forkert|korrektion|rettelse|fejl)\b")
_TAKES_BACK = re.compile(r"\b(?:nej|vent|eller|rettelse)\b[ ,]*\b(?:nej|vent|lige|forresten|rettelse|undskyld|fejl)\b")
_DENIED = (" ikke", " ikke i", " ikke fra", " ikke til", " ikke for")
_THEME = (
    r"(?:mobilitet|praktiske|samfundsliv|socialt|sundhed|kommunikation|egenomsorg|psykisk|fysisk)\w*"
    r"(?: (?:opgaver|liv|funktionsnedsattelse))?"
)
_LIVES_ON = re.compile(  # tells who somebody is, and asks nothing of it: "er 24 og på su", "hun får kontanthjælp"
    r"\b(?:pa|far|lever af|modtager)(?: kun| stadig| nu)? (?:su|kontanthjalp|dagpenge|sygedagpenge|uddannelseshjalp|efterlon)\b"
    r"|\bpas (?:nu )?(?:rigtig )?(?:godt )?pa\b"  # and no passport
)
_SCALE = re.compile(r"\b(?:fra )?[01] ?(?:-|til) ?4\b(?! (?:timer|uger|maneder|gange|ar|dage)\b)")
_WHOLE_SCALE = re.compile(
    r"\bskala\w*|\bvum ?(?:niveauer\w*|trin\w*|grader\w*)"
    r"|\b(?:niveauer|trin|grader)(?:ne)? (?:er der|findes|har|bruger|betyder|star)\b"
)
_LEVEL_NUMBER = re.compile(  # "niveau 3", "hvad dækker 1 og 4", and no "3 timer"
    r"\b(?:niveau\w*|vum|ligger pa|sat (?:til|pa)"
    r"|scor\w*|trin|vurderet til|skala(?: 0 ?- ?4)?|tema \w+|hvad er|betyder|dakker|svarer til)"
    r"(?: (?:et|en|sa|til|tallet|tallene|,|:|hvad|dakker|betyder|er))* ((?:[0-4](?: (?:og|,|/|eller|til|henholdsvis) )?)+)"
    r"(?= |$)(?! (?:timer|uger|maneder|gange|ar|dage)\b)"
    rf"|\b((?:[0-4] (?:i|pa|under|for|ud for|inden for) {_THEME}(?: (?:og|,) | ?))+)"
    r"|\b([0-4]) (?:i|pa|efter|ifolge) (?:det |alle )?(?:tema(?:t|erne)?|skalan|scoren|vum\w*|voksenudredning\w*)\b"
    r"|\b(?:tal(?:let|lene)?|betyder)\b(?: ,| altsa| \S+){1,2} ([0-4])(?= [.?!]|$)"
    r"|\btal(?:let)? ([0-4])(?= (?:der|som|i|pa)\b| [.?!]|$)"
    r"|\b(?:kraver|(?:oppe|nede) (?:pa|i)) (?:et |en )?([0-4](?: (?:og|,|/|eller|til) [0-4])*)(?= (?:[.,?!]|$))"
    r"|\b(?:og|borger\w*|hvad|hvis|ok) (?:\w+ ){0,2}?(?:med|ved|pa) (?:et |en )?([0-4])(?= (?:[.,?!]|$|begge|hvert|i stedet))"
    r"|\bden (?:ene|anden|forste|tredje) (?:\w+ ){0,3}?([0-4])(?= (?:[.,?!]|$|i|pa|og|med))"
    r"|\( ([0-4]) \)|\b([0-4]) ?- ?tal(?:let)?\b|\bet ([0-4])(?= [.,?!]| og | $)|\ben ([0-4]) ?['’]?er\b"
)
_ONE_OF_TWO = re.compile(
    r"\b(?:den|det) ene\b.{0,40}pension.{0,40}\b(?:den|det) anden?t?\b|\bmed (?:og|eller|/) uden\b(?=.{0,20}pension)"
)
_NO_PENSION = re.compile(
    r"(?:ikke|ingen|ingen af (?:dem|os|de)|uden|aldrig)(?: \w+){0,3} (?:fortidspension\w*|pension|fop|fp\b)"
)
_PENSION = re.compile(r"\b(?:fortidspension\w*|(?:pa|tilkendt|bevilget|fa[rt]|modtager) pension\w*|fop|fp)\b")

_UNITS = ["en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni"]
_TENS = {
    "tyve": 20,
    "tredive": 30,
    "fyrre": 40,
    "halvtreds": 50,
    "treds": 60,
    "halvfjerds": 70,
    "firs": 80,
    "halvfems": 90,
}
_TEENS = ["ti", "elleve", "tolv", "tretten", "fjorten", "femten", "seksten", "sytten", "atten", "nitten"]
_NUMBER_WORDS = {
    **{word: 10 + n for n, word in enumerate(_TEENS)},
    **_TENS,
    **{f"{unit}og{ten}": value + n for ten, value in _TENS.items() for n, unit in enumerate(_UNITS, 1)},
}
_NUMBER_WORD = re.compile(
    r"\b(" + "|".join(sorted(map(fold, _NUMBER_WORDS), key=len, reverse=True)) + r")(?= ar\b| ars\b)"
    r"|\b(?:er|bliver|fylder|fyldt) (" + "|".join(fold(word) for word in _NUMBER_WORDS if "og" in word) + r")\b"
    r"(?! (?:timer|minutter|kroner|procent|uger|dage|maneder|gange|personer|kilometer|km)\b)"
)
_FOLDED_NUMBERS = {fold(word): value for word, value in _NUMBER_WORDS.items()}
_SPOKEN_NUMBER = re.compile(  # "det der med femogfirs a", "hundrede og syv", and no age, price or time
    r"(?<!\ber )(?<!\bpa )(?<!\bbliver )(?<!\bfylder )(?<!\bfyldt )\b(?:hundrede? (?:og )?(tre|fire|syv|otte)"
    r"|(\w+ogfirs|\w+oghalvfems))( [ab])?\b(?! (?:ar|ars|arig|kr|kroner|timer|minutter|kilometer|procent|dage|uger)\b)"
)


@dataclass(frozen=True)
class Mentions:
    """What a message names. Tuples are in the order of the message, without repetition.

    Attributes:
        municipalities: ids of municipalities in the catalogue.
        last_municipality: the one of them that is mentioned last.
        unknown_municipalities: names of Danish municipalities that have no document here.
        paragraphs: such as "85", "85 a", "97".
        themes: VUM theme ids.
        level: VUM level 0-4, None when several are named.
        levels: every VUM level that is named, ascending.
        ages: in years ("over 30" gives 31, "under 30" gives 29).
        pension: True when early-retirement pension is said to be granted, False when said not to be.
        foreign: a subject is named that none of the documents concern (`vocabulary/out_of_scope.yml`);
            `foreign_asked` when an asking sentence names it.
        masked: corrected text with municipality names replaced by `kommunenavn`, for the classifiers.
    """

    municipalities: tuple[str, ...] = ()
    last_municipality: str = ""
    unknown_municipalities: tuple[str, ...] = ()
    paragraphs: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    level: int | None = None
    levels: tuple[int, ...] = ()
    ages: tuple[int, ...] = ()
    pension: bool | None = None
    masked: str = ""
    foreign: bool = False
    foreign_asked: bool = False

    @property
    def folded(self) -> str:
        """The masked text folded, a space on either side; unlike the analysis it holds what was said of moving."""
        return f" {fold(self.masked)} "

    @property
    def age(self) -> int | None:
        """The one age that is named; None when there is none or several."""
        return self.ages[0] if len(self.ages) == 1 else None


class Linker:
    """Links names in messages to the catalogue; built once per catalogue.

    `link(analysis)` gives everything a message mentions, as `Mentions`.
    """

    def __init__(self, catalogue: Catalogue):
        self._phrases: list[tuple[str, str]] = []
        self._nameless = re.compile(r"\b(?:" + "|".join(vocabulary().unnamed_document) + r")(?= )")
        self._speaks_of_nameless = AnyOf([self._nameless.pattern])
        self._nameless_name = next((fold(m.name) for m in catalogue.municipalities if not m.named), "")
        self._names: dict[str, str] = {}
        for municipality in catalogue.municipalities:
            self._add(municipality)
        self._phrases.sort(key=lambda item: -len(item[0]))
        self._phrases_by_head = _by_head(phrase for phrase, _ in self._phrases)
        covered = {fold(m.name) for m in catalogue.municipalities}
        words = vocabulary()
        self._unknown = [
            (fold(name), name, name in words.ambiguous_municipalities)
            for name in words.municipalities
            if fold(name) not in covered
        ]
        self._unknown_by_head = _by_head(key for key, _, _ in self._unknown)
        self._paragraphs = frozenset(p for service in catalogue.services() for p in service.paragraphs)
        self._themes = [(f" {fold(theme.name)} ", theme.id) for theme in words.themes.values()]
        foreign = "|".join(re.escape(fold(word)).replace(r"\*", r"\w*") for word in words.out_of_scope)
        self._foreign = AnyOf([rf"\b(?:{foreign})\b"])
        self.link = lru_cache(maxsize=2_000)(self._link)
        self._alike = lru_cache(maxsize=KEPT_WORDS)(self._names_alike)
        self._levels = [(f" {word} ", level.number) for level in words.levels.values() for word in level.words]
        self._bare_levels = [(f" {word} ", level.number) for level in words.levels.values() for word in level.bare]
        self._stressed = {word: level.number for level in words.levels.values() for word in level.bare}
        self._stress = re.compile(
            r"\b(?:altså|dvs|der står|niveau|niveauet er|problemerne er|problemer er|(?:hvis|når|nu) .{0,40}\bbliver"
            r"|(?:sat|sætter|vurderet|vurderer|scoret|scorer|rykket|rykker|havnet|havner|ender|kommer|ryger|ligger|flyttet|flytter"
            r"|hævet|hæver|skruer|steget|stiger|skrevet|noteret|står|registreret|betegnet)"
            r"(?: \S+){0,4} (?:til|på|som|i))(?: ,)? ("
            + "|".join(self._stressed)
            + r")\b|\b(?:kun er|er kun) ("
            + "|".join(self._stressed)
            + r")(?= [.,!?]|$)|\bblevet (?:til )?("
            + "|".join(self._stressed)
            + r")(?: i stedet| nu)?(?: [.!?]|$)"
        )

    def _add(self, municipality: Municipality) -> None:
        names = [municipality.name, *municipality.spellings, *municipality.places]
        for name in dict.fromkeys(fold(n) for n in names):
            self._phrases.append((name, municipality.id))
        if municipality.named:
            self._names[fold(municipality.name)] = municipality.id

    def _link(self, analysis: Analysis) -> Mentions:
        folded = analysis.folded.replace(" , ", " ")
        known, masked, last = self._known(self._spelled_out(folded))
        unknown = self._unknown_names(masked)
        for name in unknown:
            masked = masked.replace(f" {fold(name)} ", f" {MASK} ")
        short = len(analysis.words) <= SHORT_MESSAGE or is_list(analysis)
        levels = self._named_levels(f" {analysis.normalized} ", folded, short)
        foreign = self._names_foreign(folded)
        return Mentions(
            municipalities=known,
            last_municipality=last,
            unknown_municipalities=unknown,
            masked=_mask(analysis, folded, masked),
            paragraphs=tuple(dict.fromkeys(self._find_paragraphs(folded, short))),
            themes=tuple(theme for phrase, theme in self._themes if phrase in folded),
            level=levels[0] if len(levels) == 1 and not _LEVELS.search(folded) else None,
            levels=levels,
            ages=_ages(folded),
            pension=_pension(folded),
            foreign=foreign,
            foreign_asked=foreign and self._names_foreign(asked_part(analysis)),
        )

    def _names_foreign(self, folded: str) -> bool:
        """Whether a subject is named that no document concerns."""
        return self._foreign.matches(folded) and self._foreign.matches(_LIVES_ON.sub(" ", folded))

    def without_document(self, analysis: Analysis) -> Analysis:
        """The message without what it calls the document that names no municipality: that says where, and nothing of the help.
        One that says hardly anything else is left as it is."""
        rest = analysis.without(self._nameless) if self._nameless_name else analysis
        return rest if len(spoken(rest.words)) >= LEAST_LEFT else analysis

    def _spelled_out(self, folded: str) -> str:
        """The document without a municipality's name, however it is spoken of, under its own name."""
        if not self._nameless_name or not self._speaks_of_nameless.matches(folded):
            return folded
        return self._nameless.sub(self._nameless_name, folded)

    def _known(self, folded: str) -> tuple[tuple[str, ...], str, str]:
        """Ids in order of first mention, the masked text, the id mentioned last."""
        found: dict[str, int] = {}
        masked = folded
        for phrase, identifier in (self._phrases[n] for n in _in_order(self._phrases_by_head, folded)):
            for form in (f" {phrase} ", f" {phrase}s ", f" {phrase}kommune "):
                if form in masked:
                    at = folded.find(form)
                    found[identifier] = min(at, found.get(identifier, at))
                    masked = masked.replace(form, f" {MASK} ")
        for token in masked.split():
            for name in self._alike(token.removesuffix("s")) if len(token) >= 6 else ():
                found.setdefault(self._names[name], folded.find(token))
                masked = masked.replace(f" {token} ", f" {MASK} ")
        found = _put_right(found, folded)
        last = (
            {
                identifier: max(folded.rfind(phrase) for phrase, other in self._phrases if other == identifier)
                for identifier in found
            }
            if len(found) > 1
            else found
        )
        return tuple(sorted(found, key=found.__getitem__)), masked, max(last, key=last.__getitem__, default="")

    def _names_alike(self, token: str) -> tuple[str, ...]:
        """Names of municipalities that a word is nearly spelt as, in the order of the catalogue."""
        alike = process.extract(token, list(self._names), scorer=fuzz.ratio, score_cutoff=NAME_CUTOFF, limit=None)
        return tuple(name for name, _, _ in sorted(alike, key=lambda item: item[2]))

    def _unknown_names(self, masked: str) -> tuple[str, ...]:
        names = []
        for key, name, ambiguous in (self._unknown[n] for n in _in_order(self._unknown_by_head, masked)):
            forms = [f" {key} kommune", f" kommunen {key} "] if ambiguous else [f" {key} ", f" {key}s "]
            if name in vocabulary().verb_municipalities:
                forms = [f" {before} {key} " for before in ("i", "fra", "til", "med", "om")] + [f" {key} kommune"]
            if any(form in masked for form in forms) or masked.strip(" ?!.") == key:
                names.append(name)
        return tuple(names)

    def _find_paragraphs(self, folded: str, short: bool) -> Iterable[str]:
        if _DIGITS.search(folded):
            yield from self._in_figures(folded, short)
        for unit, word, letter in _SPOKEN_NUMBER.findall(folded):
            number = 101 + _UNITS.index(unit) if unit else _FOLDED_NUMBERS.get(word)
            if f"{number}{letter}" in self._paragraphs:
                yield f"{number}{letter}"

    def _in_figures(self, folded: str, short: bool) -> Iterable[str]:
        for number, letter in _PARAGRAPH.findall(folded):
            yield f"{number} {letter}".strip()
        for pair in _TWO_NUMBERS.findall(folded):
            pair = tuple(re.sub(r"(?<=\d) ?([ab])$", r" \1", number) for number in pair if number)
            if self._paragraphs.issuperset(pair):
                yield from pair
        lone = [three or two for three, two in _LONE_NUMBER.findall(folded.strip())]
        yield from (number for number in (*lone, *_GLUED.findall(folded)) if number in self._paragraphs)
        if short and not re.search(r"\b(?:ar|arig|alder|fyldt)\b", folded):
            for number, letter in _BARE_NUMBER.findall(folded):
                if number in self._paragraphs:
                    yield f"{number} {letter}".strip()

    def _named_levels(self, plain: str, folded: str, short: bool) -> tuple[int, ...]:
        """Words are looked for in the unfolded text, where "svær" is not "svar"."""
        named = {number for phrase, number in self._levels if phrase in plain}
        named |= {self._stressed[next(filter(None, found.groups()))] for found in self._stress.finditer(plain)}
        if short or named:
            named |= {number for phrase, number in self._bare_levels if phrase in plain}
        single = _SCALE.sub(" ", folded)
        numbers = (re.findall(r"\b[0-4]\b", next(filter(None, found.groups()))) for found in _LEVEL_NUMBER.finditer(single))
        named |= {int(number) for group in numbers for number in group}
        if not named and _WHOLE_SCALE.search(folded):
            return tuple(sorted(vocabulary().levels))
        return tuple(sorted(named))


def _by_head(phrases: Iterable[str]) -> dict[str, list[int]]:
    """Numbers of phrases by their first word, so that only those are looked for whose first word a message has."""
    heads: dict[str, list[int]] = {}
    for n, phrase in enumerate(phrases):
        heads.setdefault(phrase.split()[0], []).append(n)
    return heads


def _in_order(heads: dict[str, list[int]], folded: str) -> list[int]:
    """Numbers of the phrases whose first word stands in a folded text, also in the genitive or before "kommune"."""
    words = {form for word in folded.split() for form in (word, word.removesuffix("s"), word.removesuffix("kommune"))}
    return sorted(n for word in words & heads.keys() for n in heads[word])


def _put_right(found: dict[str, int], folded: str) -> dict[str, int]:
    """Without a place that is taken back: "hun bor i Gentofte, ikke Gladsaxe", "i Gladsaxe, nej vent, Gentofte"."""
    if _PUTS_RIGHT.search(folded):
        meant = {key: at for key, at in found.items() if not folded[: at + 1].rstrip(" ,").endswith(_DENIED)}
        found = meant or found
    if taken_back := _TAKES_BACK.search(folded):
        after = {key: at for key, at in found.items() if at >= taken_back.start()}
        found = after or found
    return found


def _mask(analysis: Analysis, folded: str, masked: str) -> str:
    """The corrected text with the same words masked as in the folded key, which holds no commas; they differ only in masked
    spans."""
    if masked == folded:
        return analysis.normalized
    plain, keys = [n for n, word in enumerate(analysis.words) if word != ","], masked.split()
    after = [n + 1 for n in plain[:-1]]  # where a comma may follow a word
    out, n = [], 0
    folded_words = [fold_word(analysis.words[n]) for n in plain]
    for at, key in enumerate(keys):
        first = n
        if n < len(plain) and folded_words[n] == key:
            out.append(analysis.words[plain[n]])
            n += 1
        else:
            out.append(MASK)
            if keys[at + 1 : at + 2] == [MASK]:  # several names in a row: what follows the last of them ends the span
                continue
            following = keys[at + 1] if at + 1 < len(keys) else None
            n += 1
            while n < len(plain) and following is not None and folded_words[n] != following:
                n += 1
        if any(analysis.words[place] == "," for place in after[first:n]):
            out.append(",")
    return " ".join(out)


def _ages(folded: str) -> tuple[int, ...]:
    """The ages that figures tell, without repetition; where they tell none those in words, or beyond a bound."""
    if both := _TWO_AGES.search(folded):
        return tuple(int(age) for age in both.groups())
    if soon := _SOON.search(folded):
        return int(soon.group(1)) - 1, int(soon.group(1))
    told = (int(found.group(1)) for pattern in _AGE for found in pattern.finditer(folded))
    if ages := tuple(dict.fromkeys(age for age in told if 15 <= age <= 99)):
        return ages
    if found := tuple(_FOLDED_NUMBERS[found.group(1) or found.group(2)] for found in _NUMBER_WORD.finditer(folded)):
        return tuple(dict.fromkeys(found))
    if found := _OVER.search(folded):
        return (int(found.group(1)) + 1,)
    if found := _UNDER.search(folded):
        return (int(found.group(1)) - 1,)
    return ()


def _pension(folded: str) -> bool | None:
    """Whether early-retirement pension is granted; None where nobody tells, or one of two people has it, the other not."""
    if _ONE_OF_TWO.search(folded) and _PENSION.search(folded):
        return None
    if _NO_PENSION.search(folded):
        return False
    return True if _PENSION.search(folded) else None
