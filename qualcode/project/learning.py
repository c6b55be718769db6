"""Learning from decisions: what coders decided teaches a model, and nothing of it is used before they say so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from qualcode.autocoding import meaning
from qualcode.errors import QualcodeError
from qualcode.i18n import _
from qualcode.model.progress import Pieces, to_the_end
from qualcode.model.segment import Origin
from qualcode.project.learning_run import Learning, LearningRun, Useful
from qualcode.store import learning as store
from qualcode.store import segments, settings
from qualcode.store.learning import ModelRecord

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.project.project import Project


def useful_table(useful: Sequence[Useful], documents: Mapping[int, str]) -> pd.DataFrame:
    """What to decide next as a table: `document, start, end, text, code, probability`, of the likeliest code.

    Args:
        documents: names by id.
    """
    import pandas as pd

    rows = []
    for each in useful:
        code, chance = each.chances[0] if each.chances else ("", float("nan"))
        rows.append((documents[each.document_id], each.span.start, each.span.end, each.text, code, round(chance, 4)))
    return pd.DataFrame(rows, columns=["document", "start", "end", "text", "code", "probability"])


class LearningActions:
    """What can be asked of and done with learning from decisions."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def run(self, by_meaning: bool | None = None) -> LearningRun:
        """Gather what learning needs; nothing is changed.

        Args:
            by_meaning: whether sentences are compared by what they mean too, which takes some hundredths of a second
                for each; None where there are few enough of them.

        Raises:
            QualcodeError: meanings were asked for and cannot be told on this machine.
        """
        if by_meaning and not meaning.is_available():
            raise QualcodeError(
                _("The meanings of sentences cannot be told on this machine."),
                hint=_("Learn without them: letters, words and topics are compared then."),
            )
        rules = self._project.review.rule_run()
        db = self._project.db
        coded = tuple(store.coded(db))
        answers = {scanned.document_id for scanned in rules.texts if scanned.question}
        read_to: dict[int, int] = {}
        for each in coded:
            if each.origin in (Origin.MANUAL, Origin.IMPORTED):
                read_to[each.document_id] = max(each.end, read_to.get(each.document_id, 0))
        ends = {scanned.document_id: len(scanned.text) for scanned in rules.texts if scanned.document_id in answers}
        read_to = {id: ends.get(id, end) for id, end in read_to.items()}
        return LearningRun(
            rules.codebook,
            rules.texts,
            rules.threshold,
            tuple(store.decided(db)),
            coded,
            tuple(store.pending(db)),
            read_to,
            by_meaning,
            looked_at=(rules.ran_over.last_document, rules.ran_over.texts),
        )

    def use(self, learning: Learning) -> int:
        """Put what rules and model propose together in place of all that waits; what was decided stays.

        Returns:
            how many suggestions wait now.

        Raises:
            ValueError: nothing was learned.
            QualcodeError: texts changed since then.
        """
        return to_the_end(self.using(learning))

    def using(self, learning: Learning) -> Pieces[int]:
        """Do what `use` does piece by piece, for who has other things to do in between."""
        if learning.expectation is None:
            raise ValueError("nothing was learned")
        return self._project.step_in_pieces(_("Use what was learned"), self._using(learning))

    def _using(self, learning: Learning) -> Pieces[int]:
        self._check_texts(learning)
        db = self._project.db
        coder = segments.coder_for(db, self._project.coder_name)
        n_waiting = yield from self._project.review.replacing_pending(learning.found)
        store.add_model(db, learning.card, coder.id)
        return n_waiting

    def use_threshold(self, threshold: float, learning: Learning) -> int:
        """Propose by the rules from another score on; no model is in use then.

        Returns:
            how many suggestions wait now.

        Raises:
            QualcodeError: the threshold is not above 0 and at most 1.
        """
        return to_the_end(self.using_threshold(threshold, learning))

    def using_threshold(self, threshold: float, learning: Learning) -> Pieces[int]:
        """Do what `use_threshold` does piece by piece."""
        if not 0 < threshold <= 1:
            raise QualcodeError(
                _("The threshold {value} is not above 0 and at most 1.").format(value=threshold),
                hint=_("Choose a number between, such as 0.5."),
            )
        return self._project.step_in_pieces(_("Change threshold"), self._using_threshold(threshold, learning))

    def _using_threshold(self, threshold: float, learning: Learning) -> Pieces[int]:
        self._check_texts(learning)
        db = self._project.db
        settings.write(db, "analysis", {**settings.read(db, "analysis", {}), "threshold": threshold})
        store.put_out_of_use(db)
        above = [each for each in learning.by_rules if each[1].score >= threshold]
        return (yield from self._project.review.replacing_pending(above))

    def _check_texts(self, learning: Learning) -> None:
        """What was found stands at places of the texts as they were."""
        if self._project.review.has_other_texts(*learning.texts):
            raise QualcodeError(
                _("Texts changed since this was learned; nothing was changed."),
                hint=_("Learn once more: it goes by the texts as they are now."),
            )

    def model_in_use(self) -> ModelRecord | None:
        """The model that the waiting suggestions come from, None if they come from the rules alone."""
        return next((each for each in reversed(self.models()) if each.is_in_use), None)

    def models(self) -> list[ModelRecord]:
        """The cards of all models that were used, oldest first."""
        return store.models(self._project.db)
