"""What can be chosen over an agreement: coders, units, samples, the parts by which it is told."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from qualcode.gui.widgets.choice_button import Choice, ChoiceButton
from qualcode.i18n import _
from qualcode.model.double_coding import JudgedUnit, Universe

if TYPE_CHECKING:
    from qualcode.project.project import Project

ALL = ""
"""All coders, all units, everything at once."""
BETWEEN = "\n"
"""Between the names of two coders in the key of their pair."""


def offer_units(unit: ChoiceButton, *, with_characters: bool) -> None:
    """What is judged."""
    units = [(JudgedUnit.SENTENCE, _("sentence")), (JudgedUnit.TURN, _("turn")), (JudgedUnit.ANSWER, _("answer"))]
    if with_characters:
        units.append((JudgedUnit.CHARACTER, _("character")))
    _offer(unit, [Choice(each.value, name) for each, name in units])


def offer_universes(universe: ChoiceButton) -> None:
    """Which units."""
    every, coded = Choice(Universe.ALL.value, _("all units")), Choice(Universe.CODED.value, _("units someone coded"))
    _offer(universe, [every, coded])


def offer_coders(project: Project, coders: ChoiceButton) -> int:
    """All coders, or any two of them; returns how many there are."""
    people = [share.name for share in project.agreement.coders() if share.is_person]
    pairs = [BETWEEN.join(pair) for pair in combinations(people, 2)] if len(people) > 2 else []
    everybody = Choice(ALL, _("all") if len(people) > 2 else " · ".join(people))
    _offer(coders, [everybody, *(Choice(pair, pair.replace(BETWEEN, " · ")) for pair in pairs)])
    return len(people)


def offer_samples(project: Project, sample: ChoiceButton) -> bool:
    """No sample, or one, at first that which coders kept to, as in the report; returns whether there are any."""
    names = [each.name for each in project.agreement.samples()]
    is_first = bool(names) and len(sample.choices) < 2
    _offer(sample, [Choice(ALL, _("none")), *(Choice(name, name) for name in names)])
    if is_first:
        sample.choose(project.agreement.sample_coded())
    return bool(names)


def offer_parts(project: Project, by: ChoiceButton) -> None:
    """By what suggestions and a file are told apart."""
    parts = [
        *(Choice(ALL, _("everything at once")), Choice("group", _("Group"))),
        *(Choice("language", _("Language")), Choice("origin", _("Origin of the coding"))),
        *(Choice("session", _("Session")), Choice("question", _("Question"))),
        *(Choice(name, name) for name in project.respondents.attribute_names()),
    ]
    _offer(by, parts)


def _offer(button: ChoiceButton, offered: list[Choice]) -> None:
    """Offers these; what was chosen stays if it can, else the first is."""
    keys = {each.key for each in offered}
    button.offer(offered, button.key if button.key in keys else offered[0].key)
