"""How the import pages say what a file gives, and what a column is for."""

from __future__ import annotations

from qualcode.gui.documents.reading import language_name
from qualcode.i18n import _, grouped, ngettext
from qualcode.importing.columns import Role
from qualcode.importing.report import Outcome
from qualcode.model.document import DocumentKind
from qualcode.project.import_preview import FileDraft

KINDS = (DocumentKind.FOCUS_GROUP, DocumentKind.INTERVIEW, DocumentKind.NOTES)
ROLES = (Role.OPEN, Role.SCALE, Role.CATEGORY, Role.MULTIPLE, Role.GROUP, Role.ID, Role.DATE, Role.IGNORE)


def outcome_words(outcome: Outcome) -> tuple[str, str, str]:
    """What would happen to a file: in a word, with its icon and the token of its colour."""
    return {
        Outcome.IMPORT: (_("Ready"), "check", "good"),
        Outcome.WARN: (_("Ready, with a note"), "info", "ink2"),
        Outcome.ASK: (_("Choose"), "triangle-alert", "warn"),
        Outcome.REFUSE: (_("Cannot be used"), "circle-alert", "bad"),
    }[outcome]


def facts(file: FileDraft) -> str:
    """What a file gives, on one line."""
    transcript, table = file.found.transcript, file.found.chosen
    if transcript is not None:
        n_turns = len(transcript.speeches)
        n_speakers = sum(bool(each.label) for each in file.speakers)
        n_words = sum(each.n_words for each in file.speakers)
        parts = [
            ngettext("{n} turn", "{n} turns", n_turns).format(n=grouped(n_turns)),
            ngettext("{n} speaker", "{n} speakers", n_speakers).format(n=n_speakers)
            if n_speakers
            else _("no speakers named"),
            ngettext("{n} word", "{n} words", n_words).format(n=grouped(n_words)),
        ]
    elif table is not None:
        n_rows, n_columns = len(table.rows), len(table.header)
        parts = [
            ngettext("{n} row", "{n} rows", n_rows).format(n=grouped(n_rows)),
            ngettext("{n} column", "{n} columns", n_columns).format(n=n_columns),
        ]
        if table.sheet:
            parts.append(_("sheet {sheet}").format(sheet=table.sheet))
    elif file.needs_sheet:
        return ngettext("{n} sheet", "{n} sheets", len(file.sheets)).format(n=len(file.sheets))
    else:
        return ""
    return ", ".join([*parts, language_name(file.found.language)] if file.found.language else parts)


def icon_of(file: FileDraft) -> str:
    """The icon of what a file is."""
    return "table-2" if file.found.kind in ("survey", "codings") else "file-text"


def role_name(role: Role) -> str:
    """What a column is for."""
    return {
        Role.ID: _("Id"),
        Role.GROUP: _("Group"),
        Role.OPEN: _("Open answers"),
        Role.SCALE: _("Scale"),
        Role.CATEGORY: _("Category"),
        Role.MULTIPLE: _("Several choices"),
        Role.DATE: _("Date"),
        Role.IGNORE: _("Left out"),
    }[role]


def kind_name(kind: DocumentKind) -> str:
    """What a transcript is."""
    return {
        DocumentKind.FOCUS_GROUP: _("Focus group"),
        DocumentKind.INTERVIEW: _("Interview"),
        DocumentKind.NOTES: _("Notes"),
    }.get(kind, kind.value)


def separator_name(separator: str) -> str:
    """A separator as a person calls it."""
    return {";": _("semicolon"), ",": _("comma"), "\t": _("tab"), "|": _("vertical line")}.get(separator, separator)
