"""Codebook files: what is told about wrong ones, what a right one says, what stays when one is changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import pytest

from qualcode.errors import CodebookError, Problem
from qualcode.files.codebook_file import check_codebook, read_codebook, write_codebook
from qualcode.model.codebook import Code, Codebook, CodeOrigin, Context, Level, MatchRule, Valence, Wording

FULL = """\
# The template of the garden study.
key: garden  # never changes
title: {en: Garden, nb: 'Hage'}
version: 2

concepts:
  tools: [spade, "greip", rive]   # what one digs with

codes:
  # --- Part one

  - key: soil
    name: {en: Soil, nb: Jord, nn: Jord}
    definition:
      en: >-
        What the soil is like,
        and what it lacks.
      nb: "Hvordan jorda er"   # kept short
    examples:
      - The soil is stone.     # invented
    origin: a_priori
    colour: "#B3423A"
    rules:
      # the plain words first
      - any: [jord, "mold*"]
        weight: 0.7
      - near: ["@tools", [stein, rot]]
        words: 4
        lacking: true
        not: [steinalder]
    codes:
      - key: acid
        name: {en: Acid soil, nb: Sur jord, nn: Sur jord}
        counterpart: lime

      # lime mends it
      - key: lime
        name: {en: Lime, nb: Kalk, nn: Kalk}

  # --- Part two

  # the weather is nobody's fault
  - key: weather
    name: Vær
    level: system
    valence: hindering
    rules: []
  - key: other
    name: {en: Other, nb: Annet, nn: Anna}
