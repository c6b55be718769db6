"""Keys of codes and word lists: what they may hold, and one made of a name."""

from __future__ import annotations

import re
import unicodedata

from qualcode.files.findings import Findings
from qualcode.files.yaml_tree import Node
from qualcode.i18n import _

_KEY = re.compile(r"[a-z0-9_]+\Z")
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ß": "ss", "ð": "d", "þ": "th", "đ": "d", "ŋ": "n", "ł": "l"})


def key_from(name: str) -> str:
    """A code key made of a name: small letters a to z, digits and `_`; "" if nothing of the name is left."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


def is_key(key: str, node: Node, findings: Findings) -> bool:
    """Whether a key holds only what it may; if not, the findings say what it could be instead."""
    if _KEY.match(key):
        return True
    proposal = key_from(key)
    findings.add(
        node.line,
        _("The key {key!r} may hold only the letters a to z, digits and '_'.").format(key=key),
        _("Write {key}, for instance.").format(key=proposal) if proposal else "",
    )
    return False
