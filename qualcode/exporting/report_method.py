"""How a report's numbers came about: the method in prose, the people, the coders, and what the program was."""

from __future__ import annotations

import math

from qualcode.exporting.report_blocks import Reference, cell
from qualcode.exporting.report_content import GroupPeople
from qualcode.exporting.report_draft import Draft
from qualcode.model.codebook import CodeOrigin


def write_method(draft: Draft) -> None:
    """Material and method in a few paragraphs, to be gone on from."""
    say = draft.say
    draft.heading(1, say("Material and method"))
    part = say("This report is about a part of it: {filter}.").format(filter=draft.content.where)
    draft.paragraph(_material(draft), " ", *_answering(draft), f" {part}" if draft.content.where else "")
    draft.paragraph(_analysis(draft))
    draft.paragraph(_coding(draft))
    draft.paragraph(_counting(draft))
    draft.paragraph(_comparing(draft))


def write_how_analysed(draft: Draft) -> None:
    """Who was asked and answered, who coded, and the settings and versions behind the numbers."""
    say = draft.say
    draft.heading(1, say("How this was analysed"))
    draft.heading(2, say("Respondents"))
    draft.paragraph(
        say(
            "Everybody in the material: those who were asked in a survey, and those who are speakers of a transcript. "
            "Silent are those who neither answered an open question nor spoke."
        )
    )
    _people_table(draft)
    draft.heading(2, say("Coders and codings"))
    _coders_table(draft)
    draft.heading(2, say("Settings and versions"))
    _settings_table(draft)


def _material(draft: Draft) -> str:
    say, content = draft.say, draft.content
    sources, people = content.sources, content.people
    kinds = {
        "focus_group": (say("{n} transcript of a focus group"), say("{n} transcripts of focus groups")),
        "interview": (say("{n} interview"), say("{n} interviews")),
        "notes": (say("{n} document of notes"), say("{n} documents of notes")),
    }
    parts = [kinds[kind][n != 1].format(n=n) for kind, n in sources.by_kind.items() if kind in kinds]
    if sources.n_answers:
        one = sources.n_questions == 1
        words = say("{n} answers to {q} open question") if one else say("{n} answers to {q} open questions")
        parts.append(words.format(n=draft.numbers.count(sources.n_answers), q=sources.n_questions))
    if not parts:
        return say("There is no material yet.")
    groups = draft.listed([f"{draft.group_name(each.name)} ({each.n})" for each in people])
    sentence = say("The material is {sources}, from {n} respondents: {groups}.")
    return sentence.format(sources=draft.listed(parts), n=sum(each.n for each in people), groups=groups)


def _answering(draft: Draft) -> list[str | Reference]:
    say, people = draft.say, draft.content.people
    if not people:
        return []
    n, silent = sum(each.n for each in people), sum(each.silent for each in people)
    if silent:
        words = say("{answering} of them answered at least one open question or spoke; {silent} did neither (")
    else:
        words = say("All {answering} answered at least one open question or spoke (")
    return [words.format(answering=n - silent, silent=silent), Reference("people"), ")."]


def _analysis(draft: Draft) -> str:
    say, content = draft.say, draft.content
    codes = content.codebook.codes
    n_themes = sum(not code.depth for code in codes)
    emergent = sum(code.origin == CodeOrigin.EMERGENT for code in codes)
    title = content.codebook.title.in_language(content.language) or content.codebook.key
    version = content.codebook.version
    named = (
        say("“{title}”, version {version}").format(title=title, version=version)
        if version
        else say("“{title}”").format(title=title)
    )
    tree = say("{n} themes").format(n=n_themes)
    below = len(codes) - n_themes
    if below:
        words = (
            say("{n} themes and {below} codes below them") if below > 1 else say("{n} themes and one code below them")
        )
        tree = words.format(n=n_themes, below=below)
    text = say(
        "It was read by template analysis (King, 2012): a codebook of {tree} ({named}) was applied to it; the appendix "
        "has it in full."
    ).format(tree=tree, named=named)
    if not emergent:
        return text + " " + say("All codes were decided before the material was read (a priori).")
    derived = say("{a_priori} codes were decided before the material was read (a priori), {emergent} came out of it.")
    return text + " " + derived.format(a_priori=len(codes) - emergent, emergent=emergent)


