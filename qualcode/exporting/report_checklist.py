"""What the reporting standards ask for: the points that the program knows, and those that only the author can write."""

from __future__ import annotations

from qualcode.exporting.report_blocks import Cell, Reference, Words, cell
from qualcode.exporting.report_closed import proposed_questions
from qualcode.exporting.report_draft import Draft
from qualcode.exporting.report_method import agreement_sentence
from qualcode.model.codebook import CodeOrigin

REFERENCES = (
    "Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scandinavian Journal of Statistics, 6, "
    "65–70.",
    "King, N. (2012). Doing template analysis. In G. Symon & C. Cassell (eds.), Qualitative organizational research "
    "(pp. 426–450). Sage.",
    "Newcombe, R. G. (1998). Interval estimation for the difference between independent proportions. Statistics in "
    "Medicine, 17, 873–890.",
    "O'Brien, B. C., Harris, I. B., Beckman, T. J., Reed, D. A. & Cook, D. A. (2014). Standards for reporting "
    "qualitative research: a synthesis of recommendations. Academic Medicine, 89, 1245–1251.",
    "Tong, A., Sainsbury, P. & Craig, J. (2007). Consolidated criteria for reporting qualitative research (COREQ): a "
    "32-item checklist for interviews and focus groups. International Journal for Quality in Health Care, 19, 349–357.",
    "Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. Journal of the "
    "American Statistical Association, 22, 209–212.",
)


def write_checklist(draft: Draft) -> None:
    """The points of COREQ and SRQR that the project answers, each with its number."""
    say, content = draft.say, draft.content
    draft.heading(2, say("Reporting standards"))
    draft.paragraph(
        say(
            "The points of COREQ (Tong et al., 2007) and SRQR (O'Brien et al., 2014) that the project itself can "
            "answer. The other points are in the list for the author."
        )
    )
    people, coders = content.people, [each for each in content.coders if each.is_person]
    silent = sum(each.silent for each in people)
    n = sum(each.n for each in people)
    n_emergent = sum(code.origin == CodeOrigin.EMERGENT for code in content.codebook.codes)
    n_quoted = content.n_answering - content.n_never_quoted
    see = say("see {place}")
    at_a_glance: Words = (Reference("themes"), "; ") if draft.spoken_of(draft.lines) else ()
    rows: list[tuple[str, str, Words]] = [
        (
            "COREQ 12, 16; SRQR S12",
            say("Sample size and description"),
            (
                say("Respondents: {n}; groups: {g}; sessions: {s};").format(
                    n=n, g=len(people), s=content.sources.n_sessions
                ),
                " ",
                Reference("people"),
            ),
        ),
        (
            "COREQ 13",
            say("Non-participation"),
            (say("{silent} of {n} neither answered nor spoke; why, the author knows.").format(silent=silent, n=n),),
        ),
        (
            "SRQR S13",
            say("Data processing"),
            (
                say(
                    "Texts are kept as they came in; corrections and every change of a coding can be traced in the "
                    "project file."
                ),
            ),
        ),
        (
            "COREQ 24",
            say("Number of coders"),
            (say("{n}; see the table of coders.").format(n=len(coders)),),
        ),
        (
            "COREQ 25; SRQR S14",
            say("Coding tree"),
            (see.format(place=say("Appendix: codebook")),),
        ),
        (
            "COREQ 26; SRQR S14",
            say("Derivation of themes"),
            (
                say("{a} codes decided in advance, {e} out of the material.").format(
                    a=len(content.codebook.codes) - n_emergent, e=n_emergent
                ),
            ),
        ),
        *_agreement_row(draft),
        ("COREQ 27", say("Software"), (content.project.program,)),
        (
            "COREQ 29; SRQR S17",
            say("Quotations"),
            (
                say("{n} of {N} who answered are quoted, by role; ids are left out.").format(
                    n=n_quoted, N=content.n_answering
                ),
            ),
        ),
        (
            "COREQ 31, 32",
            say("Major and minor themes"),
            (*at_a_glance, see.format(place=say("The themes"))),
        ),
    ]
    header = [cell(each, bold=True, is_text=True) for each in (say("Point"), say("Asks for"), say("In this project"))]
    cells = [[cell(point, is_text=True), cell(asks, is_text=True), _text_cell(known)] for point, asks, known in rows]
    draft.table(
        "standards", say("Points of the reporting standards that the project answers"), header, cells, [3.2, 4.3, 8.5]
    )
    draft.heading(2, say("References"))
    draft.bullets([(each,) for each in _cited(draft)])


