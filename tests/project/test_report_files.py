"""The report read back: its numbers are those of the theme table, and nothing in it points to a person."""

from __future__ import annotations

import io
import re
import shlex
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
import pandas as pd
import pytest
from lxml import etree, html
from PIL import Image

from qualcode.analysis.coder_agreement_tables import POOLED_CODES
from qualcode.analysis.filtering import parse_filter
from qualcode.cli.main import run
from qualcode.errors import AnalysisError, ExportError
from qualcode.exporting import report_comparison, report_results
from qualcode.exporting.report_blocks import Table
from qualcode.exporting.report_outline import report_of
from qualcode.model.codebook import Code, Codebook, CodeOrigin, Level, MatchRule, Valence, Wording
from qualcode.model.document import SpeakerRole
from qualcode.project.project import Project
from qualcode.project.report_content import report_content
from qualcode.project.report_files import write_report
from qualcode.store import chosen_quotations, segments, settings
from tests.builders import add_session, add_survey, code_words, make_project

MINUS = "\N{MINUS SIGN}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CODEBOOK = Codebook(
    "work",
    (
        Code("money", Wording({"en": "Money", "nb": "Penger"}), definition=Wording(plain="What it costs.")),
        Code("rent", Wording({"en": "Rent", "nb": "Husleie"}), "money", 1, examples=("The <rent> & all",)),
        Code("time", Wording({"en": "Time", "nb": "Tid"}), origin=CodeOrigin.EMERGENT),
        Code("other", Wording({"en": "Other", "nb": "Annet"})),
    ),
    title=Wording(plain="Work and money"),
    version="3",
)
LEADERS, STAFF = 9, 7
ANSWER = "The rent is far too high for us number {n}, and nobody has the time to look at it"


def make_study(folder: Path, *, language: str = "en", codebook: Codebook = CODEBOOK) -> Project:
    """Nine leaders and seven staff in a survey, and a focus group of two staff; ids that must not be seen."""
    project = make_project(folder, codebook)
    rows = [
        *((f"ID-L{n}", "Leaders", {"What is hard?": ANSWER.format(n=n)}) for n in range(LEADERS)),
        *((f"ID-S{n}", "Staff", {"What is hard?": ANSWER.format(n=n + 50)}) for n in range(STAFF)),
        ("ID-X", "Staff", {"What is hard?": ""}),
    ]
    add_survey(project, rows)
    said = [
        ("Kari N", "I have no time at all for this, whatever they say."),
        ("Ola N", "It is the money, and nothing else."),
        ("Mod", "Money?"),
    ]
    add_session(project, "Team A", said, {"Kari N": "Staff", "Ola N": "Staff", "Mod": SpeakerRole.MODERATOR})
    with project.step("Settings"):
        settings.write(project.db, "analysis", {"language": language})
    return project


def code_study(project: Project) -> None:
    """Six leaders speak of the rent, three of the staff of money and time, and one more of time in the focus group."""
    for n in range(6):
        code_words(project, f"survey.csv#!{n + 2}:What is hard?", "The rent is far too high", "rent")
    for n in range(3):
        answer = f"survey.csv#!{n + 2 + LEADERS}:What is hard?"
        code_words(project, answer, f"for us number {n + 50}", "money")
        code_words(project, answer, "nobody has the time", "time")
    code_words(project, "Team A.txt", "I have no time at all for this, whatever they say.", "time", coder="Nils")


@dataclass(frozen=True)
class Written:
    """One study and its report in both forms."""

    folder: Path
    themes: pd.DataFrame
    document: Any
    docx: Path
    html: Path


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    folder = tmp_path_factory.mktemp("report")
    with make_study(folder) as project:
        code_study(project)
        for ending in ("docx", "html"):
            write_report(project, folder / f"report.{ending}")
        themes = project.reports.theme_table()
    path = folder / "report.docx"
    return Written(folder, themes, docx.Document(str(path)), path, folder / "report.html")


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Project]:
    with make_study(tmp_path) as project:
        code_study(project)
        yield project


