"""Word files: what the page shows is what is read."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest

from qualcode.errors import ImportingError
from qualcode.importing.report import Transcript
from qualcode.importing.transcripts import read_transcript
from tests.importing.word_files import STRICT, bold, paragraph, run, said, table, write_word_file


def read(path: Path) -> Transcript:
    return read_transcript(path)


def words_of(path: Path) -> str:
    return "\n".join(speech.text for speech in read(path).speeches)


def test_bold_names_of_an_ordinary_file_give_turns(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Fokusgruppe", 0)
    for label, text in (("Behandler 1:", " Hei."), ("Jobbspesialist 1:", " Vi sa: nei."), ("Behandler 1:", " Jo.")):
        added = document.add_paragraph()
        added.add_run(label).bold = True
        added.add_run(text)
        document.add_paragraph("Mer av det samme.")
    path = tmp_path / "gruppe.docx"
    document.save(str(path))
    assert [(speech.label, speech.text) for speech in read(path).speeches] == [
        ("Behandler 1", "Hei.\nMer av det samme."),
        ("Jobbspesialist 1", "Vi sa: nei.\nMer av det samme."),
        ("Behandler 1", "Jo.\nMer av det samme."),
    ]


def test_bold_names_without_a_colon_give_turns(tmp_path: Path) -> None:
    lines = [paragraph(bold("Anna Ås"), run(" Hei.")), paragraph(bold("Bo"), run(" Ja.")), paragraph(bold("Viktig"))]
    path = write_word_file(tmp_path / "a.docx", *lines[:2], *lines[:2])
    assert [speech.label for speech in read(path).speeches] == ["Anna Ås", "Bo", "Anna Ås", "Bo"]


def test_bold_emphasis_names_nobody(tmp_path: Path) -> None:
    path = write_word_file(tmp_path / "a.docx", paragraph(bold("Viktig"), run(" er det.")), paragraph(run("Ja.")))
    assert [speech.label for speech in read(path).speeches] == [None, None]


def test_bold_by_style_counts_as_bold(tmp_path: Path) -> None:
    styles = (
        '<w:style w:styleId="Base"><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:styleId="Navn"><w:basedOn w:val="Base"/></w:style>'
        '<w:style w:styleId="Gjemt"><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    named = [paragraph(run(name, '<w:rStyle w:val="Navn"/>'), run(" Hei.")) for name in ("Anna", "Bo", "Anna")]
    hidden = paragraph(run("HEMMELIG", '<w:rStyle w:val="Gjemt"/>'))
    path = write_word_file(tmp_path / "a.docx", *named, hidden, parts={"styles.xml:styles": styles})
    assert [speech.label for speech in read(path).speeches] == ["Anna", "Bo", "Anna"]
    assert "HEMMELIG" not in words_of(path)


KEPT = {
    "insertion": f'<w:ins w:id="1">{run("ORDET")}</w:ins>',
    "moved here": f'<w:moveTo w:id="1">{run("ORDET")}</w:moveTo>',
    "content control": f"<w:sdt><w:sdtContent>{run('ORDET')}</w:sdtContent></w:sdt>",
    "link": f'<w:hyperlink r:id="missing">{run("ORDET")}</w:hyperlink>',
    "smart tag": f"<w:smartTag>{run('ORDET')}</w:smartTag>",
    "custom xml": f"<w:customXml>{run('ORDET')}</w:customXml>",
    "simple field": f'<w:fldSimple w:instr="AUTHOR">{run("ORDET")}</w:fldSimple>',
    "field": '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText>'
    '<w:fldChar w:fldCharType="separate"/><w:t>ORDET</w:t><w:fldChar w:fldCharType="end"/></w:r>',
    "formula": "<m:oMath><m:r><m:t>ORDET</m:t></m:r></m:oMath>",
    "ruby": f"<w:r><w:ruby><w:rt>{run('x')}</w:rt><w:rubyBase>{run('ORDET')}</w:rubyBase></w:ruby></w:r>",
    "nested": '<w:ins w:id="1"><w:sdt><w:sdtContent><w:hyperlink>'
    f"{run('ORDET')}</w:hyperlink></w:sdtContent></w:sdt></w:ins>",
    "not hidden": run("ORDET", '<w:vanish w:val="0"/>'),
}
GONE = {
    "deletion": '<w:del w:id="1"><w:r><w:delText>BORTE</w:delText></w:r></w:del>',
    "moved away": f'<w:moveFrom w:id="1">{run("BORTE")}</w:moveFrom>',
    "hidden": run("BORTE", "<w:vanish/>"),
    "instruction": '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>BORTE</w:instrText></w:r>'
    '<w:r><w:t>BORTE</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>',
    "prompt": f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('BORTE')}</w:sdtContent></w:sdt>",
}


@pytest.mark.parametrize("kind", KEPT)
def test_words_are_kept(tmp_path: Path, kind: str) -> None:
    path = write_word_file(tmp_path / "a.docx", paragraph(run("Før "), KEPT[kind], run(" etter.")))
    assert words_of(path) == "Før ORDET etter."


@pytest.mark.parametrize("kind", GONE)
def test_words_that_the_page_does_not_show_are_left_out(tmp_path: Path, kind: str) -> None:
    path = write_word_file(tmp_path / "a.docx", paragraph(run("Før "), GONE[kind], run("etter.")))
    assert words_of(path) == "Før etter."


@pytest.mark.parametrize("kind", ["deletion", "moved away", "hidden"])
def test_what_was_left_out_is_told_without_its_words(tmp_path: Path, kind: str) -> None:
    path = write_word_file(tmp_path / "a.docx", paragraph(run("Før "), GONE[kind]))
    (problem,) = read(path).problems
    assert problem.severity == "warning"
    assert "BORTE" not in str(problem)


def test_blocks_inside_content_controls_and_insertions_are_kept(tmp_path: Path) -> None:
    path = write_word_file(
        tmp_path / "a.docx",
        f"<w:sdt><w:sdtContent>{paragraph(run('En.'))}</w:sdtContent></w:sdt>",
        f"<w:customXml>{paragraph(run('To.'))}</w:customXml>",
        f'<w:ins w:id="1">{paragraph(run("Tre."))}</w:ins>',
    )
    assert words_of(path) == "En.\nTo.\nTre."


def test_a_deleted_paragraph_mark_joins_two_paragraphs(tmp_path: Path) -> None:
    mark = '<w:rPr><w:del w:id="1"/></w:rPr>'
    path = write_word_file(
        tmp_path / "a.docx",
        paragraph(run("Halve "), properties=mark),
        paragraph(run("setningen.")),
        paragraph(run("Ja.")),
    )
    assert [speech.text for speech in read(path).speeches] == ["Halve setningen.", "Ja."]


def test_tabs_breaks_and_hyphens_are_kept(tmp_path: Path) -> None:
    signs = ("<w:tab/>", "<w:br/>", "<w:cr/>", "<w:noBreakHyphen/>", "")
    letters = "".join(f"<w:t>{letter}</w:t>{sign}" for letter, sign in zip("abcde", signs, strict=True))
    content = f"<w:r>{letters}</w:r>"
    assert words_of(write_word_file(tmp_path / "a.docx", paragraph(content))) == "a\tb\nc\nd\u2011e"


def test_text_boxes_are_read_once_and_told(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph(run('I boksen.'))}</w:txbxContent>"
    shape = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps">'
        f"<w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    path = write_word_file(tmp_path / "a.docx", paragraph(run("Ved boksen."), shape), paragraph(run("Etter.")))
    assert words_of(path) == "Ved boksen.\nI boksen.\nEtter."
    assert len(read(path).problems) == 1


def test_footnotes_and_comments_stand_beside_the_text(tmp_path: Path) -> None:
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:commentReference w:id="1"/></w:r>'
    path = write_word_file(
        tmp_path / "a.docx",
        said("Anna", "Hei."),
        paragraph(run("Mer"), reference, run(".")),
        said("Bo", "Ja."),
        parts={
            "footnotes.xml:footnotes": f'<w:footnote w:type="separator" w:id="0">{paragraph(run("-"))}</w:footnote>'
            f'<w:footnote w:id="2">{paragraph(run("Sagt lavt."))}</w:footnote>',
            "comments.xml:comments": f'<w:comment w:id="1">{paragraph(run("Sjekk dette."))}</w:comment>',
            "header1.xml:hdr": paragraph(run("Fortrolig")),
        },
    )
    found = read(path)
    assert found.notes == ("Footnote 2: Sagt lavt.", "Comment 1: Sjekk dette.")
    assert [speech.text for speech in found.speeches] == ["Hei.\nMer.", "Ja."]
    assert len(found.problems) == 3
    assert not any("Fortrolig" in str(problem) for problem in found.problems)


def test_a_table_with_speakers_gives_turns(tmp_path: Path) -> None:
    rows = (("Taler", "Tekst"), ("Anna", "Hei på deg."), ("Bo", "Ja, hei."), ("", "Og mer."), ("Anna", "Da så."))
    found = read(write_word_file(tmp_path / "a.docx", table(*rows)))
    assert [(speech.label, speech.text) for speech in found.speeches] == [
        ("Anna", "Hei på deg."),
        ("Bo", "Ja, hei.\nOg mer."),
        ("Anna", "Da så."),
    ]


def test_a_table_with_times_gives_times(tmp_path: Path) -> None:
    rows = (
        ("00:00:05", "Anna", "Hei på deg du."),
        ("00:01:10", "Bo", "Ja, hei på deg."),
        ("00:02:00", "Anna", "Da så."),
    )
    found = read(write_word_file(tmp_path / "a.docx", table(*rows)))
    assert [(speech.label, speech.begins) for speech in found.speeches] == [
        ("Anna", 5.0),
        ("Bo", 70.0),
        ("Anna", 120.0),
    ]


def test_another_table_is_read_cell_by_cell(tmp_path: Path) -> None:
    path = write_word_file(tmp_path / "a.docx", table(("Rom", "Tid"), ("Lite", "Kort")), paragraph(run("Slutt.")))
    assert words_of(path) == "Rom\nTid\nLite\nKort\nSlutt."


def test_nested_tables_and_deleted_rows(tmp_path: Path) -> None:
    inner = table(("Innerst",))
    deleted = f"<w:tr><w:trPr><w:del w:id='1'/></w:trPr><w:tc>{paragraph(run('BORTE'))}</w:tc></w:tr>"
    outer = f"<w:tbl><w:tr><w:tc>{paragraph(run('Ytterst'))}{inner}{paragraph()}</w:tc></w:tr>{deleted}</w:tbl>"
    assert words_of(write_word_file(tmp_path / "a.docx", outer)) == "Ytterst\nInnerst"


def test_the_strict_standard_reads_the_same(tmp_path: Path) -> None:
    body = (said("Anna", "Hei."), said("Bo", "Ja."), said("Anna", "Jo."))
    usual = read(write_word_file(tmp_path / "a.docx", *body))
    strict = read(write_word_file(tmp_path / "b.docx", *body, main=STRICT))
    assert strict.speeches == usual.speeches
    assert [speech.label for speech in usual.speeches] == ["Anna", "Bo", "Anna"]


def test_line_breaks_inside_a_paragraph_may_begin_turns(tmp_path: Path) -> None:
    lines = "<w:r><w:t>Anna: Hei.</w:t><w:br/><w:t>Bo: Ja.</w:t><w:br/><w:t>Anna: Jo.</w:t></w:r>"
    found = read(write_word_file(tmp_path / "a.docx", paragraph(lines)))
    assert [(speech.label, speech.text) for speech in found.speeches] == [
        ("Anna", "Hei."),
        ("Bo", "Ja."),
        ("Anna", "Jo."),
    ]


def test_an_empty_document_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportingError, match="no words"):
        read(write_word_file(tmp_path / "a.docx", paragraph(), paragraph(run("  "))))


def test_entities_are_refused(tmp_path: Path) -> None:
    secret = tmp_path / "hemmelig.txt"
    secret.write_text("HEMMELIG", encoding="utf-8")
    for entity in (f'SYSTEM "{secret.as_uri()}"', '"lol"'):
        path = tmp_path / "a.docx"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(
                "word/document.xml",
                f'<!DOCTYPE w [<!ENTITY x {entity}>]><w:document xmlns:w="w"><w:body>'
                "<w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>",
            )
        with pytest.raises(ImportingError, match="entities"):
            read(path)


@pytest.mark.parametrize("size", [90_000_000, 30_000_000])
def test_a_zip_bomb_is_refused(tmp_path: Path, size: int) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"a" * size)
    with pytest.raises(ImportingError):
        read(path)


def test_too_many_parts_and_doubled_parts_are_refused(tmp_path: Path) -> None:
    many = tmp_path / "many.docx"
    with zipfile.ZipFile(many, "w") as archive:
        for number in range(10_001):
            archive.writestr(f"x{number}", b"")
    with pytest.raises(ImportingError, match="10001 parts"):
        read(many)
    twice = tmp_path / "twice.docx"
    with zipfile.ZipFile(twice, "w") as archive:
        archive.writestr("word/document.xml", b"a")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("word/document.xml", b"b")
    with pytest.raises(ImportingError, match="one name"):
        read(twice)


def test_deep_nesting_is_refused(tmp_path: Path) -> None:
    deep = "<w:sdt>" * 120 + "<w:sdtContent>" * 80 + paragraph(run("x")) + "</w:sdtContent>" * 80 + "</w:sdt>" * 120
    with pytest.raises(ImportingError):
        read(write_word_file(tmp_path / "a.docx", deep))


def test_damaged_and_foreign_and_encrypted_files_are_refused(tmp_path: Path) -> None:
    whole = write_word_file(tmp_path / "whole.docx", said("Anna", "Hei.")).read_bytes()
    for name, raw in {
        "empty": b"",
        "cut": whole[: len(whole) // 2],
        "text": b"Anna: hei",
        "old": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    }.items():
        path = tmp_path / f"{name}.docx"
        path.write_bytes(raw)
        with pytest.raises(ImportingError) as caught:
            read(path)
        assert caught.value.hint
    sheet = tmp_path / "sheet.docx"
    with zipfile.ZipFile(sheet, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    with pytest.raises(ImportingError, match="no Word file"):
        read(sheet)


def test_flipped_bytes_never_crash(tmp_path: Path) -> None:
    whole = bytearray(write_word_file(tmp_path / "whole.docx", said("Anna", "Hei."), table(("a", "b"))).read_bytes())
    path = tmp_path / "rot.docx"
    for position in range(0, len(whole), 7):
        rotten = whole.copy()
        rotten[position] ^= 0x5A
        path.write_bytes(rotten)
        try:
            read(path)
        except ImportingError as error:
            assert error.hint


def test_macros_are_left_alone_and_told(tmp_path: Path) -> None:
    path = write_word_file(tmp_path / "a.docm", said("Anna", "Hei."), said("Bo", "Ja."))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"x")
    assert ["Macros" in problem.what for problem in read(path).problems] == [True]


def test_ligatures_are_told(tmp_path: Path) -> None:
    found = read(write_word_file(tmp_path / "a.docx", paragraph(run("Det er e\ufb00ekt."))))
    assert [speech.text for speech in found.speeches] == ["Det er e\ufb00ekt."]
    assert ["Ligatures" in problem.what for problem in found.problems] == [True]


def test_labels_that_lists_write_before_their_paragraphs_are_words_of_the_page(tmp_path: Path) -> None:
    def level(text: str, form: str) -> str:
        return f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'

    levels = (level("I:", "none"), level("Deltaker %1:", "decimal"), level("%1.", "decimal"), level("o", "bullet"))
    numbering = "".join(
        f'<w:abstractNum w:abstractNumId="{n}">{each}</w:abstractNum>'
        f'<w:num w:numId="{n + 1}"><w:abstractNumId w:val="{n}"/></w:num>'
        for n, each in enumerate(levels)
    )

    def listed(number: int, text: str) -> str:
        return paragraph(run(text), properties=f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>')

    body = [listed(1, "Hva?"), listed(2, "Tid."), listed(1, "Mer?"), listed(2, "Rom."), listed(3, "a"), listed(4, "b")]
    path = write_word_file(tmp_path / "a.docx", *body, parts={"numbering.xml:numbering": numbering})
    assert [(speech.label, speech.text) for speech in read(path).speeches] == [
        ("I", "Hva?"),
        ("Deltaker 1", "Tid."),
        ("I", "Mer?"),
        ("Deltaker 2", "Rom.\na\nb"),
    ]


TABLES = {
    "numbers": (("1", "Anna", "Hei du."), ("2", "Bo", "Ja."), ("3", "Anna", "Nei da.")),
    "header": (
        ("Nr", "Tid", "Hvem", "Hva"),
        ("1", "00:01:10", "Anna", "Hei du."),
        ("2", "00:01:15", "Bo", "Ja."),
        ("3", "00:02:00", "Anna", "Nei da."),
    ),
    "speaker last": (
        ("Timespan", "Content", "Speaker"),
        ("0:00.0 - 0:10.5", "Hei du.", "Anna"),
        ("0:10.5 - 0:12.0", "Ja.", "Bo"),
        ("0:12.0 - 0:15.0", "Nei da.", "Anna"),
    ),
    "remarks": (
        ("Taler", "Tekst", "Notat"),
        ("Anna", "Hei du.", ""),
        ("Bo", "Ja.", "ler"),
        ("Anna", "Nei da.", ""),
    ),
}


@pytest.mark.parametrize("form", TABLES)
def test_tables_of_turns_in_any_order_of_columns(tmp_path: Path, form: str) -> None:
    found = read(write_word_file(tmp_path / "a.docx", table(*TABLES[form])))
    assert [(speech.label, speech.text) for speech in found.speeches] == [
        ("Anna", "Hei du."),
        ("Bo", "Ja."),
        ("Anna", "Nei da."),
    ]
    assert found.notes == (("ler",) if form == "remarks" else ())
    assert len(found.problems) == (form == "remarks")


def test_a_colon_behind_a_bold_name_is_one_of_its_words(tmp_path: Path) -> None:
    talk = [("Anna", "Hei."), ("Bo", "Konklusjon: det går."), ("Anna", "Ja."), ("Bo", "Nei.")]
    lines = [paragraph(bold(label), run(f" {text}")) for label, text in talk]
    found = read(write_word_file(tmp_path / "a.docx", *lines))
    assert [(speech.label, speech.text) for speech in found.speeches] == talk
    lines = [paragraph(bold(label), run(f" Ås: {text}")) for label, text in talk]
    found = read(write_word_file(tmp_path / "b.docx", *lines))
    assert [speech.label for speech in found.speeches] == ["Anna Ås", "Bo Ås", "Anna Ås", "Bo Ås"]
