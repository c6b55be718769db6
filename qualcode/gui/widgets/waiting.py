"""Controls that have to wait for other long work are dimmed meanwhile, and say why."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from qualcode.i18n import _

_SAID = "said_before"


def why_to_wait() -> str:
    """What such a control says."""
    what, remedy = _("Other work is still going on."), _("Wait for it, or cancel it below.")
    return f"{what} {remedy}"


def let_wait(has_to_wait: bool, *controls: QWidget) -> None:
    """Dims controls until they need not wait any longer; then they say again what they said before."""
    for each in controls:
        said = each.property(_SAID)
        if has_to_wait is (said is not None):
            continue
        tip, description = (why_to_wait(), why_to_wait()) if said is None else said
        each.setProperty(_SAID, (each.toolTip(), each.accessibleDescription()) if said is None else None)
        each.setToolTip(tip)
        each.setAccessibleDescription(description)
        each.setEnabled(not has_to_wait)
