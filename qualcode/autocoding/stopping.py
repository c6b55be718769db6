"""Ends the search for suggestions where the user wants no more of it."""

from __future__ import annotations

from qualcode.errors import CancelledError
from qualcode.i18n import _
from qualcode.model.progress import Cancelled

_BETWEEN_LOOKS = 200


def look_for_stop(cancelled: Cancelled | None, n_seen: int = 0) -> None:
    """Ask now and then whether to go on.

    Args:
        n_seen: of what there are very many; asked is at each two-hundredth.

    Raises:
        CancelledError: the user stopped it.
    """
    if cancelled is not None and n_seen % _BETWEEN_LOOKS == 0 and cancelled():
        raise CancelledError(_("The search for suggestions was stopped."))
