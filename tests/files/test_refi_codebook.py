"""REFI-QDA codebooks (.qdc): what they say, what they can't hold, what is refused."""

from __future__ import annotations

import re
import uuid
from pathlib import Path
from xml.etree import ElementTree

import pytest

from qualcode.errors import CodebookError
from qualcode.files.codebook_file import check_codebook, convert_codebook, read_codebook, write_codebook
from qualcode.model.codebook import Code, Codebook, Level, MatchRule, Wording

# as another program may write it: a prefix, braces and capitals in guids, short colours, sets
FOREIGN = """\
<?xml version="1.0" encoding="utf-8"?>
<q:CodeBook xmlns:q="urn:QDA-XML:codebook:1.0" origin="Another program">
  <q:Codes>
    <q:Code guid="{2A08BDDF-4C35-4250-BF77-7DE37B50C930}" name="Ærlig &amp; åpen" isCodable="true" color="#F80">
      <q:Description>  First line
second line </q:Description>
      <q:Code guid="2d969af8-c875-4fae-bcd8-f0162bc27396" name="Åpen" isCodable="false"/>
      <q:Code guid="2d969af8-c875-4fae-bcd8-f0162bc27397" name="Åpen!" isCodable="true" color="blue"/>
    </q:Code>
    <q:Code guid="2d969af8-c875-4fae-bcd8-f0162bc27398" name="日本" isCodable="true"/>
  </q:Codes>
  <q:Sets><q:Set guid="2d969af8-c875-4fae-bcd8-f0162bc27399" name="S"/></q:Sets>
</q:CodeBook>
"""

GUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z")  # of the standard's schema
TAG = "{urn:QDA-XML:codebook:1.0}"


def _book() -> Codebook:
    return Codebook(
        "garden",
        (
            Code(
                "soil",
                Wording({"en": "Soil <1>", "nb": 'Jord & "leire"'}),
                definition=Wording({"nb": "Det som\ner i bakken & under"}),
                colour="#B3423A",
                level=Level.TEAM,
                rules=(MatchRule(any=("jord",)),),
            ),
            Code("acid", Wording(plain="Sur"), parent="soil", depth=1),
            Code("weather", Wording(plain="Vær")),
        ),
        version="1",
    )


def _file(folder: Path, text: str) -> Path:
    path = folder / "Min kodebok.qdc"
    path.write_text(text, encoding="utf-8")
    return path


def test_names_definitions_colours_and_the_tree_are_written(tmp_path: Path) -> None:
    write_codebook(_book(), tmp_path / "garden.qdc")
    root = ElementTree.parse(tmp_path / "garden.qdc").getroot()
    assert root.tag == TAG + "CodeBook"
    soil, weather = root.findall(f"{TAG}Codes/{TAG}Code")
    assert (soil.get("name"), soil.get("color"), soil.get("isCodable")) == ('Jord & "leire"', "#B3423A", "true")
    assert soil.findtext(f"{TAG}Description") == "Det som\ner i bakken & under"
    assert [child.get("name") for child in soil.findall(f"{TAG}Code")] == ["Sur"]
    assert (weather.get("name"), weather.get("color")) == ("Vær", None)
    guids = [each.get("guid", "") for each in root.iter(f"{TAG}Code")]
    assert all(GUID.match(guid) for guid in guids)
    assert len(set(guids)) == 3


def test_a_code_has_the_same_guid_in_each_export(tmp_path: Path) -> None:
    write_codebook(_book(), tmp_path / "one.qdc")
    write_codebook(_book(), tmp_path / "two.qdc")
    assert (tmp_path / "one.qdc").read_bytes() == (tmp_path / "two.qdc").read_bytes()
    assert all(
        uuid.UUID(each).version == 5 for each in re.findall(r'guid="([^"]+)"', (tmp_path / "one.qdc").read_text())
    )


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    write_codebook(_book(), tmp_path / "garden.qdc")
    read = read_codebook(tmp_path / "garden.qdc")
    assert read.key == "garden"
    assert [(code.key, code.name.plain, code.parent, code.depth, code.colour) for code in read.codes] == [
        ("jord_leire", 'Jord & "leire"', "", 0, "#B3423A"),
        ("sur", "Sur", "jord_leire", 1, ""),
        ("vaer", "Vær", "", 0, ""),
    ]
    assert read.codes[0].definition.plain == "Det som\ner i bakken & under"
    write_codebook(read, tmp_path / "again.qdc")
    assert [code.name for code in read_codebook(tmp_path / "again.qdc").codes] == [code.name for code in read.codes]