def _cited(draft: Draft) -> list[str]:
    """The references that the text of this report goes back to."""
    compared = draft.content.comparison
    not_cited = {
        "Holm": compared is None or not compared.n_tests,
        "Newcombe": compared is None,
        "Wilson": draft.content.suggested,
    }
    return [each for each in REFERENCES if not not_cited.get(each.split(",")[0], False)]


def _agreement_row(draft: Draft) -> list[tuple[str, str, Words]]:
    sentence = agreement_sentence(draft)
    return [("SRQR S15", draft.say("Agreement of coders"), (sentence,))] if sentence else []


def write_to_do(draft: Draft) -> None:
    """What is left for the author: first what this project needs, then what no program can know."""
    say = draft.say
    draft.heading(1, say("Still for the author to write"))
    draft.paragraph(say("Take this list out when it is done."))
    own = _of_this_project(draft)
    if own:
        draft.heading(3, say("In this project"))
        draft.bullets([(each,) for each in own])
    draft.heading(3, say("What only the author knows"))
    points: list[tuple[str, str]] = [
        ("SRQR S3–S4", say("The problem, and the question that the study answers.")),
        ("SRQR S7; COREQ 14–15", say("Context and setting: where the material was gathered, who else was there.")),
        ("SRQR S8; COREQ 10–11", say("Recruitment: how people were chosen and approached.")),
        ("COREQ 13", say("Why those who did not take part did not.")),
        ("SRQR S6; COREQ 1–8", say("Who the researchers are, and what they and the respondents knew of each other.")),
        ("SRQR S5; COREQ 9", say("Approach and theory behind the analysis.")),
        ("SRQR S10–S11; COREQ 17–21", say("Interview guide and questionnaire, recording, field notes, duration.")),
        ("COREQ 22", say("Saturation: whether more material would have brought new themes.")),
        ("COREQ 23, 28", say("Whether respondents saw transcripts or findings.")),
        (
            "SRQR S15",
            say("What was done for trustworthiness: coding by two, agreement, discussion of cases that do not fit."),
        ),
        ("SRQR S9", say("Ethics: consent, approval, data protection.")),
        ("SRQR S16, S18; COREQ 30", say("Interpretation: what the findings mean, beside earlier work.")),
        ("SRQR S19", say("Limitations.")),
        ("SRQR S20–S21", say("Conflicts of interest, and funding.")),
    ]
    draft.bullets([(text, " ", f"({point})") for point, text in points])


def _of_this_project(draft: Draft) -> list[str]:
    """What the project's state asks of the author."""
    say, content = draft.say, draft.content
    unread = sum(each.total for each in content.coders if not each.is_person)
    people = [each for each in content.coders if each.is_person]
    quoted = [each for quotations in content.quotations.values() for each in quotations]
    coarser = sum(each.is_coarser for each in quoted)
    lacking = [code for code in content.codebook.codes if not code.definition and not code.depth]
    found = []
    n_proposed = proposed_questions(draft)
    if n_proposed:
        found.append(
            say(
                "Closed questions that stand beside a theme because their names are alike: {n}. See that they belong."
            ).format(n=n_proposed)
        )
    if content.review.open:
        found.append(say("Suggestions that wait for a decision: {n}.").format(n=content.review.open))
    if unread:
        found.append(
            say("Codings that were accepted unread: {n}. Read them before the numbers are used.").format(n=unread)
        )
    if len(people) == 1:
        found.append(say("Only one person has coded, so there is no agreement between coders to tell."))
    if len(people) > 1 and content.agreement is None:
        found.append(say("No two people have coded the same material, so there is no agreement to tell."))
    if content.agreement is not None and content.agreement.n_open:
        words = say("Disagreements between coders that are not settled: {n}.")
        found.append(words.format(n=content.agreement.n_open))
    if coarser:
        words = say(
            "Quotations with less beside them than the others, because few people share their group and session: {n}. "
            "Read whether their words point to somebody."
        )
        found.append(words.format(n=coarser))
    if quoted:
        found.append(say("Read every quotation for names and places before the report leaves your hands."))
    if content.n_never_quoted:
        words = say("{n} of the {N} who answered are never quoted; look whether their view is missing.")
        found.append(words.format(n=content.n_never_quoted, N=content.n_answering))
    if lacking:
        names = draft.listed([draft.names.get(code.key, code.key) for code in lacking])
        found.append(say("These themes have no definition: {names}.").format(names=names))
    found.append(say("Update the fields (in Word: Ctrl+A, then F9) to put page numbers into the contents."))
    return found


def _text_cell(words: Words) -> Cell:
    return Cell((words,), is_text=True)
