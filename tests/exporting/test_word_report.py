"""What Word is strict about: the order of properties, styles that exist, text that XML can hold, one whole file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

from qualcode.errors import ExportError
from qualcode.exporting.html_report import html_of
from qualcode.exporting.report_blocks import (
    Block,
    Bullets,
    Cell,
    Contents,
    Heading,
    Paragraph,
    Picture,
    Quote,
    Reference,
    Report,
    Strong,
    Table,
    Title,
    cell,
)
from qualcode.exporting.word_report import write_word_report

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# The orders of ISO/IEC 29500-1, those elements that a report has.
ORDERS = {
    "pPr": "pStyle keepNext keepLines numPr pBdr shd tabs spacing ind contextualSpacing jc outlineLvl",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps color spacing kern sz szCs u lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook tblCaption",
    "tcPr": "tcW tcBorders shd vAlign",
    "style": "name basedOn next link uiPriority semiHidden unhideWhenUsed qFormat rsid pPr rPr tblPr tcPr tblStylePr",
}


def dot(_kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("1", (4, 40), 1).save(out, "png")
    return out.getvalue()


def blocks() -> Sequence[Block]:
    return (
        Paragraph(("Nothing is decided yet.",), "warning"),
        Title("A study"),
        Contents("Contents"),
        Heading(1, "First"),
        Paragraph((Reference("one"), " and ", Reference("two"), Strong(" & more"))),
        Table(
            "one",
            1,
            "Counts",
            (cell("Theme", is_text=True), cell("A")),
            ((cell("x", indent=2), cell("1/2\n50 %")),),
            (0.6, 0.4),
        ),
        Heading(2, "Second"),
        Picture("two", 1, "Bars", "what it shows", dot),
        Bullets((("a",), (Strong("b"),))),
        Quote("one line\nanother \x0bwith\x00 signs\ud800 XML cannot hold <b>", "Leader, survey"),
        Table("three", 2, "Empty", (Cell(()),), (), (1.0,), notes=("a note",), trace="a trace"),
    )


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    path = tmp_path_factory.mktemp("word") / "r.docx"
    write_word_report(path, report())
    with zipfile.ZipFile(path) as package:
        yield package


def report() -> Report:
    return Report(
        "A study", "en", "Table", "Figure", "Page {page} of {pages}", "2026-01-31T12:00:00+01:00", "x", blocks()
    )


def part(package: zipfile.ZipFile, name: str) -> etree._Element:
    return etree.fromstring(package.read(f"word/{name}.xml"))


def words(element: etree._Element) -> str:
    return "".join(map(str, element.itertext()))


@pytest.mark.parametrize("name", ["document", "styles", "footer1"])
def test_properties_stand_in_the_order_that_word_demands(package: zipfile.ZipFile, name: str) -> None:
    root = part(package, name)
    for kind, order in ORDERS.items():
        known = order.split()
        for properties in root.iter(f"{W}{kind}"):
            names = [str(child.tag).removeprefix(W) for child in properties]
            if set(names) <= set(known):  # others come with the library's template
                assert names == sorted(names, key=known.index)


def test_every_style_that_is_used_or_named_exists_once(package: zipfile.ZipFile) -> None:
    styles = list(part(package, "styles").iter(f"{W}style"))
    ids = [style.get(f"{W}styleId") for style in styles]
    assert len(ids) == len(set(ids))
    used = {each.get(f"{W}val") for each in part(package, "document").iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")}
    named = {each.get(f"{W}val") for style in styles for each in style.iter(f"{W}basedOn", f"{W}next", f"{W}link")}
    assert used | named <= set(ids)
    assert {"Heading1", "Caption", "Quote", "TableText", "ReportTable", "TOC1"} <= used


def test_a_table_is_followed_by_a_paragraph_and_its_cells_end_with_one(package: zipfile.ZipFile) -> None:
    body = part(package, "document")[0]
    kinds = [str(child.tag).removeprefix(W) for child in body]
    assert all(kinds[i + 1] == "p" for i, kind in enumerate(kinds) if kind == "tbl")
    assert all(tc[-1].tag == f"{W}p" for tc in body.iter(f"{W}tc"))


def test_text_keeps_its_lines_and_loses_what_xml_cannot_hold(package: zipfile.ZipFile) -> None:
    quote = next(p for p in part(package, "document").iter(f"{W}p") if "one line" in words(p))
    assert len(list(quote.iter(f"{W}br"))) == 1
    assert words(quote) == "one lineanother with signs XML cannot hold <b> (Leader, survey)"


def test_a_picture_that_is_too_tall_is_made_smaller(package: zipfile.ZipFile) -> None:
    [extent] = [each for each in part(package, "document").iter() if str(each.tag).endswith("}extent")]
    width, height = (int(extent.get(name, "0")) / 360_000 for name in ("cx", "cy"))  # cm
    assert height == pytest.approx(20.5, abs=0.1) and width == pytest.approx(2.05, abs=0.05)


def test_nothing_of_the_empty_template_is_told(package: zipfile.ZipFile) -> None:
    assert not [name for name in package.namelist() if "thumbnail" in name]
    assert b"Microsoft" not in package.read("docProps/app.xml") and b"python-docx" not in package.read(
        "docProps/core.xml"
    )
    names = [each.get(f"{W}val", "") for each in part(package, "styles").iter(f"{W}name")]
    assert not [name for name in names if name.startswith(("Light", "Medium", "Dark", "Colorful"))]


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "r.docx").mkdir()
    with pytest.raises(ExportError, match=r"r\.docx"):
        write_word_report(tmp_path / "r.docx", report())
    assert [each.name for each in tmp_path.iterdir()] == ["r.docx"]


def test_the_page_has_the_same_blocks_and_no_open_ends() -> None:
    page = html_of(report())
    assert page.index("Nothing is decided yet.") < page.index("<h1>A study</h1>")
    assert '<a href="#one">Table 1</a> and <a href="#two">Figure 1</a>' in page
    assert "one line<br>another" in page and "cannot hold &lt;b&gt;" in page
    assert page.encode("utf-8")
    assert page.count("<ul>") == page.count("</ul>") and page.count("<li>") == page.count("</li>")
