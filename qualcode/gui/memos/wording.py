"""What memos are on and when they were written, in words."""

from __future__ import annotations

import datetime

from PySide6.QtCore import QDate, QDateTime, QLocale, QTime

from qualcode.i18n import _, language_in_use
from qualcode.model.memo import SubjectKind


def when(moment: str) -> str:
    """A moment of the store (UTC) as local date and time, in the language in use."""
    local = datetime.datetime.fromisoformat(moment).astimezone()
    date = QDateTime(QDate(local.year, local.month, local.day), QTime(local.hour, local.minute))
    locale = QLocale("nb_NO" if language_in_use() == "nb" else "en_GB")
    return locale.toString(date, "d MMM yyyy HH:mm")


def kind_title(kind: SubjectKind) -> str:
    """What a kind of subject is called, of several."""
    return {
        SubjectKind.PROJECT: _("Journal"),
        SubjectKind.DOCUMENT: _("Documents"),
        SubjectKind.RESPONDENT: _("Respondents"),
        SubjectKind.CODE: _("Codes"),
        SubjectKind.SEGMENT: _("Quotations"),
    }[kind]
