"""Codebooks of every kind of file: nothing is lost on the way through a workbook, and all that is wrong has a place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from qualcode.errors import CodebookError, ExportError
from qualcode.files.codebook_file import read_codebook, write_codebook
from qualcode.model.codebook import Code, Codebook, CodeOrigin, Context, Level, MatchRule, Valence, Wording
from qualcode.project.codebook_files import check_codebook_file, convert_codebook_file, read_codebook_file

SHIPPED = sorted((Path(__file__).parents[2] / "codebooks").glob("*.yaml"))

Rows = Sequence[Sequence[object]]

GOOD: dict[str, Rows] = {
    "Codes": [
        ["key", "parent", "name en", "definition en", "examples"],
        ["soil", "", "Soil", "What grows in it", "Good soil"],
        ["dung", "soil", "Dung", "What is dug in", "Too much dung"],
    ],
    "Rules": [["code", "rule"], ["soil", "any: [soil]"]],
    "Concepts": [["concept", "terms"], ["tools", "spade, fork"]],
    "Codebook": [["field", "value"], ["key", "garden"]],
}


def workbook(folder: Path, sheets: Mapping[str, Rows] | None = None, **changes: Rows) -> Path:
    """A workbook as a person makes one; text that begins with = stays text."""
    path = folder / "garden.xlsx"
    book = Workbook()
    del book[book.sheetnames[0]]
    for title, rows in {**(GOOD if sheets is None else sheets), **changes}.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
            for cell in sheet[sheet.max_row]:
                if isinstance(cell.value, str):
                    cell.data_type = "s"
    book.save(path)
    return path


def codes(*rows: Sequence[object]) -> Rows:
    return [["key", "parent", "name", "definition", "examples"], *rows]


def errors(path: Path) -> list[str]:
    return [f"{each.where}: {each.what}" for each in check_codebook_file(path) if each.severity == "error"]


def warnings(path: Path) -> list[str]:
    return [f"{each.where}: {each.what}" for each in check_codebook_file(path) if each.severity == "warning"]


# --- nothing is lost

_letters = st.characters(codec="utf-8", exclude_categories=["Cs"])
_texts = st.one_of(
    st.text(_letters, min_size=1, max_size=20),
    st.text("ab=+-@'\"\\\n\r\t_x041u, ", min_size=1, max_size=14),
    st.sampled_from(
        [
            "=1+1",
            "#N/A",
            "_x0041_",
            '"quoted"',
            r'"\u0041"',
            "1.0",
            "TRUE",
            "- a\n  b",
            "a\n\n  b",
            "a\x0bb\x01\u2028",
            "\ufeffa",
        ]
    ),
).filter(lambda text: bool(text.strip()))
_terms = st.lists(
    st.sampled_from(["soil", "~lov", "=lov", "taushets*", "*plikt", "slippe inn", "a ... b", "NAV", "no"]),
    min_size=1,
    max_size=3,
).map(tuple)
_wordings = st.one_of(
    _texts.map(lambda text: Wording(plain=text)),
    st.dictionaries(st.sampled_from(["en", "nb", "nn"]), _texts, min_size=1).map(Wording),
)
_rules = st.builds(
    replace,
    st.one_of(
        st.builds(MatchRule, any=_terms),
        st.builds(MatchRule, all=st.lists(_terms, min_size=1, max_size=3).map(tuple)),
        st.builds(MatchRule, near=st.lists(_terms, min_size=2, max_size=3).map(tuple), words=st.integers(1, 99)),
        st.sampled_from([r"a\d+", "'", r'"\s#: ', "x_x0041_", "=a"]).map(lambda regex: MatchRule(regex=regex)),
    ),
    none=st.one_of(st.just(()), _terms),
    lacking=st.sampled_from([None, True, False]),
    within=st.sampled_from(Context),
    groups=st.lists(_texts, max_size=2).map(tuple),
    questions=st.lists(_texts, max_size=2).map(tuple),
    weight=st.floats(0, 1),
    name=st.one_of(st.just(""), _texts),
)
_lists = st.lists(_texts, max_size=3).map(tuple)


@st.composite
def _codebooks(draw: st.DrawFn) -> Codebook:
    """Any codebook, as it is before a file has been made of it."""
    tree: list[Code] = []
    for key in draw(st.permutations(["a", "b_2", "no", "1", "true", "e5"]))[: draw(st.integers(1, 6))]:
        parent = draw(st.one_of(st.none(), st.sampled_from(tree))) if tree else None
        tree.append(
            Code(
                key,
                draw(_wordings),
                parent=parent.key if parent else "",
                depth=parent.depth + 1 if parent else 0,
                aliases=draw(_lists),
                definition=draw(st.one_of(st.just(Wording()), _wordings)),
                include=draw(_lists),
                exclude=draw(_lists),
                examples=draw(_lists),
                origin=draw(st.sampled_from(CodeOrigin)),
                level=draw(st.one_of(st.none(), st.sampled_from(Level))),
                valence=draw(st.one_of(st.none(), st.sampled_from(Valence))),
                counterpart=draw(st.sampled_from(["", "a", "zz"])),
                colour=draw(st.sampled_from(["", "#B3423A"])),
                rules=draw(st.lists(_rules, max_size=3).map(tuple)),
            )
        )
    return Codebook(
        key=draw(st.sampled_from(["garden", "no", "1"])),
        codes=tuple(tree),
        title=draw(st.one_of(st.just(Wording()), _wordings)),
        source=draw(st.one_of(st.just(""), _texts)),
        version=draw(st.sampled_from(["", "1", "01", "1.10", "2024-01-01"])),
        concepts=draw(st.dictionaries(st.sampled_from(["tools", "no", "1"]), _terms, max_size=2)),
    )


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(_codebooks())
def test_any_codebook_comes_back_from_a_workbook_as_it_was(codebook: Codebook) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_codebook(codebook, folder / "one.yaml")
        assert convert_codebook_file(folder / "one.yaml", folder / "two.xlsx") == []
        convert_codebook_file(folder / "two.xlsx", folder / "three.yaml")
        assert read_codebook(folder / "three.yaml") == read_codebook(folder / "one.yaml")


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_a_shipped_codebook_loses_only_its_comments_in_a_workbook(path: Path, tmp_path: Path) -> None:
    assert convert_codebook_file(path, tmp_path / "book.xlsx") == []
    assert convert_codebook_file(tmp_path / "book.xlsx", tmp_path / "again.yaml") == []
    assert read_codebook(tmp_path / "again.yaml") == read_codebook(path) == read_codebook_file(tmp_path / "book.xlsx")
    assert check_codebook_file(tmp_path / "book.xlsx") == check_codebook_file(path) == []


def test_comments_stay_when_a_workbook_is_written_over_the_file_it_came_from(tmp_path: Path) -> None:
    source = tmp_path / "garden.yaml"
    source.write_text("# ours\nkey: garden\ncodes:\n  - {key: soil, name: Soil}  # the first\n", encoding="utf-8")
    convert_codebook_file(source, tmp_path / "garden.xlsx")
    book = load_workbook(tmp_path / "garden.xlsx")
    header = [cell.value for cell in book["Codes"][1]]
    book["Codes"].cell(2, header.index("name") + 1, "Jord")
    book.save(tmp_path / "garden.xlsx")
    convert_codebook_file(tmp_path / "garden.xlsx", source)
    assert source.read_text("utf-8") == "# ours\nkey: garden\ncodes:\n  - {key: soil, name: Jord}  # the first\n"


def test_a_workbook_becomes_a_qdc_file_and_says_what_that_cannot_hold(tmp_path: Path) -> None:
    told = convert_codebook_file(workbook(tmp_path), tmp_path / "garden.qdc")
    assert "1 code has rules, which a .qdc file cannot hold." in told
    assert [code.name.plain for code in read_codebook(tmp_path / "garden.qdc").codes] == ["Soil", "Dung"]
    convert_codebook_file(tmp_path / "garden.qdc", tmp_path / "again.xlsx")
    assert read_codebook_file(tmp_path / "again.xlsx").codes == read_codebook(tmp_path / "garden.qdc").codes


# --- workbooks made by hand


def test_a_workbook_made_by_hand_is_read(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        Codes=[
            ["Name nb", "KEY", "Parent", "aliases", "level", "rules", "definition nb", "examples"],
            ["Møkk", "dung", "soil", "gjødsel\nlort", "team", "- any: [møkk]\n- any: ['@tools']", "Brunt", "Mye"],
            ["Jord", "soil", None, None, None, "any: [jord]", "Sort", "a\n  b\n\nc"],
        ],
        Rules=[["code", "rule"], ["dung", "near: [dung, [a, b]]\nlacking: true\nwords: 3"]],
        Concepts=[["concept", "terms"], ["tools", "spade; =fork\nlong rake,"]],
        Codebook=[["field", "value"], ["key", "garden"], ["version", 2], ["title nb", "Hagen"]],
    )
    assert check_codebook_file(path) == []
    book = read_codebook_file(path)
    assert [(code.key, code.parent, code.depth) for code in book.codes] == [("soil", "", 0), ("dung", "soil", 1)]
    soil, dung = book.codes
    assert soil.examples == ("a\nb", "c")
    assert (dung.aliases, dung.level) == (("gjødsel", "lort"), Level.TEAM)
    assert dung.rules == (
        MatchRule(any=("møkk",)),
        MatchRule(any=("@tools",)),
        MatchRule(near=(("dung",), ("a", "b")), lacking=True, words=3),
    )
    assert (book.version, book.title.in_language("nb")) == ("2", "Hagen")
    assert book.concepts == {"tools": ("spade", "=fork", "long rake")}


def test_only_the_sheet_of_codes_is_needed_and_the_key_comes_from_the_file(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"Codes": GOOD["Codes"]})
    assert read_codebook_file(path).key == "garden"
    assert warnings(path) == [
        "garden.xlsx: The workbook doesn't say the codebook's key; it is called 'garden' after the file."
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"Codes": [["kee", "name"], ["soil", "Soil"]]},
            ["garden.xlsx, sheet Codes: The sheet has no column 'key'."],
        ),
        (
            {"Codes": codes(["soil", "", "Soil"], ["dung", "", "Dung"], ["soil", "", "More"])},
            ["garden.xlsx, sheet Codes, row 4, column key: The key 'soil' stands here a second time (first in row 2)."],
        ),
        (
            {"Codes": codes(["soil", "", "Soil"], ["dung", "soyl", "Dung"])},
            ["garden.xlsx, sheet Codes, row 3, column parent: There is no code 'soyl'."],
        ),
        (
            {"Codes": codes(["soil", "dung", "Soil"], ["dung", "soil", "Dung"], ["x", "", "X"])},
            [
                "garden.xlsx, sheet Codes, row 2, column parent: The code 'soil' stands below itself.",
                "garden.xlsx, sheet Codes, row 3, column parent: The code 'dung' stands below itself.",
            ],
        ),
        (
            {"Codes": codes(["soil", "", "Soil"], ["", "", "Nameless"], ["dung", "", ""])},
            [
                "garden.xlsx, sheet Codes, row 3, column key: The code has no key.",
                "garden.xlsx, sheet Codes, row 4, column name: The code 'dung' has no name.",
            ],
        ),
        (
            {"Codes": [["key", "name", "level", "colour"], ["soil", "Soil", "village", "brown"]]},
            [
                "garden.xlsx, sheet Codes, row 2, column level: 'level' cannot be 'village'.",
                "garden.xlsx, sheet Codes, row 2, column colour: 'brown' is not a colour.",
            ],
        ),
        (
            {"Codes": [["key", "name", "name nb"], ["soil", "Soil", "Jord"]]},
            [
                "garden.xlsx, sheet Codes, row 2, column name: "
                "There is a text for all languages and one for a single language (name / name nb)."
            ],
        ),
        (
            {
                "Rules": [
                    ["code", "rule"],
                    ["soil", "any: [a\nwithin: turn"],
                    ["soil", "any: [a]\nwithin: house"],
                    ["sol", "any: [a]"],
                ]
            },
            [
                "garden.xlsx, sheet Rules, row 2, column rule, line 2: "
                "A bracket opened on line 1 is not closed before this.",
                "garden.xlsx, sheet Rules, row 3, column rule, line 2: 'within' cannot be 'house'.",
                "garden.xlsx, sheet Rules, row 4, column code: There is no code 'sol'.",
            ],
        ),
        (
            {"Rules": [["code", "rule"], ["soil", "regex: (a+)+b"], ["soil", "any: [x]\nany: [y]"], ["soil", None]]},
            [
                "garden.xlsx, sheet Rules, row 2, column rule: The regular expression '(a+)+b' could run without end.",
                "garden.xlsx, sheet Rules, row 3, column rule, line 2: The rule has 'any' twice.",
                "garden.xlsx, sheet Rules, row 4, column rule: The rule is empty.",
            ],
        ),
        (
            {"Rules": [["code", "rule"], ["soil", "any: ['@tool']"]], "Concepts": [["concept", "terms"], ["t", "a*"]]},
            [
                "garden.xlsx, sheet Rules, row 2, column rule: There is no concept 'tool'.",
                "garden.xlsx, sheet Concepts, row 2, column terms: 'a*' in the term 'a*' would find nearly every word.",
            ],
        ),
        (
            {"Concepts": [["concept", "terms"], ["tools", "spade"], ["tools", "fork"], ["empty", None]]},
            [
                "garden.xlsx, sheet Concepts, row 3, column concept: "
                "The concept 'tools' stands here a second time (first in row 2).",
                "garden.xlsx, sheet Concepts, row 4, column terms: 'empty' is empty.",
            ],
        ),
        (
            {"Codebook": [["field", "value"], ["key", "garden"], ["titel", "The garden"]]},
            [
                "garden.xlsx, sheet Codebook, row 3, column field: Unknown key 'titel'.",
            ],
        ),
    ],
)
def test_what_is_wrong_is_told_with_sheet_and_row(
    changes: dict[str, Rows], expected: list[str], tmp_path: Path
) -> None:
    path = workbook(tmp_path, {**GOOD, **changes})
    assert sorted(errors(path)) == sorted(expected)
    with pytest.raises(CodebookError):
        read_codebook_file(path)


def test_what_is_left_out_of_a_workbook_is_told(tmp_path: Path) -> None:
    rows: Rows = [
        ["key", "name", "depth", "definition", "examples", "our notes"],
        ["soil", "Soil", 1, "d", "e", "ask Bo"],
    ]
    path = workbook(tmp_path, Codes=rows)
    assert warnings(path) == [
        "garden.xlsx, sheet Codes: The column 'our notes' is not known here and was left out.",
        "garden.xlsx, sheet Codes, row 2, column depth: "
        "The depth is given as 1, but by its parent the code stands at 0.",
    ]
    assert len(convert_codebook_file(path, tmp_path / "garden.yaml")) == 2


def test_a_tree_that_is_too_deep_is_told_once(tmp_path: Path) -> None:
    rows = [[f"k{n}", f"k{n - 1}" if n else "", f"K{n}"] for n in range(2000)]
    found = errors(workbook(tmp_path, {"Codes": [["key", "parent", "name"], *rows]}))
    assert len(found) == 1
    assert "too deep" in found[0]


def test_a_workbook_without_codes_is_refused(tmp_path: Path) -> None:
    assert errors(workbook(tmp_path, {"Themes": GOOD["Codes"]})) == ["garden.xlsx: The workbook has no sheet 'Codes'."]


def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "garden.xlsx"
    path.write_text("key: garden\n", encoding="utf-8")
    assert len(errors(path)) == 1
    assert len(errors(tmp_path / "gone.xlsx")) == 1


def test_a_text_too_long_for_a_cell_is_refused_not_cut(tmp_path: Path) -> None:
    book = Codebook("garden", (Code("soil", Wording(plain="Soil"), definition=Wording(plain="word " * 7000)),))
    write_codebook(book, tmp_path / "garden.yaml")
    with pytest.raises(ExportError, match="'definition' of soil"):
        convert_codebook_file(tmp_path / "garden.yaml", tmp_path / "garden.xlsx")
    assert not (tmp_path / "garden.xlsx").exists()


def test_an_unknown_ending_names_those_that_are_known(tmp_path: Path) -> None:
    with pytest.raises(CodebookError) as caught:
        convert_codebook_file(workbook(tmp_path), tmp_path / "garden.docx")
    assert ".xlsx" in caught.value.hint


# --- rules that can't be looked for, in YAML


def test_rules_are_checked_with_their_lines_beside_all_other_errors(tmp_path: Path) -> None:
    path = tmp_path / "garden.yaml"
    path.write_text(
        "key: garden\n"
        "codes:\n"
        "  - key: soil\n"
        "    name: Soil\n"
        "    rules:\n"
        "      - any: [soil]\n"
        "      - weight: 2\n"
        "        regex: '(a+)+b'\n"
        "      - any: ['@tols']\n"
        "      - regex: '('\n"
        "    codes:\n"
        "      - {key: dung, name: Dung, rules: [{any: [x], regex: y}, {regex: '(x*)*y'}]}\n",
        encoding="utf-8",
    )
    assert [each.replace("garden.yaml, line ", "") for each in errors(path)] == [
        "7: 'weight' must lie between 0 and 1.",
        "8: The regular expression '(a+)+b' could run without end.",
        "9: There is no concept 'tols'.",
        "10: This is not a regular expression (missing ), unterminated subpattern).",
        "12: The rule has 'any' and 'regex' at once.",
        "12: The regular expression '(x*)*y' could run without end.",
    ]
