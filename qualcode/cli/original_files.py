"""`qualcode originals`: lists the files that were imported, and gives them back."""

from __future__ import annotations

import argparse

from qualcode.cli.terminal import print_json
from qualcode.i18n import grouped, ngettext
from qualcode.project.project import Project


def originals(options: argparse.Namespace) -> int:
    """List all original files; with a folder, write them there byte for byte."""
    with Project.open(options.project, read_only=True) as project:
        files = project.documents.original_files()
        if options.out is not None:
            project.documents.give_back(options.out)
    if options.json:
        print_json([{"name": each.name, "bytes": each.size, "sha256": each.sha256} for each in files])
        return 0
    for each in files:
        size = ngettext("{n} byte", "{n} bytes", each.size).format(n=grouped(each.size))
        print(f"{each.name}  {size}")
    if options.out is not None:
        sentence = ngettext("{n} file written to {folder}.", "{n} files written to {folder}.", len(files))
        print(sentence.format(n=len(files), folder=options.out))
    return 0
