"""How well the template codebook's rules find the codes of labelled sentences: `python -m benchmarks.labelled`."""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from statistics import fmean

from qualcode.autocoding.suggest import Finder, Passage, Scanned
from qualcode.files.codebook_file import read_codebook
from qualcode.model.codebook import Codebook

_ROOT = Path(__file__).resolve().parents[1]
_CODEBOOK = _ROOT / "codebooks" / "ips_integration.yaml"
_LABELLED = _ROOT / "tests" / "data" / "labelled"
_NEVER_SUGGESTED = "other"


@dataclass(frozen=True)
class Labelled:
    """A text with the codes that a person gave it and those that the rules suggest.

    Attributes:
        turn: of a sentence of talk the turn it stands in, the same for all sentences of one.
    """

    id: str
    text: str
    language: str
    kind: str
    given: frozenset[str]
    found: frozenset[str]
    turn: str = ""


@dataclass(frozen=True)
class Score:
    """Agreement on one code: how often it was rightly found, wrongly found and missed, in so many texts."""

    right: int
    wrong: int
    missed: int
    n_texts: int

    @property
    def precision(self) -> float:
        return _share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return _share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float:
        return _share(2 * self.right, 2 * self.right + self.wrong + self.missed)

    @property
    def kappa(self) -> float:
        """Cohen's, of the rules and the person: yes or no for each text."""
        found, given = self.right + self.wrong, self.right + self.missed
        agreed = (self.n_texts - self.wrong - self.missed) / self.n_texts
        chance = (found * given + (self.n_texts - found) * (self.n_texts - given)) / self.n_texts**2
        return float("nan") if chance == 1 else (agreed - chance) / (1 - chance)


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    book = read_codebook(options.codebook)
    if options.talk or options.quotations:
        name = "development_talk.csv" if options.talk else "development_quotations.csv"
        talk = labelled_talk(_LABELLED / name, book, options.threshold)
        _print_talk(name, talk, book)
        if options.misses:
            _print_misses(talk)
        return 0
    if options.held_out:
        names = ["held_out.csv", "held_out_blind.csv"]
    else:
        names = ["validation.csv" if options.validation else "development.csv"]
    for name in names:
        texts = labelled(_LABELLED / name, book, options.threshold)
        print(f"{name}: {len(texts)} texts, {options.codebook.name}, threshold {options.threshold}")
        _print_figures(book, texts)
        if options.misses and not options.held_out:
            _print_misses(texts)
    if options.held_out:
        for name in ("held_out_talk.csv", "held_out_quotations.csv"):
            _print_talk(name, labelled_talk(_LABELLED / name, book, options.threshold), book)
    return 0


def _print_figures(book: Codebook, texts: Sequence[Labelled]) -> None:
    keys = [code.key for code in book.codes if code.key != _NEVER_SUGGESTED]
    _print_table("code", keys, texts, lambda codes: codes)
    themes = {code.key: _top(book, code.key) for code in book.codes}
    _print_table(
        "theme",
        [code.key for code in book.codes if not code.depth and code.key != _NEVER_SUGGESTED],
        texts,
        lambda codes: frozenset(themes[each] for each in codes),
    )
    for aspect in ("language", "kind"):
        for value in sorted({getattr(each, aspect) for each in texts}):
            chosen = [each for each in texts if getattr(each, aspect) == value]
            micro = _summed(score(chosen, key) for key in keys)
            print(f"{value:12} {len(chosen):4} texts  precision {micro.precision:.2f}  recall {micro.recall:.2f}")


def labelled(path: Path, book: Codebook, threshold: float = 0.5) -> list[Labelled]:
    """The texts of a file, each looked through by itself as one answer.

    A text's labels name the most specific code only. So a theme that is suggested beside one of its own codes is
    left out here, as it adds nothing that a table would show.
    """
    finder = Finder(book, threshold)
    parents = {code.key: code.parent for code in book.codes}
    texts = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            text = row["text"]
            proposals = finder.proposals(Scanned(1, text, (Passage(0, len(text), ""),)))
            codes = {each.code_key for each in proposals}
            found = frozenset(codes - {parents[each] for each in codes})
            given = frozenset(row["codes"].split(";")) if row["codes"] else frozenset()
            texts.append(Labelled(row["id"], text, row["language"], row["kind"], given, found))
    return texts


