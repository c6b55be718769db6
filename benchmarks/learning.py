"""How much decisions teach, in the order of the queue and in random order: `python -m benchmarks.learning`."""

from __future__ import annotations

import argparse
import csv
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean, pstdev

from qualcode.autocoding.learning import Chances, LearningUnit, features_of, learn
from qualcode.autocoding.meaning import Meanings
from qualcode.autocoding.suggest import Finder, Passage, Scanned
from qualcode.autocoding.useful import most_typical, most_useful
from qualcode.errors import AnalysisError
from qualcode.files.codebook_file import read_codebook
from qualcode.model.codebook import Codebook
from qualcode.project.learning_labels import own_words

_ROOT = Path(__file__).resolve().parents[1]
_THRESHOLD = 0.5
_AT_ONCE = 20
"""Decisions between one look at what was learned and the next."""


@dataclass(frozen=True)
class Texts:
    """Texts with the codes that a person gave them, each a sentence of its own.

    Attributes:
        keys: the codes that are counted: those given to `fewest` texts or more.
        meanings: what the texts mean; None for going by words alone.
    """

    units: tuple[LearningUnit, ...]
    given: tuple[frozenset[str], ...]
    codebook: Codebook
    keys: tuple[str, ...]
    meanings: Meanings | None = None

    def decided(self, places: Sequence[int]) -> list[LearningUnit]:
        """The texts as they are after a coder decided on some."""
        labels = {place: {key: key in self.given[place] for key in self.keys} for place in places}
        return [replace(unit, labels=labels.get(place, {})) for place, unit in enumerate(self.units)]


def read(path: Path, codebook: Codebook, *, with_rules: bool, fewest: int) -> Texts:
    """Read a CSV with the columns `text` and `codes` (keys joined by `;`)."""
    finder = Finder(codebook, 0.0)
    known = {code.key for code in codebook.codes}
    units, given = [], []
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file)):
            text = row["text"]
            proposals = finder.proposals(Scanned(number, text, (Passage(0, len(text), ""),))) if with_rules else []
            scores: dict[str, float] = {}
            for each in proposals:
                scores[each.code_key] = max(each.score, scores.get(each.code_key, 0.0))
            units.append(LearningUnit(number, 0, len(text), text, number, scores))
            given.append(frozenset(row["codes"].split(";")) & known)
    keys = tuple(code.key for code in codebook.codes if sum(code.key in each for each in given) >= fewest)
    return Texts(tuple(units), tuple(given), codebook, keys)


def in_the_queues_order(texts: Texts, pool: Sequence[int], decided: Sequence[int], n: int) -> list[int]:
    """What the program asks for next."""
    units = texts.decided(decided)
    some = [units[place] for place in pool]
    rules = _by_rules(texts, pool)
    try:
        taught = [*some, *own_words(texts.codebook)]
        model, _expectation = learn(taught, threshold=_THRESHOLD, meanings=texts.meanings)
    except AnalysisError:
        return [pool[each] for each in most_typical(some, rules, features_of(some, texts.meanings), n=n)]
    said = model.chances(some)
    for column, key in enumerate(said.keys):
        rules.values[:, rules.keys.index(key)] = said.values[:, column]
    n_with = {key: sum(key in texts.given[place] for place in decided) for key in texts.keys}
    return [pool[each] for each in most_useful(some, rules, model.features, n=n, n_with=n_with)]


def ours(texts: Texts, pool: Sequence[int], decided: Sequence[int], tested: Sequence[int]) -> list[set[str]]:
    """What the program proposes for texts that it has not seen, by rules and decisions."""
    units = texts.decided(decided)
    try:
        taught = [*(units[each] for each in pool), *own_words(texts.codebook)]
        model, _expectation = learn(taught, threshold=_THRESHOLD, meanings=texts.meanings)
    except AnalysisError:
        return by_rules(texts, tested)
    unseen = [texts.units[place] for place in tested]
    chances = model.chances(unseen)
    proposed = model.score(chances.values) >= _THRESHOLD
    by_the_rules = by_rules(texts, tested)
    return [
        {key for key, yes in zip(chances.keys, row, strict=True) if yes} | (rules - set(chances.keys))
        for row, rules in zip(proposed, by_the_rules, strict=True)
    ]


