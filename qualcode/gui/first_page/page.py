"""The first page: three ways in, recent projects, the coder's name, language, appearance."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from qualcode import __version__
from qualcode.gui.language import LANGUAGE_NAMES
from qualcode.gui.resources import fonts
from qualcode.gui.resources.icons import draw_icon
from qualcode.gui.resources.theme import theme, tokens
from qualcode.gui.widgets.controls import Badge, KeyCap, Segmented, add_shadow, button, label
from qualcode.i18n import _
from qualcode.settings import APPEARANCE, CODER, LANGUAGE, RECENT_PROJECTS, Settings

_LEFT_WIDTH = 464
_RIGHT_WIDTH = 512
_GAP = 128
_RECENT_SHOWN = 5
_SHADOW = 24  # room for the shadow of a card at the edge
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class FirstPage(QWidget):
    """Reports which way in was taken.

    Signals:
        sample_wanted: the sample study.
        new_study_wanted: a study to be put together.
        study_wanted: a study file, to be chosen.
        project_wanted: a project, to be chosen.
        recent_picked: the path of a recent project.
        appearance_picked: "system", "light" or "dark".
        language_picked: "system", "en" or "nb".
    """

    sample_wanted = Signal()
    new_study_wanted = Signal()
    study_wanted = Signal()
    project_wanted = Signal()
    recent_picked = Signal(str)
    appearance_picked = Signal(str)
    language_picked = Signal(str)

    def __init__(self, settings: Settings, *, has_sample: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._settings = settings
        self._cards: list[ChoiceCard] = []
        self._recent_rows: list[RecentRow] = []
        self._recent_column = QVBoxLayout()
        self._recent_card = _card()
        self._clear = button(_("Clear list"), kind="quiet")
        self._appearance = Segmented(
            _("Appearance"),
            [("system", _("As the system")), ("light", _("Light")), ("dark", _("Dark"))],
            settings.get(APPEARANCE),
        )
        self._language = Segmented(
            _("Language"),
            [("system", _("As the system")), *LANGUAGE_NAMES.items()],
            settings.get(LANGUAGE),
        )
        self._coder = QLineEdit(settings.get(CODER))
        self._badge = Badge(self)
        self._lay_out(has_sample=has_sample)
        self._coder.textChanged.connect(self._on_coder_changed)
        self._on_coder_changed(self._coder.text())
        self._appearance.picked.connect(self.appearance_picked)
        self._language.picked.connect(self.language_picked)
        self._clear.clicked.connect(self._on_clear)
        self.show_recent()

    @property
    def cards(self) -> Sequence[ChoiceCard]:
        """The ways in."""
        return self._cards

    @property
    def coder_field(self) -> QLineEdit:
        """Where the coder's name is written."""
        return self._coder

    @property
    def recent_rows(self) -> Sequence[RecentRow]:
        """The recent projects that are shown."""
        return self._recent_rows

    def show_recent(self) -> None:
        """Reads the list of recent projects again; files that are gone are left out."""
        for row in self._recent_rows:
            row.hide()
            row.deleteLater()
        self._recent_rows = []
        paths = [Path(each) for each in self._settings.get(RECENT_PROJECTS)]
        for path in [each for each in paths if each.is_file()][:_RECENT_SHOWN]:
            row = RecentRow(path)
            row.clicked.connect(lambda _checked=False, path=path: self.recent_picked.emit(str(path)))
            self._recent_rows.append(row)
            self._recent_column.addWidget(row)
        self._recent_card.setVisible(bool(self._recent_rows))

    def show_appearance(self, appearance: str) -> None:
        """Marks the appearance in force."""
        self._appearance.choose(appearance)

    def show_language(self, language: str) -> None:
        """Marks the language in force."""
        self._language.choose(language)

    def focus_language(self) -> None:
        """Puts the keyboard on the language in force."""
        for each in self._language.findChildren(QPushButton):
            if each.isChecked():
                each.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_begun(self, is_begun: bool) -> None:
        """Says whether a new study waits to be gone on with."""
        title = _("Go on with the new study") if is_begun else _("Start a new study")
        second = _("It was put aside; all that was decided is kept") if is_begun else self._new_study_about
        self._new_study.say(title, second)

    def press(self, number: int) -> None:
        """Takes the way in of that number, from 1."""
        if 1 <= number <= len(self._cards):
            self._cards[number - 1].click()

    def _lay_out(self, *, has_sample: bool) -> None:
        left = self._ways_in(has_sample=has_sample)
        right = self._right_side()
        columns = QHBoxLayout()
        columns.setSpacing(0)
        columns.addLayout(left, _LEFT_WIDTH)
        columns.addSpacing(24)
        columns.addStretch(_GAP - 24)
        columns.addLayout(right, _RIGHT_WIDTH)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(_Glyph("keyboard", 16))
        foot.addWidget(label(_("All shortcuts"), fonts.SMALL, rank=2))
        foot.addWidget(KeyCap("F1"))
        foot.addStretch(1)
        foot.addWidget(label(_("Version {version}").format(version=__version__), fonts.SMALL, rank=2))
        inside = QWidget()
        inside.setMaximumWidth(fonts.px(_LEFT_WIDTH + _GAP + _RIGHT_WIDTH) + 2 * _SHADOW)
        column = QVBoxLayout(inside)
        column.setContentsMargins(_SHADOW, 24, _SHADOW, 24)
        column.addStretch(3)
        column.addLayout(columns)
        column.addStretch(4)
        column.addLayout(foot)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(16, 0, 16, 0)
        outer.addWidget(inside)

    def _ways_in(self, *, has_sample: bool) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(_Emblem())
        column.addSpacing(12)
        name = label("Qualcode")
        name.setFont(fonts.font(fonts.PRODUCT, fonts.SEMIBOLD, family=fonts.DISPLAY_FAMILY))
        column.addWidget(name)
        about = _(
            "Read transcripts and survey answers against your template, and see which group speaks of which theme."
        )
        text = label(about, fonts.TITLE, rank=2, wrap=True)
        text.setMaximumWidth(fonts.px(440))
        column.addWidget(text)
        column.addSpacing(16)
        new = self._new_study_about = _("Bring in transcripts, a survey or both, step by step")
        ways = [
            ("file-plus", _("Start a new study"), new, self.new_study_wanted),
            ("folder-open", _("Open a project"), _("A file that ends in .qualcode"), self.project_wanted),
        ]
        if has_sample:
            sample = _("Four invented transcripts, a survey, a finished template")
            ways.insert(0, ("book-open", _("Open the sample study"), sample, self.sample_wanted))
        for number, (icon_name, title, second, signal) in enumerate(ways, start=1):
            card = ChoiceCard(icon_name, title, second, str(number), is_main=number == 1)
            card.clicked.connect(signal)
            self._cards.append(card)
            column.addWidget(card)
            if signal is self.new_study_wanted:
                self._new_study = card
        study = button(_("Open a study file"), kind="link")
        study.clicked.connect(self.study_wanted)
        line = QHBoxLayout()
        line.addWidget(study)
        line.addWidget(label(_("A .yaml file that names transcripts, survey and codebook"), fonts.SMALL, rank=3))
        line.addStretch(1)
        column.addLayout(line)
        column.addSpacing(4)
        column.addWidget(_DropHint())
        column.addSpacing(16)
        promise = QHBoxLayout()
        promise.setSpacing(8)
        promise.addWidget(_Glyph("lock", 14))
        promise.addWidget(label(_("Everything stays on this machine. No account, no network."), fonts.SMALL, rank=2))
        promise.addStretch(1)
        column.addLayout(promise)
        column.addStretch(1)
        return column

    def _right_side(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(24)
        add_shadow(self._recent_card)
        inside = QVBoxLayout(self._recent_card)
        inside.setContentsMargins(11, 12, 11, 12)
        inside.setSpacing(4)
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 0, 4)
        head.addWidget(label(_("Recent projects"), weight=fonts.SEMIBOLD))
        head.addStretch(1)
        head.addWidget(self._clear)
        inside.addLayout(head)
        self._recent_column.setSpacing(2)
        inside.addLayout(self._recent_column)
        column.addStretch(1)
        column.addWidget(self._recent_card)
        column.addWidget(self._choices())
        column.addStretch(1)
        return column

    def _choices(self) -> QFrame:
        card = _card()
        column = QVBoxLayout(card)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(18)
        first = QHBoxLayout()
        first.addWidget(_named(_("Your name as coder")))
        self._coder.setAccessibleName(_("Your name as coder"))
        self._coder.setPlaceholderText(_("As the system calls you"))
        first.addWidget(self._coder, 1)
        first.addSpacing(8)
        first.addWidget(self._badge)
        column.addLayout(first)
        for name, choices in ((_("Language"), self._language), (_("Appearance"), self._appearance)):
            row = QHBoxLayout()
            row.addWidget(_named(name))
            row.addWidget(choices)
            row.addStretch(1)
            column.addLayout(row)
        return card

    def _on_coder_changed(self, name: str) -> None:
        self._settings.set(CODER, name.strip())
        self._badge.show_name(name.strip())
        self._badge.setVisible(bool(name.strip()))

    def _on_clear(self) -> None:
        self._settings.forget_projects()
        self.show_recent()


