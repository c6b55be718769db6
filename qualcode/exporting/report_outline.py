"""A report from its facts: the sections in order, ready for a writer of Word files or web pages."""

from __future__ import annotations

from qualcode.exporting.report_blocks import Contents, Report, Title
from qualcode.exporting.report_checklist import write_checklist, write_to_do
from qualcode.exporting.report_closed import write_closed
from qualcode.exporting.report_codebook import write_codebook
from qualcode.exporting.report_comparison import write_comparison, write_model
from qualcode.exporting.report_content import ReportContent
from qualcode.exporting.report_draft import Draft
from qualcode.exporting.report_method import write_how_analysed, write_method
from qualcode.exporting.report_results import write_overview, write_themes


def report_of(content: ReportContent) -> Report:
    """Write the report of a study, in the language of the study."""
    draft = Draft(content)
    say = draft.say
    if content.suggested:
        draft.paragraph(
            say(
                "Suggested, not reviewed: nothing is decided yet. All numbers and quotations below are suggestions "
                "made by rules, and no coder has looked at them."
            ),
            style="warning",
        )
    draft.blocks.append(Title(content.title))
    made = draft.numbers.date(content.project.made)
    draft.paragraph(
        say("Template analysis of interviews and open survey answers. Draft of {date}, made with {program}.").format(
            date=made, program=content.project.program
        ),
        style="lead",
    )
    draft.blocks.append(Contents(say("Contents")))
    write_method(draft)
    write_overview(draft)
    write_themes(draft)
    write_comparison(draft)
    write_closed(draft)
    write_model(draft)
    write_how_analysed(draft)
    write_checklist(draft)
    write_to_do(draft)
    write_codebook(draft)
    return Report(
        title=content.title,
        language=content.language if content.language in ("nb", "nn") else "en",
        table_label=say("Table"),
        figure_label=say("Figure"),
        page=say("Page {page} of {pages}"),
        made=content.project.made,
        subject=say("Template analysis"),
        blocks=tuple(draft.blocks),
    )
