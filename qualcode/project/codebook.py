"""The template in the project: codes are loaded, added, renamed, merged and deleted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from qualcode.errors import CodebookError
from qualcode.i18n import _, did_you_mean, folded
from qualcode.model.codebook import Code, Codebook, CodeOrigin, MatchRule, Wording
from qualcode.model.memo import SubjectKind
from qualcode.model.progress import Pieces, to_the_end
from qualcode.project.span_counts import SpanCounts
from qualcode.store import codes, memos, segments, suggestions, summaries, text_versions

if TYPE_CHECKING:
    from qualcode.project.project import Project
    from qualcode.store.database import Database

_TABLES = frozenset({"code", "setting"})
_PIECE = 1_000
"""Quotations or suggestions that go, or get another code, at once where it is done in pieces."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """What lies under a code.

    Attributes:
        n_segments: quotations of all coders.
        n_coders: whose they are.
        n_below: codes below it, on all levels.
        n_waiting: suggestions that wait for a decision.
        n_memos: memos on the codes and their quotations.
        n_summaries: what stands in the codes' cells of the framework matrix.
    """

    n_segments: int
    n_coders: int
    n_below: int
    n_waiting: int
    n_memos: int = 0
    n_summaries: int = 0


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a code means, in one language.

    Attributes:
        definition: in a few sentences.
        include: when to use it; `exclude` when not, and what to use instead.
        examples: invented typical and borderline quotations.
        aliases: what one may type to find it.
    """

    definition: str = ""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


def meaning_of(code: Code, language: str) -> Meaning:
    """What a code means as it stands, in a language or the nearest that there is."""
    definition = code.definition.in_language(language)
    return Meaning(definition, code.include, code.exclude, code.examples, code.aliases)


def _worded(known: Wording, language: str, text: str) -> Wording:
    """A wording with another text in one language; the other languages keep theirs."""
    if not known.by_language:
        return Wording(plain=text)
    by_language = {**known.by_language, language: text}
    return Wording({key: each for key, each in by_language.items() if each}, known.plain)


