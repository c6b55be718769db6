"""JSON of speech recognition, in the forms that its programs write."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qualcode.errors import ImportingError
from qualcode.importing.report import Transcript
from qualcode.importing.transcripts import read_transcript

SAID = (("A", "Hei"), ("A", "du"), ("B", "Ja"))


def read(folder: Path, content: object) -> Transcript:
    path = folder / "opptak.json"
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return read_transcript(path)


def test_segments_of_whisper_without_speakers(tmp_path: Path) -> None:
    segments = [
        {"id": 0, "start": 0.0, "end": 2.5, "text": " Vi sa det slik: nei."},
        {"id": 1, "start": 2.5, "end": 4, "text": " Blåbær på øya."},
    ]
    found = read(tmp_path, {"text": " Vi sa det slik: nei. Blåbær på øya.", "segments": segments, "language": "no"})
    assert [(each.label, each.text, each.begins, each.ends) for each in found.speeches] == [
        (None, "Vi sa det slik: nei.", 0.0, 2.5),
        (None, "Blåbær på øya.", 2.5, 4.0),
    ]
    assert found.problems == ()


@pytest.mark.parametrize(
    "content",
    [
        {"segments": [{"start": 1, "end": 2, "text": t, "speaker": s} for s, t in SAID]},
        [{"begin": "1.0", "end": "2.0", "text": t, "speaker": {"name": s}} for s, t in SAID],
        {"result": {"utterances": [{"startTime": "00:00:01", "transcript": t, "speakerName": s} for s, t in SAID]}},
        {
            "transcription": [
                {
                    "timestamps": {"from": "00:00:01,000", "to": "00:00:02,000"},
                    "offsets": {"from": 1000},
                    "text": f" {t}",
                    "speaker": s,
                }
                for s, t in SAID
            ]
        },
        {"chunks": [{"timestamp": [1.0, 2.0], "text": t, "speaker": s} for s, t in SAID]},
    ],
)
def test_speakers_and_times_of_many_forms(tmp_path: Path, content: object) -> None:
    assert [(each.label, each.text, each.begins) for each in read(tmp_path, content).speeches] == [
        ("A", "Hei du", 1.0),
        ("B", "Ja", 1.0),
    ]


def test_segments_without_a_speaker_among_others_belong_to_nobody(tmp_path: Path) -> None:
    segments = [{"text": "Hei", "speaker": "A"}, {"text": "Mm"}, {"text": "Ja", "speaker": "B"}]
    found = read(tmp_path, {"segments": segments})
    assert [(each.label, each.text) for each in found.speeches] == [("A", "Hei"), (None, "Mm"), ("B", "Ja")]
    assert found.problems


def test_what_segments_lack_is_told(tmp_path: Path) -> None:
    found = read(tmp_path, {"text": "Hei du der", "segments": [{"text": "Hei"}, {"text": " "}]})
    assert [problem.what.split()[0] for problem in found.problems] == ["1", "The"]
    assert "5 characters more" in found.problems[1].what


@pytest.mark.parametrize(
    "raw",
    ["", "{", "[" * 100_000, "[]", "{}", '{"segments": []}', '"hei"', "17", '{"segments": [1, 2]}', '{"text": "Hei"}'],
)
def test_other_json_is_refused_with_a_remedy(tmp_path: Path, raw: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(raw, encoding="utf-8")
    with pytest.raises(ImportingError) as caught:
        read_transcript(path)
    assert caught.value.hint


def test_absurd_times_are_no_times(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"segments": [{"text": "Hei", "start": NaN, "end": 1e400}, {"text": "x", "start": -1}]}', "utf-8")
    assert [(each.begins, each.ends) for each in read_transcript(path).speeches] == [(None, None)] * 2


def test_too_many_segments_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportingError, match="300001 parts"):
        read(tmp_path, [{"text": "x"}] * 300_001)


def test_words_and_signs_one_by_one_with_numbered_speakers(tmp_path: Path) -> None:
    elements = [{"type": "text", "value": "Hei"}, {"type": "punct", "value": ", "}, {"type": "text", "value": "du"}]
    content = {
        "speakers": [{"id": 0, "name": "Kari"}],
        "monologues": [{"speaker": 0, "elements": elements}, {"speaker": 1, "elements": elements[:1]}],
    }
    path = tmp_path / "a.json"
    path.write_text(json.dumps(content), "utf-8")
    found = read_transcript(path)
    assert [(speech.label, speech.text) for speech in found.speeches] == [("Kari", "Hei, du"), ("Speaker 1", "Hei")]


def test_words_one_by_one_become_turns(tmp_path: Path) -> None:
    def word(text: str, at: str, speaker: str | None = None) -> dict[str, object]:
        about: dict[str, object] = {"type": "pronunciation", "start_time": at, "end_time": f"{at}5"}
        return about | {"alternatives": [{"content": text}]} | ({"speaker_label": speaker} if speaker else {})

    stop: dict[str, object] = {"type": "punctuation", "alternatives": [{"content": "."}]}
    named = [word("Hei", "0.1", "spk_0"), word("du", "0.5", "spk_0"), stop, word("Ja", "1.1", "spk_1"), stop]
    apart = [{key: value for key, value in each.items() if key != "speaker_label"} for each in named]
    items = [
        {"start_time": at, "speaker_label": who} for at, who in (("0.1", "spk_0"), ("0.5", "spk_0"), ("1.1", "spk_1"))
    ]
    for results in ({"items": named}, {"items": apart, "speaker_labels": {"segments": [{"items": items}]}}):
        path = tmp_path / "a.json"
        path.write_text(
            json.dumps({"jobName": "a", "results": {"transcripts": [{"transcript": "x"}], **results}}), "utf-8"
        )
        found = read_transcript(path)
        assert [(speech.label, speech.text, speech.begins) for speech in found.speeches] == [
            ("spk_0", "Hei du.", 0.1),
            ("spk_1", "Ja.", 1.1),
        ]