# the end
"""


def _file(folder: Path, text: str, name: str = "garden.yaml") -> Path:
    path = folder / name
    path.write_text(dedent(text), encoding="utf-8")
    return path


def _told(folder: Path, text: str) -> list[str]:
    return [f"{each.where}: {each.what}" for each in check_codebook(_file(folder, text)) if each.severity == "error"]


def _one(folder: Path, text: str) -> Problem:
    errors = [each for each in check_codebook(_file(folder, text)) if each.severity == "error"]
    assert len(errors) == 1, errors
    return errors[0]


def _code(extra: str) -> str:
    """A codebook with one code; what is added to the code begins on line 5."""
    return "key: k\ncodes:\n  - key: a\n    name: A\n" + extra


# --- reading


def test_a_codebook_is_read_with_all_its_parts(tmp_path: Path) -> None:
    book = read_codebook(_file(tmp_path, FULL))
    assert (book.key, book.version, book.title.in_language("nb")) == ("garden", "2", "Hage")
    assert book.concepts == {"tools": ("spade", "greip", "rive")}
    assert [(code.key, code.parent, code.depth) for code in book.codes] == [
        ("soil", "", 0),
        ("acid", "soil", 1),
        ("lime", "soil", 1),
        ("weather", "", 0),
        ("other", "", 0),
    ]
    soil, weather = book.code("soil"), book.code("weather")
    assert soil.definition.by_language == {"en": "What the soil is like, and what it lacks.", "nb": "Hvordan jorda er"}
    assert (weather.name.plain, weather.level, weather.valence) == ("Vær", Level.SYSTEM, Valence.HINDERING)
    assert soil.rules == (
        MatchRule(any=("jord", "mold*")),
        MatchRule(near=(("@tools",), ("stein", "rot")), words=4, lacking=True, none=("steinalder",)),
    )


def test_every_key_of_a_rule_is_read(tmp_path: Path) -> None:
    rules = (
        "    rules:\n"
        "      - all: [a1, [b1, c1]]\n"
        "        within: turn\n"
        "        groups: [Leder]\n"
        "        questions: ['Hva  hindrer?']\n"
        "        weight: 1\n"
        "        name: Nummer to\n"
        "        lacking: false\n"
        "      - regex: 'to (ulike|like) \\w+: '\n"
    )
    book = read_codebook(_file(tmp_path, _code(rules)))
    assert book.code("a").rules == (
        MatchRule(
            all=(("a1",), ("b1", "c1")),
            within=Context.TURN,
            groups=("Leder",),
            questions=("Hva hindrer?",),
            weight=1.0,
            name="Nummer to",
            lacking=False,
        ),
        MatchRule(regex=r"to (ulike|like) \w+: "),
    )


def test_no_and_yes_are_words_and_not_truth_values(tmp_path: Path) -> None:
    book = read_codebook(
        _file(tmp_path, _code("    aliases: [no, yes, on, 2024-01-02]\n    rules: [{any: [no, off]}]"))
    )
    assert book.code("a").aliases == ("no", "yes", "on", "2024-01-02")
    assert book.code("a").rules[0].any == ("no", "off")


def test_codes_nest_to_any_depth_and_empty_parts_are_nothing(tmp_path: Path) -> None:
    text = """\
        key: k
        title:
        codes:
          - key: a
            name: A
            rules:
            codes:
              - {key: b, name: B, codes: [{key: c, name: C, codes: []}]}
    """
    assert [code.depth for code in read_codebook(_file(tmp_path, text)).codes] == [0, 1, 2]


# --- what is told


def test_all_errors_are_told_at_once_with_their_lines(tmp_path: Path) -> None:
    text = """\
        key: k
        titel: Feil
        codes:
          - key: Formelle hindre
            name: A
            levle: system
          - key: b
            valence: hindrende
            rules:
              - any: penger
              - any: [a1]
                regex: b
              - near: ["@tols", x1]
                words: 0
                weight: 2
              - regex: "(open"
          - key: b
            name: {en: B, no: B}
            colour: red
        concepts: {tools: [a1]}
    """
    path = _file(tmp_path, text)
    with pytest.raises(CodebookError) as caught:
        read_codebook(path)
    told = [(each.where.removeprefix("garden.yaml, line "), each.what, each.hint) for each in caught.value.problems]
    assert told == [
        ("2", "Unknown key 'titel'.", "Did you mean 'title'?"),
        ("4", told[1][1], "Write formelle_hindre, for instance."),
        ("6", "Unknown key 'levle'.", "Did you mean 'level'?"),
        ("7", "A code lacks the key 'name'.", ""),
        ("8", "'valence' cannot be 'hindrende'.", "Did you mean 'hindering'?"),
        ("10", "'any' must be a list.", "Write any: [penger]"),
        ("11", "The rule has 'any' and 'regex' at once.", "Keep one of them; make a second rule of the other."),
        ("13", "There is no concept 'tols'.", "Did you mean 'tools'?"),
        ("14", "'words' must be a whole number, at least 1.", ""),
        ("15", "'weight' must lie between 0 and 1.", ""),
        ("16", told[10][1], "Look at character 1."),
        ("17", "The key 'b' stands here a second time (first on line 7).", "Each code needs a key of its own."),
        ("18", "'name' has an unknown language, 'no'.", "There is: en, nb, nn."),
        ("19", "'red' is not a colour.", 'Write a sign # and six digits or letters a to f, in quotes: "#B3423A".'),
    ]
    assert "14 errors" in caught.value.message


@pytest.mark.parametrize(
    ("extra", "line", "words"),
    [
        ("    aliases: penger\n", 5, "must be a list"),
        ("    aliases: [1]\n", 5, "is a number"),
        ("    aliases: [true]\n", 5, "true or false"),
        ("    aliases:\n      - a\n      -\n    level: team\n", 7, "is empty"),
        ("    definition: [a]\n", 5, "must be text, not a list"),
        ("    definition: {en: ''}\n", 5, "is empty"),
        ("    name: B\n", 5, "second time (first on line 4)"),
        ("    rules: [penger]\n", 5, "A rule must say"),
        ("    rules: [{}]\n", 5, "looks for nothing"),
        ("    rules: [{name: x}]\n", 5, "looks for nothing"),
        ("    rules: [{any: []}]\n", 5, "is empty"),
        ("    rules: [{any: }]\n", 5, "is empty"),
        ("    rules: [{all: [[]]}]\n", 5, "is empty"),
        ("    rules: [{any: ['...']}]\n", 5, "gap"),
        ("    rules: [{any: [a1], lacking: maybe}]\n", 5, "true or false"),
        ("    rules: [{any: [a1], lacking: yes}]\n", 5, "true or false"),
        ("    rules: [{any: [a1], weight: .nan}]\n", 5, "must be a number"),
        ("    rules: [{any: [a1], weight: 1e999}]\n", 5, "must be a number"),
        ("    rules: [{any: [a1], weight: '0.5'}]\n", 5, "must be a number"),
        ("    rules: [{any: [a1], words: 2.5}]\n", 5, "whole number"),
        ("    rules: [{any: [a1], within: page}]\n", 5, "cannot be 'page'"),
        ("    rules: [{any: [*plikt*]}]\n", 5, "reference"),
        ("    rules: [{any: [@plikt]}]\n", 5, "cannot begin with '@'"),
        ("    level: !!python/object:os.system x\n", 5, "Tags"),
        ("    codes: {key: b, name: B}\n", 5, "must be a list"),
        ("    colour: 123456\n", 5, "is a number"),
        ("    [a]: b\n", 5, "A key must be text"),
        ("    aliases: ['a\n", 5, "never closed"),
        ("\taliases: [a]\n", 5, "tab"),
        ("    aliases: [a\n    level: team\n", 6, "bracket opened on line 5"),
        ("   level: team\n", 5, "not valid YAML"),
        ("    definition: Note: this\n", 5, "not valid YAML"),
        ("concepts: {a b: [c1]}\n", 5, "may hold only"),
        ("concepts: {b: ['@c'], c: [d1]}\n", 5, "cannot use another concept"),
        ("concepts: {b: []}\n", 5, "is empty"),
        ("---\nkey: a\n", 6, "second document"),
    ],
)
def test_an_error_is_told_with_its_line(tmp_path: Path, extra: str, line: int, words: str) -> None:
    problem = _one(tmp_path, _code(extra))
    assert problem.where == f"garden.yaml, line {line}"
    assert words in problem.what


def test_a_comma_that_ends_a_text_too_early_is_told_with_its_remedy(tmp_path: Path) -> None:
    problem = _one(tmp_path, _code("    definition: {en: What it is, and what it is not.}\n"))
    assert problem.where == "garden.yaml, line 5"
    assert "quotation marks" in problem.hint


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"# only a comment\n", "empty"),
        (b"- a\n- b\n", "holds a list"),
        (b"hello", "holds text"),
        ("key: bær\n".encode("latin-1"), "not UTF-8"),
        ("key: a\n".encode("utf-16"), "not UTF-8"),
        (b"key: a\x00\n", "control character"),
        (b"PK\x03\x04key: a\n", "not a text file"),
        (b"a: " + b"[" * 5000, "not valid YAML"),
        (b"a: &x [1]\nb: [*x, *x]\nc: &x [*x]\n", "reference"),
    ],
)
def test_a_file_that_is_no_codebook_gets_a_sentence(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "garden.yaml"
    path.write_bytes(content)
    assert words in " ".join(problem.what for problem in check_codebook(path))
    with pytest.raises(CodebookError):
        read_codebook(path)


def test_a_missing_codebook_names_the_nearest_file(tmp_path: Path) -> None:
    _file(tmp_path, FULL, "garden.yaml")
    with pytest.raises(CodebookError) as caught:
        read_codebook(tmp_path / "gardne.yaml")
    assert caught.value.hint == "Did you mean 'garden.yaml'?"


def test_a_folder_is_no_codebook(tmp_path: Path) -> None:
    assert "folder" in check_codebook(tmp_path)[0].what


def test_what_is_doubtful_is_a_warning_and_no_error(tmp_path: Path) -> None:
    text = """\
        key: k
        codes:
          - key: a
            name: {en: Same, nb: Samme}
            definition: x
            counterpart: bb
            rules:
              - {near: [x1], words: 3}
              - {any: [x1], words: 3}
              - regex: "x*"
          - key: b
            name: {en: Same}
            examples: [y]
    """
    path = _file(tmp_path, text)
    read_codebook(path)
    told = [(int(each.where.rpartition(" ")[2]), each.what) for each in check_codebook(path)]
    assert told == [
        (3, "The code 'a' has no example."),
        (6, "There is no code 'bb' to be the counterpart."),
        (8, "'near' has one item only; it works as 'any'."),
        (9, "'words' has a meaning only beside 'near'."),
        (10, "The regular expression finds something in every sentence."),
        (11, "The code 'b' has no definition."),
        (11, "The code 'b' has no name in nb."),
        (11, "The codes 'a' and 'b' have the same name."),
    ]
    assert {each.severity for each in check_codebook(path)} == {"warning"}


def test_windows_line_ends_and_a_byte_order_mark_do_not_move_the_lines(tmp_path: Path) -> None:
    path = tmp_path / "garden.yaml"
    path.write_bytes(b"\xef\xbb\xbfkey: a\r\n\r\ncodes: []\r\nkeys: b\r\n")
    assert [problem.where for problem in check_codebook(path)][1:] == ["garden.yaml, line 4"]


# --- writing


def test_a_new_file_says_what_the_codebook_says(tmp_path: Path) -> None:
    book = read_codebook(_file(tmp_path, FULL))
    write_codebook(book, tmp_path / "new.yaml")
    assert read_codebook(tmp_path / "new.yaml") == book
    assert (
        (tmp_path / "new.yaml")
        .read_text("utf-8")
        .startswith("key: garden\ntitle: {en: Garden, nb: Hage}\nversion: 2\n")
    )


def test_writing_an_unchanged_codebook_changes_no_byte(tmp_path: Path) -> None:
    path = _file(tmp_path, FULL)
    write_codebook(read_codebook(path), path)
    assert path.read_text("utf-8") == FULL


def _changed(book: Codebook, **codes: Code) -> Codebook:
    return replace(book, codes=tuple(codes.get(code.key, code) for code in book.codes))


def _written(tmp_path: Path, book: Codebook) -> str:
    path = tmp_path / "garden.yaml"
    write_codebook(book, path)
    assert read_codebook(path) == book
    return path.read_text("utf-8")


def test_a_changed_value_changes_only_itself(tmp_path: Path) -> None:
    book = read_codebook(_file(tmp_path, FULL))
    soil = replace(
        book.code("soil"),
        name=Wording({"en": "Earth", "nb": "Jord", "nn": "Jord"}),
        definition=Wording({**book.code("soil").definition.by_language, "nb": "Slik jorda er"}),
        colour="#000000",
    )
    expected = (
        FULL.replace("{en: Soil,", "{en: Earth,")
        .replace("Hvordan jorda er", "Slik jorda er")
        .replace("B3423A", "000000")
    )
    assert _written(tmp_path, _changed(book, soil=soil)) == expected


def test_values_come_and_go_in_their_places(tmp_path: Path) -> None:
    book = read_codebook(_file(tmp_path, FULL))
    weather = replace(book.code("weather"), level=None, aliases=("regn", "no"), origin=CodeOrigin.EMERGENT)
    expected = FULL.replace(
        "    name: Vær\n    level: system\n    valence",
        '    name: Vær\n    aliases: [regn, "no"]\n    origin: emergent\n    valence',
    )
    assert _written(tmp_path, _changed(book, weather=weather)) == expected


def test_a_changed_rule_leaves_the_other_rules_and_their_comments(tmp_path: Path) -> None:
    book = read_codebook(_file(tmp_path, FULL))
    first, second = book.code("soil").rules
    text = _written(tmp_path, _changed(book, soil=replace(book.code("soil"), rules=(first, replace(second, words=9)))))
    assert '      # the plain words first\n      - any: [jord, "mold*"]\n        weight: 0.7\n      - near:' in text
    assert "words: 9" in text


def test_a_removed_code_takes_its_own_comment_along_and_no_other(tmp_path: Path) -> None:
    book = read_codebook(_file(tmp_path, FULL))
    left = replace(book, codes=tuple(code for code in book.codes if code.key not in ("weather", "lime")))
    text = _written(tmp_path, left)
    assert "nobody's fault" not in text
    assert "lime mends" not in text
    assert "# --- Part one" in text
    assert "# --- Part two\n" in text
    assert text.endswith("# the end\n")


def test_a_moved_code_brings_its_comment_and_its_quotes(tmp_path: Path) -> None:
    book = read_codebook(_file(tmp_path, FULL))
    lime = replace(book.code("lime"), parent="", depth=0)
    others = [code for code in book.codes if code.key != "lime"]
    text = _written(tmp_path, replace(book, codes=(*others, lime)))
    assert text.endswith("""\
  - key: other
    name: {en: Other, nb: Annet, nn: Anna}

  # lime mends it
  - key: lime
    name: {en: Lime, nb: Kalk, nn: Kalk}