def _coding(draft: Draft) -> str:
    say, content, count = draft.say, draft.content, draft.numbers.count
    coders, review = content.coders, content.review
    people = [each for each in coders if each.is_person]
    rules = sum(each.total for each in coders if not each.is_person)
    parts = []
    if content.suggested:
        words = say("Nothing is coded yet: the numbers below are of {n} suggestions made by rules of the codebook.")
        parts.append(words.format(n=count(review.open)))
    elif not coders:
        parts.append(say("Nothing is coded yet."))
    if people:
        one = len(people) == 1
        words = say("{n} coder made {codings} codings.") if one else say("{n} coders made {codings} codings.")
        parts.append(words.format(n=len(people), codings=count(sum(each.total for each in people))))
        accepted = sum(each.rule + each.learned for each in people)
        if accepted:
            words = say("{n} of these are suggestions of the program that a coder looked at and accepted or changed.")
            parts.append(words.format(n=count(accepted)))
        imported = sum(each.imported for each in people)
        if imported:
            parts.append(say("{n} were made in another program or a table, and imported.").format(n=count(imported)))
    parts.append(agreement_sentence(draft))
    if rules:
        words = say(
            "{n} codings are suggestions made by rules that were accepted unread: no person has looked at them."
        )
        parts.append(words.format(n=count(rules)))
    if review.rejected:
        parts.append(say("Suggestions that were rejected: {n}.").format(n=count(review.rejected)))
    if review.open and not content.suggested:
        parts.append(say("Suggestions that are not reviewed, and not counted: {n}.").format(n=count(review.open)))
    return " ".join(filter(None, parts))


def agreement_sentence(draft: Draft) -> str:
    """How far the coders agree; "" where there is nothing to compare."""
    found = draft.content.agreement
    if found is None:
        return ""
    say, numbers = draft.say, draft.numbers
    text = say("On the {n} sentences that two or more of them read, they agreed in {agreement} % of the judgements")
    if found.is_sample:
        text = say("On the {n} sentences of a random sample, they agreed in {agreement} % of the judgements")
    text = text.format(n=numbers.count(found.n_units), agreement=numbers.decimal(100 * found.agreement, 1))
    if not math.isnan(found.alpha):
        text += say("; Krippendorff's alpha, pooled over codes, is {alpha}").format(
            alpha=numbers.decimal(found.alpha, 2)
        )
        if not math.isnan(found.alpha_low):
            low, high = (numbers.decimal(bound, 2) for bound in (found.alpha_low, found.alpha_high))
            text += say(" (95 % interval {low} to {high})").format(low=low, high=high)
    differed = found.n_open + found.n_settled
    if differed:
        words = say(" They differed in {n} places, {settled} of them settled.")
        if not found.n_settled:
            words = say(" They differed in {n} places, of which none is settled.")
        return text + "." + words.format(n=numbers.count(differed), settled=numbers.count(found.n_settled))
    return text + "."


def _counting(draft: Draft) -> str:
    say, small_cell = draft.say, draft.content.small_cell
    parts = [
        say(
            "What is counted are respondents: for each theme, how many of those answering speak of it (n/N). A theme "
            "includes its sub-codes and counts each respondent once. What the moderator says is not counted."
        )
    ]
    if not draft.content.suggested:
        parts.append(
            say(
                "Intervals are Wilson's, 95 % (Wilson, 1927); they treat respondents as independent, which people of "
                "one session are not."
            )
        )
    if small_cell > 1:
        words = say("Groups in which fewer than {small_cell} answered are shown as counts, without per cents.")
        parts.append(words.format(small_cell=small_cell))
    return " ".join(parts)


def _comparing(draft: Draft) -> str:
    compared = draft.content.comparison
    if compared is None:
        return ""
    say = draft.say
    text = say(
        "{a} and {b} are compared by the difference of their shares, with Newcombe's interval (Newcombe, 1998)"
    ).format(a=compared.a, b=compared.b)
    if not compared.n_tests:
        if compared.independent:
            return text + "."
        return text + say("; no test was made, because several of them sat in one session.")
    return text + say(
        ", and by Fisher's exact test, two-sided, with Holm's correction for {n} themes (Holm, 1979)."
    ).format(n=compared.n_tests)


