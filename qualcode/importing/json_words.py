"""Speech recognition that writes word by word, as Amazon's and others' JSON does: words become segments again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

Segment = Mapping[str, object]

_LISTS = ("items", "words")
_AROUND = ("results", "result", "channels", "alternatives", "data")
_WORDS = ("punctuated_word", "word", "text", "value", "content")
_SPEAKERS = ("speaker_label", "speaker", "speaker_id")


def segments_of_words(content: object) -> list[Segment]:
    """The words of a file, those of one speaker in a row as one segment; [] if it holds no list of words.

    Returns:
        Segments with "text", "start", "end" and, where words name one, "speaker".
    """
    words = _words(content)
    speakers = _speakers_by_start(content)
    segments: list[dict[str, object]] = []
    texts: list[list[str]] = []
    for word in words:
        text, is_sign = _text(word)
        if not text:
            continue
        speaker = next((word[key] for key in _SPEAKERS if word.get(key) is not None), None)
        speaker = speakers.get(str(word.get("start_time"))) if speaker is None else speaker
        last = segments[-1] if segments else None
        if last is not None and (is_sign or speaker == last.get("speaker")):
            texts[-1].append(text if is_sign else f" {text}")
            last["end"] = word.get("end_time", word.get("end", last["end"]))
            continue
        begins, ends = word.get("start_time", word.get("start")), word.get("end_time", word.get("end"))
        segments.append({"start": begins, "end": ends, "speaker": speaker})
        texts.append([text])
    return [{**segment, "text": "".join(pieces)} for segment, pieces in zip(segments, texts, strict=True)]


def _words(content: object, depth: int = 0) -> Sequence[Segment]:
    """The list of words, wherever it stands."""
    if depth > 6:
        return []
    if isinstance(content, list):
        return next((found for each in content[:1] if (found := _words(each, depth + 1))), [])
    if not isinstance(content, dict):
        return []
    for key in _LISTS:
        held = content.get(key)
        if isinstance(held, list) and held and all(isinstance(each, dict) and _text(each)[0] for each in held):
            return held
    return next((found for key in _AROUND if (found := _words(content.get(key), depth + 1))), [])


def _text(word: Segment) -> tuple[str, bool]:
    """The word or sign, and whether it is a sign."""
    is_sign = word.get("type") in ("punctuation", "punct")
    alternatives = word.get("alternatives")
    if isinstance(alternatives, list) and alternatives and isinstance(alternatives[0], dict):
        word = alternatives[0]
    text = next((value for key in _WORDS if isinstance(value := word.get(key), str)), "")
    return text.strip(), is_sign


def _speakers_by_start(content: object) -> dict[str, object]:
    """Who says the word that begins at a time, where speakers stand in a list of their own."""
    results = content.get("results") if isinstance(content, dict) else None
    labels = results.get("speaker_labels") if isinstance(results, dict) else None
    segments = labels.get("segments") if isinstance(labels, dict) else None
    return {str(item.get("start_time")): item.get("speaker_label") for item in _items(segments)}


def _items(segments: object) -> Iterator[Segment]:
    for segment in segments if isinstance(segments, list) else []:
        items = segment.get("items") if isinstance(segment, dict) else None
        yield from (item for item in (items if isinstance(items, list) else []) if isinstance(item, dict))
