"""The translations: compiled as they are written, whole, and with every placeholder."""

from __future__ import annotations

import ast
import gettext
import io
import re
from pathlib import Path

import pytest

from tools.sentences import LOCALES, PACKAGE, QT_TRANSLATIONS, as_mo, as_qm, collected, read, translations, untranslated

LANGUAGES = [path.parents[1].name for path in translations()]
RENEW = "run: .venv/bin/python -m tools.sentences"


def po(language: str) -> Path:
    return LOCALES / language / "LC_MESSAGES" / "qualcode.po"


def words_of(mo: bytes) -> dict[object, str]:
    """Sentences with their translations, without the header."""
    catalog: dict[object, str] = gettext.GNUTranslations(io.BytesIO(mo))._catalog  # type: ignore[attr-defined]
    return {sentence: said for sentence, said in catalog.items() if sentence != ""}


def placeholders(sentence: str) -> list[str]:
    """What is filled in; a doubled brace is a brace."""
    return re.findall(r"\{[^{}]*\}", sentence.replace("{{", "").replace("}}", ""))


def test_bokmaal_is_there() -> None:
    assert LANGUAGES == ["nb"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_program_reads_is_what_was_written(language: str) -> None:
    assert words_of(po(language).with_suffix(".mo").read_bytes()) == words_of(as_mo(read(po(language)))), RENEW


@pytest.mark.parametrize("source", sorted(QT_TRANSLATIONS.glob("*.ts")), ids=lambda path: path.stem)
def test_words_of_qt_are_compiled(source: Path, tmp_path: Path) -> None:
    as_qm(source, tmp_path / "made.qm")
    assert source.with_suffix(".qm").read_bytes() == (tmp_path / "made.qm").read_bytes(), RENEW


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_sentence_of_the_program_is_translated(language: str) -> None:
    known = read(po(language))
    lacking = [message.id for message in collected() if message.id and known.get(message.id) is None]
    assert lacking == [], f"new sentences: {RENEW}, then translate them in {language}"
    assert [message.id for message in untranslated(known)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_placeholder_is_lost_or_invented(language: str) -> None:
    wrong = []
    for message in read(po(language)):
        if not message.id:
            continue
        sentences = [message.id] if isinstance(message.id, str) else list(message.id)
        said = [message.string] if isinstance(message.string, str) else list(message.string or ())
        if message.pluralizable:  # the singular may say "one"
            wanted = set(placeholders(sentences[1]))
            fits = set(placeholders(str(said[-1]))) == wanted and set(placeholders(str(said[0]))) <= wanted
        else:
            fits = sorted(placeholders(sentences[0])) == sorted(placeholders(str(said[0])))
        if not fits:
            wrong.append((message.id, message.string))
    assert wrong == [], wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_and_ends_are_kept(language: str) -> None:
    wrong = []
    for message in read(po(language)):
        if isinstance(message.id, str) and message.id and isinstance(message.string, str):
            one, other = message.id, message.string
            ends = [text[-1:] if text.endswith((".", ":", "?")) else "" for text in (one, other)]
            if one.count("\n") != other.count("\n") or ends[0] != ends[1] or other != other.strip():
                wrong.append((one, other))
    assert wrong == [], wrong


def test_no_sentence_is_made_while_a_module_loads() -> None:
    """It would stay in the language that was in use then; and only a plain text can be collected."""
    wrong = []
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        inside = {
            id(node)
            for made in ast.walk(tree)
            if isinstance(made, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
            for part in (made.body if isinstance(made.body, list) else [made.body])
            for node in ast.walk(part)
        }
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            n_texts = {"_": 1, "ngettext": 2}.get(node.func.id)
            if n_texts is None:
                continue
            plain = all(isinstance(each, ast.Constant) and isinstance(each.value, str) for each in node.args[:n_texts])
            if id(node) not in inside or not plain:
                wrong.append(f"{path.relative_to(PACKAGE)}:{node.lineno}")
    assert wrong == [], wrong


def test_no_sentence_stands_in_a_text_that_is_filled_in() -> None:
    """What stands in an f-string is not collected by every version of Python, and so would never be translated."""
    wrong = []
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in (part for text in ast.walk(tree) if isinstance(text, ast.JoinedStr) for part in ast.walk(text)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"_", "ngettext"}:
                wrong.append(f"{path.relative_to(PACKAGE)}:{node.lineno}")
    assert wrong == [], wrong


SEVERAL = (
    *(
        "arrangements drawn",
        "needs {n} sessions",
        "No code has {n} sentences",
        "first {n} sessions",
        "in {run} sessions",
    ),
    *("a cell of a workbook", "stand at {n} places", "more than {n} characters", "fewer than {n} transcripts"),
    *("Learnt from {n} sentences", "do not lie in the text", "{found} where keys", "by rules"),
)
"""Of these there is never one alone, or what follows the number is not what is counted."""


def test_a_sentence_with_a_number_has_a_form_for_one() -> None:
    """A number before a noun that `ngettext` knows in the plural: one of it would read "1 units"."""
    messages = list(collected())
    known = [(m.id[0].split(), m.id[1].split()) for m in messages if isinstance(m.id, tuple)]
    pairs = (pair for one, many in known if len(one) == len(many) for pair in zip(one, many, strict=True))
    nouns = {many for one, many in pairs if many.isalpha() and many == f"{one}s"}
    wrong = [
        m.id
        for m in messages
        if isinstance(m.id, str)
        and nouns.intersection(re.findall(r"(?<! of )\{\w+\} (?:[a-z]+ )?([a-z]+s)\b", m.id))
        and not any(each in m.id for each in SEVERAL)
    ]
    assert wrong == []
