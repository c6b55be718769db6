"""How wide gutter, text, lanes and labels are in a view of some width."""

from __future__ import annotations

from qualcode.gui.coding.laid_block import GAP, GUTTER, LANE, N_LANES, Columns
from qualcode.gui.resources import fonts

PAD = 24
_MEASURE = 36.0  # width of the text in letter sizes: 540 px at 15
_NARROWEST = 32.0  # to which it gives way before names in the margin are cut
_NAMES_FROM = 840  # width of the view from which names of codes stand in the margin
_LABELS = 200  # what names get before the text has its full measure: two lines of 25 letters
_LABELS_WIDEST = 260


def columns_for(width: int, size: int) -> Columns:
    """Where the columns stand. That depends on no name: a text that one codes is never broken anew by a new code.

    Args:
        width: of the view, in pixels.
        size: letter size of the text in pixels.
    """
    gutter = fonts.px(GUTTER)
    lanes_width = GAP + LANE * N_LANES + 8
    shows_names = width >= _NAMES_FROM
    wanted = round(_MEASURE * size)
    room_for_text = width - PAD - 8 - gutter - lanes_width - (_LABELS if shows_names else 24)
    text_width = max(200, min(wanted, max(room_for_text, round(_NARROWEST * size) if shows_names else 0)))
    room = width - PAD - 8 - gutter - text_width - lanes_width
    labels_width = min(_LABELS_WIDEST, room) if shows_names else 24
    content = gutter + text_width + lanes_width + labels_width
    left = max(PAD, (width - content - 8) // 2) if shows_names else PAD
    text = left + gutter
    lanes_at = text + text_width + GAP
    return Columns(left, text, text_width, lanes_at, lanes_at + LANE * N_LANES + 8, labels_width)
