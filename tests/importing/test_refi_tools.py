"""Projects in the shapes that the tools give them: what one tool writes twice, in links, as codes, or as areas."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from qualcode.importing import refi_files
from qualcode.importing.project_parts import Placement, Subject
from tests.importing.foreign_projects import CODES, TALK, Mark, mark, refi_xml, text_source, write_qdpx
from tests.importing.pdf_files import Placed, block, write_pdf
from tests.importing.test_refi_project import passages, read

MADE = 'creatingUser="u1" creationDateTime="2024-03-05T10:00:00Z"'


def coding(code: str = "k1", guid: str = "c") -> str:
    return f'<Coding guid="{guid}" {MADE}><CodeRef targetGUID="{code}"/></Coding>'


# A transcript that is a source and the text of a recording


@pytest.mark.parametrize("text_first", [True, False])
def test_a_text_that_is_a_transcript_too_is_one_document(tmp_path: Path, text_first: bool) -> None:
    text = text_source("internal://t.txt", [mark(TALK, "å lese.")], guid="d1", name="North.docx")
    points = f'<SyncPoint guid="p1" position="0" timeStamp="0"/><SyncPoint guid="p2" position="{TALK.index("Bo:")}"'
    both = mark(TALK, "å lese.")
    points += ' timeStamp="4000"/>' + "".join(
        f'<SyncPoint guid="q{n}" position="{position}" timeStamp="{n}"/>'
        for n, position in enumerate((both.start, both.end))
    )
    selection = f'<TranscriptSelection guid="x" fromSyncPoint="q0" toSyncPoint="q1">{coding()}</TranscriptSelection>'
    video = (
        '<VideoSource guid="v1" name="North.mp4" path="relative:///v1.mp4">'
        f'<Transcript guid="t1" name="North.docx" plainTextPath="internal://t.txt">{points}{selection}</Transcript>'
        "</VideoSource>"
    )
    sources = text + video if text_first else video + text
    project = read(write_qdpx(tmp_path / "a.qdpx", refi_xml(sources), {"sources/t.txt": TALK.encode()}))
    assert [document.name for document in project.documents] == ["North.docx"]
    assert passages(project) == ["å lese."]  # written in both, counted once
    assert [turn.begins for turn in project.documents[0].turns][:2] == [0.0, 4.0]


def test_what_is_coded_in_a_recording_between_known_times_is_a_passage(tmp_path: Path) -> None:
    places = [
        ("p0", "0", TALK.index("Anna: Vi")),
        ("p1", "1500", TALK.index("Bo:")),
        ("p2", "4000", TALK.index("Anna: Ja")),
    ]
    points = "".join(f'<SyncPoint guid="{g}" timeStamp="{time}" position="{at}"/>' for g, time, at in places)
    points += f'<SyncPoint guid="q" position="{len(TALK) - 1}"/>'  # without a time
    selections = (
        f'<TranscriptSelection guid="x" fromSyncPoint="p2" toSyncPoint="q">{coding("k2")}</TranscriptSelection>'
    )
    more = (
        '<Variables><Variable guid="v1" name="Place" typeOfVariable="Text"/></Variables>'
        '<Cases><Case guid="c" name="Team"><SourceRef targetGUID="a1"/></Case></Cases>'
    )
    audio = (
        '<AudioSource guid="a1" name="north.mp3"><Description>Much noise</Description>'
        f'<Transcript guid="d1" plainTextPath="internal://d1.txt">{points}{selections}</Transcript>'
        f'<AudioSelection guid="s1" begin="1500" end="4000" name="00:01 – 00:04">{coding()}</AudioSelection>'
        f'<AudioSelection guid="s2" begin="4000" end="1500">{coding()}</AudioSelection>'
        f'<AudioSelection guid="s3" begin="1499" end="4000">{coding()}</AudioSelection>'
        f'{coding("k2")}<VariableValue><VariableRef targetGUID="v1"/><TextValue>North</TextValue></VariableValue>'
        "</AudioSource>"
    )
    xml = refi_xml(audio, more=more)
    project = read(write_qdpx(tmp_path / "a.qdpx", xml, {"Sources/d1.txt": TALK.encode()}))
    whole = project.documents[0].text
    assert passages(project) == ["Ja, taushetsplikten.", whole, "Taushetsplikten stopper oss."]
    assert project.left_out["codings of sound or film"] == 2
    (document,) = project.documents
    assert document.attributes == (("Place", "North"),)
    assert document.whole_cases == (project.cases[0].ident,)
    assert [memo.text for memo in project.memos] == ["Much noise"]


# Passages of a PDF, in its text and as areas


def area(guid: str, page: int, box: Sequence[float], *, name: str = "", inside: str = "", code: str = "k1") -> str:
    corners = " ".join(
        f'{side}="{value}"' for side, value in zip(("firstX", "firstY", "secondX", "secondY"), box, strict=True)
    )
    about = f'guid="{guid}" page="{page}" {corners} name="{name}" {MADE}'
    return f"<PDFSelection {about}>{inside}{coding(code)}</PDFSelection>"


def held(words: str) -> str:
    return f'<Representation guid="r"><PlainTextContent>{words}</PlainTextContent></Representation>'


def test_areas_that_are_passages_once_more_are_no_second_codings(tmp_path: Path) -> None:
    twin = mark(TALK, "å lese.\nBo: Tau")
    place = f'guid="S1" startPosition="{twin.start}" endPosition="{twin.end}"'
    text = f'<PlainTextSelection {place} name="å lese. Bo…" {MADE}>{coding(guid="o")}</PlainTextSelection>'
    source = (
        '<PDFSource guid="d1" name="A.pdf" path="internal://d1.pdf">'
        + area("s1", 0, (1, 1, 9, 9), name="å lese. Bo…", inside=held("å lese."))
        + area("s2", 1, (1, 1, 9, 9), name="å lese. Bo…", inside=held("Bo: Tau"))  # the same on the next page
        + area("s3", 0, (1, 1, 9, 9), name="Quotation 1:3")
        + area("s4", 0, (1, 1, 9, 9), name="Law", inside=held("stopper\noss"))
        + f'<Representation guid="r" plainTextPath="internal://r.txt">{text}</Representation></PDFSource>'
    )
    project = read(write_qdpx(tmp_path / "a.qdpx", refi_xml(source), {"sources/r.txt": TALK.encode()}))
    assert passages(project) == ["å lese.\nTau", "stopper oss"]
    assert len(project.unplaced) + project.left_out["codings of areas on PDF pages"] == 1  # of s3 nothing tells


PAGES = (
    block("Anna: Vi har ikke tid.", "Bo: Loven stopper oss alltid.", "Anna: Det er sant."),
    block("Anna: Vi har ikke tid.", "Bo: Men nå er det bedre enn før."),
)


def pdf(tmp_path: Path, *pages: list[Placed]) -> bytes:
    return write_pdf(tmp_path / "a.pdf", *(pages or PAGES)).read_bytes()


@pytest.mark.parametrize(("pages_from", "from_top"), [(0, False), (1, False), (0, True), (1, True)])
def test_areas_without_words_take_them_from_the_page(tmp_path: Path, pages_from: int, from_top: bool) -> None:
    def box(line: int, left: float, right: float) -> tuple[float, float, float, float]:
        bottom, top = 720 - 14 * line - 3, 720 - 14 * line + 9
        return (left, 842 - top, right, 842 - bottom) if from_top else (left, top, right, bottom)

    told = area("s1", pages_from, box(2, 70, 400), inside=held("Anna: Det er sant."))
    last = area("s2", pages_from + 1, box(0, 70, 400), code="k2")
    whole = area("s3", pages_from + 1, box(1, 70, 400))
    source = f'<PDFSource guid="d1" name="A.pdf" path="internal://d1.pdf">{told}{last}{whole}</PDFSource>'
    project = read(write_qdpx(tmp_path / "a.qdpx", refi_xml(source), {"sources/d1.pdf": pdf(tmp_path)}))
    assert passages(project) == ["Det er sant.", "Vi har ikke tid.", "Men nå er det bedre enn før."]
    text = project.documents[0].text
    assert project.codings[1].span.start > text.index("sant")  # the one on the second page
    assert project.codings[2].placement is Placement.UNVERIFIED


def test_an_area_that_another_text_holds_in_other_signs_is_taken_from_end_to_end(tmp_path: Path) -> None:
    lines = ("Anna: Vi har ikke nok tid til møter med hel-", "setjenesten, og det går ut over alle sammen nå.")
    source = (
        '<PDFSource guid="d1" name="A.pdf" path="internal://d1.pdf">'
        + area("s1", 0, (70, 735, 500, 695))
        + '<Representation guid="r" plainTextPath="internal://r.txt"/></PDFSource>'
    )
    text = "Anna: Vi har ikke nok tid til møter med hel-\nHeader\nsetjenesten, og det går ut over alle sammen nå.\n"
    files = {"sources/d1.pdf": pdf(tmp_path, block(*lines)), "sources/r.txt": text.encode()}
    (found,) = passages(read(write_qdpx(tmp_path / "a.qdpx", refi_xml(source), files)))
    assert found.startswith("Vi har")
    assert found.endswith("sammen nå.")


def test_large_pdfs_that_are_only_looked_into_count_for_no_bound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refi_files, "LARGEST_SOURCES", len(TALK.encode()) + 1)
    source = (
        '<PDFSource guid="d1" name="A.pdf" path="internal://d1.pdf">'
        + area("s1", 0, (70, 725, 400, 715))
        + '<Representation guid="r" plainTextPath="internal://r.txt"/></PDFSource>'
    )
    files = {"sources/d1.pdf": pdf(tmp_path, block("Taushetsplikten stopper oss.")), "sources/r.txt": TALK.encode()}
    assert passages(read(write_qdpx(tmp_path / "a.qdpx", refi_xml(source), files))) == ["Taushetsplikten stopper oss."]
    monkeypatch.setattr(refi_files, "LARGEST_SOURCE", len(TALK.encode()) + 1)
    project = read(write_qdpx(tmp_path / "a.qdpx", refi_xml(source), files))
    assert dict(project.left_out) == {"codings of areas on PDF pages": 1}


# Notes


@pytest.mark.parametrize("ends", [("n1", "s1"), ("S1", "{N1}")])
def test_a_link_puts_a_note_on_a_passage(tmp_path: Path, ends: tuple[str, str]) -> None:
    more = (
        '<Notes><Note guid="n1" name="" plainTextPath="internal://n1.txt"><Description>Ask again</Description></Note>'
        '<Note guid="n2" name="On the code"><PlainTextContent>Wide</PlainTextContent></Note></Notes>'
        f'<Links><Link guid="l1" originGUID="{ends[0]}" targetGUID="{ends[1]}"/>'
        '<Link guid="l2" originGUID="n2" targetGUID="k2"/><Link guid="l3" originGUID="k1" targetGUID="k2"/>'
        '<Link guid="l4" originGUID="n2" targetGUID="gone"/></Links>'
    )
    place = mark(TALK, "å lese.")
    sources = text_source("internal://d1.txt", [Mark(place.start, place.end, "", "")])
    files = {"Sources/d1.txt": TALK.encode(), "Sources/n1.txt": b"\xef\xbb\xbfUnclear"}
    project = read(write_qdpx(tmp_path / "a.qdpx", refi_xml(sources, more=more), files))
    assert [(memo.subject, memo.text) for memo in project.memos] == [
        (Subject.CODE, "Wide"),
        (Subject.DOCUMENT, "«å lese.»\nUnclear\n\nAsk again"),
    ]
    assert dict(project.left_out) == {"links": 2}


def test_a_note_may_say_itself_which_passage_it_is_on(tmp_path: Path) -> None:
    place = mark(TALK, "å lese.")
    note = f'<PlainTextSelection guid="x" startPosition="{place.start}" endPosition="{place.end}"/>'
    more = f'<Notes><Note guid="n1"><PlainTextContent>Hm</PlainTextContent>{note}</Note></Notes>'
    source = '<TextSource guid="d1" plainTextPath="internal://d1.txt"><NoteRef targetGUID="n1"/></TextSource>'
    project = read(write_qdpx(tmp_path / "a.qdpx", refi_xml(source, more=more), {"sources/d1.txt": TALK.encode()}))
    assert [(memo.subject, memo.text) for memo in project.memos] == [(Subject.DOCUMENT, "«å lese.»\nHm")]


# Cases and facts


def test_cases_that_are_written_as_codes_are_no_themes(tmp_path: Path) -> None:
    codes = CODES + (
        '<Code guid="h" name="Cases" isCodable="false"><Code guid="P1" name="Anna"/>'
        '<Code guid="p2" name="Bo"><Code guid="k3" name="Below"/></Code></Code>'
    )
    cases = '<Cases><Case guid="p1" name="Woman A"/><Case guid="p2" name="Man B"/></Cases>'
    marks = [mark(TALK, "Vi får ikke lov å lese.", code="p1"), mark(TALK, "Taushetsplikten", code="p2")]
    marks += [mark(TALK, "å lese."), mark(TALK, "stopper", code="k3")]
    xml = refi_xml(text_source("internal://d1.txt", marks), codes=codes, more=cases)
    project = read(write_qdpx(tmp_path / "a.qdpx", xml, {"sources/d1.txt": TALK.encode()}))
    assert [(code.name, code.parent) for code in project.codes] == [
        ("Barriers", ""),
        ("Confidentiality", "k0"),
        ("Agreement", ""),
        ("Below", ""),
    ]
    assert passages(project) == ["å lese.", "stopper"]
    assert project.n_codings == 2
    names = {case.ident: case.name for case in project.cases}
    assert [names[each.case] for each in project.documents[0].speakers] == ["Woman A", "Man B"]


def test_cases_without_a_name_and_sets_are_facts_about_documents(tmp_path: Path) -> None:
    more = (
        '<Variables><Variable guid="v1" name="Person:Role" typeOfVariable="Text"/></Variables>'
        '<Cases><Case guid="e1"><VariableValue><VariableRef targetGUID="v1"/><TextValue>leader</TextValue>'
        '</VariableValue><SourceRef targetGUID="d1"/></Case></Cases>'
    )
    sets = "".join(
        f'<Set guid="{n}" name="{name}"><MemberSource {target}/></Set>'
        for n, (name, target) in enumerate(
            (
                ("Leaders", 'targetGUID="D1"'),
                ("Spring", 'guid="d1"'),
                ("gender: female", 'targetGUID="d1"'),
                ("gone", 'targetGUID="d9"'),
            )
        )
    )
    xml = refi_xml(text_source("internal://d1.txt", []), more=more).replace(
        "</Project>", f'<Sets>{sets}<Set guid="9" name="codes"><MemberCode targetGUID="k1"/></Set></Sets></Project>'
    )
    project = read(write_qdpx(tmp_path / "a.qdpx", xml, {"sources/d1.txt": TALK.encode()}))
    assert project.cases == []
    assert project.documents[0].attributes == (
        ("Person:Role", "leader"),
        ("Document group", "Leaders; Spring"),
        ("gender", "female"),
    )
    assert dict(project.left_out) == {"sets": 2}


# Positions without any words


LONG = "Anna: Vi snakket 😀 om det.\nBo: Ja, loven er streng her.\nAnna: Da må vi vente.\n"


def test_one_passage_after_an_emoji_tells_how_signs_are_counted(tmp_path: Path) -> None:
    before = [mark(LONG, words, named=False) for words in ("Vi snakket", "snakket", "Vi")] * 12
    start = LONG.index("loven er")
    after = Mark(start + 1, start + 9)  # one more: the emoji counts as two
    path = write_qdpx(
        tmp_path / "a.qdpx",
        refi_xml(text_source("internal://d1.txt", [*before, after])),
        {"sources/d1.txt": LONG.encode()},
    )
    assert passages(read(path))[-1] == "loven er"


def test_documents_without_words_tell_each_other_how_lines_are_counted(tmp_path: Path) -> None:
    text = "Anna: Hei.\nBo: Ja, det går bra nok.\nAnna: Nei, det går ikke.\n"
    counted = text.replace("\n", "\r\n")
    first = text_source("internal://a.txt", [mark(counted, words, named=False) for words in ("går bra", "går ikke")])
    other = "Bo: A.\nBo: (b) (c) (d)\n"
    begin = other.replace("\n", "\r\n").index("(c)")
    second = text_source("internal://b.txt", [Mark(begin, begin + 3)], guid="d2", name="B")
    files = {"sources/a.txt": text.encode(), "sources/b.txt": other.encode()}
    project = read(write_qdpx(tmp_path / "a.qdpx", refi_xml(first + second), files))
    assert passages(project) == ["går bra", "går ikke", "(c)"]


def test_words_of_cases_tell_how_a_document_is_counted(tmp_path: Path) -> None:
    start = LONG.index("Ja, loven") + 1
    selection = f'<PlainTextSelection guid="s1" startPosition="{start}" endPosition="{start + 24}"/>'
    case = '<Cases><Case guid="p" name="Bo"><SelectionRef targetGUID="s1"/></Case></Cases>'
    held_in = selection + Mark(start, start + 2).xml(2)
    source = f'<TextSource guid="d1" plainTextPath="internal://d1.txt">{held_in}</TextSource>'
    project = read(write_qdpx(tmp_path / "a.qdpx", refi_xml(source, more=case), {"sources/d1.txt": LONG.encode()}))
    assert passages(project) == ["Ja"]