def reference(texts: Texts, decided: Sequence[int], tested: Sequence[int], *, is_balanced: bool) -> list[set[str]]:
    """What a plain model proposes: TF-IDF of words and pairs of words, a logistic regression for each code."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    words = TfidfVectorizer(ngram_range=(1, 2))
    rows = words.fit_transform([texts.units[place].text for place in decided])
    unseen = words.transform([texts.units[place].text for place in tested])
    proposed: list[set[str]] = [set() for _place in tested]
    for key in texts.keys:
        labels = [key in texts.given[place] for place in decided]
        if len(set(labels)) == 2:
            model = LogisticRegression(class_weight="balanced" if is_balanced else None, max_iter=1000)
            for codes, yes in zip(proposed, model.fit(rows, labels).predict(unseen), strict=True):
                codes.update([key] if yes else [])
    return proposed


def by_rules(texts: Texts, tested: Sequence[int]) -> list[set[str]]:
    """What the rules propose."""
    return [{key for key, score in texts.units[place].rules.items() if score >= _THRESHOLD} for place in tested]


def f1(texts: Texts, tested: Sequence[int], proposed: Sequence[set[str]]) -> tuple[float, float]:
    """Micro and macro F1 over the codes; a code that neither side has counts 0 in the macro F1."""
    counts = {key: [0, 0] for key in texts.keys}
    for place, codes in zip(tested, proposed, strict=True):
        for key in texts.keys:
            counts[key][0] += key in codes and key in texts.given[place]
            counts[key][1] += (key in codes) + (key in texts.given[place])
    both, both_sides = (sum(each[side] for each in counts.values()) for side in (0, 1))
    return 2 * both / both_sides if both_sides else 0.0, fmean(2 * b / n if n else 0.0 for b, n in counts.values())


def rounds(texts: Texts, seeds: int, share: float) -> Iterator[tuple[list[int], list[int], random.Random]]:
    """For each seed the texts to decide on and those to test on; the latter are the same each time."""
    order = list(range(len(texts.units)))
    random.Random(7).shuffle(order)
    n_tested = round(share * len(order))
    tested, rest = sorted(order[:n_tested]), order[n_tested:]
    for seed in range(seeds):
        chance = random.Random(seed)
        yield sorted(chance.sample(rest, round(0.9 * len(rest)))), tested, chance


def _by_rules(texts: Texts, places: Sequence[int]) -> Chances:
    import numpy as np

    values = np.array([[texts.units[place].rules.get(key, 0.0) for key in texts.keys] for place in places])
    return Chances(texts.keys, values)


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    codebook = read_codebook(options.codebook)
    texts = read(options.texts, codebook, with_rules=not options.no_rules, fewest=options.fewest)
    if options.meaning:
        texts = replace(texts, meanings=Meanings())
    steps = options.decisions
    measured: dict[str, dict[int, list[tuple[float, float]]]] = {}

    def note(name: str, n: int, tested: Sequence[int], proposed: Sequence[set[str]]) -> None:
        measured.setdefault(name, {}).setdefault(n, []).append(f1(texts, tested, proposed))

    for pool, tested, chance in rounds(texts, options.seeds, options.share):
        note("rules alone", 0, tested, by_rules(texts, tested))
        shuffled = chance.sample(pool, len(pool))
        in_order: list[int] = []
        for n in (each for each in steps if each <= len(pool)):
            while len(in_order) < n:
                in_order += in_the_queues_order(texts, pool, in_order, min(n - len(in_order), _AT_ONCE))
            note("this program, in the queue's order", n, tested, ours(texts, pool, in_order, tested))
            note("this program, in random order", n, tested, ours(texts, pool, shuffled[:n], tested))
        for n in (each for each in steps if each <= len(pool)):
            for is_balanced in (False, True):
                name = f"plain TF-IDF + logistic regression{', balanced' if is_balanced else ''}, random"
                note(name, n, tested, reference(texts, shuffled[:n], tested, is_balanced=is_balanced))
    print(f"{options.texts.name}: {len(texts.units)} texts, {len(texts.keys)} codes")
    print(f"{options.seeds} rounds, each tested on the same {len(tested)} texts")
    for name, by_n in measured.items():
        for n, scores in by_n.items():
            micro, macro = zip(*scores, strict=True)
            print(
                f"{name:58} {n:5}  micro F1 {fmean(micro):.3f} ± {pstdev(micro):.3f}  "
                f"macro F1 {fmean(macro):.3f} ± {pstdev(macro):.3f}"
            )
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.learning", description=__doc__)
    parser.add_argument("--texts", type=Path, default=_ROOT / "tests" / "data" / "labelled" / "development.csv")
    parser.add_argument("--codebook", type=Path, default=_ROOT / "codebooks" / "ips_integration.yaml")
    parser.add_argument("--no-rules", action="store_true", help="as if the codebook had none")
    parser.add_argument("--meaning", action="store_true", help="compare what the texts mean too")
    parser.add_argument("--fewest", type=int, default=1, help="leave out codes that fewer texts carry")
    parser.add_argument("--decisions", type=int, nargs="+", default=[30, 60, 120, 200, 500])
    parser.add_argument("--share", type=float, default=0.33, help="of the texts, to test on")
    parser.add_argument("--seeds", type=int, default=5)
    return parser


if __name__ == "__main__":
    sys.exit(main())
