"""Whatever a codebook holds, its file says the same; whatever is changed in it, comments and the rest stay."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualcode.files.codebook_file import read_codebook, write_codebook
from qualcode.i18n import collapsed
from qualcode.model.codebook import Code, Codebook, CodeOrigin, Context, Level, MatchRule, Valence, Wording

COMMENTED = """\
# head
key: sample # of codes
version: "1"   # first

concepts:
  # tools
  tools: [spade, greip]
codes:
# one
- key: a
  name: {en: A, nb: 'Æ'} # short
  rules:
  - any: [no1, "ja*"]
    # why not
    not: [nei]

  # the second rule
  - regex: 'a\\d'
  codes:
    - name: |-
        Two
        lines
      key: b
      aliases: [x,
        y, "z"]   # three
      # deep
    -
      key: c
      name: >
        Folded
        name
      level:
      codes: []

# two

# about d
- {key: d, name: D, rules: [{any: [d1]}]}
- level: team
  key: e
  name: E
  definition:
    en: "A text
      on two lines"
    nn: Ein tekst
  codes:
      - key: f
        name: F
        codes:
          # g is last
          - key: g
            name: G
# tail
"""

_letters = st.characters(codec="utf-8", exclude_categories=["Cs"])
_texts = st.one_of(
    st.text(_letters, min_size=1, max_size=30),
    st.text("ab: #-'\"\\\n{}[],&*!|>%@`?=~ \t", min_size=1, max_size=12),
    st.sampled_from(
        ["no", "yes", "null", "~", "1", "1.5", "true", "- a", "a: b", "a #b", "0x1", "2024-01-01", "...", "---"]
    ),
    st.lists(st.text("abcæ", min_size=1, max_size=9), min_size=15, max_size=40).map(" ".join),
    st.lists(st.text("ab æ", max_size=9), min_size=2, max_size=5).map("\n".join),
).filter(lambda text: bool(text.strip()))
_names = _texts.filter(lambda text: bool(collapsed(text)))
_words = st.sampled_from(
    ["jord", "~lov", "=lov", "taushets*", "*plikt", "*plikt*", "slippe inn", "tilgang ... journal", "NAV", "no"]
)
_word_lists = st.lists(_words, min_size=1, max_size=3).map(tuple)
_wordings = st.one_of(
    _names.map(lambda text: Wording(plain=text)),
    st.dictionaries(st.sampled_from(["en", "nb", "nn"]), _names, min_size=1).map(Wording),
)
_rules = st.builds(
    replace,
    st.one_of(
        st.builds(MatchRule, any=_word_lists),
        st.builds(MatchRule, all=st.lists(_word_lists, min_size=1, max_size=3).map(tuple)),
        st.builds(MatchRule, near=st.lists(_word_lists, min_size=1, max_size=3).map(tuple), words=st.integers(1, 99)),
        st.sampled_from([r"a\d+", "'", r'"\s#: ', " x "]).map(lambda regex: MatchRule(regex=regex)),
    ),
    none=st.one_of(st.just(()), _word_lists),
    lacking=st.sampled_from([None, True, False]),
    within=st.sampled_from(Context),
    groups=st.lists(_names, max_size=2).map(tuple),
    weight=st.floats(0, 1),
    name=st.one_of(st.just(""), _names),
)
_text_lists = st.lists(_names, max_size=3).map(tuple)


def _codes_of(key: str) -> st.SearchStrategy[Code]:
    return st.builds(
        Code,
        key=st.just(key),
        name=_wordings,
        aliases=_text_lists,
        definition=st.one_of(st.just(Wording()), _wordings),
        include=_text_lists,
        exclude=_text_lists,
        examples=_text_lists,
        origin=st.sampled_from(CodeOrigin),
        level=st.one_of(st.none(), st.sampled_from(Level)),
        valence=st.one_of(st.none(), st.sampled_from(Valence)),
        counterpart=st.sampled_from(["", "a", "zz"]),
        colour=st.sampled_from(["", "#B3423A", "#123456"]),
        rules=st.lists(_rules, max_size=2).map(tuple),
    )


@st.composite
def _codebooks(draw: st.DrawFn) -> Codebook:
    """A codebook of new codes and codes that stand in COMMENTED, in any tree."""
    codes: list[Code] = []
    for key in draw(st.permutations(["a", "b", "c", "d", "e", "f", "g", "h", "no", "1"]))[: draw(st.integers(0, 10))]:
        parent = draw(st.one_of(st.none(), st.sampled_from(codes))) if codes else None
        code = KNOWN.get(key) if draw(st.booleans()) else None
        if code is None:
            code = draw(_codes_of(key))
        elif draw(st.booleans()):
            code = replace(code, name=draw(_wordings), aliases=draw(_text_lists), rules=code.rules[::-1])
        codes.append(replace(code, parent=parent.key if parent else "", depth=parent.depth + 1 if parent else 0))
    return Codebook(
        key=draw(st.sampled_from(["sample", "no", "1"])),
        codes=_in_tree_order(codes),
        title=draw(st.one_of(st.just(Wording()), _wordings)),
        source=draw(st.one_of(st.just(""), _names)),
        version=draw(st.sampled_from(["", "1", "01", "1.10", "2024-01-01", "no"])),
        concepts=draw(st.dictionaries(st.sampled_from(["tools", "no", "1"]), _word_lists, max_size=2)),
    )


def _in_tree_order(codes: list[Code], parent: str = "") -> tuple[Code, ...]:
    found: list[Code] = []
    for code in codes:
        if code.parent == parent:
            found += [code, *_in_tree_order(codes, code.key)]
    return tuple(found)


def _known() -> dict[str, Code]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "known.yaml"
        path.write_text(COMMENTED, encoding="utf-8")
        return {code.key: code for code in read_codebook(path).codes}


KNOWN = _known()
_settings = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def _as_read(codebook: Codebook, folder: Path) -> Codebook:
    write_codebook(codebook, folder / "clean.yaml")
    return read_codebook(folder / "clean.yaml")


def test_the_commented_sample_is_read_as_it_is_meant() -> None:
    assert list(KNOWN) == ["a", "b", "c", "d", "e", "f", "g"]
    assert KNOWN["e"].definition.by_language == {"en": "A text on two lines", "nn": "Ein tekst"}
    assert KNOWN["b"].aliases == ("x", "y", "z")


@_settings
@given(_codebooks())
def test_what_is_written_is_what_is_read(codebook: Codebook) -> None:
    with TemporaryDirectory() as name:
        once = _as_read(codebook, Path(name))
        assert [code.key for code in once.codes] == [code.key for code in codebook.codes]
        for written, read in zip(codebook.codes, once.codes, strict=True):
            assert read.rules == tuple(_names_collapsed(rule) for rule in written.rules)
            assert read.name == Wording(
                {each: collapsed(text) for each, text in written.name.by_language.items()},
                collapsed(written.name.plain),
            )
        Path(name, "clean.yaml").unlink()
        assert _as_read(once, Path(name)) == once


def _names_collapsed(rule: MatchRule) -> MatchRule:
    return replace(rule, name=collapsed(rule.name), groups=tuple(collapsed(each) for each in rule.groups))


@_settings
@given(_codebooks())
def test_a_file_takes_on_any_change_and_keeps_its_comments(codebook: Codebook) -> None:
    with TemporaryDirectory() as name:
        wanted = _as_read(codebook, Path(name))
        path = Path(name) / "commented.yaml"
        path.write_text(COMMENTED, encoding="utf-8")
        write_codebook(codebook, path)
        text = path.read_text("utf-8")
        assert read_codebook(path) == wanted
        assert text.startswith("# head\n")  # a file that had to be written anew would have lost its comments
        assert text.endswith("# tail\n")
        again = text
        write_codebook(read_codebook(path), path)
        assert path.read_text("utf-8") == again
