"""Takes personal numbers out of a message before anything else sees it."""

from __future__ import annotations

import re

# Ten digits with a possible date in front, alone in their surroundings: ddmmyy-nnnn (any dash), ddmmyy nnnn, ddmmyynnnn.
_CPR = re.compile(r"(?<![\d.,-])(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2} ?[-–—]? ?\d{4}(?![\d-])")
REDACTED = "[CPR fjernet]"


def redact(text: str) -> tuple[str, bool]:
    """The text without CPR numbers, and whether there was one."""
    clean, count = _CPR.subn(REDACTED, text)
    return clean, count > 0