def _card() -> QFrame:
    made = QFrame()
    made.setObjectName("card")
    return made


def _named(text: str) -> QWidget:
    made = label(text, weight=fonts.MEDIUM)
    made.setFixedWidth(fonts.px(170))
    return made


class ChoiceCard(QAbstractButton):
    """A way in, or one of several choices: an icon, two lines, and the key that takes it ("" for none)."""

    def __init__(self, icon_name: str, title: str, second: str, key: str, *, is_main: bool) -> None:
        super().__init__()
        self._icon_name, self._title, self._second, self._key = icon_name, title, second, key
        self._is_main = is_main
        self._is_hovered = False
        self.setAccessibleName(title)
        self.setAccessibleDescription(second)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.update)

    def say(self, title: str, second: str) -> None:
        """Says something else."""
        self._title, self._second = title, second
        self.setAccessibleName(title)
        self.setAccessibleDescription(second)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Two lines with room around."""
        second = QFontMetricsF(fonts.font(fonts.CONTROL)).horizontalAdvance(self._second)
        return QSize(max(fonts.px(380), round(second) + 132), fonts.px(70))

    def minimumSizeHint(self) -> QSize:
        """The words are never cut."""
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        """The pointer is over it."""
        self._is_hovered = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer left it."""
        self._is_hovered = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the card."""
        t = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        is_main = self._is_main or self.isChecked()
        ground = t.select if is_main else t.hover if self._is_hovered or self.isDown() else t.raised
        edge = t.accent if self.hasFocus() or self.isChecked() or (is_main and self._is_hovered) else t.border2
        painter.setBrush(QColor(ground))
        painter.setPen(QPen(QColor(edge), 2 if self.hasFocus() else 1))
        painter.drawRoundedRect(place, 10, 10)
        bed = QRectF(place.left() + 15, place.center().y() - 20, 40, 40)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(t.raised if is_main else t.sunken))
        painter.drawRoundedRect(bed, 8, 8)
        token = t.accent_text if is_main else t.ink2
        draw_icon(painter, self._icon_name, QRectF(bed.center() - QPointF(9, 9), bed.center() + QPointF(9, 9)), token)
        left = bed.right() + 16
        width = place.right() - left - 46
        half = place.height() / 2
        painter.setFont(fonts.font(fonts.TITLE, fonts.SEMIBOLD))
        painter.setPen(QColor(t.ink))
        painter.drawText(QRectF(left, place.top() + 11, width, half - 9), _MIDDLE, self._title)
        painter.setFont(fonts.font(fonts.CONTROL))
        painter.setPen(QColor(t.ink2))
        painter.drawText(QRectF(left, place.top() + half + 1, width, half - 11), _MIDDLE, self._second)
        if self._key:
            self._paint_key(painter, place)
        elif self.isChecked():
            draw_icon(painter, "check", QRectF(place.right() - 34, place.center().y() - 8, 16, 16), t.accent_text)
        painter.end()

    def _paint_key(self, painter: QPainter, place: QRectF) -> None:
        side = fonts.px(18)
        cap = QRectF(place.right() - 16 - side, place.center().y() - side / 2, side, side)
        painter.setPen(QPen(QColor(tokens().border2), 1))
        painter.setBrush(QColor(tokens().raised))
        painter.drawRoundedRect(cap, 4, 4)
        painter.setFont(fonts.font(fonts.HINT, fonts.MEDIUM))
        painter.setPen(QColor(tokens().ink2))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._key)


class RecentRow(QPushButton):
    """A recent project: its name, where it lies, when it was changed."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._name, self._folder = path.stem, str(path.parent)
        self._when = _when(datetime.datetime.fromtimestamp(path.stat().st_mtime))
        self.setAccessibleName(self._name)
        self.setAccessibleDescription(self._when)
        self.setToolTip(str(path))
        self.setProperty("quiet", "true")
        theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(320, fonts.px(56))

    def minimumSizeHint(self) -> QSize:
        """Two lines."""
        return QSize(280, fonts.px(56))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the row."""
        t = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(t.hover))
            painter.drawRoundedRect(place, 8, 8)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(t.accent), 2))
            painter.drawRoundedRect(place, 8, 8)
        inner = place.adjusted(12, 8, -12, -8)
        half = inner.height() / 2
        small = fonts.font(fonts.SMALL)
        painter.setFont(small)
        painter.setPen(QColor(t.ink2))
        upper = QRectF(inner.left(), inner.top(), inner.width(), half)
        painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._when)
        when_width = QFontMetricsF(small).horizontalAdvance(self._when) + 12
        lower = QRectF(inner.left(), inner.top() + half, inner.width(), half)
        folder = QFontMetricsF(small).elidedText(self._folder, Qt.TextElideMode.ElideMiddle, inner.width())
        painter.drawText(lower, _MIDDLE, folder)
        name_font = fonts.font(fonts.CONTROL, fonts.MEDIUM)
        painter.setFont(name_font)
        painter.setPen(QColor(t.ink))
        name = QFontMetricsF(name_font).elidedText(self._name, Qt.TextElideMode.ElideRight, inner.width() - when_width)
        painter.drawText(upper, _MIDDLE, name)
        painter.end()


def _when(changed: datetime.datetime) -> str:
    today = datetime.date.today()
    if changed.date() == today:
        return _("Today {time}").format(time=changed.strftime("%H:%M"))
    if changed.date() == today - datetime.timedelta(days=1):
        return _("Yesterday {time}").format(time=changed.strftime("%H:%M"))
    return changed.strftime(_("%Y-%m-%d"))


class _Glyph(QWidget):
    def __init__(self, icon_name: str, side: int) -> None:
        super().__init__()
        self._icon_name, self._side = icon_name, side
        self.setFixedSize(QSize(side, side))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the icon."""
        painter = QPainter(self)
        draw_icon(painter, self._icon_name, QRectF(0, 0, self._side, self._side), tokens().ink2)
        painter.end()


