"""Promises about the whole program that no single part can keep."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QFontInfo, QRawFont
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

import qualcode

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "qualcode"
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
HEAVY = {"spacy", "pandas", "scipy", "matplotlib", "sqlalchemy", "openpyxl", "numpy", "lxml", "sklearn", "docx"}
NETWORK = {"socket", "ssl", "http", "urllib", "ftplib", "smtplib", "xmlrpc", "asyncio", "requests", "httpx", "urllib3"}


def modules_after(statements: str) -> set[str]:
    """Names of the modules that a fresh interpreter has loaded after these statements, beyond its own."""
    program = f"import sys\nbefore = set(sys.modules)\n{statements}\nprint('|'.join(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.splitlines()[-1].split("|"))


@pytest.mark.parametrize("module", ["qualcode.gui.app", "qualcode.cli.main"])
def test_heavy_libraries_wait_until_they_are_needed(module: str) -> None:
    assert modules_after(f"import {module}") & HEAVY == set()


def test_the_command_line_does_without_qt() -> None:
    assert not {name for name in modules_after("import qualcode.cli.main") if name.startswith("PySide6")}


def test_the_version_is_told_before_anything_is_imported() -> None:
    statements = (
        "from qualcode.__main__ import main\nsys.argv = ['qualcode', '--version']\ntry: main()\nexcept SystemExit: pass"
    )
    assert modules_after(statements) <= {"qualcode", "qualcode.__main__", "__future__"}


def test_void_calls_of_qt_leave_none_alone(qapp: QApplication) -> None:
    # PySide6 6.12.0 drops a reference to None in each void call on Python 3.11, and dies after about 7,000 of them.
    label = QLabel()
    before = sys.getrefcount(None)
    for _ in range(500):
        label.setText("x")
    assert sys.getrefcount(None) > before - 250


def test_a_font_has_norwegian_letters(qtbot: QtBot) -> None:
    # Without fonts all text is boxes, offscreen too, and every other test of the window still passes.
    assert QFontInfo(QFont()).family()
    font = QRawFont.fromFont(QFont())
    assert [letter for letter in "æøåÆØÅ«»–éü" if not font.supportsCharacter(ord(letter))] == []


def test_every_package_stands_on_a_floor() -> None:
    layers = PYPROJECT["tool"]["importlinter"]["contracts"][0]["layers"]
    on_a_floor = set(re.findall(r"qualcode\.(\w+)", " ".join(layers)))
    there = {path.stem for path in PACKAGE.iterdir() if path.is_dir() or path.suffix == ".py"}
    without_code = {"__init__", "__main__", "__pycache__", "locales"}
    assert there - without_code == on_a_floor


def test_every_library_has_a_home() -> None:
    contracts = PYPROJECT["tool"]["importlinter"]["contracts"][1:]
    with_a_home = {module.lower() for contract in contracts for module in contract["forbidden_modules"]}
    module_of = {"pyside6-essentials": "pyside6", "pystemmer": "stemmer", "ruamel-yaml": "ruamel"}
    module_of |= {"scikit-learn": "sklearn", "python-docx": "docx", "ruamel-yaml-clib": "ruamel"}
    at_home_anywhere = {"rich", "platformdirs"}
    names = {requirement_name(each) for each in PYPROJECT["project"]["dependencies"]}
    modules = {module_of.get(name, name.replace("-", "_")) for name in names}
    assert modules - with_a_home == at_home_anywhere


def test_no_module_can_reach_the_network() -> None:
    reaching = {
        path.relative_to(ROOT).as_posix()
        for path in PACKAGE.rglob("*.py")
        for name in imported_modules(path)
        if (name.split(".")[0] in NETWORK and name != "urllib.parse") or name.startswith("PySide6.QtNetwork")
    }
    # tokens.py keeps spaCy from trying an address while it is imported, and touches nothing else of socket.
    assert reaching <= {"qualcode/autocoding/tokens.py"}


def imported_modules(path: Path) -> set[str]:
    """Dotted names that a file imports, at its top or inside a function."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names if node.module == "PySide6"}
    return names


def test_a_network_call_is_noticed_even_if_it_is_swallowed(network_calls: list[str]) -> None:
    import socket

    with pytest.raises(AssertionError, match="network"):
        socket.create_connection(("127.0.0.1", 9))
    assert network_calls
    network_calls.clear()


def test_the_program_knows_no_single_study() -> None:
    # What belongs to one evaluation lives in codebooks/ and sample_transcripts/; the program serves any study.
    of_one_study = re.compile(
        r"\b(IPS|NAV|DIPS|jobbspesialist\w*|metodeveileder\w*|taushetsplikt\w*)\b",
    )
    speaking = [path for path in PACKAGE.rglob("*.py") if of_one_study.search(path.read_text(encoding="utf-8"))]
    assert speaking == []


def test_one_version_is_told_everywhere() -> None:
    assert qualcode.__version__ == PYPROJECT["project"]["version"]


def test_every_requirement_is_pinned_with_hashes_and_without_addresses() -> None:
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert "://" not in text
    blocks = re.split(r"\n(?=\S)", text.strip())
    pinned = {requirement_name(block) for block in blocks if "==" in block and "--hash=sha256:" in block}
    assert len(blocks) == sum("--hash=sha256:" in block for block in blocks)
    asked = [*PYPROJECT["project"]["dependencies"], *PYPROJECT["dependency-groups"]["dev"]]
    assert {requirement_name(each) for each in asked} - pinned == set()


def requirement_name(requirement: str) -> str:
    """The distribution's name at the start of a requirement, as package indexes compare it."""
    found = re.match(r"[\w.-]+", requirement)
    assert found, requirement
    return re.sub(r"[-_.]+", "-", found.group()).lower()
