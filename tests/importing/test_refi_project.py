"""Projects of the exchange standard, with the quirks of the tools that write them."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from pathlib import Path

import pytest

from qualcode.errors import ImportingError
from qualcode.importing.project_parts import Placement, SettledProject, Subject
from qualcode.importing.project_settling import settled
from qualcode.importing.refi_project import read_refi_project
from tests.importing.foreign_projects import TALK, Mark, mark, refi_xml, simple_qdpx, text_source, write_qdpx
from tests.importing.word_files import bold, paragraph, run, write_word_file


def read(path: Path) -> SettledProject:
    return settled(read_refi_project(path))


def passages(project: SettledProject) -> list[str]:
    """The words of each coding that has a place."""
    texts = {document.ident: document.text for document in project.documents}
    return [texts[each.document][each.span.start : each.span.end] for each in project.codings]


def test_labels_go_beside_the_text_and_every_passage_goes_along(tmp_path: Path) -> None:
    marks = [
        mark(TALK, "Taushetsplikten stopper oss."),
        mark(TALK, "Ja, taushetsplikten."),
        mark(TALK, "å lese.\nBo: Tau"),
    ]
    project = read(simple_qdpx(tmp_path / "a.qdpx", marks))
    (document,) = project.documents
    assert document.text == "Vi får ikke lov å lese.\nTaushetsplikten stopper oss.\nJa, taushetsplikten."
    assert [turn.label for turn in document.turns] == ["Anna", "Bo", "Anna"]
    assert passages(project) == ["Taushetsplikten stopper oss.", "Ja, taushetsplikten.", "å lese.\nTau"]
    assert project.n_placed(Placement.VERIFIED) == 3
    assert [code.parent for code in project.codes] == ["", "k0", ""]
    assert project.codes[1].colour == "#ff0000"
    assert project.codings[0].coder == "Kari"


# How positions are counted: the stored words decide


def shifted(marks: list[Mark], *, start: int = 0, end: int = 0) -> list[Mark]:
    return [Mark(int(str(each.start)) + start, int(str(each.end)) + end, each.code, each.name) for each in marks]


WORDS = ("lov å lese.", "Taushetsplikten", "Ja, taushetsplikten.")


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize(("start", "end"), [(0, 0), (0, -1), (1, 1), (1, 0)])
def test_ends_may_be_included_and_counting_may_begin_at_one(tmp_path: Path, start: int, end: int, named: bool) -> None:
    marks = shifted([mark(TALK, words, named=named) for words in WORDS], start=start, end=end)
    project = read(simple_qdpx(tmp_path / "a.qdpx", marks))
    if named or (start, end) == (0, 0):
        assert passages(project) == list(WORDS)
    else:  # nothing tells but the bounds of words; what ends after a full stop leaves some room
        assert "Taushetsplikten" in passages(project)[1]
    assert {each.placement for each in project.codings} == {Placement.VERIFIED if named else Placement.UNVERIFIED}


def counted_in_utf16(text: str, words: str) -> Mark:
    start = len(text[: text.index(words)].encode("utf-16-le")) // 2
    return Mark(start, start + len(words.encode("utf-16-le")) // 2, name=words)


def test_emoji_may_count_as_two(tmp_path: Path) -> None:
    talk = "Anna: 😀😀 Hei.\nBo: Loven 👍🏽 er streng.\n"
    marks = [counted_in_utf16(talk, "Loven 👍🏽 er"), counted_in_utf16(talk, "streng.")]
    project = read(simple_qdpx(tmp_path / "a.qdpx", marks, talk.encode()))
    assert passages(project) == ["Loven 👍🏽 er", "streng."]
    assert project.n_placed(Placement.VERIFIED) == 2


@pytest.mark.parametrize("ending", ["\r\n", "\n"])
@pytest.mark.parametrize("counted", [1, 2])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_line_ends_may_count_as_one_or_two(tmp_path: Path, ending: str, counted: int, encoding: str) -> None:
    as_counted = TALK.replace("\n", "\n" * counted)
    marks = [mark(as_counted, words) for words in WORDS]
    project = read(simple_qdpx(tmp_path / "a.qdpx", marks, TALK.replace("\n", ending).encode(encoding)))
    assert passages(project) == list(WORDS)
    assert project.n_placed(Placement.VERIFIED) == 3


def test_a_byte_order_mark_may_count(tmp_path: Path) -> None:
    marks = shifted([mark(TALK, words) for words in WORDS], start=1, end=1)
    project = read(simple_qdpx(tmp_path / "a.qdpx", marks, TALK.encode("utf-8-sig")))
    assert passages(project) == list(WORDS)


def test_letters_in_two_parts_are_counted_as_the_file_has_them(tmp_path: Path) -> None:
    talk = unicodedata.normalize("NFD", "Anna: Få går på møte.\nBo: Året går.\n")
    marks = [mark(talk, unicodedata.normalize("NFD", words)) for words in ("går på", "Året")]
    project = read(simple_qdpx(tmp_path / "a.qdpx", marks, talk.encode()))
    assert passages(project) == ["går på", "Året"]


def test_documents_without_words_are_counted_as_the_others(tmp_path: Path) -> None:
    included = shifted([mark(TALK, words) for words in WORDS], end=-1)
    silent = [Mark(6, 7)]  # "Hm" by included ends: by word bounds alone "Hm." may be meant as well
    sources = text_source("internal://a.txt", included) + text_source("b.txt", silent, guid="d2", name="B")
    files = {"Sources/a.txt": TALK.encode(), "Sources/b.txt": b"Anna: Hm. Ok.\n"}
    project = read(write_qdpx(tmp_path / "a.qdpx", refi_xml(sources), files))
    assert passages(project)[-1] == "Hm"


# Words that stand elsewhere, or nowhere


def test_words_that_stand_elsewhere_are_found_once(tmp_path: Path) -> None:
    marks = [Mark(50, 60, name="lov å lese."), Mark(3, 8, name="Taushetsplikten  stopper\noss.")]
    project = read(simple_qdpx(tmp_path / "a.qdpx", marks))
    assert passages(project) == ["lov å lese.", "Taushetsplikten stopper oss."]
    assert project.n_placed(Placement.FOUND) == 2


def test_words_at_several_places_are_taken_only_near_by(tmp_path: Path) -> None:
    talk = "Anna: Nei, det er det.\n" + "Bo: " + "bla " * 300 + "\nAnna: Nei, det er det.\n"
    near = talk.rindex("Nei, det") + 9
    project = read(simple_qdpx(tmp_path / "a.qdpx", [Mark(near, near + 11, name="Nei, det er")], talk.encode()))
    assert project.codings[0].span.start > 1000
    amid = len(talk) // 2
    project = read(simple_qdpx(tmp_path / "b.qdpx", [Mark(amid, amid + 11, name="Nei, det er")], talk.encode()))
    assert project.codings == []
    assert "2 places" in project.unplaced[0].what


def test_words_that_stand_nowhere_are_told_and_titles_are_no_words(tmp_path: Path) -> None:
    stale = Mark(6, 26, name="Vi fikk ikke lov å l")
    title = mark(TALK, "Taushetsplikten stopper oss.")
    marks = [stale, Mark(title.start, title.end, name="Law"), Mark(title.start, title.end, "k2", name="")]
    project = read(simple_qdpx(tmp_path / "a.qdpx", marks))
    assert passages(project) == ["Taushetsplikten stopper oss."] * 2
    assert len(project.unplaced) == 1
    assert "coding 1 (Confidentiality)" in project.unplaced[0].where
    assert "fikk" not in str(project.unplaced)


def test_names_are_titles_where_most_of_them_are(tmp_path: Path) -> None:
    place = mark(TALK, "Taushetsplikten stopper oss.")
    names = ("On what the law does to us!!", "1:3 in Group", "1:4 in Group A", "28,56")
    marks = [Mark(place.start, place.end, code, name) for code, name in zip(("k1", "k2") * 2, names, strict=True)]
    project = read(simple_qdpx(tmp_path / "a.qdpx", marks))
    assert passages(project) == ["Taushetsplikten stopper oss."] * 4
    assert project.n_placed(Placement.UNVERIFIED) == 4


def test_positions_in_place_of_names_are_no_words(tmp_path: Path) -> None:
    marks = [
        Mark(each.start, each.end, name=f"{each.start},{each.end}") for each in (mark(TALK, "oss."), mark(TALK, "å l"))
    ]
    assert passages(read(simple_qdpx(tmp_path / "a.qdpx", marks))) == ["oss.", "å l"]


def test_codes_may_stand_in_the_codebook_itself(tmp_path: Path) -> None:
    xml = refi_xml(text_source("internal://d1.txt", [mark(TALK, "å lese.")]))
    xml = xml.replace("<Codes>", "").replace("</Codes>", "")
    project = read(write_qdpx(tmp_path / "a.qdpx", xml, {"Sources/d1.txt": TALK.encode()}))
    assert len(project.codes) == 3
    assert len(project.codings) == 1


def test_names_that_are_cut_off_count_as_the_beginning(tmp_path: Path) -> None:
    whole = mark(TALK, "Taushetsplikten stopper oss.")
    marks = [Mark(int(str(whole.start)) + 1, int(str(whole.end)), name="Taushetsplikten sto…"), mark(TALK, "å lese")]
    project = read(simple_qdpx(tmp_path / "a.qdpx", shifted(marks[1:], start=1) + marks[:1]))
    assert passages(project) == ["å lese", "Taushetsplikten stopper oss."]


def test_positions_beyond_the_text_are_told(tmp_path: Path) -> None:
    marks = [Mark(5000, 5010), Mark("", "x"), Mark(10, 3)]
    project = read(simple_qdpx(tmp_path / "a.qdpx", marks))
    assert project.codings == []
    assert len(project.unplaced) == 3


def test_what_is_coded_before_the_first_speaker_is_kept(tmp_path: Path) -> None:
    talk = "Group North\nMay 2024\n\n" + TALK
    project = read(simple_qdpx(tmp_path / "a.qdpx", [mark(talk, "May 2024"), mark(talk, "å lese.")], talk.encode()))
    assert passages(project) == ["May 2024", "å lese."]
    assert project.documents[0].turns[0].label is None
    without = read(simple_qdpx(tmp_path / "b.qdpx", [mark(talk, "å lese.")], talk.encode()))
    assert without.documents[0].text.startswith("Vi får ikke")


def test_a_coding_of_a_label_alone_is_told(tmp_path: Path) -> None:
    project = read(simple_qdpx(tmp_path / "a.qdpx", [Mark(0, 5, name="Anna:")]))
    assert project.codings == []
    assert "label" in project.unplaced[0].what


def test_labels_may_stay_in_the_text(tmp_path: Path) -> None:
    path = simple_qdpx(tmp_path / "a.qdpx", [mark(TALK, "Bo: Taushetsplikten")])
    project = settled(read_refi_project(path), with_speakers=False)
    assert passages(project) == ["Bo: Taushetsplikten"]
    assert {turn.label for turn in project.documents[0].turns} == {None}


# Where the texts are


@pytest.mark.parametrize(
    ("reference", "member", "inner"),
    [
        ("internal://d1.txt", "Sources/d1.txt", "project.qde"),
        ("internal://D1.TXT", "sources/d1.txt", "Study 3.qde"),
        ("internal://d%201.txt", "Sources/d 1.txt", "folder/study.qde"),
        ("relative://Sources\\d1.txt", "folder/Sources/d1.txt", "folder/project.qde"),
        ("C:\\Users\\me\\d1.txt", "Sources/d1.txt", "project.QDE"),
        ("d1.txt", "d1.txt", "project.qde"),
    ],
)
def test_texts_are_found_wherever_the_tool_put_them(tmp_path: Path, reference: str, member: str, inner: str) -> None:
    xml = refi_xml(text_source(reference, [mark(TALK, "å lese.")]))
    project = read(write_qdpx(tmp_path / "a.qdpx", xml, {member: TALK.encode()}, inner=inner))
    assert passages(project) == ["å lese."]


def test_texts_outside_the_folder_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(TALK)
    folder = tmp_path / "study"
    folder.mkdir()
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    for reference in (
        "relative://../secret.txt",
        f"absolute://{tmp_path}/secret.txt",
        f"{tmp_path}/secret.txt",
        "relative://link.txt",
    ):
        project = read(write_qdpx(folder / "a.qdpx", refi_xml(text_source(reference, [mark(TALK, "å lese.")])), {}))
        assert project.documents == []
        assert project.n_codings == 1
        assert "not in the file" in project.problems[0].what
    (folder / "d1.txt").write_text(TALK)
    xml = refi_xml(text_source("relative://d1.txt", [mark(TALK, "å lese.")]))
    assert passages(read(write_qdpx(folder / "a.qdpx", xml, {}))) == ["å lese."]


def test_the_inner_file_alone_reads_the_folder_beside_it(tmp_path: Path) -> None:
    (tmp_path / "Sources").mkdir()
    (tmp_path / "Sources" / "d1.txt").write_text(TALK)
    path = tmp_path / "project.qde"
    path.write_text(refi_xml(text_source("internal://d1.txt", [mark(TALK, "å lese.")])))
    assert passages(read(path)) == ["å lese."]


def test_a_stub_beside_a_word_file_is_not_the_text(tmp_path: Path) -> None:
    lines = (paragraph(run("Anna: Vi får ikke lov.")), paragraph(run("Bo: Taushetsplikten stopper oss.")))
    content = write_word_file(tmp_path / "x.docx", *lines).read_bytes()
    source = text_source(
        "internal://d1.txt",
        [Mark(40, 55, name="Taushetsplikten"), Mark(2, 5)],
        more=' richTextPath="internal://d1.docx"',
    )
    project = read(
        write_qdpx(tmp_path / "a.qdpx", refi_xml(source), {"Sources/d1.txt": b"\n", "Sources/d1.docx": content})
    )
    assert passages(project) == ["Taushetsplikten"]
    assert [turn.label for turn in project.documents[0].turns] == ["Anna", "Bo"]
    assert "not one of the text" in project.unplaced[0].what


def test_bold_names_of_the_word_file_tell_speakers(tmp_path: Path) -> None:
    said = [("Anna", "Vi får ikke lov."), ("Bo", "Taushetsplikten stopper oss."), ("Anna", "Ja."), ("Bo", "Nei.")]
    lines = [each for label, words in said for each in (paragraph(bold(label)), paragraph(run(words)))]
    content = write_word_file(tmp_path / "x.docx", *lines).read_bytes()
    talk = "\r\n".join(f"{label}\r\n{words}" for label, words in said)
    source = text_source("internal://d1.txt", [mark(talk, "stopper oss")], more=' richTextPath="internal://d1.docx"')
    files = {"Sources/d1.txt": talk.encode("utf-8-sig"), "Sources/d1.docx": content}
    project = read(write_qdpx(tmp_path / "a.qdpx", refi_xml(source), files))
    assert [turn.label for turn in project.documents[0].turns] == ["Anna", "Bo", "Anna", "Bo"]
    assert passages(project) == ["stopper oss"]
    assert project.documents[0].text == "Vi får ikke lov.\nTaushetsplikten stopper oss.\nJa.\nNei."


def test_text_may_stand_in_the_xml(tmp_path: Path) -> None:
    selection = mark(TALK, "å lese.").xml(1)
    source = f'<TextSource guid="d1" name="A"><PlainTextContent>{TALK}</PlainTextContent>{selection}</TextSource>'
    assert passages(read(write_qdpx(tmp_path / "a.qdpx", refi_xml(source), {}))) == ["å lese."]


def test_a_pdf_with_its_text(tmp_path: Path) -> None:
    coding = '<Coding guid="x"><CodeRef targetGUID="k1"/></Coding>'
    area = f'<PDFSelection guid="p1" page="0" firstX="1" name="{{name}}">{coding}</PDFSelection>'
    source = (
        '<PDFSource guid="d1" name="A.pdf" path="internal://d1.pdf">'
        f'<Representation guid="r" plainTextPath="internal://r.txt">{mark(TALK, "å lese.").xml(1)}</Representation>'
        f"{area.format(name='stopper oss')}{area.format(name='')}</PDFSource>"
    )
    project = read(write_qdpx(tmp_path / "a.qdpx", refi_xml(source), {"sources/r.txt": TALK.encode()}))
    assert sorted(passages(project)) == ["stopper oss", "å lese."]
    assert dict(project.left_out) == {"codings of areas on PDF pages": 1}
    assert project.n_codings == 3


def test_a_transcript_keeps_its_times(tmp_path: Path) -> None:
    points = "".join(
        f'<SyncPoint guid="t{n}" timeStamp="{n * 1500}" position="{TALK.index(words)}"/>'
        for n, words in enumerate(("Anna: Vi", "Bo:", "Anna: Ja"))
    )
    coding = '<Coding guid="c"><CodeRef targetGUID="k1"/></Coding>'
    source = (
        '<AudioSource guid="a1" name="north.mp3" path="internal://a1.mp3">'
        f'<Transcript guid="d1" plainTextPath="internal://d1.txt">{points}'
        f'<TranscriptSelection fromSyncPoint="t1" toSyncPoint="t2">{coding}</TranscriptSelection></Transcript>'
        f'<AudioSelection guid="s2" begin="0" end="9">{coding}</AudioSelection></AudioSource>'
    )
    project = read(write_qdpx(tmp_path / "a.qdpx", refi_xml(source), {"Sources/d1.txt": TALK.encode()}))
    assert [turn.begins for turn in project.documents[0].turns] == [0.0, 1.5, 3.0]
    assert passages(project) == ["Taushetsplikten stopper oss."]
    assert project.documents[0].name == "north.mp3"
    assert dict(project.left_out) == {"sound recordings and films": 1, "codings of sound or film": 1}


# The other parts


def test_cases_notes_and_what_has_no_place_here(tmp_path: Path) -> None:
    more = (
        '<Variables><Variable guid="v1" name="Role" typeOfVariable="Text"/></Variables>'
        '<Cases><Case guid="k-1" name="bo"><VariableValue><VariableRef targetGUID="v1"/>'
        '<TextValue>therapist</TextValue></VariableValue><SourceRef targetGUID="D1"/></Case>'
        '<Case guid="k-2"><SelectionRef targetGUID="s1"/></Case></Cases>'
        '<Notes><Note guid="n1" name="Idea" creatingUser="u2"><PlainTextContent>Look again</PlainTextContent></Note>'
        '<Note guid="n2" name="Filed" plainTextPath="internal://n2.txt"/></Notes>'
        '<Links><Link guid="l1" originGUID="a" targetGUID="b"/></Links><Sets><Set guid="e1" name="S"/></Sets>'
    )
    selection = mark(TALK, "å lese.")
    marks = [Mark(selection.start, selection.end, name="å lese.", inside='<NoteRef targetGUID="n1"/>')]
    files = {"Sources/d1.txt": TALK.encode(), "sources/n2.txt": b"\xff\xfeK\x00i\x00n\x00d\x00"}
    sources = text_source("internal://d1.txt", marks) + '<PictureSource guid="i1" name="a.png"/>'
    project = read(write_qdpx(tmp_path / "a.qdpx", refi_xml(sources, more=more), files))
    names = {case.ident: case.name for case in project.cases}
    assert {each.label: names.get(each.case) for each in project.documents[0].speakers} == {
        "Anna": "Case 2",
        "Bo": "bo",
    }
    assert project.cases[0].attributes == (("Role", "therapist"),)
    assert [(memo.subject, memo.title, memo.text, memo.author) for memo in project.memos] == [
        (Subject.CODING, "Idea", "Look again", "Ola"),
        (Subject.PROJECT, "Filed", "Kind", "imported"),
    ]
    assert dict(project.left_out) == {"images": 1, "links": 1, "sets": 1}


def test_missing_names_users_and_codes_and_double_identifiers(tmp_path: Path) -> None:
    codes = '<Code guid="K1"/><Code guid="k1" name="Second"/>'
    source = (
        '<TextSource guid="d1" plainTextPath="internal://d1.txt">'
        + Mark(6, 8, "{K1}", user="gone-1").xml(1)
        + Mark(6, 8, "k9").xml(2)
        + Mark(6, 8, "").xml(3)
        + '</TextSource><TextSource guid="d1" name="B" plainTextPath="internal://d1.txt"/>'
    )
    xml = refi_xml(source, codes=codes, users="")
    project = read(write_qdpx(tmp_path / "a.qdpx", xml, {"Sources/d1.txt": TALK.encode()}))
    assert [document.name for document in project.documents] == ["d1.txt", "B"]
    assert [code.name for code in project.codes] == ["Code without a name 1", "Second"]
    assert [(each.code, each.coder) for each in project.codings] == [("k1", "coder gone-1")]
    assert dict(project.left_out) == {
        "codings whose code is not in the codebook": 1,
        "marked passages without a code": 1,
    }
    assert project.n_codings == 2


def test_signs_that_a_tool_forgot_to_write_as_xml_wants_them_are_mended(tmp_path: Path) -> None:
    xml = refi_xml(text_source("internal://d1.txt", [mark(TALK, "å lese.")]), origin="Q &amp; A")
    memo = "<PlainTextContent>R&D is < 5 & x&#x1F;\x0b &lt;</PlainTextContent>"
    xml = xml.replace("</Project>", f'<Notes><Note guid="n1">{memo}</Note></Notes></Project>')
    foreign = read_refi_project(write_qdpx(tmp_path / "a.qdpx", xml, {"Sources/d1.txt": TALK.encode()}))
    assert (foreign.tool, [note.text for note in foreign.memos]) == ("Q & A", ["R&D is < 5 & x <"])
    assert "5 signs" in foreign.problems[0].what
    assert passages(settled(foreign)) == ["å lese."]


# Files that mean harm


def test_entities_are_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    xml = refi_xml("").replace('encoding="utf-8"?>', f'encoding="utf-8"?>{bomb}').replace('name="Study"', 'name="&b;"')
    with pytest.raises(ImportingError, match="entities"):
        read(write_qdpx(tmp_path / "a.qdpx", xml, {}))


def test_a_file_of_the_machine_is_not_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret words")
    external = f'<!DOCTYPE x [<!ENTITY s SYSTEM "{secret.as_uri()}">]>'
    xml = refi_xml("").replace('encoding="utf-8"?>', f'encoding="utf-8"?>{external}')
    with pytest.raises(ImportingError):
        read(write_qdpx(tmp_path / "a.qdpx", xml, {}))


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportingError, match="times its size"):
        read(write_qdpx(tmp_path / "a.qdpx", refi_xml(""), {"Sources/d1.txt": bytes(30_000_000)}))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.qdpx", b""),
        ("a.qdpx", b"no archive"),
        ("a.qdpx", b"PK\x03\x04cut"),
        ("a.qde", b"<Project"),
        ("a.qde", b"<Other/>"),
    ],
)
def test_what_is_no_project_is_refused_with_its_name(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ImportingError, match=re.escape(name)):
        read(path)


def test_an_archive_without_a_project_and_one_cut_off(tmp_path: Path) -> None:
    with pytest.raises(ImportingError, match="no project"):
        read(write_qdpx(tmp_path / "a.qdpx", "<x/>", {}, inner="readme.txt"))
    path = simple_qdpx(tmp_path / "b.qdpx", [mark(TALK, "å lese.")])
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(ImportingError):
        read(path)


def test_a_member_without_a_name_is_no_crash(tmp_path: Path) -> None:
    path = simple_qdpx(tmp_path / "a.qdpx", [mark(TALK, "å lese.")])
    with zipfile.ZipFile(path, "a") as archive:
        unnamed = zipfile.ZipInfo("x")
        unnamed.filename = ""
        archive.writestr(unnamed, b"")
    assert passages(read(path)) == ["å lese."]
