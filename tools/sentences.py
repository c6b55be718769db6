"""Collects the sentences of the program into the translations and compiles these: python -m tools.sentences."""

from __future__ import annotations

import datetime
import io
import subprocess
import sys
from pathlib import Path

import PySide6
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "qualcode"
LOCALES = PACKAGE / "locales"
QT_TRANSLATIONS = PACKAGE / "gui" / "resources" / "translations"
_NO_DATE = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)  # a true one would change with every run


def collected() -> Catalog:
    """Every sentence in the sources, without translations, in the order of the files."""
    catalog = Catalog()
    for file, _line, text, comments, context in extract_from_dir(str(PACKAGE), method_map=[("**.py", "python")]):
        catalog.add(text, locations=[(f"qualcode/{file}", 0)], auto_comments=comments, context=context)
    return catalog


def translations() -> list[Path]:
    """The .po file of each language."""
    return sorted(LOCALES.glob("*/LC_MESSAGES/qualcode.po"))


def read(path: Path) -> Catalog:
    """A language's .po file."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parents[1].name, domain="qualcode")


def renewed(old: Catalog) -> Catalog:
    """The sentences of today with the translations that there are; what is new is empty, what is gone is gone."""
    new = Catalog(
        locale=old.locale,
        domain="qualcode",
        header_comment="# Written by tools/sentences.py from the sources; only the translations are written by hand.",
        project="Qualcode",
        version="-",  # what is left out here, Babel fills with words in capitals
        msgid_bugs_address="-",
        last_translator="-",
        language_team="-",
        creation_date=_NO_DATE,
        revision_date=_NO_DATE,
        fuzzy=False,
    )
    for message in collected():
        if not message.id:
            continue
        known = old.get(message.id)
        new.add(message.id, known.string if known else None, locations=message.locations)
    return new


def as_po(catalog: Catalog) -> bytes:
    """The text of a .po file, without line numbers, which would change with every commit."""
    for message in catalog:
        message.flags -= {"python-format", "python-brace-format"}  # "95 % interval" is none
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=120, include_lineno=False)
    return buffer.getvalue()


def as_mo(catalog: Catalog) -> bytes:
    """What the program reads."""
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def untranslated(catalog: Catalog) -> list[Message]:
    """Sentences that lack a translation, or one of its numbers."""
    found = []
    for message in catalog:
        strings = message.string if isinstance(message.string, (tuple, list)) else [message.string]
        if message.id and (message.fuzzy or not all(strings)):
            found.append(message)
    return found


def as_qm(source: Path, target: Path) -> None:
    """Compiles Qt's own words."""
    lrelease = next(path for path in Path(PySide6.__file__).parent.glob("lrelease*") if path.is_file())
    subprocess.run([str(lrelease), "-silent", str(source), "-qm", str(target)], check=True)


def main() -> int:
    """Renews every translation; 1 if a sentence still waits for its translation."""
    waiting = 0
    for path in translations():
        catalog = renewed(read(path))
        path.write_bytes(as_po(catalog))
        path.with_suffix(".mo").write_bytes(as_mo(catalog))
        for message in untranslated(catalog):
            print(f"{path.relative_to(ROOT)}: {message.id}")
            waiting += 1
    for source in sorted(QT_TRANSLATIONS.glob("*.ts")):
        as_qm(source, source.with_suffix(".qm"))
    return 1 if waiting else 0


if __name__ == "__main__":
    sys.exit(main())