def _people_table(draft: Draft) -> None:
    say, people = draft.say, draft.content.people
    names = [
        *(say("Group"), say("In the material"), say("Asked"), say("Answered"), say("In sessions"), say("Spoke")),
        *(say("Silent"), say("Sessions"), say("Words")),
    ]
    header = [cell(name, bold=True, is_text=not i) for i, name in enumerate(names)]
    rows = []
    for i, each in enumerate([*people, _all_people(draft)]):
        numbers = (
            each.n,
            each.asked,
            each.answered,
            each.in_sessions,
            each.spoke,
            each.silent,
            each.sessions,
            each.words,
        )
        last = i == len(people)
        name = say("All groups") if last else draft.group_name(each.name)
        cells = [cell(draft.numbers.count(number), bold=last) for number in numbers]
        rows.append([cell(name, bold=last, is_text=True), *cells])
    draft.table(
        "people",
        say("Respondents: asked, answering and silent, by group"),
        header,
        rows,
        [3.4, 1.7, 1.4, 1.7, 1.7, 1.4, 1.4, 1.7, 1.5],
        notes=[
            say(
                "Answered: at least one open question, not blank, not only punctuation, and not one of: "
                "{not_an_answer}."
            ).format(not_an_answer=", ".join(draft.content.not_an_answer)),
            say("The whole study, whatever the filter of the other tables."),
        ],
        trace=draft.state(),
    )


def _all_people(draft: Draft) -> GroupPeople:
    """The sum of the groups; of sessions, which groups share, the number in the study."""
    people = draft.content.people

    def total(name: str) -> int:
        return sum(getattr(each, name) for each in people)

    return GroupPeople(
        "",
        n=total("n"),
        asked=total("asked"),
        answered=total("answered"),
        in_sessions=total("in_sessions"),
        spoke=total("spoke"),
        silent=total("silent"),
        sessions=draft.content.sources.n_sessions,
        words=total("words"),
    )


def _coders_table(draft: Draft) -> None:
    say, coders = draft.say, draft.content.coders
    if not coders:
        draft.paragraph(say("Nothing is coded yet."))
        return
    names = [
        say("Coder"),
        say("by hand"),
        say("rule, accepted"),
        say("learned, accepted"),
        say("imported"),
        say("in all"),
    ]
    header = [cell(name, bold=True, is_text=not i) for i, name in enumerate(names)]
    rows = []
    for each in coders:
        name = each.name if each.is_person else say("{name} (rules, accepted unread)").format(name=each.name)
        numbers = (each.manual, each.rule, each.learned, each.imported, each.total)
        rows.append([cell(name, is_text=True), *(cell(draft.numbers.count(number)) for number in numbers)])
    review = draft.content.review
    became = say("{accepted} accepted, {changed} changed, {rejected} rejected, {open} not reviewed.").format(
        accepted=review.accepted, changed=review.changed, rejected=review.rejected, open=review.open
    )
    notes = [say("A coding of two coders who agree stands with both here, and counts once in the tables of themes.")]
    if any((review.accepted, review.changed, review.rejected, review.open)):
        notes.append(f"{say('Suggestions')}: {became}")
    draft.table(
        "coders",
        say("Codings by coder and origin"),
        header,
        rows,
        [4.6, 2.2, 2.4, 2.6, 2.2, 2.0],
        notes=notes,
        trace=draft.state(),
    )


def _settings_table(draft: Draft) -> None:
    say, content, project = draft.say, draft.content, draft.content.project
    codebook = content.codebook
    rows = [
        (say("Program"), project.program),
        (say("Libraries"), ", ".join(f"{name} {version}" for name, version in project.versions)),
        (say("Template"), f"{codebook.key} {codebook.version}".strip()),
        (say("Source of the template"), codebook.source),
        (say("Project"), _project_state(draft)),
        (say("Filter"), content.where or say("none")),
        (say("Unit of counting"), say(content.unit)),
        (say("Small groups"), _small(draft)),
        (say("Languages of the material"), ", ".join(_language(draft, each) for each in content.sources.languages)),
        (say("Suggestions"), say("Made by the program on this machine, without a network.")),
    ]
    cells = [[cell(name, bold=True, is_text=True), cell(text, is_text=True)] for name, text in rows if text]
    header = [cell(say("What"), bold=True, is_text=True), cell(say("How"), bold=True, is_text=True)]
    draft.table("settings", say("Settings and versions behind the numbers"), header, cells, [4.0, 12.0])


def _project_state(draft: Draft) -> str:
    project = draft.content.project
    return draft.say("{file}: {n} steps, last changed {changed}").format(
        file=project.file, n=project.n_steps, changed=project.changed or draft.say("never")
    )


def _small(draft: Draft) -> str:
    if draft.content.small_cell < 2:
        return ""
    words = draft.say("Groups in which fewer than {small_cell} answered are shown as counts, without per cents.")
    return words.format(small_cell=draft.content.small_cell)


def _language(draft: Draft, language: str) -> str:
    say = draft.say
    return {"nb": say("Bokmål"), "nn": say("Nynorsk"), "en": say("English")}.get(language, language)
