"""What is expected of a learned model, in sentences."""

from __future__ import annotations

from qualcode.autocoding.expectation import Expectation
from qualcode.i18n import _, decimal


def verdict(expectation: Expectation) -> str:
    """How often the model would be right, and whether it does better than the rules alone, in some sentences."""
    learned, rules = expectation.learned, expectation.rules
    said = []
    if learned.precision == learned.precision and learned.recall == learned.recall:
        often = _(
            "Of ten suggestions about {right} would be right; of ten places where coders gave a code, about {found} "
            "would be suggested."
        )
        said.append(often.format(right=_of_ten(learned.precision), found=_of_ten(learned.recall)))
    if not expectation.has_rules:
        said.append(_("The rules propose nothing for these sentences, so there is nothing to compare with."))
        return " ".join(said)
    if expectation.is_better:
        compared = _("Rules and decisions together do better than the rules alone: F1 {model} instead of {rules}.")
    elif learned.f1 > rules.f1:
        compared = _(
            "What was decided so far may or may not do better than the rules alone: F1 {model}, rules {rules}."
        )
    else:
        compared = _("What was decided so far does not do better than the rules alone: F1 {model}, rules {rules}.")
    model, by_rules = ("–" if hits.f1 != hits.f1 else decimal(hits.f1) for hits in (learned, rules))
    said.append(compared.format(model=model, rules=by_rules))
    low, high = expectation.gain
    if low == low:
        interval = _("The difference lies between {low} and {high} (95 %).")
        said.append(interval.format(low=decimal(low), high=decimal(high)))
    return " ".join(said)


def _of_ten(share: float) -> int:
    return int(10 * share + 0.5)


def basis(expectation: Expectation, *, by_meaning: bool) -> str:
    """What the numbers are measured on, and what they leave out.

    Args:
        by_meaning: whether sentences were compared by what they mean too.
    """
    said = _(
        "Learnt from {n} sentences that were decided on and {passed} that were passed over, from the codebook's own "
        "words and from what all texts are about. Measured on decisions that were held back, a fifth at a time."
    ).format(n=expectation.n_units, passed=expectation.n_passed_over)
    if by_meaning:
        said += " " + _("Sentences were compared by their words and by what they mean.")
    else:
        said += " " + _("Sentences were compared by their words, not by what they mean.")
    if expectation.has_rules:
        said += " " + _("What the rules never find was seldom decided on and is missing from both recalls.")
    return said