def labelled_talk(path: Path, book: Codebook, threshold: float = 0.5) -> list[Labelled]:
    """The respondents' sentences of whole conversations or quotations, each turn read as one passage.

    A sentence is found with the codes of all suggestions that share a letter with it.
    """
    finder = Finder(book, threshold)
    parents = {code.key: code.parent for code in book.codes}
    conversations: dict[str, list[dict[str, str]]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            conversations.setdefault(row["conversation"], []).append(row)
    found = []
    for conversation, rows in conversations.items():
        ends = list(accumulate(len(row["text"]) + 1 for row in rows))
        places = [(end - 1 - len(row["text"]), end - 1) for row, end in zip(rows, ends, strict=True)]
        turns: dict[str, tuple[int, int]] = {}
        for row, (start, end) in zip(rows, places, strict=True):
            if row["role"] == "respondent":
                turns[row["turn"]] = (turns.get(row["turn"], (start, end))[0], end)
        text = " ".join(row["text"] for row in rows)
        passages = tuple(Passage(start, end, "") for start, end in turns.values())
        proposals = finder.proposals(Scanned(int(conversation), text, passages))
        for number, (row, (start, end)) in enumerate(zip(rows, places, strict=True)):
            if row["role"] == "respondent":
                codes = {each.code_key for each in proposals if each.span.start < end and start < each.span.end}
                given = frozenset(row["codes"].split(";")) if row["codes"] else frozenset()
                codes -= {parents[each] for each in codes}
                name = f"{conversation}.{number}"
                turn = f"{conversation}:{row['turn']}"
                found.append(Labelled(name, row["text"], row["language"], "talk", given, frozenset(codes), turn))
    return found


def whole_turns(sentences: Sequence[Labelled]) -> list[Labelled]:
    """Turns, or quotations, with the codes of all their sentences; what one has and another is found with agrees."""
    turns: dict[str, list[Labelled]] = {}
    for each in sentences:
        turns.setdefault(each.turn, []).append(each)
    return [
        replace(
            parts[0],
            id=turn,
            text=" ".join(each.text for each in parts),
            given=frozenset().union(*(each.given for each in parts)),
            found=frozenset().union(*(each.found for each in parts)),
        )
        for turn, parts in turns.items()
    ]


def score(
    texts: Sequence[Labelled], key: str, view: Callable[[frozenset[str]], frozenset[str]] = lambda codes: codes
) -> Score:
    """How well a code is found; `view` turns the codes of a text into those to be compared."""
    pairs = [(key in view(each.given), key in view(each.found)) for each in texts]
    return Score(pairs.count((True, True)), pairs.count((False, True)), pairs.count((True, False)), len(pairs))


def _print_table(
    title: str,
    keys: Sequence[str],
    texts: Sequence[Labelled],
    view: Callable[[frozenset[str]], frozenset[str]],
) -> None:
    scores = {key: score(texts, key, view) for key in keys}
    print(f"\n{title:30} given found precision recall   F1  kappa")
    for key, each in scores.items():
        print(
            f"{key:30} {each.right + each.missed:5} {each.right + each.wrong:5} {each.precision:9.2f} "
            f"{each.recall:6.2f} {each.f1:.2f}  {each.kappa:.2f}"
        )
    micro = _summed(scores.values())
    print(f"micro: precision {micro.precision:.3f}, recall {micro.recall:.3f}, F1 {micro.f1:.3f}")
    print(
        f"macro: F1 {fmean(each.f1 for each in scores.values()):.3f}, "
        f"kappa {fmean(each.kappa for each in scores.values()):.3f}  "
        f"({len(keys)} codes; {_NEVER_SUGGESTED!r} has no rules on purpose and is left out)\n"
    )


def _print_talk(file: str, texts: Sequence[Labelled], book: Codebook) -> None:
    """In whole conversations many codes are given a few times or never, so sums say more than single codes."""
    keys = [code.key for code in book.codes if code.key != _NEVER_SUGGESTED]
    for what, units in (("sentences", texts), ("turns or quotations", whole_turns(texts))):
        print(f"{file}: {len(units)} {what}, {sum(1 for each in units if each.given)} with a code")
        for name in ("", *sorted({each.language for each in units})):
            chosen = [each for each in units if name in ("", each.language)]
            scores = [score(chosen, key) for key in keys]
            micro = _summed(scores)
            given = [each.f1 for each in scores if each.right or each.missed]
            without = [each for each in chosen if not each.given]
            wrong = sum(1 for each in without if each.found) / max(len(without), 1)
            print(
                f"{name or 'all':4} precision {micro.precision:.2f}, recall {micro.recall:.2f}, F1 {micro.f1:.2f}, "
                f"kappa {micro.kappa:.2f}; macro F1 {fmean(given):.2f} over the {len(given)} codes that were given; "
                f"{wrong:.0%} of {len(without)} without a code get a suggestion"
            )


def _print_misses(texts: Sequence[Labelled]) -> None:
    for each in texts:
        if each.given != each.found:
            missed, wrong = sorted(each.given - each.found), sorted(each.found - each.given)
            print(f"{each.id} {each.language} {each.kind}: {each.text}\n    missed {missed}, wrong {wrong}")


def _summed(scores: Iterable[Score]) -> Score:
    right = wrong = missed = n_texts = 0
    for each in scores:
        right, wrong, missed = right + each.right, wrong + each.wrong, missed + each.missed
        n_texts += each.n_texts
    return Score(right, wrong, missed, n_texts)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _top(book: Codebook, key: str) -> str:
    parents = {code.key: code.parent for code in book.codes}
    while parents[key]:
        key = parents[key]
    return key


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.labelled", description=__doc__)
    parser.add_argument("--codebook", type=Path, default=_CODEBOOK)
    parser.add_argument("--threshold", type=float, default=0.5)
    parser.add_argument("--held-out", action="store_true", help="for the figure of a release; never while writing")
    parser.add_argument(
        "--validation", action="store_true", help="texts whose words are in no rule; to choose between ways"
    )
    parser.add_argument("--talk", action="store_true", help="whole conversations, sentence by sentence and by turns")
    parser.add_argument("--quotations", action="store_true", help="the same of quotations as they stand in reports")
    parser.add_argument("--misses", action="store_true", help="print what was missed or wrongly found")
    return parser


if __name__ == "__main__":
    sys.exit(main())
