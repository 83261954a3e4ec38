"""Prints requirements.lock without the packages of left-out.txt: what the image installs is what was tested, less some.

Runs in the image's build with nothing installed yet, hence the standard library only.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
NAME = re.compile(r"([A-Za-z0-9._-]+)==")


def kept(lock: str, left_out: set[str]) -> str:
    """The lock without the entries of some packages; an entry is a line with a pin and the indented lines under it."""
    lines, keeping = [], True
    for line in lock.splitlines():
        if found := NAME.match(line):
            keeping = found[1].lower() not in left_out
        if keeping:
            lines.append(line)
    return "\n".join(lines) + "\n"


def left_out() -> set[str]:
    """The names in left-out.txt, without its comments."""
    lines = (HERE / "left-out.txt").read_text(encoding="utf-8").splitlines()
    return {line.strip() for line in lines if line.strip() and not line.startswith("#")}


if __name__ == "__main__":
    sys.stdout.write(kept((HERE.parent / "requirements.lock").read_text(encoding="utf-8"), left_out()))
