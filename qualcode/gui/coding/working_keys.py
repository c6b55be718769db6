"""Which keys the status bar names while one codes: three or four that work now."""

from __future__ import annotations

from qualcode.gui.coding.blocks import Mark
from qualcode.gui.coding.shown_text import ShownText
from qualcode.gui.coding.transcript_view import TranscriptView
from qualcode.i18n import _


def working_keys(
    view: TranscriptView, shown: ShownText, picked: Mark | None, *, is_read_only: bool = False
) -> list[tuple[str, str]]:
    """The keys that do something now, each with what it does.

    Args:
        view: the text.
        shown: what is in it.
        picked: the mark that is picked.
        is_read_only: whether nothing can be changed.
    """
    if is_read_only:
        return _reading_keys(shown, picked)
    if view.has_selection():
        return [(_("letters"), _("code the selection")), ("Enter", _("recent codes")), ("F4", _("correct"))]
    if picked is not None and picked.is_suggestion:
        keys = [("A", _("accept")), ("R", _("reject")), ("C", _("another code")), ("Alt ←→", _("extent"))]
        return [*keys, ("N", _("next"))]
    if picked is not None and picked.is_others:
        return [("J", _("next of this code"))]
    if picked is not None:
        keys = [("Alt ←→", _("extent")), ("C", _("another code")), ("Del", _("uncode"))]
        return [*keys, ("J", _("next of this code"))]
    if not shown.blocks:
        return []
    keys = [("U", _("next uncoded turn")), ("T", _("code turn")), ("S", _("code sentence"))]
    return [*keys, ("N", _("next suggestion"))] if shown.n_waiting else keys


def _reading_keys(shown: ShownText, picked: Mark | None) -> list[tuple[str, str]]:
    if not shown.blocks:
        return []
    keys = [("J", _("next of this code"))] if picked is not None else [("U", _("next uncoded turn"))]
    return [*keys, ("N", _("next suggestion"))] if shown.n_waiting else keys