@pytest.fixture
def blank_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures take most of the time; where they do not matter, one white dot stands for each."""
    out = io.BytesIO()
    Image.new("1", (1, 1), 1).save(out, "png")
    drawn = {report_results: ("draw_chart", "draw_heatmap"), report_comparison: ("draw_differences", "draw_model")}
    for module, names in drawn.items():
        monkeypatch.setattr(module, "as_bytes", lambda _figure, _kind: out.getvalue())
        for name in names:
            monkeypatch.setattr(module, name, lambda *_table, **_choices: None)


def word(project: Project, tmp_path: Path, **choices: Any) -> Any:
    path = tmp_path / "report.docx"
    write_report(project, path, **choices)
    return docx.Document(str(path))


def texts(document: Any) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def everything(document: Any) -> str:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*texts(document), *cells])


def expected(row: Any) -> str:
    """A count as the report shows it, worked out from the row of the theme table."""
    n_of_N = f"{row.respondents}/{row.answering}"
    if pd.isna(row.pct_of_answering):
        return n_of_N
    percent = int(100 * row.respondents / row.answering + 0.5)
    return f"{n_of_N}\n{percent}\N{NO-BREAK SPACE}% ({int(row.ci_low + 0.5)}–{int(row.ci_high + 0.5)})"


def test_every_count_in_the_tables_is_that_of_the_theme_table(written: Written) -> None:
    document, table = written.document, written.themes
    names = {"All groups": "(all)"}
    checked = 0
    for shown in document.tables:
        header = [cell.text.split("\n")[0] for cell in shown.rows[0].cells]
        if header[0] != "Theme" or "Leaders" not in header or "All groups" not in header:
            continue
        for row in shown.rows[1:]:
            for group, cell in zip(header[1:], row.cells[1:], strict=True):
                same = (table["group"] == names.get(group, group)) & (table["name"] == row.cells[0].text)
                assert cell.text == expected(next(table[same].itertuples()))
                checked += 1
    assert checked == 3 * (2 + 2)  # three groups; the overview, money with rent


def test_a_theme_without_sub_codes_refers_to_the_overview_instead_of_repeating_it(written: Written) -> None:
    shown = texts(written.document)
    assert any(text.endswith(" Table 1 has its counts by respondent group.") for text in shown)
    assert not any("Time: respondents who speak of it" in text for text in shown)


def test_groups_that_are_silent_about_a_theme_are_all_named(written: Written) -> None:
    told = [text for text in texts(written.document) if "speak of this theme" in text]
    assert any("; nobody speaks of it in Leaders." in text for text in told)


def test_ids_and_speakers_are_nowhere(written: Written) -> None:
    for text in (everything(written.document), written.html.read_text("utf-8")):
        for name in ("ID-L", "ID-S", "Kari N", "Ola N", "survey:", str(written.folder)):
            assert name not in text


def test_quotations_are_attributed_by_role_and_less_where_few_share_it(written: Written) -> None:
    document = written.document
    quotes = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Quote"]
    assert "The rent is far too high (Leaders, survey)" in quotes
    assert "I have no time at all for this, whatever they say. (Staff)" in quotes  # one of two staff in that session
    assert any("share their group and session: 1." in text for text in texts(document))


@pytest.mark.usefixtures("blank_pictures")
def test_chosen_quotations_come_instead_and_negative_cases_say_so(study: Project, tmp_path: Path) -> None:
    wanted = code_words(study, "survey.csv#!4:What is hard?", "number 2, and nobody", "rent")
    with study.step("Choose"):
        coder = segments.coder_for(study.db, "Kari").id
        chosen_quotations.choose(study.db, wanted, coder, is_negative=True)
    quotes = [paragraph.text for paragraph in word(study, tmp_path).paragraphs if paragraph.style.name == "Quote"]
    assert "number 2, and nobody (Leaders, survey; speaks against the theme)" in quotes
    assert not any(quote.startswith("The rent is far too high") for quote in quotes)


def test_captions_count_and_references_point_to_them(written: Written) -> None:
    path = written.docx
    body = etree.fromstring(zipfile.ZipFile(path).read("word/document.xml"))
    instructions = [(each.text or "").strip() for each in body.iter(f"{W}instrText")]
    bookmarks = {each.get(f"{W}name") for each in body.iter(f"{W}bookmarkStart")}
    targets = [each.split()[1] for each in instructions if each.startswith("REF")]
    assert len(targets) > 4 and set(targets) <= bookmarks
    links = {each.get(f"{W}anchor") for each in body.iter(f"{W}hyperlink")}
    assert links and links <= bookmarks
    captions = [p.text for p in written.document.paragraphs if p.style.name == "Caption"]
    tables = [int(found[1]) for each in captions if (found := re.match(r"Table (\d+)\. ", each))]
    assert tables == list(range(1, len(tables) + 1)) and instructions.count("SEQ Table \\* ARABIC") == len(tables)
    fields = [each.get(f"{W}fldCharType") for each in body.iter(f"{W}fldChar")]
    assert fields.count("begin") == fields.count("end") == fields.count("separate")


def test_headers_repeat_rows_hold_together_and_pictures_are_described(written: Written) -> None:
    document = written.document
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(f"{W}tblHeader") is not None
        assert all(row._tr.trPr.find(f"{W}cantSplit") is not None for row in table.rows)
    described = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert len(described) >= 3
    assert any("Money: Leaders 6/9 (67\N{NO-BREAK SPACE}%)" in text for text in described)


@pytest.mark.usefixtures("blank_pictures")
@pytest.mark.parametrize(
    ("language", "tag", "table", "label"),
    [("nb", "nb-NO", "Tabell 1", "Penger"), ("nn", "nn-NO", "Tabell 1", "Penger"), ("en", "en-GB", "Table 1", "Money")],
)
def test_the_report_speaks_the_language_of_the_study(
    tmp_path: Path, language: str, tag: str, table: str, label: str
) -> None:
    with make_study(tmp_path, language=language) as project:
        code_words(project, "survey.csv#!2:What is hard?", "The rent", "rent")
        document = word(project, tmp_path)
    assert document.styles.element.find(f".//{W}rPrDefault//{W}lang").get(f"{W}val") == tag
    assert document.core_properties.language == tag and document.core_properties.title == "Test"
    assert document.core_properties.author == ""
    assert any(text.startswith(table) for text in texts(document))
    assert label in [p.text for p in document.paragraphs if p.style.name == "Heading 2"]


@pytest.mark.usefixtures("blank_pictures")
def test_agreement_of_coders_is_what_the_program_measures(study: Project, tmp_path: Path) -> None:
    for n in (0, 1, 2, 4):
        code_words(study, f"survey.csv#!{n + 2}:What is hard?", "The rent is far too high", "rent", coder="Nils")
    found = study.agreement.measure()
    row = found.table.set_index("theme").loc[POOLED_CODES]
    said = everything(word(study, tmp_path))
    assert f"On the {found.n_units} sentences" in said
    assert f"they agreed in {100 * row['agreement']:.1f} % of the judgements" in said
    assert f"pooled over codes, is {row['alpha']:.2f} (95 % interval" in said
    assert f"They differed in {len(found.open)} places, of which none is settled." in said
    assert f"Disagreements between coders that are not settled: {len(found.open)}." in said


@pytest.mark.usefixtures("blank_pictures")
def test_agreement_is_measured_on_the_sample_that_a_coder_kept_to(study: Project, tmp_path: Path) -> None:
    study.agreement.draw_sample("pilot", 0.5)
    names = {document.id: document.name for document in study.documents.all()}
    for each in study.agreement.sample_units("pilot"):
        code_words(study, names[each.document_id], each.text, "rent", coder="Nils")
    found = study.agreement.measure(sample="pilot")
    assert found.n_units < study.agreement.measure().n_units
    row = found.table.set_index("theme").loc[POOLED_CODES]
    assert study.agreement.sample_coded() == "pilot"
    said = everything(word(study, tmp_path))
    assert f"On the {found.n_units} sentences of a random sample, they agreed in" in said
    assert f"{100 * row['agreement']:.1f} % of the judgements" in said


@pytest.mark.usefixtures("blank_pictures")
def test_people_of_one_session_are_not_tested_and_the_report_says_why(study: Project, tmp_path: Path) -> None:
    document = word(study, tmp_path)
    assert any(
        text.startswith("No test was made: several of these respondents sat in one session") for text in texts(document)
    )
    header = [
        cell.text for cell in next(t for t in document.tables if t.rows[0].cells[1].text == "Leaders").rows[0].cells
    ]
    assert header == ["Theme", "Leaders", "Staff", "Difference (95 %)"]  # no p, no odds ratio


@pytest.mark.usefixtures("blank_pictures")
def test_a_comparison_in_words_has_the_numbers_of_compare(study: Project, tmp_path: Path) -> None:
    where = parse_filter(["session!=Team A"])
    document = word(study, tmp_path, where=where)
    row = study.reports.compare("Leaders", "Staff", where=where).set_index("theme").loc["money"]
    sentence = next(text for text in texts(document) if "Fisher's exact test p" in text and "Leaders 6/9" in text)
    points = [round(100 * row[name]) for name in ("rd", "rd_low", "rd_high")]
    assert f"{points[0]:+d} percentage points (95 % interval ".replace("-", MINUS) in sentence
    assert f"{points[1]:+d} to {points[2]:+d})".replace("-", MINUS) in sentence
    assert f"p\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{row['p']:.3f}" in sentence
    assert f"for {row['n_tests']} themes" in sentence


@pytest.mark.usefixtures("blank_pictures")
def test_places_are_not_compared_for_the_same_people_may_stand_on_both_sides(study: Project, tmp_path: Path) -> None:
    document = word(study, tmp_path, by="session")
    assert document.tables[0].rows[0].cells[1].text.startswith("Team A")
    assert "compared" not in everything(document)
    with pytest.raises(AnalysisError, match="not by session"):
        word(study, tmp_path, by="session", groups=("Team A", "(none)"))


@pytest.mark.usefixtures("blank_pictures")
def test_a_handful_of_people_are_counted_and_neither_drawn_nor_compared(tmp_path: Path) -> None:
    with make_project(tmp_path, CODEBOOK) as project:
        said = [("A", "There is no time."), ("B", "The rent is high."), ("C", "Yes, indeed.")]
        add_session(project, "Team", said, {"A": "Staff", "B": "Staff", "C": "Leaders"})
        code_words(project, "Team.txt", "The rent is high.", "rent")
        document = word(project, tmp_path)
    assert not document.inline_shapes
    assert "1/2" in everything(document) and "%" not in "".join(cell.text for cell in document.tables[0].rows[1].cells)
    assert "side om side" not in everything(document)


@pytest.mark.usefixtures("blank_pictures")
def test_themes_with_level_and_direction_are_put_into_the_model(tmp_path: Path) -> None:
    places = ((Level.SYSTEM, Valence.HINDERING), (Level.TEAM, Valence.PROMOTING), (Level.INDIVIDUAL, Valence.OUTCOME))
    codes = [Code(f"c{n}", Wording(plain=f"Code {n}"), level=at, valence=way) for n, (at, way) in enumerate(places)]
    with make_study(tmp_path, codebook=Codebook("x", tuple(codes))) as project:
        code_words(project, "survey.csv#!2:What is hard?", "The rent", "c1")
        document = word(project, tmp_path)
    assert "Where the themes have their place" in texts(document)
    described = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert any("Code 0: 0/18" in text and "Code 1: 1/18 (6\N{NO-BREAK SPACE}%)" in text for text in described)


@pytest.mark.usefixtures("blank_pictures")
def test_many_groups_stand_below_each_other(tmp_path: Path) -> None:
    with make_project(tmp_path, CODEBOOK) as project:
        rows = [(f"{n}", f"Group {n % 8}", {"What is hard?": ANSWER.format(n=n)}) for n in range(48)]
        add_survey(project, rows)
        code_words(project, "survey.csv#!2:What is hard?", "The rent", "rent")
        document = word(project, tmp_path)
        table = project.reports.theme_table()
    overview = document.tables[0]
    assert [cell.text for cell in overview.rows[0].cells] == ["Tema", "Gruppe", "n/N", "% av dem som svarte"]
    assert len(overview.rows) == 1 + 9  # the theme that is spoken of: eight groups and all together
    shown = [(row.cells[1].text, row.cells[2].text) for row in overview.rows[1:10]]
    money = table[table["theme"] == "money"]
    assert [each for _group, each in shown] == [f"{row.respondents}/{row.answering}" for row in money.itertuples()]


def test_the_command_line_writes_reports_and_pictures_and_refuses_what_does_not_go_together(
    study: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = str(study.path)
    study.close()
    for name, options in (
        ("a.html", ["--filter", "group=Leaders|Staff", "--groups", "staff", "leaders"]),
        ("a.svg", ["--figure", "heatmap", "--by", "session"]),
        ("b.pdf", ["--figure", "differences", "--groups", "Staff", "Leaders"]),
        ("c.png", ["--figure", "network", "--unit", "answer"]),
        ("a.xlsx", []),
    ):
        assert run(["export", project, str(tmp_path / name), *options]) == 0
        assert (tmp_path / name).stat().st_size > 1000
    assert "Staff and Leaders side by side" in (tmp_path / "a.html").read_text("utf-8")
    capsys.readouterr()
    for name, options, told in (
        ("b.xlsx", ["--figure", "bars"], "--figure goes with a picture only"),
        ("b.xlsx", ["--by", "session"], "for reports and pictures only"),
        ("b.odt", [], "nothing is exported"),
        ("b.docx", ["--filter", "group=Nobody"], "Nobody"),
    ):
        assert run(["export", project, str(tmp_path / name), *options]) == 1
        assert told in capsys.readouterr().err
        assert not (tmp_path / name).exists()


def test_a_file_that_exists_is_replaced_only_when_asked_for(
    study: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project, report = str(study.path), tmp_path / "report.html"
    study.close()
    report.write_text("what the author wrote on", encoding="utf-8")
    assert run(["export", project, str(report)]) == 1
    assert "--overwrite" in capsys.readouterr().err
    assert report.read_text("utf-8") == "what the author wrote on"
    assert run(["export", project, str(report), "--overwrite"]) == 0
    assert "<html" in report.read_text("utf-8")
    empty = tmp_path / "empty.csv"
    empty.touch()
    assert run(["export", project, str(empty)]) == 0


@pytest.mark.usefixtures("blank_pictures")
def test_each_table_says_where_it_comes_from_and_the_command_gives_it_again(
    study: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = word(study, tmp_path, where=parse_filter(["group=Leaders|Staff"]))
    traces = [text for text in texts(document) if text.startswith("Filter: group=Leaders|Staff")]
    assert len(traces) >= 3 and all("Template: work 3" in trace and "Qualcode 0" in trace for trace in traces)
    command = shlex.split(traces[0].split("The same numbers: ")[1])
    assert command[2] == study.path.name
    study.close()
    assert run([*command[1:2], str(tmp_path / command[2]), *command[3:]]) == 0
    assert capsys.readouterr().out.startswith("group,theme,name")


@pytest.mark.usefixtures("blank_pictures")
def test_nothing_decided_is_said_in_the_first_line_and_over_each_number(tmp_path: Path) -> None:
    rules = (MatchRule(any=("rent",)),)
    codebook = Codebook("work", (Code("rent", Wording(plain="Rent"), rules=rules), Code("x", Wording(plain="Other"))))
    with make_study(tmp_path, codebook=codebook) as project:
        project.review.suggest()
        document = word(project, tmp_path)
    assert document.paragraphs[0].text.startswith("Suggested, not reviewed: nothing is decided yet.")
    captions = [p.text for p in document.paragraphs if p.style.name == "Caption"]
    assert sum("Suggested, not reviewed: " in caption for caption in captions) == 2  # the overview and its picture
    assert "9/9\n100\N{NO-BREAK SPACE}%" in everything(document)
    assert not any("compared" in text or "95 %" in text or "Holm" in text for text in texts(document))


@pytest.mark.usefixtures("blank_pictures")
def test_a_project_without_codings_or_material_still_gives_a_report(tmp_path: Path) -> None:
    with make_project(tmp_path, CODEBOOK) as project:
        document = word(project, tmp_path)
    assert "Det er ikke noe materiale ennå." in everything(document)
    assert document.paragraphs[0].text == "Test"


def test_html_has_the_same_tables(written: Written) -> None:
    document, page = written.document, html.parse(str(written.html))
    shown = [
        [["\n".join(cell.itertext()) for cell in row] for row in table.iter("tr")]
        for table in page.getroot().iter("table")
    ]
    in_word = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    assert [[[re.sub(r"\s+", "", cell) for cell in row] for row in table] for table in shown] == [
        [[re.sub(r"\s+", "", cell) for cell in row] for row in table] for table in in_word
    ]
    assert {each.get("href")[1:] for each in page.getroot().iter("a")} <= {
        each.get("id") for each in page.getroot().iter()
    }
    assert not list(page.getroot().iter("script", "link"))


def test_markup_in_names_stays_text(written: Written) -> None:
    assert "The &lt;rent&gt; &amp; all" in written.html.read_text("utf-8")
    assert "The <rent> & all" in everything(written.document)


@pytest.mark.usefixtures("blank_pictures")
def test_what_does_not_exist_is_an_error_and_leaves_no_file(study: Project, tmp_path: Path) -> None:
    with pytest.raises(AnalysisError, match="Bosses"):
        write_report(study, tmp_path / "a.docx", groups=("Leaders", "Bosses"))
    with pytest.raises(AnalysisError, match="not 1"):
        write_report(study, tmp_path / "a.docx", groups=("Leaders",))
    with pytest.raises(ExportError, match=r"a\.docx"):
        write_report(study, tmp_path / "missing" / "a.docx")
    assert not list(tmp_path.glob("a.*"))


@pytest.mark.usefixtures("blank_pictures")
def test_a_group_in_which_nobody_answered_is_told_once_and_has_no_column(tmp_path: Path) -> None:
    with make_project(tmp_path) as project:
        rows = [(str(n), "Leaders" if n % 2 else "Staff", {"Why?": "It costs."}) for n in range(12)]
        add_survey(project, [*rows, ("13", "Silent", {"Why?": ""})])
        code_words(project, "survey.csv#!2:Why?", "costs", "price")
        content = report_content(project)
    blocks = report_of(content).blocks
    overview = next(block for block in blocks if isinstance(block, Table))
    header = " ".join(str(each) for one in overview.header for each in one.lines)
    assert "Leaders" in header and "Silent" not in header
    assert [note for note in overview.notes if note.endswith(": Silent.")]
