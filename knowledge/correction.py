"""What a message means that puts right what was said before: "nej, ikke rengøring, tøjvask" means "tøjvask".

Only wording is looked at, before anything else is understood; what is left is read as a message of its own.
"""

from __future__ import annotations

import re

CORRECTION_STARTS = 25  # characters within which a longer message begins to correct
SHORT = 18  # words up to which a message may be a correction and nothing else
FEW = 4  # words that may follow a bare "nej," or "ups"
_MENTE = r"(?:jeg |vi )?(?:mente|mener)(?: jeg| vi)?"
_MARKER = r"(?:ne+j+|nå+h?|ups|hov|undskyld(?: mig)?|beklager|sorry|vent(?: lige)?|forkert|fejl|rettelse|korrektion|ret(?= ?:))"
_LIGHT = r"(?:og|men|øh+|åh?|altså|jo|jeg|ok(?:ay)?|lige)"
_LEAD = re.compile(rf"^\W*(?:{_LIGHT}\W+)*{_MARKER}\b(?:\W+(?:{_LIGHT}|{_MARKER})\b)*\W*", re.IGNORECASE)
_IT_IS = r"(?:det (?:er|var|gælder|drejer sig om|skulle være) )?(?:altså |jo )?"
_NOT = re.compile(  # "ikke hygiejne, økonomi"; "det er ikke egenomsorg, det er behandling"
    rf"^{_IT_IS}(?:{_MENTE} )?ik(?:ke|k)? (?!endnu)(?P<not>[^,.;:?!]{{2,40}}?)\s*(?:[,.;:–-]+\s*|\bmen )"
    rf"(?:men |{_MENTE}\W+)?{_IT_IS}(?P<meant>\S.+)$",
    re.IGNORECASE | re.DOTALL,
)
_RATHER = re.compile(  # "det er moderat, ikke svært"
    rf"^(?:{_LIGHT}\W+)*(?:{_IT_IS})(?P<meant>[^,.;:?!]{{2,50}}?),?"
    r" ik(?:ke|k)? (?!sandt|også|rigtigt|endnu)(?P<not>\w+(?: \w+)?)\W*$",
    re.IGNORECASE,
)
_AFTERWARDS = re.compile(r"^(?P<meant>\S[^?]{1,80}?)[, ]+(?:mente|mener) (?:jeg|vi)\b\W*$", re.IGNORECASE)
_AFTER = re.compile(
    r"\b(?:ikke|nej|forkert|undskyld|beklager)\b.*?\b(?:mente|mener)\b[\s,:]*(?!jeg\b|du\b|vi\b)(?=\S{3})",
    re.IGNORECASE | re.DOTALL,
)
_LEVEL = re.compile(rf"^{_IT_IS}(?P<meant>(?:let\w*|moderat\w*|svær\w*|fuldst\w*|niveau \d|\d)(?: \w+)?)\W*$", re.IGNORECASE)
_SAYS_SO = re.compile(
    r"\b(?:tog|tager) fejl\b|\bforkert\b|\b(?:ville|skulle) have (?:spurgt|skrevet|sagt|stået)\b", re.IGNORECASE
)
_NO_NAME = re.compile(  # what follows a bare "nej" when nothing is put right: "nej tak", "nej det ved jeg ikke"
    r"\b(?:det|den|de|du|i|jeg|man|han|hun|er|var|har|kan|vil|skal|må|ved|tak|ellers|fint|godt|nok|forstår|endnu|ikke|ingen|intet|hvad|hvor\w*|hvem)\b",
    re.IGNORECASE,
)


def correction_of(text: str) -> tuple[str, bool]:
    """What a message means, and whether it corrects what was said before."""
    meant = _meant(text)
    return (meant, True) if meant else (text, bool(_SAYS_SO.search(text)))


def _meant(text: str) -> str:
    """What is left of a message that corrects; "" of another."""
    if len(text.split()) <= SHORT:
        lead = _LEAD.match(text)
        rest = re.sub(rf"^{_MENTE}\W+", "", text[lead.end() :], flags=re.IGNORECASE) if lead else text
        if found := _AFTERWARDS.match(rest):
            rest = found["meant"]
            denied = _NOT.match(rest)
            return denied["meant"] if denied else rest
        if lead and (found := _NOT.match(rest)):
            return found["meant"]
        says_what_it_is = lead or re.match(rf"^(?:{_LIGHT}\W+)*det (?:er|var) ", rest, re.IGNORECASE)
        if says_what_it_is and (found := _RATHER.match(rest)):
            return found["meant"]
        if lead and (found := _LEVEL.match(rest)):
            return found["meant"]
        if lead and 0 < len(rest.split()) <= FEW and "?" not in rest and not _NO_NAME.search(rest):
            return rest
    found = _AFTER.search(text)
    return text[found.end() :] if found and found.start() < CORRECTION_STARTS else ""
