"""Loads what the program loads when it is first needed, so that it is in nobody's seconds but its own."""

from __future__ import annotations

from importlib import import_module

MODULES = (
    "qualcode.cli.main",
    "qualcode.cli.run_study",
    "qualcode.project.study_run",
    "qualcode.project.study_import",
    "qualcode.project.documents",
    "qualcode.project.respondents",
    "qualcode.project.codebook",
    "qualcode.project.segments",
    "qualcode.project.review",
    "qualcode.project.reports",
    "qualcode.files.study_file",
    "qualcode.files.codebook_file",
    "qualcode.importing.docx_reader",
    "qualcode.importing.text_reader",
    "qualcode.importing.workbook_reader",
    "qualcode.importing.delimited_reader",
    "qualcode.importing.language",
    "qualcode.exporting.csv_tables",
    "qualcode.exporting.workbook",
    "qualcode.exporting.chart_files",
    "qualcode.exporting.about",
    "ruamel.yaml",
    "sqlalchemy.dialects.sqlite",
    "pandas.core.methods.to_dict",
    "python_calamine",
    "lxml.etree",
    "openpyxl.cell._writer",
    "openpyxl.writer.excel",
    "openpyxl.packaging.extended",
    "matplotlib.figure",
    "matplotlib.font_manager",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "qualcode.autocoding.suggest",
    "ahocorasick_rs",
    "PIL.BmpImagePlugin",
    "PIL.GifImagePlugin",
    "PIL.JpegImagePlugin",
    "PIL.PngImagePlugin",
    "PIL.PpmImagePlugin",
)


def load_libraries() -> None:
    """Import all of it."""
    for module in MODULES:
        import_module(module)
    import spacy

    spacy.blank("nb")  # looks up its languages and entry points and imports them
