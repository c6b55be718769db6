"""Widening and narrowing a span by words."""

from __future__ import annotations

import re

from qualcode.model.segment import Span

_WORD = re.compile(r"\S+")


def with_end(text: str, span: Span, *, forward: bool) -> Span:
    """The span with its end one word further or one back; as it was where that leaves the text or the span.

    Args:
        text: one turn or answer.
        span: positions in it.
        forward: widen, else narrow.
    """
    ends = [found.end() for found in _WORD.finditer(text)]
    wanted = [end for end in ends if end > span.end][:1] if forward else [end for end in ends if end < span.end][-1:]
    return Span(span.start, wanted[0]) if wanted and wanted[0] > span.start else span


def with_start(text: str, span: Span, *, forward: bool) -> Span:
    """The span with its start one word further (narrower) or one back (wider)."""
    starts = [found.start() for found in _WORD.finditer(text)]
    if forward:
        wanted = [start for start in starts if start > span.start][:1]
    else:
        wanted = [start for start in starts if start < span.start][-1:]
    return Span(wanted[0], span.end) if wanted and wanted[0] < span.end else span


def without_space(text: str, span: Span) -> Span:
    """The span without white space at its ends; as it was if it holds nothing else."""
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    end = span.end - (len(words) - len(words.rstrip()))
    return Span(start, end) if start < end else span
