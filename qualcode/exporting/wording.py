"""The words of what is handed in, in the language of the study.

A report has its own language, whatever the language of the window is; so these few words stand here and not in the
window's catalogue. The key is the English wording.
"""

from __future__ import annotations

from collections.abc import Callable

from qualcode.exporting.report_method_words import METHOD_WORDS
from qualcode.exporting.report_words import RESULT_WORDS

Say = Callable[[str], str]


def in_language(language: str) -> Say:
    """The words of a language ("nb", "nn", else English)."""
    column = {"nb": 0, "nn": 1}.get(language)
    if column is None:
        return str
    return lambda english: WORDS[english][column]


# English: (Bokmål, Nynorsk)
WORDS: dict[str, tuple[str, str]] = {
    # sheets
    "Themes by group": ("Temaer etter gruppe", "Tema etter gruppe"),
    "Segments by group": ("Segmenter etter gruppe", "Segment etter gruppe"),
    "Quotations": ("Sitater", "Sitat"),
    "Codebook": ("Kodebok", "Kodebok"),
    "About these numbers": ("Om tallene", "Om tala"),
    # groups
    "All groups": ("Alle grupper", "Alle grupper"),
    "No group stated": ("Uten oppgitt gruppe", "Utan oppgjeven gruppe"),
    "respondent group": ("respondentgruppe", "respondentgruppe"),
    "N = {answering} answering of {size}": (
        "N = {answering} som svarte, av {size}",
        "N = {answering} som svara, av {size}",
    ),
    "counts only": ("bare antall", "berre tal"),
    "{codings} codings in {words} words": ("{codings} kodinger på {words} ord", "{codings} kodingar på {words} ord"),
    "{words} words": ("{words} ord", "{words} ord"),
    # headings in tables
    "Theme": ("Tema", "Tema"),
    "n": ("n", "n"),
    "%": ("%", "%"),
    "95 % from": ("95 % fra", "95 % frå"),
    "to": ("til", "til"),
    "Codings": ("Kodinger", "Kodingar"),
    "% of codings": ("% av kodinger", "% av kodingar"),
    "Units": ("Enheter", "Einingar"),
    "Per 1,000 words": ("Per 1000 ord", "Per 1000 ord"),
    "Parent theme": ("Overordnet tema", "Overordna tema"),
    "Group": ("Gruppe", "Gruppe"),
    "Quotation": ("Sitat", "Sitat"),
    "Respondent": ("Respondent", "Respondent"),
    "Session or question": ("Samtale eller spørsmål", "Samtale eller spørsmål"),
    "Document": ("Dokument", "Dokument"),
    "Coder": ("Koder", "Kodar"),
    "Origin": ("Opphav", "Opphav"),
    "Key": ("Nøkkel", "Nøkkel"),
    "Name": ("Navn", "Namn"),
    "Definition": ("Definisjon", "Definisjon"),
    "Use when": ("Brukes når", "Blir brukt når"),
    "Do not use when": ("Brukes ikke når", "Blir ikkje brukt når"),
    "Examples": ("Eksempler", "Eksempel"),
    "Notes": ("Merknader", "Merknader"),
    "row {number}": ("rad {number}", "rad {number}"),
    # origins
    "manual": ("for hånd", "for hand"),
    "rule": ("regel", "regel"),
    "learned": ("lært", "lært"),
    "imported": ("importert", "importert"),
    # titles and captions
    "Who speaks of which theme, by {by}": (
        "Hvem som snakker om hvilke temaer, etter {by}",
        "Kven som snakkar om kva tema, etter {by}",
    ),
    "How often each theme is coded, by {by}": (
        "Hvor ofte hvert tema er kodet, etter {by}",
        "Kor ofte kvart tema er koda, etter {by}",
    ),
    "Respondents who speak of the theme: number and share of those answering.": (
        "Respondenter som snakker om temaet: antall og andel av dem som svarte.",
        "Respondentar som snakkar om temaet: tal og del av dei som svara.",
    ),
    "Respondents who speak of the theme: number, share of those answering, and 95 % interval.": (
        "Respondenter som snakker om temaet: antall, andel av dem som svarte, og 95 %-intervall.",
        "Respondentar som snakkar om temaet: tal, del av dei som svara, og 95 %-intervall.",
    ),
    "Codings of each theme, their share of all codings in the group, units ({unit}) and codings per 1,000 words.": (
        "Kodinger av hvert tema, andel av alle kodinger i gruppen, enheter ({unit}) og kodinger per 1000 ord.",
        "Kodingar av kvart tema, del av alle kodingar i gruppa, einingar ({unit}) og kodingar per 1000 ord.",
    ),
    "Suggested, not reviewed": ("Foreslått, ikke gjennomgått", "Føreslått, ikkje gjennomgått"),
    "Quotations by theme and group": ("Sitater etter tema og gruppe", "Sitat etter tema og gruppe"),
    "The template: themes, definitions and when to use them": (
        "Malen: temaer, definisjoner og når de brukes",
        "Malen: tema, definisjonar og når dei blir brukte",
    ),
    # footnotes
    "Base: respondents who answered at least one of the counted questions, or spoke in a session.": (
        "Grunnlag: respondenter som svarte på minst ett av spørsmålene som telles, eller tok ordet i en samtale.",
        "Grunnlag: respondentar som svara på minst eitt av spørsmåla som blir talde, eller tok ordet i ein samtale.",
    ),
    "A respondent may speak of several themes, so per cents do not add up to 100.": (
        "En respondent kan snakke om flere temaer, så prosentene summerer seg ikke til 100.",
        "Ein respondent kan snakke om fleire tema, så prosentane summerer seg ikkje til 100.",
    ),
    "A theme includes its sub-codes and counts each respondent once.": (
        "Et tema omfatter underkodene sine og teller hver respondent én gang.",
        "Eit tema omfattar underkodane sine og tel kvar respondent éin gong.",
    ),
    "Interval: Wilson, 95 %, without continuity correction. It treats respondents as independent.": (
        "Intervall: Wilson, 95 %, uten kontinuitetskorreksjon. Det regner respondentene som uavhengige av hverandre.",
        "Intervall: Wilson, 95 %, utan kontinuitetskorreksjon. Det reknar respondentane som uavhengige av kvarandre.",
    ),
    "What the moderator says is not counted.": (
        "Det moderator sier, telles ikke.",
        "Det moderator seier, blir ikkje talt.",
    ),
    "Groups in which fewer than {small_cell} answered are shown as counts, without per cents.": (
        "Grupper der færre enn {small_cell} svarte, vises som antall uten prosent.",
        "Grupper der færre enn {small_cell} svara, blir viste som tal utan prosent.",
    ),
    "A coding is one code on one passage; a passage with two codes is one unit and two codings.": (
        "En koding er én kode på ett tekststed; et tekststed med to koder er én enhet og to kodinger.",
        "Ei koding er éin kode på éin tekststad; ein tekststad med to kodar er éi eining og to kodingar.",
    ),
    "A theme includes its sub-codes and counts each passage once.": (
        "Et tema omfatter underkodene sine og teller hvert tekststed én gang.",
        "Eit tema omfattar underkodane sine og tel kvar tekststad éin gong.",
    ),
    "These are suggestions made by rules. No coder has reviewed them.": (
        "Dette er forslag fra regler. Ingen koder har gjennomgått dem.",
        "Dette er forslag frå reglar. Ingen kodar har gått gjennom dei.",
    ),
    "Page {page} of {pages}": ("Side {page} av {pages}", "Side {page} av {pages}"),
    # about these numbers
    "Study": ("Studie", "Studie"),
    "Study file": ("Studiefil", "Studiefil"),
    "Made": ("Laget", "Laga"),
    "Program": ("Program", "Program"),
    "Rules": ("Regler", "Reglar"),
    "{n} rules, compared with the sentences; a suggestion needs a score of {percent} %.": (
        "{n} regler, sammenlignet med setningene; et forslag krever en skår på {percent} %.",
        "{n} reglar, samanlikna med setningane; eit forslag krev ein skår på {percent} %.",
    ),
    "Unit of counting": ("Telleenhet", "Teljeeining"),
    "Respondents": ("Respondenter", "Respondentar"),
    "{n} in all; {answered} answered a survey, {spoke} spoke in a session.": (
        "{n} i alt; {answered} svarte på en undersøkelse, {spoke} tok ordet i en samtale.",
        "{n} i alt; {answered} svara på ei undersøking, {spoke} tok ordet i ein samtale.",
    ),
    "Answering": ("Som svarte", "Som svara"),
    "Respondents with at least one answer in the open questions that is not blank, not only punctuation and "
    "not listed as “Not an answer”; in transcripts, respondents who spoke.": (
        "Respondenter med minst ett svar på de åpne spørsmålene som ikke er tomt, ikke bare tegnsetting og ikke står "
        "under «Ikke et svar»; i transkripsjoner, respondenter som tok ordet.",
        "Respondentar med minst eitt svar på dei opne spørsmåla som ikkje er tomt, ikkje berre teiknsetjing og ikkje "
        "står under «Ikkje eit svar»; i transkripsjonar, respondentar som tok ordet.",
    ),
    "Not an answer": ("Ikke et svar", "Ikkje eit svar"),
    "Moderators": ("Moderatorer", "Moderatorar"),
    "Small groups": ("Små grupper", "Små grupper"),
    "Sub-codes": ("Underkoder", "Underkodar"),
    "Intervals": ("Intervaller", "Intervall"),
    "Suggestions": ("Forslag", "Forslag"),
    "{accepted} accepted, {changed} changed, {rejected} rejected, {open} not reviewed.": (
        "{accepted} godtatt, {changed} endret, {rejected} avvist, {open} ikke gjennomgått.",
        "{accepted} godtekne, {changed} endra, {rejected} avviste, {open} ikkje gjennomgåtte.",
    ),
    "Coders": ("Kodere", "Kodarar"),
    "{coder}: {n} segments": ("{coder}: {n} segmenter", "{coder}: {n} segment"),
    "Files": ("Filer", "Filer"),
    "Left out or doubtful": ("Utelatt eller usikkert", "Utelate eller usikkert"),
    # units
    "segment": ("segment", "segment"),
    "sentence": ("setning", "setning"),
    "turn": ("replikk", "replikk"),
    "answer": ("svar", "svar"),
    "respondent": ("respondent", "respondent"),
    "session": ("samtale", "samtale"),
    # charts
    "Share of those answering who speak of each theme, by {by}": (
        "Andel av dem som svarte, som snakker om hvert tema, etter {by}",
        "Del av dei som svara, som snakkar om kvart tema, etter {by}",
    ),
    "% of those answering": ("% av dem som svarte", "% av dei som svara"),
    "Lines: 95 % interval (Wilson).": ("Streker: 95 %-intervall (Wilson).", "Strekar: 95 %-intervall (Wilson)."),
    "At the right: respondents who speak of the theme / those answering.": (
        "Til høyre: respondenter som snakker om temaet / de som svarte.",
        "Til høgre: respondentar som snakkar om temaet / dei som svara.",
    ),
    "Themes that fewer speak of and that are not shown (the tables have them): {n}.": (
        "Temaer som færre snakker om og som ikke er vist (tabellene har dem): {n}.",
        "Tema som færre snakkar om og som ikkje er viste (tabellane har dei): {n}.",
    ),
    "Smaller groups that are not shown (the tables have them): {n}.": (
        "Mindre grupper som ikke er vist (de står i tabellene): {n}.",
        "Mindre grupper som ikkje er viste (dei står i tabellane): {n}.",
    ),
    "There is nothing to show yet.": ("Det er ingenting å vise ennå.", "Det er ingenting å vise enno."),
    # beside the themes
    "Closed questions": ("Lukkede spørsmål", "Lukka spørsmål"),
    "Closed questions, by group": ("Lukkede spørsmål, etter gruppe", "Lukka spørsmål, etter gruppe"),
    "Closed question": ("Lukket spørsmål", "Lukka spørsmål"),
    "Question": ("Spørsmål", "Spørsmål"),
    "Question and answer": ("Spørsmål og svar", "Spørsmål og svar"),
    "Asked": ("Spurt", "Spurde"),
    "Answers": ("Svar", "Svar"),
    "No answer": ("Uten svar", "Utan svar"),
    "Unusable": ("Ubrukelige", "Ubrukelege"),
    "Mean": ("Snitt", "Snitt"),
    "SD": ("SD", "SD"),
    "Lower quartile": ("Nedre kvartil", "Nedre kvartil"),
    "Upper quartile": ("Øvre kvartil", "Øvre kvartil"),
    "Lowest": ("Lavest", "Lågast"),
    "Highest": ("Høyest", "Høgast"),
    "of answering": ("av dem som svarte", "av dei som svara"),
    "Answers chosen": ("Valgte svar", "Valde svar"),
    "What was answered to closed questions, by group": (
        "Hva som ble svart på lukkede spørsmål, etter gruppe",
        "Kva som vart svara på lukka spørsmål, etter gruppe",
    ),
    "Themes and closed": ("Temaer og lukkede spørsmål", "Tema og lukka spørsmål"),
    "Mean with the theme": ("Snitt med temaet", "Snitt med temaet"),
    "Mean without it": ("Snitt uten det", "Snitt utan det"),
    "New codes by session": ("Nye koder per samtale", "Nye kodar per samtale"),
    "Which codes each session adds": ("Hvilke koder hver samtale tilfører", "Kva kodar kvar samtale tilfører"),
    "Session": ("Samtale", "Samtale"),
    "Codes": ("Koder", "Kodar"),
    "New": ("Nye", "Nye"),
    "All so far": ("Alle til nå", "Alle til no"),
    "Share of all": ("Andel av alle", "Del av alle"),
    "Mean over all orders": ("Snitt over alle rekkefølger", "Snitt over alle rekkjefølgjer"),
    "New codes": ("Nye koder", "Nye kodar"),
    "Answers, cells without one (blank, “don’t know”) and unusable ones add up to those asked.": (
        "Svar, celler uten (tomme, «vet ikke») og ubrukelige blir til sammen antallet som ble spurt.",
        "Svar, celler utan (tomme, «veit ikkje») og ubrukelege blir til saman talet på spurde.",
    ),
    "Unusable: no number, or outside the scale.": (
        "Ubrukelige: ikke tall, eller utenfor skalaen.",
        "Ubrukelege: ikkje tal, eller utanfor skalaen.",
    ),
    "SD: standard deviation of a sample. Quartiles by linear interpolation.": (
        "SD: standardavvik i et utvalg. Kvartiler ved lineær interpolasjon.",
        "SD: standardavvik i eit utval. Kvartilar ved lineær interpolasjon.",
    ),
    "Beside a question: how many of the group gave an answer that can be used; per cents are of them.": (
        "Ved spørsmålet: hvor mange i gruppen som ga et svar som kan brukes; prosentene er av dem.",
        "Ved spørsmålet: kor mange i gruppa som gav eit svar som kan brukast; prosentane er av dei.",
    ),
    "Where several answers may be chosen, per cents add up to more than 100.": (
        "Der flere svar kan velges, blir prosentene til sammen mer enn 100.",
        "Der fleire svar kan veljast, blir prosentane til saman meir enn 100.",
    ),
    "Means and per cents of fewer than {n} answers are left out.": (
        "Snitt og prosenter av færre enn {n} svar er utelatt.",
        "Snitt og prosentar av færre enn {n} svar er utelatne.",
    ),
    "Sessions in the order in which they came in; codes as they stand, without those above them.": (
        "Samtalene i den rekkefølgen de ble hentet inn; kodene som de står, uten dem over.",
        "Samtalane i den rekkjefølgja dei vart henta inn; kodane som dei står, utan dei over.",
    ),
    "Codes of a template are easily met in the first sessions; that alone is no saturation.": (
        "Kodene i en mal blir lett møtt i de første samtalene; det alene er ingen metning.",
        "Kodane i ein mal blir lett møtte i dei første samtalane; det åleine er inga metting.",
    ),
    "What was answered to closed questions, by {by}": (
        "Hva som ble svart på lukkede spørsmål, etter {by}",
        "Kva som vart svara på lukka spørsmål, etter {by}",
    ),
    "Base: answers that can be used; their number stands at the right.": (
        "Grunnlag: svar som kan brukes; antallet står til høyre.",
        "Grunnlag: svar som kan brukast; talet står til høgre.",
    ),
    "Groups with fewer than {n} answers have no bar.": (
        "Grupper med færre enn {n} svar har ingen søyle.",
        "Grupper med færre enn {n} svar har inga søyle.",
    ),
    "Further questions that are not shown (the tables have them): {n}.": (
        "Flere spørsmål som ikke er vist (de står i tabellene): {n}.",
        "Fleire spørsmål som ikkje er viste (dei står i tabellane): {n}.",
    ),
    "At the left: share of those answering openly who speak of the theme, with n/N.": (
        "Til venstre: andel av dem som svarte åpent, som snakker om temaet, med n/N.",
        "Til venstre: del av dei som svara ope, som snakkar om temaet, med n/N.",
    ),
    "At the right: mean of the closed question and how many answers it is of; the line is one SD to each side.": (
        "Til høyre: snittet av det lukkede spørsmålet og hvor mange svar det er av; streken er ett standardavvik til "
        "hver side.",
        "Til høgre: snittet av det lukka spørsmålet og kor mange svar det er av; streken er eitt standardavvik til "
        "kvar side.",
    ),
    "Bars: codes that no session before has. Line: all codes so far. Dashed: the mean of these over all orders.": (
        "Søyler: koder som ingen samtale før har. Linje: alle koder til nå. Stiplet: snittet av dem over alle "
        "rekkefølger.",
        "Søyler: kodar som ingen samtale før har. Linje: alle kodar til no. Stipla: snittet av dei over alle "
        "rekkjefølgjer.",
    ),
    # memos
    "Memos": ("Memoer", "Memo"),
    "Memos of the coders, the oldest first": (
        "Kodernes memoer, de eldste først",
        "Memoa til kodarane, dei eldste først",
    ),
    "On": ("Om", "Om"),
    "What it is on": ("Hva det gjelder", "Kva det gjeld"),
    "Title": ("Tittel", "Tittel"),
    "Memo": ("Memo", "Memo"),
    "Changed": ("Endret", "Endra"),
    "Journal": ("Journal", "Journal"),
    # the report
    **RESULT_WORDS,
    **METHOD_WORDS,
}
