"""A catalogue of one invented municipality with one service: small enough to break on purpose."""

from __future__ import annotations

from pathlib import Path

MUNICIPALITY = """\
id: lilleby
name: Lilleby
full_name: Lilleby Kommune
documents:
  - {id: "900", file: lilleby.txt, title: Kvalitetsstandard, left_out: [{lines: "1", reason: heading}]}
contact_points:
  - id: visitation
    name: Visitationen
    phone: "11 22 33 44"
    text: Ring til Visitationen på 11 22 33 44.
    section: Kontakt
    lines: "6"
"""
SERVICE = """\
id: lilleby-vask
name: Hjælp til vask
document: "900"
paragraphs: ["85"]
topics: [toejvask]
facts:
  cost:
    - text: Hjælpen til vask er gratis.
      section: Pris
      lines: 3-4
      value: {kind: co_payment, dkk: 0}
      asks: [hvad koster hjælpen til vask, er hjælpen til vask gratis => ja]
  extent:
    - text: Du kan få hjælpen hver uge.
      section: Omfang
      lines: "5"
      asks: [hvor tit kan jeg få hjælpen]
not_stated: [complaint]
"""
NATIONAL = """\
facts:
  complaint:
    - text: Efter loven skal du klage inden 4 uger.
      source: {title: retssikkerhedsloven § 67}
"""
DOCUMENT = "Kvalitetsstandard\n\nPris\nGratis\nHver uge\n11 22 33 44\n"

MUNICIPALITY_FILE = "municipalities/lilleby/municipality.yml"
SERVICE_FILE = "municipalities/lilleby/vask.yml"
FILES = {MUNICIPALITY_FILE: MUNICIPALITY, SERVICE_FILE: SERVICE, "national.yml": NATIONAL}


def write(folder: Path, **changed: str) -> Path:
    """Write the tiny catalogue; `changed` replaces `municipality`, `service` or `national`."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        key = "service" if name == SERVICE_FILE else path.stem
        path.write_text(changed.get(key, text), encoding="utf-8")
    return folder


def line_of(text: str, needle: str) -> int:
    """The 1-based line on which `needle` stands."""
    return text[: text.index(needle)].count("\n") + 1
