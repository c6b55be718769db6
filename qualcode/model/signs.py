"""Signs that tell how a text was set, and none of its letters."""

from __future__ import annotations

import unicodedata

SOFT_HYPHEN = "\N{SOFT HYPHEN}"
WITHOUT_WIDTH = "\u200b\u200c\u200d\u2060\u180e"
LIGATURES = {sign: unicodedata.normalize("NFKC", sign) for sign in map(chr, range(0xFB00, 0xFB07))}
"""What stands for two letters or three, and these."""