class CodebookActions:
    """What can be asked of and done to the codes of a project."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def current(self) -> Codebook:
        """The codebook in tree order; its codes carry the project's numbers."""
        return self._project.known("codebook", _TABLES, lambda: codes.current(self._project.db))

    def load(self, codebook: Codebook) -> None:
        """Put a codebook in; codes of equal key are replaced, other codes stay."""
        with self._project.step(_("Load codebook")):
            codes.load(self._project.db, codebook)

    def n_segments(self, *, hidden_coders: Collection[int] = ()) -> dict[int, int]:
        """Codings of each code and of all below it, each span once, by code id; some coders' may be left out."""
        return SpanCounts(self._project, "segment").count(hidden_coders)

    def holdings(self, code_id: int, *, with_below: bool = True, hidden_coders: Collection[int] = ()) -> Holdings:
        """What lies under a code, to be said before it is deleted or merged.

        Args:
            code_id: the code.
            with_below: whether the codes below it count too.
            hidden_coders: ids of coders whose segments are not told, nor the memos on them.
        """
        db = self._project.db
        below = codes.ids_below(db, code_id)
        counted = [code_id, *below] if with_below else [code_id]
        everybody = segments.n_by_coder(db, counted)
        by_coder = {coder_id: n for coder_id, n in everybody.items() if coder_id not in hidden_coders}
        waiting = suggestions.n_of_codes(db, counted)
        n_memos = memos.n_of_codes(db, counted, hidden_coders)
        n_summaries = summaries.n_of_codes(db, counted)
        return Holdings(sum(by_coder.values()), len(by_coder), len(below), waiting, n_memos, n_summaries)

    def n_suggestions(self) -> dict[int, int]:
        """Spans that wait for a decision, of each code and of all below it, by code id."""
        return SpanCounts(self._project, "suggestion").count()

    def by_key_or_name(self, name: str) -> Code:
        """The code of that key, name (in any language) or alias.

        Raises:
            CodebookError: there is none, or a name means several.
        """
        if not name.strip():
            raise CodebookError(_("No code is named."))
        known = self.current().codes
        for code in known:
            if code.key == name.strip():
                return code
        wanted = folded(name)
        found = [code for code in known if wanted in {folded(each) for each in _names_of(code)}]
        if len(found) == 1:
            return found[0]
        if found:
            raise CodebookError(
                _("{name!r} is the name of several codes.").format(name=name),
                hint=_("Use a key: {keys}.").format(keys=", ".join(code.key for code in found)),
            )
        raise CodebookError(
            _("There is no code {name!r}.").format(name=name), hint=did_you_mean(name, [code.key for code in known])
        )

    def add(self, name: str, parent_id: int | None = None) -> Code:
        """Add an emergent code below another, or as a theme.

        Raises:
            CodebookError: the name is blank, or the other code is gone.
        """
        if not name.strip():
            raise CodebookError(_("A code needs a name."))
        key = _free_key(name, {code.key for code in self.current().codes})
        parent = self._get(parent_id) if parent_id is not None else None
        depth = parent.depth + 1 if parent else 0
        code = Code(
            key,
            Wording(plain=name.strip()),
            parent=parent.key if parent else "",
            depth=depth,
            origin=CodeOrigin.EMERGENT,
        )
        with self._project.step(_("Add code")):
            return code.with_id(codes.add(self._project.db, key, name.strip(), parent_id, code))

    def rename(self, code_id: int, name: str) -> None:
        """Give a code another name in the language of the study; other languages keep theirs."""
        if not name.strip():
            raise CodebookError(_("A code needs a name."))
        code = self._get(code_id)
        wording = _worded(code.name, self._project.settings.language, name.strip())
        with self._project.step(_("Rename code")):
            codes.rename(self._project.db, code_id, wording)

    def describe(self, code_id: int, meaning: Meaning, amends: int | None = None) -> int | None:
        """Say what a code means, in the language of the study; the definition in other languages stays.

        Args:
            meaning: what it is to say.
            amends: a step of this kind that is still the last one and takes this in; else it is a step of its own.

        Returns:
            the step that holds it, None if nothing changed.
        """
        code, db = self._get(code_id), self._project.db
        language = self._project.settings.language
        if meaning == meaning_of(code, language):
            return amends
        definition = code.definition
        if meaning.definition != definition.in_language(language):
            definition = _worded(definition, language, meaning.definition)
        changed = replace(
            code,
            definition=definition,
            include=meaning.include,
            exclude=meaning.exclude,
            examples=meaning.examples,
            aliases=meaning.aliases,
        )
        if amends is not None and self._project.can_amend(amends):
            with self._project.amending(_("Define code"), frozenset({"code"})):
                codes.change_details(db, changed)
            return amends
        with self._project.step(_("Define code")):
            codes.change_details(db, changed)
        return self._project.last_step_id

    def change_rules(self, code_id: int, rules: Sequence[MatchRule]) -> None:
        """Give a code other rules; suggestions stay as they are until the rules run.

        Raises:
            CodebookError: a rule cannot be looked for (an expression without a bound, a term that says nothing).
        """
        from qualcode.autocoding.rules import check_rules

        changed = replace(self._get(code_id), rules=tuple(rules))
        check_rules(replace(self.current(), codes=(changed,)), {changed.key})
        with self._project.step(_("Change rules")):
            codes.change_details(self._project.db, changed)

    def change_concepts(self, concepts: Mapping[str, Sequence[str]]) -> None:
        """Give the codebook other word lists that rules share.

        Raises:
            CodebookError: a rule refers to a list that would be gone.
        """
        from qualcode.autocoding.rules import check_rules
        from qualcode.project.rule_trial import uses_of_lists

        current = self.current()
        codebook = replace(current, concepts={name: tuple(terms) for name, terms in concepts.items()})
        used = uses_of_lists(current).items()
        changed = {name for name, _codes in used if codebook.concepts.get(name) != current.concepts.get(name)}
        check_rules(codebook, {code.key for name, codes_of in used if name in changed for code, _n in codes_of})
        with self._project.step(_("Change word lists")):
            codes.load(self._project.db, codebook)

    def recolour(self, code_id: int, colour: str) -> None:
        """Give a code another colour (#rrggbb), or "" for the palette's."""
        if colour and not re.fullmatch("#[0-9A-Fa-f]{6}", colour):
            raise CodebookError(_("{colour!r} is no colour.").format(colour=colour), hint=_("Write #rrggbb."))
        with self._project.step(_("Colour code")):
            codes.recolour(self._project.db, code_id, colour)

    def move(self, code_id: int, parent_id: int | None, position: int) -> None:
        """Put a code, with all below it, under another or among the themes.

        Args:
            code_id: what is moved.
            parent_id: the code it goes under, None for the themes.
            position: its place among its new siblings, counted from 0 without itself; too large means last.

        Raises:
            CodebookError: the code would lie below itself, or one of the two is gone.
        """
        db = self._project.db
        self._get(code_id)
        if parent_id is not None:
            self._get(parent_id)
            if parent_id == code_id or parent_id in codes.ids_below(db, code_id):
                raise CodebookError(
                    _("A code cannot be moved into itself or its own sub-code."), hint=_("Move that one out first.")
                )
        with self._project.step(_("Move code")):
            codes.move(db, code_id, parent_id, position)

    def split(self, code_id: int, segment_ids: Sequence[int], name: str) -> Code:
        """Give some segments of a code to a new code that stands right after it.

        Raises:
            CodebookError: the name is blank, the code is gone, or there is no segment to split off.
        """
        db = self._project.db
        code = self._get(code_id)
        own = {segment.id for segment in segments.of_code(db, code_id)}
        chosen = [each for each in segment_ids if each in own]
        if not chosen:
            raise CodebookError(_("No quotation of this code was chosen."), hint=_("Choose those that split off."))
        known = self.current()
        parent = next((each for each in known.codes if each.key == code.parent), None)
        siblings = [each.id for each in known.children(code.parent)]
        with self._project.step(_("Split code")):
            made = self.add(name, parent.id if parent is not None else None)
            codes.move(db, made.id, parent.id if parent is not None else None, siblings.index(code_id) + 1)
            for segment_id in chosen:
                segments.change_code(db, segment_id, made.id)
        return made

    def merge(self, source_id: int, target_id: int) -> None:
        """Give a code's segments, sub-codes, memos and summaries to another code, then delete it.

        Raises:
            CodebookError: the target is the code itself or lies below it.
        """
        to_the_end(self.merging(source_id, target_id))

    def merging(self, source_id: int, target_id: int) -> Pieces[None]:
        """Do what `merge` does piece by piece; closed before its end, it leaves everything as it was."""
        db = self._project.db
        if target_id == source_id or target_id in codes.ids_below(db, source_id):
            raise CodebookError(
                _("A code cannot be merged into itself or its own sub-code."), hint=_("Move it out first.")
            )
        yield from self._project.step_in_pieces(_("Merge codes"), self._merging(source_id, target_id))

    def _merging(self, source_id: int, target_id: int) -> Pieces[None]:
        db = self._project.db
        memos.adopt_doubles(db, source_id, target_id)
        memos.adopt(db, SubjectKind.CODE, source_id, target_id)
        summaries.adopt(db, source_id, target_id)
        text_versions.give_lost(db, source_id, target_id)
        work: list[_Work] = []
        for table in (segments, suggestions):
            twice = set(table.doubles(db, source_id, target_id))
            others = [each for each in table.ids_of_code(db, source_id) if each not in twice]
            work += [(sorted(twice), table.remove), (others, partial(table.recode, target_id=target_id))]
        yield from _in_pieces(db, work)
        codes.adopt_children(db, source_id, target_id)
        codes.delete(db, source_id)

    def delete(self, code_id: int) -> None:
        """Delete a code with the codes below it and all their segments."""
        to_the_end(self.deleting(code_id))

    def deleting(self, code_id: int) -> Pieces[None]:
        """Do what `delete` does piece by piece; closed before its end, it leaves everything as it was."""
        ids = codes.ids_below(self._project.db, code_id)
        below = [code.id for code in self.current().codes if code.id in ids]
        deleted = [*reversed(below), code_id]
        yield from self._project.step_in_pieces(_("Delete code"), self._deleting(deleted))

    def _deleting(self, code_ids: Sequence[int]) -> Pieces[None]:
        db = self._project.db
        work: list[_Work] = []
        for table in (segments, suggestions):
            work.append(([each for code_id in code_ids for each in table.ids_of_code(db, code_id)], table.remove))
        yield from _in_pieces(db, work)
        for each in code_ids:
            codes.delete(db, each)

    def _get(self, code_id: int) -> Code:
        for code in self.current().codes:
            if code.id == code_id:
                return code
        raise CodebookError(_("That code is gone."), hint=_("Undo brings it back."))


_Work = tuple[Sequence[int], Callable[["Database", Sequence[int]], None]]
"""Ids of rows, and what is done with them."""


def _in_pieces(db: Database, work: Sequence[_Work]) -> Pieces[None]:
    done, total = 0, sum(len(ids) for ids, _act in work)
    for ids, act in work:
        for first in range(0, len(ids), _PIECE):
            yield done, total
            some = ids[first : first + _PIECE]
            act(db, some)
            done += len(some)


def _names_of(code: Code) -> list[str]:
    return [each for each in (*code.name.by_language.values(), code.name.plain, *code.aliases) if each.strip()]


def _free_key(name: str, taken: set[str]) -> str:
    """A key made of a name: `Tid og rom` becomes `tid_og_rom`, with a number when it is taken."""
    plain = name.casefold().replace("æ", "ae").replace("ø", "o")
    plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    key = re.sub(r"[^a-z0-9]+", "_", plain).strip("_") or "code"
    number, free = 2, key
    while free in taken:
        free, number = f"{key}_{number}", number + 1
    return free
