"""What is edited as text: the rules of one code, or the word lists that rules share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Protocol

from qualcode.gui.background import Cancelled
from qualcode.gui.bridge import ProjectBridge
from qualcode.i18n import _, ngettext

if TYPE_CHECKING:
    from qualcode.project.rule_run import RuleRun
    from qualcode.project.rule_trial import Trial

_LIST_HEAD = re.compile(r"([A-Za-z0-9_]+)\s*:")
_RULES_FORMS = (
    "word, two words, begin*",
    "- any: [word, two words, begin*, *end, '@list']",
    "- all: [[one, other], [with]]",
    "- near: [access, record]   words: 6",
    "  not: [...]   lacking: true | false   within: neighbours | turn",
    "  groups: [...]   questions: [...]   weight: 0.7   name: ...",
    "- like: ['a whole sentence', 'another']   not: ['looks alike']",
)
_LISTS_FORMS = (
    "records: [journal, record system, note*]",
    "time:",
    "  - short of time",
    "  - no time",
)


class Subject(Protocol):
    """Text that can be tried and used; `try_on` runs on a worker thread, so it holds plain values only."""

    @property
    def key(self) -> str:
        """Tells it from others: the code's key, "" for the lists."""

    @property
    def forms(self) -> tuple[str, ...]:
        """Lines that remind of what the text may say."""

    def text(self, bridge: ProjectBridge) -> str:
        """As it is in use."""

    def try_on(self, run: RuleRun, text: str, *, cancelled: Cancelled) -> Trial:
        """What another text would find."""

    def use(self, bridge: ProjectBridge, trial: Trial) -> None:
        """Takes what was tried into use."""

    def record(self, bridge: ProjectBridge) -> str:
        """How what is in use did so far; "" where that says nothing."""

    def uses(self, bridge: ProjectBridge, lines: list[str], at: int) -> str:
        """Where that is used which stands in a line; "" for nothing."""


@dataclass(frozen=True, slots=True)
class RulesOfCode:
    """The rules of one code."""

    code_id: int
    key: str
    forms: ClassVar = _RULES_FORMS

    def text(self, bridge: ProjectBridge) -> str:
        """The rules, as a codebook has them."""
        from qualcode.files.rules_text import rules_text

        code = bridge.code(self.code_id)
        return rules_text(code.rules) if code is not None else ""

    def try_on(self, run: RuleRun, text: str, *, cancelled: Cancelled) -> Trial:
        """What the rules would find."""
        from qualcode.project.rule_trial import try_rules

        return try_rules(run, self.key, text, cancelled=cancelled)

    def use(self, bridge: ProjectBridge, trial: Trial) -> None:
        """The code has these rules."""
        bridge.project.codebook.change_rules(self.code_id, trial.rules)

    def record(self, bridge: ProjectBridge) -> str:
        """How many suggestions of the code were accepted."""
        tally = bridge.project.review.record_of_code(self.code_id).whole
        if not tally.decided:
            return _("No suggestion of this code has been decided yet.")
        said = ngettext(
            "Of {n} decided suggestion of this code {accepted} was accepted.",
            "Of {n} decided suggestions of this code {accepted} were accepted.",
            tally.decided,
        )
        return said.format(n=tally.decided, accepted=tally.accepted)

    def uses(self, bridge: ProjectBridge, lines: list[str], at: int) -> str:
        """Nothing: a code uses its rules."""
        return ""


@dataclass(frozen=True, slots=True)
class WordLists:
    """The word lists of the codebook."""

    key: ClassVar = ""
    forms: ClassVar = _LISTS_FORMS

    def text(self, bridge: ProjectBridge) -> str:
        """The lists, as a codebook has them."""
        from qualcode.files.rules_text import concepts_text

        return concepts_text(bridge.codebook.concepts)

    def try_on(self, run: RuleRun, text: str, *, cancelled: Cancelled) -> Trial:
        """What the rules that use the lists would find."""
        from qualcode.project.rule_trial import try_lists

        return try_lists(run, text, cancelled=cancelled)

    def use(self, bridge: ProjectBridge, trial: Trial) -> None:
        """The codebook has these lists."""
        bridge.project.codebook.change_concepts(trial.lists)

    def record(self, bridge: ProjectBridge) -> str:
        """Nothing: decisions are counted by code."""
        return ""

    def uses(self, bridge: ProjectBridge, lines: list[str], at: int) -> str:
        """Which codes use the list that the line belongs to."""
        from qualcode.project.rule_trial import uses_of_lists

        name = list_at(lines, at)
        if not name:
            return ""
        used = uses_of_lists(bridge.codebook).get(name, ())
        if not used:
            return _("{list}: no rule uses it yet. Write {list} in a rule.").format(list=f"@{name}")
        counted = []
        for code, n in used:
            rules = ngettext("{n} rule", "{n} rules", n).format(n=n)
            counted.append(f"{bridge.name_of(code)} ({rules})")
        return _("{list} is used by: {codes}").format(list=f"@{name}", codes=", ".join(counted))


def list_at(lines: list[str], at: int) -> str:
    """The word list that a line belongs to: the nearest head at or above it; "" for none.

    Args:
        lines: of the text.
        at: the line, from 0.
    """
    heads = (_LIST_HEAD.match(line) for line in reversed(lines[: at + 1]))
    return next((found[1] for found in heads if found is not None), "")
