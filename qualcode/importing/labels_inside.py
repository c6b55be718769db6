"""Finds speakers who are named inside a line, where no turn begins: their words were given to whoever spoke before."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from qualcode.errors import Problem
from qualcode.i18n import _, ngettext
from qualcode.model.document import Speech

_MOST_TOLD = 5


def labels_inside(speeches: Sequence[Speech], where: str) -> list[Problem]:
    """At most one warning, for labels of this transcript that stand with a colon behind the end of a sentence."""
    said = "\n".join(speech.text for speech in speeches)
    found: Counter[str] = Counter()
    for label in sorted({speech.label for speech in speeches if speech.label is not None}):
        if f"{label}:" in said:
            found[label] = len(re.findall(rf"[.!?…)\]»”\"][^\S\n]+{re.escape(label)}:\s", said))
    n = found.total()
    if not n:
        return []
    what = ngettext(
        "A speaker is named inside a line, {n} time; those words count for whoever speaks there: {labels}.",
        "Speakers are named inside lines, {n} times; those words count for whoever speaks there: {labels}.",
        n,
    )
    told = ", ".join(label for label, times in found.most_common(_MOST_TOLD) if times)
    hint = _("Begin a new line before each speaker, and bring the file in again.")
    return [Problem(where, what.format(n=n, labels=told), hint, "warning")]
