"""What all pictures share: ink, paper, title, notes, and how one becomes a file or bytes."""

from __future__ import annotations

import contextlib
import io
import textwrap
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

from qualcode.errors import CancelledError, ExportError
from qualcode.exporting.wording import Say
from qualcode.exporting.writing_errors import cannot_be_written
from qualcode.i18n import _, did_you_mean
from qualcode.model.progress import Cancelled
from qualcode.model.telling import never, refuse_if

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

T = TypeVar("T")

FORMATS = {".png": "png", ".svg": "svg", ".pdf": "pdf"}
INK, INK2, GRID, PAPER = "#1D2024", "#52575D", "#E5E4E0", "#FFFFFF"
WIDTH = 7.6  # inches
MARGIN = 0.14  # inches at the left
TITLE_WIDTH, NOTE_WIDTH = 80, 118  # characters
_DPI = 200
_METADATA: dict[str, dict[str, str | None]] = {
    "png": {"Software": "Qualcode"},
    "svg": {"Date": None, "Creator": "Qualcode"},
    "pdf": {"CreationDate": None},
}


@dataclass(frozen=True, slots=True)
class Words:
    """What stands above and below a picture; an empty title leaves its place out.

    Attributes:
        warning: a line that must not be overlooked ("Suggested, not reviewed").
    """

    title: str = ""
    caption: str = ""
    notes: Sequence[str] = field(default_factory=tuple)
    warning: str = ""


@contextlib.contextmanager
def drawing() -> Iterator[None]:
    """Where pictures are drawn and saved: text stays text, so that it can be searched and set in the report's font.

    The salt makes the same picture the same file.
    """
    from matplotlib import rc_context

    with (
        rc_context({"svg.fonttype": "none", "svg.hashsalt": "qualcode", "hatch.linewidth": 0.6, "pdf.fonttype": 42}),
        warnings.catch_warnings(),
    ):
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        yield


def framed(words: Words, inner_height: float, *, left: float, right: float, below: float = 0.1) -> tuple[Figure, Axes]:
    """A figure with its words, and axes of `inner_height` inches between them.

    Args:
        words: above and below.
        inner_height: of the axes, in inches.
        left: inches beside the axes.
        right: likewise.
        below: inches under the axes, for what is written at them.

    Returns:
        The figure, and axes without marks whose y runs in inches from the top.
    """
    from matplotlib.figure import Figure

    heading = textwrap.wrap(words.title, TITLE_WIDTH)
    caption = textwrap.wrap(words.caption, TITLE_WIDTH + 15)
    notes = [line for note in words.notes for line in textwrap.wrap(note, NOTE_WIDTH)]
    top = 0.12 + 0.24 * len(heading) + (0.24 if words.warning else 0) + 0.19 * len(caption)
    top += 0.21 if heading or caption or words.warning else 0
    bottom = below + 0.155 * len(notes) + 0.1
    height = top + inner_height + bottom
    figure = Figure(figsize=(WIDTH, height), facecolor=PAPER)
    axes = figure.add_axes((left / WIDTH, bottom / height, (WIDTH - left - right) / WIDTH, inner_height / height))

    def write(text: str, inches_from_top: float, **style: Any) -> None:
        figure.text(MARGIN / WIDTH, 1 - inches_from_top / height, text, va="top", parse_math=False, **style)

    y = 0.18
    for line in heading:
        write(line, y, fontsize=12, fontweight="bold", color=INK)
        y += 0.24
    if words.warning:
        write(words.warning, y, fontsize=10.5, fontweight="bold", color=INK)
        y += 0.24
    for line in caption:
        write(line, y, fontsize=9.5, color=INK2)
        y += 0.19
    y = height - 0.155 * len(notes) - 0.08
    for line in notes:
        write(line, y, fontsize=7.5, color=INK2)
        y += 0.155
    axes.set_ylim(inner_height, 0)
    axes.set_yticks([])
    axes.set_xticks([])
    for side in ("top", "right", "bottom", "left"):
        axes.spines[side].set_visible(False)
    return figure, axes


def text_style(size: float) -> dict[str, Any]:
    """How words stand inside a picture: in the middle of their line."""
    return {"fontsize": size, "color": INK, "va": "center", "parse_math": False}


def grouped_by(by: str, say: Say) -> str:
    """What the groups of a picture are; "group" stands for respondent groups."""
    return say("respondent group") if by == "group" else by


def what_fits(things: Sequence[T], height_of: Callable[[T], float], page: float) -> list[T]:
    """Those for which a page has room, in their order; the first in any case.

    Args:
        things: what is drawn one below the other.
        height_of: how much room one takes, in inches.
        page: how much there is.
    """
    shown: list[T] = []
    for each in things:
        if not shown or sum(map(height_of, [*shown, each])) <= page:
            shown.append(each)
    return shown


def notes_below(notes: Sequence[str], n_shown: int, n_left_out: int, say: Say) -> list[str]:
    """Notes of a picture of closed questions, and that some of these had no room; where none is shown only that."""
    if not n_shown:
        return [say("There is nothing to show yet.")]
    further = say("Further questions that are not shown (the tables have them): {n}.").format(n=n_left_out)
    return [*notes, further] if n_left_out else list(notes)


def ink_on(shade: str | tuple[float, float, float]) -> str:
    """Dark or white, whichever is easier to read on a shade, in a grey copy too.

    Source: contrast ratio of Web Content Accessibility Guidelines 2.2, W3C.
    """
    from matplotlib.colors import to_rgb

    def luminance(colour: str | tuple[float, float, float]) -> float:
        parts = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in to_rgb(colour))
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))

    behind = luminance(shade) + 0.05
    return INK if behind / (luminance(INK) + 0.05) >= (luminance(PAPER) + 0.05) / behind else PAPER


def check_endings(paths: Sequence[Path]) -> None:
    """Refuse a file that no picture can be written to.

    Raises:
        ExportError: an ending is not known.
    """
    for path in paths:
        if path.suffix.lower() not in FORMATS:
            raise ExportError(
                _("A chart cannot be written as {ending!r}.").format(ending=path.suffix),
                hint=did_you_mean(path.suffix, FORMATS),
            )


def save(figure: Figure, path: Path, cancelled: Cancelled = never) -> None:
    """Write a picture; the file is there whole or not at all.

    Args:
        figure: what was drawn.
        path: an existing file is replaced.
        cancelled: whether it is to stop; asked once more before the file is put in its place.

    Raises:
        CancelledError: it was stopped; what was there before is there still.
        ExportError: the ending is not known, or the file cannot be written.
    """
    check_endings([path])
    unfinished = path.with_name(path.name + ".partial")
    try:
        with unfinished.open("wb") as out:
            _write(figure, out, FORMATS[path.suffix.lower()])
        refuse_if(cancelled)
        unfinished.replace(path)
    except CancelledError:
        unfinished.unlink(missing_ok=True)
        raise
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise cannot_be_written(path, error) from error


def as_bytes(figure: Figure, kind: str) -> bytes:
    """A picture as it stands in a document; `kind` is "png", "svg" or "pdf"."""
    out = io.BytesIO()
    _write(figure, out, kind)
    return out.getvalue()


def _write(figure: Figure, out: BinaryIO, kind: str) -> None:
    with drawing():
        figure.savefig(out, format=kind, dpi=_DPI, metadata=_METADATA[kind])