# the end
""") or text.endswith("""\
  - key: other
    name: {en: Other, nb: Annet, nn: Anna}
  # lime mends it
  - key: lime
    name: {en: Lime, nb: Kalk, nn: Kalk}
# the end
""")


def test_a_whole_branch_moves_below_another_code(tmp_path: Path) -> None:
    book = read_codebook(_file(tmp_path, FULL))
    by_key = {code.key: code for code in book.codes}
    codes = (
        by_key["weather"],
        replace(by_key["soil"], parent="weather", depth=1),
        replace(by_key["acid"], depth=2),
        replace(by_key["lime"], depth=2),
        by_key["other"],
    )
    text = _written(tmp_path, replace(book, codes=codes))
    assert "# the plain words first" in text
    assert "# kept short" in text
    assert "\n          - key: acid\n" in text


def test_new_codes_stand_where_they_belong(tmp_path: Path) -> None:
    book = read_codebook(_file(tmp_path, FULL))
    new = Code("rain", Wording(plain="Regn: mye"), parent="weather", depth=1, definition=Wording(plain="x " * 90 + "y"))
    place = [code.key for code in book.codes].index("other")
    text = _written(tmp_path, replace(book, codes=(*book.codes[:place], new, *book.codes[place:])))
    assert '    rules: []\n    codes:\n      - key: rain\n        name: "Regn: mye"\n        definition: >-\n' in text
    assert text.startswith(FULL[: FULL.index("    rules: []\n")])


def test_a_block_with_a_line_of_spaces_moves_as_it_is(tmp_path: Path) -> None:
    block = "        definition: |-\n          one\n           \n\n          two three\n"
    nested = "  - key: b\n    name: B\n    codes:\n      - key: c\n        name: C\n"
    path = tmp_path / "garden.yaml"
    path.write_text("# head\nkey: k\ncodes:\n  - key: a\n    name: A\n" + nested + block, encoding="utf-8")
    book = read_codebook(path)
    assert book.code("c").definition.plain == "one\n \n\ntwo three"
    a, b, c = book.codes
    for codes in ((a, b, replace(c, parent="", depth=0)), (a, b, c)):
        assert _written(tmp_path, replace(book, codes=codes)).startswith("# head\n")


def test_windows_line_ends_stay(tmp_path: Path) -> None:
    path = _file(tmp_path, FULL)
    path.write_bytes(FULL.replace("\n", "\r\n").encode())
    book = read_codebook(path)
    write_codebook(replace(book, version="3"), path)
    assert path.read_bytes() == FULL.replace("version: 2", "version: 3").replace("\n", "\r\n").encode()


def test_a_file_that_is_no_codebook_is_not_overwritten(tmp_path: Path) -> None:
    path = _file(tmp_path, "- milk\n- bread\n")
    with pytest.raises(CodebookError, match="not a codebook"):
        write_codebook(Codebook("k", ()), path)
    assert path.read_text("utf-8") == "- milk\n- bread\n"


def test_a_codebook_that_could_not_be_read_again_is_not_written(tmp_path: Path) -> None:
    twice = Code("a", Wording(plain="A"))
    with pytest.raises(CodebookError, match="second time"):
        write_codebook(Codebook("k", (twice, twice)), tmp_path / "new.yaml")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_does_not_exist_is_told(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match="cannot be written"):
        write_codebook(Codebook("k", ()), tmp_path / "nowhere" / "new.yaml")


def test_the_codebook_that_the_readme_tells_to_copy_has_no_error(tmp_path: Path) -> None:
    readme = (Path(__file__).parents[2] / "codebooks" / "README.md").read_text(encoding="utf-8")
    block = readme.split("```yaml\n")[1].split("```")[0]
    path = _file(tmp_path, block)
    assert [each.what for each in check_codebook(path) if each.severity == "error"] == []
