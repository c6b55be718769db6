"""Coding by hand: segments are added, recoded and taken away."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import QualcodeError
from qualcode.i18n import _, ngettext
from qualcode.model.progress import Pieces, to_the_end
from qualcode.model.segment import Origin, Segment, Span
from qualcode.model.words import between_words
from qualcode.store import documents, segments, touched
from qualcode.store.carried_rows import unite

if TYPE_CHECKING:
    from qualcode.project.codings_import import ImportedCodings
    from qualcode.project.project import Project
    from qualcode.store.segments import SegmentRow


_PIECE = 1_000
"""Segments that are added at once where it is done in pieces."""


class SegmentActions:
    """What can be asked of and done to the segments of a project."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def of_document(self, document_id: int) -> list[Segment]:
        """The segments of a document by position."""
        return segments.of_document(self._project.db, document_id)

    def of_documents(self, document_ids: Sequence[int]) -> list[Segment]:
        """The segments of some documents by document and position."""
        return segments.of_documents(self._project.db, document_ids)

    def rows_of_documents(self, document_ids: Sequence[int]) -> list[SegmentRow]:
        """The segments of some documents as plain tuples, by document and position."""
        return segments.rows_of_documents(self._project.db, document_ids)

    def rows_changed(self, since: int) -> tuple[Collection[int], list[SegmentRow]] | None:
        """The segments that were made, changed or removed since a step.

        Args:
            since: `Project.last_step_id` when it was asked last, 0 for none; it must be asked after each change.

        Returns:
            The ids of all of them, and those that are there now as plain tuples; None if they are too many to tell.
        """
        found = touched.touched_since(self._project.db.connection, "segment", since)
        return (found.ids, segments.rows(self._project.db, found.ids)) if found is not None else None

    def of_code(self, code_id: int) -> list[Segment]:
        """The segments of one code (not of those below it) by document and position."""
        return segments.of_code(self._project.db, code_id)

    def codes_given_last(self) -> list[int]:
        """The codes that the coder at work gave by hand not long ago, the latest first."""
        return segments.codes_given_last(self._project.db, self._project.coder_name)

    def add(self, document_id: int, span: Span, code_id: int) -> Segment:
        """Code a span; a span that this coder has coded so already stays as it is.

        Raises:
            QualcodeError: the span lies outside the text.
        """
        db = self._project.db
        self._check_inside(document_id, span)
        with self._project.step(_("Code")):
            coder = segments.coder_for(db, self._project.coder_name)
            known = segments.find(db, document_id, span, code_id, coder.id)
            return known or segments.add(db, document_id, span, code_id, coder.id, Origin.MANUAL)

    def add_many(self, places: Sequence[tuple[int, Span]], code_id: int) -> int:
        """Code many spans in one step; those that this coder has coded so already stay as they are.

        Args:
            places: (document id, span) of each; each span lies inside its text.
            code_id: the code.

        Returns:
            how many segments were added.
        """
        return to_the_end(self.adding_many(places, code_id))

    def adding_many(self, places: Sequence[tuple[int, Span]], code_id: int) -> Pieces[int]:
        """Do what `add_many` does piece by piece; closed before its end, it leaves everything as it was."""
        name = ngettext("Code {n} quotation", "Code {n} quotations", len(places)).format(n=len(places))
        return (yield from self._project.step_in_pieces(name, self._adding_many(places, code_id)))

    def _adding_many(self, places: Sequence[tuple[int, Span]], code_id: int) -> Pieces[int]:
        db, wanted, n_new = self._project.db, list(dict.fromkeys(places)), 0
        coder = segments.coder_for(db, self._project.coder_name)
        for first in range(0, len(wanted), _PIECE):
            yield first, len(wanted)
            some = wanted[first : first + _PIECE]
            known = segments.places_of(db, {document_id for document_id, _span in some}, code_id, coder.id)
            new = [each for each in some if each not in known]
            segments.add_many(db, new, code_id, coder.id, Origin.MANUAL)
            n_new += len(new)
        return n_new

    def remove(self, segment_id: int) -> None:
        """Take a segment away."""
        with self._project.step(_("Uncode")):
            segments.remove(self._project.db, [segment_id])

    def recode(self, segment_id: int, code_id: int) -> None:
        """Give one segment another code; if its coder has that span under it already, the two become one."""
        db = self._project.db
        segment = self._get(segment_id)
        with self._project.step(_("Recode")):
            double = segments.find(db, segment.document_id, segment.span, code_id, segment.coder_id)
            if double is not None and double.id != segment_id:
                unite(db, segment_id, double.id)
                segments.remove(db, [segment_id])
            else:
                segments.change_code(db, segment_id, code_id)

    def resize(self, segment_id: int, span: Span) -> Segment:
        """Give one segment another extent; if its coder has that span under its code already, the two become one.

        Returns:
            the segment that has the extent now.

        Raises:
            QualcodeError: the segment is gone, or the span lies outside the text.
        """
        segment = self._get(segment_id)
        self._check_inside(segment.document_id, span)
        with self._project.step(_("Change extent")):
            return self._give_span(segment, span)

    def split(self, segment_id: int, position: int) -> tuple[Segment, Segment]:
        """Cut one quotation in two at a position of the text; memos stay with the first part.

        White space at the cut belongs to neither part. Inside a word the cut is made at its nearer end.

        Raises:
            QualcodeError: the segment is gone, or no words would be left on one side.
        """
        db = self._project.db
        segment = self._get(segment_id)
        words = documents.content_of(db, segment.document_id)[segment.span.start : segment.span.end]
        cut = between_words(words, position - segment.span.start)
        before, behind = (words[:cut], words[cut:]) if 0 < cut < len(words) else ("", "")
        if not before.strip() or not behind.strip():
            raise QualcodeError(
                _("There are no words to split off there."),
                hint=_("Put the cursor between two words of the quotation."),
            )
        first = Span(segment.span.start, segment.span.start + len(before.rstrip()))
        second = Span(segment.span.end - len(behind.lstrip()), segment.span.end)
        with self._project.step(_("Split quotation")):
            kept = self._give_span(segment, first)
            known = segments.find(db, segment.document_id, second, segment.code_id, segment.coder_id)
            added = known or segments.add(
                db,
                segment.document_id,
                second,
                segment.code_id,
                segment.coder_id,
                segment.origin,
                segment.suggestion_id,
            )
        return kept, added

    def neighbour(self, segment_id: int) -> Segment | None:
        """The quotation of the same code and coder that overlaps this one or stands beside it.

        One that overlaps comes first, then the next one.

        Between two that stand beside each other there are only white space and punctuation.
        """
        segment = self._get(segment_id)
        found = [
            each
            for each in segments.of_document(self._project.db, segment.document_id)
            if each.id != segment_id and (each.code_id, each.coder_id) == (segment.code_id, segment.coder_id)
        ]
        text = documents.content_of(self._project.db, segment.document_id)
        beside = [each for each in found if _stand_together(text, each.span, segment.span)]
        return min(
            beside,
            key=lambda each: (not each.span.overlaps(segment.span), each.span < segment.span, each.span),
            default=None,
        )

    def merge(self, segment_id: int, other_id: int) -> Segment:
        """Make one quotation of two of one code and coder that stand together; memos of both stay with it.

        Raises:
            QualcodeError: one is gone, they are of different codes or coders, or other words stand between them.
        """
        db = self._project.db
        first, second = sorted((self._get(segment_id), self._get(other_id)), key=lambda each: (each.span, each.id))
        text = documents.content_of(db, first.document_id)
        is_one_kind = (first.document_id, first.code_id, first.coder_id) == (
            second.document_id,
            second.code_id,
            second.coder_id,
        )
        if not is_one_kind or first.id == second.id or not _stand_together(text, first.span, second.span):
            raise QualcodeError(
                _("Only quotations of one code that stand side by side can be joined."),
                hint=_("Widen one of them up to the other first."),
            )
        with self._project.step(_("Join quotations")):
            unite(db, second.id, first.id)
            segments.remove(db, [second.id])
            return self._give_span(first, Span(first.span.start, max(first.span.end, second.span.end)))

    def _give_span(self, segment: Segment, span: Span) -> Segment:
        """Change an extent inside a step; a segment that has it already takes over what hangs on this one."""
        db = self._project.db
        double = segments.find(db, segment.document_id, span, segment.code_id, segment.coder_id)
        if double is None:
            segments.change_span(db, segment.id, span)
            return replace(segment, span=span)
        if double.id != segment.id:
            unite(db, segment.id, double.id)
            segments.remove(db, [segment.id])
        return double

    def import_codings(self, path: Path) -> ImportedCodings:
        """Add the codings of a table (CSV or workbook), all rows or none.

        Raises:
            ImportingError: a column is missing, or any row is wrong.
        """
        from qualcode.project.codings_import import import_codings

        return import_codings(self._project, path)

    def count(self, hidden_coders: Collection[int] = ()) -> int:
        """How many segments there are, of all coders but those with these ids."""
        return segments.n_segments(self._project.db, hidden_coders)

    def _check_inside(self, document_id: int, span: Span) -> None:
        if span.end > len(documents.content_of(self._project.db, document_id)):
            raise QualcodeError(
                _("Positions {start} to {end} lie outside the text.").format(start=span.start, end=span.end)
            )

    def _get(self, segment_id: int) -> Segment:
        segment = segments.get(self._project.db, segment_id)
        if segment is None:
            raise QualcodeError(_("That quotation is gone."), hint=_("Undo brings it back."))
        return segment


def _stand_together(text: str, one: Span, other: Span) -> bool:
    """Whether no letter or digit stands between two spans."""
    first, second = sorted((one, other))
    return not any(sign.isalnum() for sign in text[first.end : second.start])
