"""Danish text as the rest of the program sees it: tokens, corrected spelling, lemmas, a folded key, sentences.

The spaCy pipeline is `da_core_news_sm` when it is installed, otherwise `spacy.blank("da")` with the lookup lemmatizer of
spacy-lookups-data; both give the same attributes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

import spacy
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA
from spacy.language import Language
from spacy.tokens import Doc

from knowledge.vocabulary import vocabulary
from knowledge.word_forms import lemmatize, word_forms

MODEL = "da_core_news_sm"
LEMMATIZER = "danish_lookup_lemmatizer"
Language.component(LEMMATIZER, func=lemmatize)
WORD = re.compile(r"[^\W\d_]", re.UNICODE)
SENTENCE_END = re.compile(r"[.!?…]+$")
CORRECT_FROM = 5  # letters; shorter words have too many neighbours to be corrected safely
KEPT_WORDS = 20_000  # words that are remembered as they are corrected and folded
PART_FROM = 4  # letters of each half of a compound
COMPOUND_CUTOFF = 90  # rapidfuzz ratio from which what may be a compound is a misspelt word all the same
CORRECT_CUTOFF = 80  # rapidfuzz ratio; true typos score 83-93, one wrong letter of five 80
CLOSEST = 4  # how many words as much like a misspelt one are looked at

# A question of these words alone asks what the sentences before it tell.
TAG = frozenset(
    [*vocabulary().language["tag"], "?", ",", *(part for name in vocabulary().municipalities for part in name.lower().split())]
)

# Short words that carry a question; with their letters swapped ("vhor", "kna") they are too short to be corrected by likeness.
_SWAPPED = {"".join(sorted(word)): word for word in ("hvad", "hvor", "hvem", "kan", "skal", "får", "med", "jeg", "ikke", "min")}

_DIGRAPHS = (("aa", "a"), ("ae", "a"), ("oe", "o"))
_LETTERS = str.maketrans({"å": "a", "æ": "a", "ø": "o", "é": "e", "ü": "u", "ö": "o", "ä": "a"})


def fold(text: str) -> str:
    """A key in which å/aa/a, æ/ae/a and ø/oe/o are the same, lower case."""
    text = text.lower().translate(_LETTERS)
    for pair, single in _DIGRAPHS:
        text = text.replace(pair, single)
    return text


@lru_cache(maxsize=KEPT_WORDS)
def fold_word(word: str) -> str:
    """The same of a single word, remembered: most words of a message were in others before it."""
    return fold(word)


def _with_letters(token: str) -> str:
    """A word written without the Danish letters, with them: "svaer" is "svær" and not "svar"."""
    for pair, letter in (("aa", "å"), ("ae", "æ"), ("oe", "ø")):
        token = token.replace(pair, letter)
    return token


@lru_cache(maxsize=1_000)
def proper_names(text: str) -> frozenset[str]:
    """The folded words of a text that are written with a capital within a sentence."""
    return frozenset(map(fold, _PROPER_NAME.findall(text)))


def spoken(words: Iterable[str]) -> list[str]:
    """The words that hold a letter: no marks, no numbers."""
    return [word for word in words if WORD.search(word)]


@lru_cache(maxsize=1)
def pipeline() -> Language:
    """The spaCy pipeline of this process; `pipeline().meta["name"]` tells which one it is."""
    try:
        return spacy.load(MODEL, exclude=["parser", "ner"])
    except OSError:
        nlp = spacy.blank("da")
        nlp.add_pipe(LEMMATIZER)
        nlp.meta["name"] = "blank_da_lookup"
        return nlp


@dataclass(frozen=True)
class Analysis:
    """One message, analysed.

    Attributes:
        text: the message as written.
        words: lower-case tokens after spelling correction (punctuation kept as its own token).
        sentences: (start, end) token ranges, end exclusive, without empty ones.
    """

    text: str
    words: tuple[str, ...]
    sentences: tuple[tuple[int, int], ...]

    @cached_property
    def lemmas(self) -> tuple[str, ...]:
        """One lemma per word. Looked up when asked for: the index of facts, which is made at each start, needs none."""
        doc = Doc(pipeline().vocab, words=list(self.words))
        for _, pipe in pipeline().pipeline:
            doc = pipe(doc)
        return tuple((token.lemma_ or token.text).lower() for token in doc)

    @cached_property
    def normalized(self) -> str:
        """The corrected words joined by blanks."""
        return " ".join(self.words)

    @cached_property
    def keys(self) -> list[str]:
        """The folded key of each word."""
        return [fold_word(word) for word in self.words]

    @cached_property
    def folded(self) -> str:
        """The folded key of the corrected words, padded with blanks so that " ord " finds a whole word."""
        return f" {fold(self.normalized)} "

    def asked(self) -> tuple[tuple[int, int], ...]:
        """The sentences that end in a question mark; all sentences when none does, or only a tag such as "Ved I det?"."""
        asked = tuple((a, b) for a, b in self.sentences if "?" in self.words[a:b])
        if all(TAG.issuperset(self.words[a:b]) for a, b in asked):
            return self.sentences
        return asked

    def part(self, sentence: tuple[int, int]) -> Analysis:
        """One sentence as an analysis of its own."""
        start, end = sentence
        return Analysis(self.text, self.words[start:end], ((0, end - start),))

    def without(self, pattern: re.Pattern[str]) -> Analysis:
        """The message without the words that a pattern finds in its folded key."""
        spans = [found.span() for found in pattern.finditer(self.folded)]
        if not spans:
            return self
        at, kept, places = 1, [], [0]  # places: how many words are kept before each
        for word, key in zip(self.words, self.keys):
            end = at + len(key)
            if not any(start <= at and end <= stop for start, stop in spans):
                kept.append(word)
            places.append(len(kept))
            at = end + 1
        sentences = ((places[a], places[b]) for a, b in self.sentences)
        return Analysis(self.text, tuple(kept), tuple((a, b) for a, b in sentences if b > a))

    def with_words(self, words: Iterable[str]) -> Analysis:
        """The same message with more words in its last sentence."""
        *sentences, (start, end) = self.sentences
        more = tuple(words)
        words = (*self.words[: end - 1], *more, *self.words[end - 1 :])
        return Analysis(self.text, words, (*sentences, (start, end + len(more))))

    @cached_property
    def asked_folded(self) -> str:
        """The folded key of the asking sentences alone."""
        return f" {fold(' '.join(word for a, b in self.asked() for word in self.words[a:b]))} "


class DanishAnalyser:
    """Analyses Danish messages; misspelt words are corrected towards `vocabulary` only.

    A word that is a known Danish word form is never corrected, except that a message written wholly without æ, ø and å
    gets them back where the vocabulary knows the word.
    """

    def __init__(self, vocabulary: Iterable[str]):
        self._nlp = pipeline()
        self._forms = word_forms()
        words = sorted({word for word in map(str.lower, vocabulary) if WORD.match(word)})
        self._vocabulary = frozenset(words)
        self._unfolded: dict[str, str] = {}
        for word in words:
            self._unfolded.setdefault(fold(word), word)
        keys = [key for key in self._unfolded if len(key) >= CORRECT_FROM]
        self._by_length: dict[int, list[str]] = {}
        for key in keys:
            for length in range(len(key) - 2, len(key) + 3):
                self._by_length.setdefault(length, []).append(key)
        self._correct = lru_cache(maxsize=KEPT_WORDS)(self._correct_uncached)
        self.analyse = lru_cache(maxsize=2_000)(self._analyse)

    def _analyse(self, text: str) -> Analysis:
        ascii_only = not re.search("[æøåÆØÅ]", text) and len(text) > 12
        tokens = [token.text.lower() for token in self._nlp.tokenizer(_spaced(_written_out(text))) if not token.is_space]
        words = [self._correct(token, ascii_only) for token in tokens]
        return Analysis(text, tuple(words), _sentences(tokens))

    def _correct_uncached(self, token: str, ascii_only: bool) -> str:
        if not WORD.match(token) or token in self._vocabulary:
            return token
        key = fold(token)
        known = token in self._forms
        if not known and (spelled := _with_letters(token)) in self._vocabulary:
            return spelled
        restored = self._unfolded.get(key)
        if restored and (not known or (ascii_only and fold(restored) != restored)):
            return restored
        if known or len(key) < CORRECT_FROM:
            return token if known else _SWAPPED.get("".join(sorted(key)), token)
        if key in self._forms and key != token:
            return token
        cutoff = COMPOUND_CUTOFF if self._is_compound(token) else CORRECT_CUTOFF
        alike = process.extract(key, self._by_length.get(len(key), ()), scorer=fuzz.ratio, score_cutoff=cutoff, limit=CLOSEST)
        if not alike:
            return token
        best, _, _ = min(alike, key=lambda found: (-found[1], OSA.distance(key, found[0])))  # letters swapped are one slip
        return self._unfolded[best]

    def _is_compound(self, token: str) -> bool:
        """Whether a word is put together of two that are known: "timeloft" is no misspelt "timeløn"."""
        splits = ((token[:n], token[n:]) for n in range(PART_FROM, len(token) - PART_FROM + 1))
        return any(first in self._forms and second in self._forms for first, second in splits)


_PROPER_NAME = re.compile(r"(?<=[a-zæøå,] )([A-ZÆØÅ]\w+)")
_HEAD = re.compile(r"\w+|[^\w\s]+")


@lru_cache(maxsize=1)
def _abbreviations() -> tuple[re.Pattern[str], dict[str, str], frozenset[str]]:
    """What an abbreviation looks like, the word each of them (without its last full stop) stands for, and how they begin."""
    plain, dotted = vocabulary().language["abbreviations"], vocabulary().language["dotted_abbreviations"]

    def any_of(words: Iterable[str]) -> str:
        return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))

    pattern = rf"(?<![\w.])(?:({any_of(plain)})\.?|({any_of(dotted)})\.(?!\.))(?!\w)"
    words = {**plain, **dotted}
    return re.compile(pattern, re.IGNORECASE), words, frozenset(_HEAD.findall(word)[0] for word in words)


@lru_cache(maxsize=1)
def _abroad() -> re.Pattern[str]:
    places = "|".join(vocabulary().language["abroad"])
    return re.compile(rf"\b(?:til|i|på) (?=(?:{places})\b)", re.IGNORECASE)


_CALLED = re.compile(r"\w-\w|\wborger|\wdokument|\wpapir|\wstandard|\wudgave", re.IGNORECASE)  # a cheap look before


@lru_cache(maxsize=1)
def _named_after() -> re.Pattern[str]:
    """What is called after a municipality: "Glostrup-borger", "gladsaxestandarden"."""
    names = "|".join(map(re.escape, vocabulary().municipalities))
    double = "|".join(re.escape(name) for name in vocabulary().municipalities if "-" in name)
    return re.compile(
        rf"\b(?!(?:{double})\b)({names})s?(?:-(?=[^\W\d])|(?=(?:borger|dokument|papir|standard|udgave)))", re.IGNORECASE
    )


def _written_out(text: str) -> str:
    """The text with its abbreviations written out, and places abroad named as such."""
    pattern, words, heads = _abbreviations()
    if not heads.isdisjoint(_HEAD.findall(text.lower())):
        text = pattern.sub(lambda found: words[(found[1] or found[2]).lower()], text)
    text = re.sub(vocabulary().language["glo"][0], "glostrup", text, flags=re.IGNORECASE)
    if _CALLED.search(text):
        text = _named_after().sub(r"\1 ", text)
    return _abroad().sub(lambda found: f"{found[0]}udlandet ", text)


_ORDINAL = re.compile(  # the full stop of "1. opfølgning" and "4. juni" ends no sentence
    r"\b(\d{1,2})\. ?(?=(?:opf\w*|gang|klasse|sal|uge|dag|samtale|besøg|møde|januar|februar|marts|april|maj|juni|juli|august"
    r"|september|oktober|november|december)\b)",
    re.IGNORECASE,
)


def _spaced(text: str) -> str:
    """Separate what spaCy would keep glued: slashes, paragraph signs, dashes between words, repeated marks."""
    text = _ORDINAL.sub(r"\1 ", text)
    text = re.sub(r"(§+)", r" \1 ", text)
    text = re.sub(r"(?<=[^\W\d])/(?=[^\W\d])", " / ", text)
    text = (
        re.sub(r"([?!.,;:()\"»«])", r" \1 ", text)
        if not re.search(r"\d[.,:]\d", text)
        else re.sub(r"(?<!\d)([.,:])|([.,:])(?!\d)|([?!;()\"»«])", r" \1\2\3 ", text)
    )
    return re.sub(r"\s+", " ", text).strip()


def _sentences(tokens: list[str]) -> tuple[tuple[int, int], ...]:
    ranges, start = [], 0
    for n, token in enumerate(tokens):
        if SENTENCE_END.match(token):
            if n > start:
                ranges.append((start, n + 1))
            start = n + 1
    if start < len(tokens):
        ranges.append((start, len(tokens)))
    return tuple(ranges)
