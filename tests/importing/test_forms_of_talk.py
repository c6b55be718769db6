"""The same invented talk in many forms of labels, times and line ends comes in as the same turns."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from qualcode.importing.transcripts import read_transcript

Form = Callable[[str, str, int], str]

NAMES = (
    ("Intervjuer", "Kari", "Per"),
    ("INTERVJUER", "INFORMANT 1", "INFORMANT 2"),
    ("Kari Nordli", "Ola Vik", "Anne-Grete Ås"),
    ("Moderator", "Behandler 1", "Behandler 2"),
    ("SPEAKER_00", "SPEAKER_01"),
    ("MV1", "MV2", "TL"),
)
SAID = (
    "Ja, det er jeg enig i.",
    "Taushetsplikten er et problem: vi får ikke dele noe.",
    "Møtet begynner kl. 10:30 hver dag.",
    "Se https://eksempel.example/a for mer.",
    "For eksempel: rommet er for lite.",
    "Hun sa: «Det går ikke.»",
    "Spørsmål 3: hva nå?",
    "NB: husk dette.",
    "Det var i 2019, tror jeg – eller 2020.",
    "(ler) Ja, nettopp.",
    "[latter] Nei.",
    "Konklusjon: det går bra.",
    "Well, I think it is fine.",
)
FORMS: dict[str, Form] = {
    "colon": lambda label, text, _n: f"{label}: {text}",
    "tab": lambda label, text, _n: f"{label}:\t{text}",
    "own line": lambda label, text, _n: f"{label}:\n{text}",
    "time before": lambda label, text, n: f"[{clock(n)}] {label}: {text}",
    "span before": lambda label, text, n: f"[{clock(n)} - {clock(n + 3)}] {label}: {text}",
    "time behind": lambda label, text, n: f"{label} ({clock(n)}): {text}",
    "time above": lambda label, text, n: f"{clock(n)} {label}\n{text}",
    "time beside": lambda label, text, n: f"{label}   {n // 60}:{n % 60:02d}\n{text}",
    "time below": lambda label, text, n: f"{label}\n{clock(n)}\n{text}",
    "time at the end": lambda label, text, n: f"{label}: {text} #{clock(n)}-5#",
    "brackets": lambda label, text, _n: f"[{label}] {text}",
    "brackets, colon": lambda label, text, _n: f"[{label}]: {text}",
    "Markdown": lambda label, text, _n: f"**{label}:** {text}",
}


def clock(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("seed", range(4))
def test_every_form_gives_the_same_turns(tmp_path: Path, form: str, seed: int) -> None:
    chance = random.Random(f"{form} {seed}")
    names = chance.choice(NAMES)
    turns: list[tuple[str | None, str]] = []
    lines: list[str] = ["Fokusgruppe 2, 3. mars 2026"] if seed % 2 else []
    for number in range(12):
        label = (
            names[number] if number < len(names) else chance.choice([name for name in names if name != turns[-1][0]])
        )
        said = [" ".join(chance.sample(SAID, chance.randint(1, 3))), *chance.sample(SAID, chance.choice((0, 0, 1)))]
        turns.append((label, "\n".join(said)))
        lines += [FORMS[form](label, said[0], 7 * number + 3), *said[1:]]
    text = chance.choice(("\n", "\n\n")).join(lines)
    encoding = chance.choice(("utf-8", "utf-8-sig", "cp1252", "utf-16"))
    path = tmp_path / "a.txt"
    path.write_bytes(text.replace("\n", chance.choice(("\n", "\r\n"))).encode(encoding))
    assert [(speech.label, speech.text) for speech in read_transcript(path).speeches] == turns
