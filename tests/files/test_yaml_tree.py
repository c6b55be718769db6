"""The quick parser of YAML and the one that explains errors read the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.files import yaml_tree
from qualcode.files.findings import Findings

REPOSITORY = Path(__file__).parents[2]
SHIPPED = [*REPOSITORY.glob("codebooks/*.yaml"), *REPOSITORY.glob("sample_transcripts/*.yaml")]
TRICKY = (
    "a: |\n  one\n  two\n\nb: >-\n  three\n   four\nc: 'it''s'\nd: \"x\\ty\"\n",
    "a: [1, {b: c}, \"d: e\", 'f']\nlist:\n- 1\n- - 2\n  - ~\n-\n",
    "a: 😀 smil\nb: {en: Æ, nb: 'ø'}  # æ\nc:\nd: no\n",
    "a:\tb\n",
    "a: b\u2028c\n",
    "a: b: c\n",
    "a: [b, c\n",
    "a: *b\n",
    "a: !!str 1\n",
    "a: 1\n---\nb: 2\n",
    "a: \x07\n",
    "%YAML 1.1\n---\na: yes\n",
    '"a": "open\n',
)


def _explained(text: str, monkeypatch: pytest.MonkeyPatch) -> tuple[object, object]:
    """The tree, and what is wrong, by the parser in Python alone."""
    import ruamel.yaml

    findings = Findings("x.yaml")
    with monkeypatch.context() as patched:
        slow = ruamel.yaml.YAML
        patched.setattr(ruamel.yaml, "YAML", lambda typ, pure=True: slow(typ=typ, pure=True))
        return yaml_tree.parse(text, findings), findings.in_order()


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_both_parsers_read_what_we_ship_alike(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = path.read_text(encoding="utf-8")[:40_000].rpartition("\n")[0]
    findings = Findings("x.yaml")
    assert (yaml_tree.parse(text, findings), findings.in_order()) == _explained(text, monkeypatch)


@pytest.mark.parametrize("text", TRICKY)
def test_both_parsers_read_what_is_tricky_or_wrong_alike(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    findings = Findings("x.yaml")
    assert (yaml_tree.parse(text, findings), findings.in_order()) == _explained(text, monkeypatch)
