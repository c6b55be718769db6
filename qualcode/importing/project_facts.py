"""What is in another tool's project, in plain values: for `qualcode inspect` and for a preview."""

from __future__ import annotations

from typing import Any

from qualcode.importing.project_parts import Placement, SettledProject


def facts_of(project: SettledProject) -> dict[str, Any]:
    """Tool and name, each document with its speakers, and how many there are of everything else.

    `codings` says how many stand at the stored position with their stored words (`verified`), were found elsewhere by
    their words (`found`), store no words (`unverified`), or have no place (`not_placed`); nothing of that where the
    texts are not in the file.
    """
    codings = {"in_file": project.n_codings}
    if project.documents:
        codings |= {placement.value: project.n_placed(placement) for placement in Placement}
        codings["not_placed"] = project.n_codings - len(project.codings)
    return {
        "tool": project.tool,
        "name": project.name,
        "documents": [
            {
                "name": document.name,
                "characters": len(document.text),
                "turns": len(document.turns),
                "speakers": [speaker.label for speaker in document.speakers if speaker.label is not None],
            }
            for document in project.documents
        ],
        "codes": len(project.codes),
        "codings": codings,
        "cases": len(project.cases),
        "memos": len(project.memos),
        "coders": list(project.coders),
        "left_out": dict(project.left_out),
    }