class _DropHint(QWidget):
    """Says that files can be dropped; the whole window takes them."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(fonts.px(72))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the dashed card."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(tokens().border2), 1.5)
        pen.setDashPattern([4.0, 3.0])
        painter.setPen(pen)
        place = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(place, 10, 10)
        draw_icon(painter, "file-down", QRectF(place.left() + 24, place.center().y() - 9, 18, 18), tokens().ink2)
        left = place.left() + 58
        half = place.height() / 2
        painter.setFont(fonts.font(fonts.CONTROL, fonts.MEDIUM))
        painter.setPen(QColor(tokens().ink))
        width = place.width() - 70
        painter.drawText(QRectF(left, place.top() + 12, width, half - 10), _MIDDLE, _("Or drop files here"))
        painter.setFont(fonts.font(fonts.SMALL))
        painter.setPen(QColor(tokens().ink2))
        text = _("Transcripts, surveys, a study file or a project")
        painter.drawText(QRectF(left, place.top() + half + 1, width, half - 12), _MIDDLE, text)
        painter.end()


class _Emblem(QWidget):
    """The program's sign: lines of text and a bracket."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(QSize(48, 48))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the sign."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens().accent))
        painter.drawRoundedRect(QRectF(0, 0, 48, 48), 10, 10)
        pen = QPen(QColor(tokens().on_accent), 3)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        for y, right in ((16, 27), (24, 23), (32, 27)):
            painter.drawLine(QPointF(11, y), QPointF(right, y))
        pen.setWidthF(2.5)
        pen.setCapStyle(Qt.PenCapStyle.SquareCap)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.drawPolyline([QPointF(34, 14.5), QPointF(38, 14.5), QPointF(38, 33.5), QPointF(34, 33.5)])
        painter.end()
