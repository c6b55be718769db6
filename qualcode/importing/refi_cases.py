"""Cases, variables and sets of a REFI-QDA project: whom the project is about, and what is known of documents."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from qualcode.i18n import _, collapsed, ngettext
from qualcode.importing.office_xml import attribute, child_of, children_of, local
from qualcode.importing.project_parts import ForeignCase, Passage, Subject
from qualcode.importing.refi_elements import bare, guid_of, is_true, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

    from qualcode.importing.refi_project import RefiReader

DOCUMENT_GROUP = "Document group"
"""The attribute that says in which sets a document is."""

_NAMED_VALUE = re.compile(r"(?P<name>[^:]{1,60}?)\s*::?\s*(?P<value>[^:\s][^:]*)")


class RefiCases:
    """The cases of one project, and the facts about its documents."""

    def __init__(self, reader: RefiReader, root: _Element) -> None:
        self._reader = reader
        self._project = reader.project
        self._elements = list(children_of(child_of(root, "Cases"), "Case"))
        self._sets = [each for holder in (root, child_of(root, "CodeBook")) for each in _sets(holder)]
        self._variables: dict[str, str] = {}
        for number, variable in enumerate(children_of(child_of(root, "Variables"), "Variable"), start=1):
            name = collapsed(attribute(variable, "name")) or _("Variable {n}").format(n=number)
            self._variables[guid_of(variable)] = name
        self._guids = {guid_of(each) for each in self._elements} - {""}
        self._coded: dict[str, list[Passage]] = defaultdict(list)
        self.selections = {
            bare(attribute(each, "targetGUID")) for case in self._elements for each in children_of(case, "SelectionRef")
        }

    def is_case(self, guid: str) -> bool:
        """Whether a GUID is a case's; some tools write a case as a code of the same GUID too."""
        return guid in self._guids

    def holds_only_cases(self, code: _Element) -> bool:
        """Whether a code is a mere heading over cases that are written as codes."""
        below = list(children_of(code, "Code"))
        return (
            bool(below)
            and not is_true(attribute(code, "isCodable"))
            and all(self.is_case(guid_of(each)) or self.holds_only_cases(each) for each in below)
        )

    def add_words(self, guid: str, passage: Passage) -> None:
        """A passage that is coded with a case is the case's words."""
        self._coded[guid].append(passage)

    def values_of(self, element: _Element) -> Iterator[tuple[str, str]]:
        """(variable, value) of a case or source; blank ones are left out."""
        for value in children_of(element, "VariableValue"):
            reference = child_of(value, "VariableRef")
            name = self._variables.get(bare(attribute(reference, "targetGUID"))) if reference is not None else None
            written = next((text_of(each) for each in value if local(each).endswith("Value")), "")
            if name and collapsed(written):
                yield name, collapsed(written)

    def read(self) -> None:
        """Add the cases, and the facts that cases without a name and sets hold of documents."""
        for number, element in enumerate(self._elements, start=1):
            self._read_case(element, number)
        self._read_sets()

    def _read_case(self, element: _Element, number: int) -> None:
        guid, name = guid_of(element), collapsed(attribute(element, "name"))
        passages: list[Passage] = []
        codes: list[str] = []
        n_missing = 0
        for child in element:
            target = bare(attribute(child, "targetGUID"))
            kind = local(child)
            if kind == "SourceRef" and target in self._reader.sources:
                passages.append(Passage(self._reader.sources[target]))
            elif kind == "SelectionRef" and target in self._reader.selections:
                passages.append(self._reader.selections[target])
            elif kind == "CodeRef" and (code := self._reader.code(target)) is not None:
                codes.append(code)
            elif kind == "CodeRef" and self.is_case(target):
                passages.extend(self._coded[target] if target != guid else ())
            elif kind in ("SourceRef", "SelectionRef", "CodeRef"):
                n_missing += 1
        if not name and passages and not codes and all(each.start is None for each in passages):
            self.add_facts([each.document for each in passages], list(self.values_of(element)))
            return  # one way in which tools write variables of documents
        passages.extend(self._coded.get(guid, ()))
        name = name or _("Case {n}").format(n=number)
        if n_missing:
            what = ngettext(
                "The case {name!r} refers to {n} thing that is not in the file or has no text.",
                "The case {name!r} refers to {n} things that are not in the file or have no text.",
                n_missing,
            )
            self._project.warn("", what.format(name=name, n=n_missing))
        ident = f"case {number}"
        self._project.cases.append(
            ForeignCase(ident, name, tuple(passages), tuple(codes), tuple(self.values_of(element)), guid)
        )
        self._reader.notes.add(element, Subject.CASE, ident)
        self._reader.notes.describe(element, Subject.CASE, ident)

    def add_facts(self, idents: Sequence[str], facts: Sequence[tuple[str, str]]) -> None:
        """Add facts to documents; of one name all values are kept."""
        wanted = set(idents)
        for number, document in enumerate(self._project.documents):
            if document.ident in wanted:
                known = dict(document.attributes)
                for name, value in facts:
                    values = [known[name]] if name in known else []
                    known[name] = "; ".join(dict.fromkeys([*values, value]))
                self._project.documents[number] = replace(document, attributes=tuple(known.items()))

    def _read_sets(self) -> None:
        """Sets of documents are facts about them: `gender: female` one by its name, others the document's group."""
        n_left_out = 0
        for each in self._sets:
            targets = [
                bare(attribute(member, "targetGUID") or attribute(member, "guid"))
                for member in each
                if local(member) == "MemberSource"
            ]
            documents = [self._reader.sources[target] for target in targets if target in self._reader.sources]
            name = collapsed(attribute(each, "name"))
            if not documents or not name:
                n_left_out += 1
                continue
            named = _NAMED_VALUE.fullmatch(name)
            fact = (named["name"].strip(), named["value"].strip()) if named else (DOCUMENT_GROUP, name)
            self.add_facts(documents, [fact])
        if n_left_out:
            self._reader.leave_out(_("sets"), n_left_out)


def _sets(element: _Element | None) -> Iterator[_Element]:
    return children_of(None if element is None else child_of(element, "Sets"), "Set")