def test_a_codebook_of_another_program_is_read(tmp_path: Path) -> None:
    path = _file(tmp_path, FOREIGN)
    book = read_codebook(path)
    assert book.key == "min_kodebok"
    assert [(code.key, code.name.plain, code.depth, code.colour) for code in book.codes] == [
        ("aerlig_apen", "Ærlig & åpen", 0, "#FF8800"),
        ("apen", "Åpen", 1, ""),
        ("apen_2", "Åpen!", 1, ""),
        ("code", "日本", 0, ""),
    ]
    assert book.codes[0].definition.plain == "First line\nsecond line"
    assert [(each.where.rpartition(" ")[2], each.severity) for each in check_codebook(path)] == [
        ("7", "warning"),
        ("8", "warning"),
        ("12", "warning"),
    ]


def test_a_foreign_codebook_becomes_yaml_that_can_be_read(tmp_path: Path) -> None:
    told = convert_codebook(_file(tmp_path, FOREIGN), tmp_path / "new.yaml")
    assert len(told) == 3
    assert read_codebook(tmp_path / "new.yaml").codes == read_codebook(_file(tmp_path, FOREIGN)).codes


def test_a_codebook_inside_a_project_file_is_found(tmp_path: Path) -> None:
    inner = FOREIGN.partition("?>")[2]
    project = f'<Project xmlns="urn:QDA-XML:project:1.0">{inner}</Project>'
    assert len(read_codebook(_file(tmp_path, project)).codes) == 4


def test_converting_says_what_is_lost(tmp_path: Path) -> None:
    write_codebook(_book(), tmp_path / "garden.yaml")
    told = " ".join(convert_codebook(tmp_path / "garden.yaml", tmp_path / "garden.qdc"))
    assert "1 code has rules" in told
    assert "1 code has a level" in told
    assert "1 code has names or definitions in other languages" in told
    assert "version" in told
    assert "aliases" not in told


def test_names_come_in_the_language_that_is_asked_for(tmp_path: Path) -> None:
    write_codebook(_book(), tmp_path / "garden.yaml")
    convert_codebook(tmp_path / "garden.yaml", tmp_path / "garden.qdc", language="en")
    assert read_codebook(tmp_path / "garden.qdc").codes[0].name.plain == "Soil <1>"


def test_an_unknown_ending_is_told(tmp_path: Path) -> None:
    write_codebook(_book(), tmp_path / "garden.yaml")
    with pytest.raises(CodebookError, match=r"\.docx"):
        convert_codebook(tmp_path / "garden.yaml", tmp_path / "garden.docx")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('<!DOCTYPE a [<!ENTITY b "c">]>\n<CodeBook/>', 1, "document type"),
        ('<!DOCTYPE a SYSTEM "file:///a">\n<CodeBook/>', 1, "document type"),
        ("<CodeBook>\n<Codes>\n</CodeBook>", 3, "not valid XML"),
        ("<CodeBook>&a;</CodeBook>", 1, "not valid XML"),
        ("\n<Project/>", 2, "not a REFI-QDA codebook"),
        ("<CodeBook><Codes>\n<Code guid='a'/></Codes></CodeBook>", 2, "no name"),
        ("<CodeBook>" + "<Codes>\n" * 200, 100, "nested too deep"),
        ("", 1, "not valid XML"),
    ],
)
def test_what_is_no_codebook_is_told_with_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    with pytest.raises(CodebookError) as caught:
        read_codebook(_file(tmp_path, text))
    assert caught.value.problems[0].where == f"Min kodebok.qdc, line {line}"
    assert words in caught.value.problems[0].what
