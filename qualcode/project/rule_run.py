"""What the rules have to look through again: everything, or only the codes and documents that changed since."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode import __version__
from qualcode.model.codebook import Codebook
from qualcode.model.progress import Cancelled, Progress
from qualcode.model.suggestion import Proposal
from qualcode.store import settings, suggestions
from qualcode.store.database import Database

if TYPE_CHECKING:
    from qualcode.autocoding.known_degrees import KnownDegrees
    from qualcode.autocoding.known_finds import KnownFinds
    from qualcode.autocoding.suggest import Scanned
    from qualcode.autocoding.word_index import WordIndex

Found = tuple[int, Proposal]
"""What the rules propose for a document, by its id."""

_KEY = "rules_ran_over"


@dataclass(frozen=True, slots=True)
class RanOver:
    """What the suggestions that wait come from.

    Attributes:
        program: the version, and a fingerprint of the code that looked.
        codes: a fingerprint of the rules of each code, word lists that they share included, and of its valence.
        last_document: the highest id; `texts` is a fingerprint of all documents up to it, who speaks in them included.
    """

    program: str
    threshold: float
    codes: Mapping[str, str]
    last_document: int
    texts: str


@dataclass(frozen=True, slots=True)
class RuleRun:
    """All that the rules need, as plain values: `find` may run on another thread than the project's.

    Attributes:
        codes: keys of the codes whose rules run over everything; None for all of them.
        after_document: documents with a higher id are new: all rules run over them.
        before: what the suggestions came from that wait since then; what was found fits beside no others.
        index: of the texts; rules of some codes look only where it says that their words stand.
        degrees: of the texts' sentences; rules of whole sentences do not compare them again.
        finds: of rules of words in the texts; they do not look for them again where only sentences changed.
        step_id: the last step when it was gathered, 0 for none.
    """

    codebook: Codebook
    texts: tuple[Scanned, ...]
    threshold: float
    ran_over: RanOver
    codes: frozenset[str] | None = None
    after_document: int = 0
    before: RanOver | None = None
    index: WordIndex | None = None
    degrees: KnownDegrees | None = None
    finds: KnownFinds | None = None
    step_id: int | None = None

    def find(self, *, progress: Progress | None = None, cancelled: Cancelled | None = None) -> list[Found]:
        """Run the rules over the texts.

        Raises:
            CancelledError: the user stopped it.
        """
        if self.codes is None:
            return self._found(self.codebook, self.texts, progress, cancelled)
        found: list[Found] = []
        if self.codes:
            of_codes = self.of_codes(self.codebook, self.codes, progress=progress, cancelled=cancelled)
            found += [each for each in of_codes if each[0] <= self.after_document]
        new = tuple(each for each in self.texts if each.document_id > self.after_document)
        if new:
            found += self._found(self.codebook, new, progress, cancelled)
        return found

    def of_codes(
        self,
        codebook: Codebook,
        keys: frozenset[str],
        *,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> list[Found]:
        """What the rules of some codes find in all texts, whatever ran before.

        Args:
            codebook: may be another one than the run's.

        Raises:
            CancelledError: the user stopped it.
        """
        index = self.index if self.index is not None and self.index.is_worth_making() else None
        return self._found(_with_rules_of(codebook, keys), self.texts, progress, cancelled, index, keys)

    def _found(
        self,
        codebook: Codebook,
        texts: tuple[Scanned, ...],
        progress: Progress | None,
        cancelled: Cancelled | None,
        index: WordIndex | None = None,
        codes: frozenset[str] | None = None,
    ) -> list[Found]:
        from qualcode.autocoding.suggest import suggest_all
        from qualcode.autocoding.suggest_again import suggest_again

        degrees, finds = (self.degrees, self.finds) if texts is self.texts else (None, None)
        proposed = None
        if codes is not None and degrees is not None and finds is not None:
            proposed = suggest_again(
                texts,
                codebook,
                codes,
                finds,
                degrees,
                threshold=self.threshold,
                index=index,
                progress=progress,
                cancelled=cancelled,
            )
        proposed = proposed or suggest_all(
            texts,
            codebook,
            threshold=self.threshold,
            total=len(texts),
            index=index,
            degrees=degrees,
            finds=finds,
            codes=codes,
            progress=progress,
            cancelled=cancelled,
        )
        found = ((document_id, each) for document_id, proposals in proposed for each in proposals)
        return [each for each in found if codes is None or each[1].code_key in codes]


def rule_run(
    db: Database,
    codebook: Codebook,
    texts: tuple[Scanned, ...],
    threshold: float,
    *,
    index: WordIndex | None = None,
    degrees: KnownDegrees | None = None,
    finds: KnownFinds | None = None,
    fingerprint: str | None = None,
    whole: bool = False,
) -> RuleRun:
    """What is to be run: what changed since the suggestions that wait were made, or everything.

    Args:
        index: of these texts, and so is what is known of their `degrees` and `finds`.
        fingerprint: of all texts as they are, where it is known.
        whole: run everything, whatever changed.
    """
    last = suggestions.last_document(db)
    all_texts = fingerprint or suggestions.fingerprint_of_texts(db, last)
    now = RanOver(_program(), threshold, _fingerprints(codebook), last, all_texts)
    before = None if whole else _ran_over(db)
    if before is None or (before.program, before.threshold) != (now.program, now.threshold):
        return RuleRun(codebook, texts, threshold, now, index=index, degrees=degrees, finds=finds)
    if before.codes.keys() - now.codes.keys():  # what a code that is gone had may have gone to another
        return RuleRun(codebook, texts, threshold, now, index=index, degrees=degrees, finds=finds)
    known = now.texts if before.last_document == last else suggestions.fingerprint_of_texts(db, before.last_document)
    if known != before.texts:
        return RuleRun(codebook, texts, threshold, now, index=index, degrees=degrees, finds=finds)
    changed = frozenset(key for key, found in now.codes.items() if before.codes.get(key) != found)
    return RuleRun(codebook, texts, threshold, now, changed, before.last_document, before, index, degrees, finds)


def is_outdated(db: Database, run: RuleRun) -> bool:
    """Whether other suggestions wait, after undo for instance, than those beside which a part of the rules ran."""
    return run.codes is not None and _ran_over(db) != run.before


def note(db: Database, run: RuleRun) -> None:
    """Remember what the suggestions that wait come from; inside a step."""
    settings.write(db, _KEY, asdict(run.ran_over))


def forget(db: Database) -> None:
    """The suggestions that wait do not come from the rules as they are: the next run is whole; inside a step."""
    if settings.read(db, _KEY, None) is not None:
        settings.write(db, _KEY, None)


def _ran_over(db: Database) -> RanOver | None:
    stored: dict[str, Any] | None = settings.read(db, _KEY, None)
    return RanOver(**stored) if stored else None


@lru_cache(maxsize=1)
def _program() -> str:
    """The version, and a fingerprint of the code that looks and its tables: what others found is looked for again."""
    package = Path(__file__).parents[1]
    folders = [package / part for part in ("autocoding", "model")]
    files = sorted(path for each in folders for ending in ("py", "npz") for path in each.glob(f"*.{ending}"))
    found = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]
    return f"{__version__} {found}"


def _fingerprints(codebook: Codebook) -> dict[str, str]:
    shared = _digest(sorted(codebook.concepts.items()))
    like = _digest([(code.key, rule.like, rule.none) for code in codebook.codes for rule in code.rules if rule.like])
    return {
        code.key: _digest(
            (code.rules, code.valence, shared, like if any(rule.like for rule in code.rules) else "")
            if code.rules
            else ()
        )
        for code in codebook.codes
    }


def _digest(told: object) -> str:
    """A fingerprint of what its `repr` tells."""
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def _with_rules_of(codebook: Codebook, keys: frozenset[str]) -> Codebook:
    """The codebook with no other rules than those of some codes, and the sentences that theirs are held against."""
    is_compared = any(rule.like for code in codebook.codes if code.key in keys for rule in code.rules)
    codes = (
        code
        if code.key in keys
        else replace(code, rules=tuple(each for each in code.rules if each.like and is_compared))
        for code in codebook.codes
    )
    return replace(codebook, codes=tuple(codes))
