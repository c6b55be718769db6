"""Colours, fonts, icons and marks."""

from __future__ import annotations

import ast
import re
from dataclasses import fields
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QFontInfo, QImage, QPainter
from PySide6.QtWidgets import QApplication, QCompleter, QLineEdit, QStyle, QStyleFactory, QWidget
from pytestqt.qtbot import QtBot

from qualcode.gui.resources import fonts
from qualcode.gui.resources.code_marks import code_looks, draw_mark, letter_colour
from qualcode.gui.resources.colour import contrast, mixed, readable_on
from qualcode.gui.resources.group_marks import group_looks
from qualcode.gui.resources.style import QualcodeStyle
from qualcode.gui.resources.style_sheet import style_sheet
from qualcode.gui.resources.theme import theme
from qualcode.gui.resources.tokens import CODE_COLOURS, DARK, LIGHT, Circle, Shape, Tokens
from qualcode.model.case import NO_GROUP
from qualcode.model.codebook import Code, Codebook, Wording

GUI = Path(__file__).parents[2] / "qualcode" / "gui"


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ink", ["ink", "ink2", "ink3", "accent_text", "good", "warn", "bad"])
def test_each_text_colour_can_be_read_on_each_ground(tokens: Tokens, ink: str) -> None:
    for ground in ("window", "surface", "raised", "hover", "select"):
        assert contrast(getattr(tokens, ink), getattr(tokens, ground)) >= 4.45, ground


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_text_stays_readable_on_four_tints(tokens: Tokens) -> None:
    for colour in CODE_COLOURS:
        ground = tokens.surface
        for _layer in range(4):
            ground = mixed(colour.dark if tokens.is_dark else colour.light, ground, tokens.tint[2])
        assert contrast(tokens.ink, ground) >= 4.5, colour.name


def test_letters_in_marks_can_be_read() -> None:
    for colour in CODE_COLOURS:
        for ground in (colour.light, colour.dark):
            assert contrast(letter_colour(ground), ground) >= 4.35, colour.name


def test_only_the_token_table_names_colours() -> None:
    hexadecimal = re.compile(r"#[0-9A-Fa-f]{6}\b")
    allowed = {"tokens.py", "colour.py"}  # colour.py mixes with white and black
    for path in GUI.rglob("*.py"):
        if path.name not in allowed:
            assert not hexadecimal.search(path.read_text(encoding="utf-8")), path.name


def test_the_style_sheet_is_short_and_fully_filled() -> None:
    sheet = style_sheet(LIGHT)
    assert sheet.count("\n") < 150
    assert "$" not in sheet
    assert sheet != style_sheet(DARK)


def test_every_icon_that_is_named_is_there() -> None:
    """Icon names are text in calls of icon(), icon_button(), draw_icon() and of widgets that take one."""
    there = {path.stem for path in (GUI / "resources" / "icons").glob("*.svg")}
    named: set[str] = set()
    for path in GUI.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in there:
                named.add(node.value)
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("icon", "icon_button")
            ):
                name = node.args[0]
                if isinstance(name, ast.Constant):
                    assert name.value in there, name.value
            if isinstance(node, ast.keyword) and node.arg == "icon_name" and isinstance(node.value, ast.Constant):
                assert node.value.value in there, node.value.value
    assert there <= named, f"never used: {sorted(there - named)}"


def test_the_bundled_typeface_is_used(looks: None) -> None:
    assert "Inter" in QFontDatabase.families()
    assert QFontInfo(fonts.font()).family() == "Inter"
    assert QFontInfo(fonts.font(weight=fonts.SEMIBOLD)).weight() == 600
    assert QFontInfo(fonts.font(italic=True)).italic()


def test_licences_come_with_what_they_are_for() -> None:
    assert "SIL OPEN FONT LICENSE" in (GUI / "resources" / "fonts" / "LICENSE-Inter.txt").read_text(encoding="utf-8")
    assert "ISC License" in (GUI / "resources" / "icons" / "LICENSE-Lucide.txt").read_text(encoding="utf-8")


def test_a_theme_switch_changes_palette_and_sheet(looks: None, qapp: QApplication) -> None:
    theme().follow("dark")
    assert qapp.palette().window().color().name().upper() == DARK.window
    theme().follow("light")
    assert qapp.palette().window().color().name().upper() == LIGHT.window


def codebook(*names: tuple[str, str], colour: str = "") -> Codebook:
    """Codes from (name, parent's name) pairs."""
    return Codebook(
        "book",
        tuple(
            Code(name, Wording(plain=name), parent=parent, depth=int(bool(parent)), colour="" if parent else colour)
            for name, parent in names
        ),
    )


def test_a_sub_code_has_the_colour_and_shape_of_its_theme_and_its_own_letter() -> None:
    found = code_looks(codebook(("Inclusion", ""), ("In meetings", "Inclusion"), ("Indoors", "Inclusion")), "en")
    theme_look, first, second = found.values()
    assert (first.light, first.shape) == (theme_look.light, theme_look.shape) == (second.light, second.shape)
    assert [look.letter for look in found.values()] == ["I", "N", "D"]


def test_themes_differ_in_shape_colour_or_letter_however_many_there_are() -> None:
    names = [(f"Theme {chr(65 + number % 26)}{number}", "") for number in range(60)]
    found = code_looks(codebook(*names), "en")
    assert len({(look.light, look.shape, look.letter) for look in found.values()}) == 60


def test_a_new_code_between_two_others_leaves_their_marks_as_they_were() -> None:
    def looks_of(*names: str) -> dict[str, object]:
        ids = {"Walls": 1, "Work": 2, "Water": 9}
        codes = (Code(name, Wording(plain=name), id=ids[name]) for name in names)
        return dict(code_looks(Codebook("book", tuple(codes)), "en"))

    before, after = looks_of("Walls", "Work"), looks_of("Water", "Walls", "Work")
    assert {name: after[name] for name in before} == before
    assert looks_of("Work", "Walls") == before, "moved"
    assert after["Water"] not in before.values()


def test_a_theme_is_drawn_with_the_mark_that_is_kept_for_it() -> None:
    free = code_looks(codebook(*((f"Theme {number}", "") for number in range(14))), "en")
    kept = (Code("late", Wording(plain="Late"), mark=13), Code("new", Wording(plain="New")))
    late, new = code_looks(Codebook("book", kept), "en").values()
    assert (late.light, late.shape) == (free["Theme 13"].light, free["Theme 13"].shape)
    assert (new.light, new.shape) == (free["Theme 0"].light, free["Theme 0"].shape)


def test_the_codebooks_own_colour_wins_and_gets_a_dark_form() -> None:
    (look,) = code_looks(codebook(("Walls", ""), colour="#102030"), "en").values()
    assert look.light == "#102030"
    assert contrast(look.dark, DARK.surface) >= 4
    assert readable_on("#FFFFFF", DARK.surface, 4) == "#FFFFFF"


def test_each_shape_is_drawn_and_differs_from_the_others(looks: None) -> None:
    pictures = set()
    for shape in Shape:
        (look,) = code_looks(codebook(("Aa", "")), "en").values()
        image = QImage(20, 20, QImage.Format.Format_ARGB32)
        image.fill(0)
        painter = QPainter(image)
        draw_mark(painter, type(look)(look.light, look.dark, shape, "A"), 2, 2)
        painter.end()
        pictures.add(bytes(image.constBits()))
    assert len(pictures) == len(Shape)


def test_groups_take_circles_in_the_order_of_the_study() -> None:
    found = group_looks(["Bakers", "Waiters", NO_GROUP])
    assert [look.circle for look in found.values()] == [Circle.FULL, Circle.RING, Circle.UNKNOWN]


def test_tokens_are_named_in_both_themes() -> None:
    for each in fields(Tokens):
        assert getattr(LIGHT, each.name) is not None and getattr(DARK, each.name) is not None


def test_a_list_that_pops_up_over_nothing_has_a_ground(qtbot: QtBot) -> None:
    field = QLineEdit()
    field.setCompleter(QCompleter(["library", "librarian"], field))
    qtbot.addWidget(field)
    popup = field.completer().popup()
    assert popup is not None and popup.parent() is None
    popup.setStyleSheet(style_sheet(DARK))
    popup.resize(200, 80)
    popup.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    popup.show()
    picture = QImage(popup.size(), QImage.Format.Format_ARGB32)
    picture.fill(Qt.GlobalColor.red)
    popup.render(picture, renderFlags=QWidget.RenderFlag.DrawChildren)
    assert picture.pixelColor(188, 68).name() == DARK.raised.lower()


def test_the_style_answers_as_the_one_below_it_but_for_the_tooltips(looks: None) -> None:
    style, below, hints = QualcodeStyle(), QStyleFactory.create("Fusion"), QStyle.StyleHint
    assert style.styleHint(hints.SH_ToolTip_WakeUpDelay) == 500
    for hint in (hints.SH_EtchDisabledText, hints.SH_ToolTip_FallAsleepDelay, hints.SH_Menu_MouseTracking):
        assert style.styleHint(hint) == below.styleHint(hint)
