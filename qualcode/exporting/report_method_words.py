"""The words of a report about its method, and of what the author still writes: English to (Bokmål, Nynorsk)."""

METHOD_WORDS: dict[str, tuple[str, str]] = {
    # material and method
    "Material and method": ("Materiale og metode", "Materiale og metode"),
    "There is no material yet.": ("Det er ikke noe materiale ennå.", "Det er ikkje noko materiale enno."),
    "{n} transcript of a focus group": ("{n} transkripsjon av en fokusgruppe", "{n} transkripsjon av ei fokusgruppe"),
    "{n} transcripts of focus groups": ("{n} transkripsjoner av fokusgrupper", "{n} transkripsjonar av fokusgrupper"),
    "{n} interview": ("{n} intervju", "{n} intervju"),
    "{n} interviews": ("{n} intervjuer", "{n} intervju"),
    "{n} document of notes": ("{n} dokument med notater", "{n} dokument med notat"),
    "{n} documents of notes": ("{n} dokumenter med notater", "{n} dokument med notat"),
    "{n} answers to {q} open question": ("{n} svar på {q} åpent spørsmål", "{n} svar på {q} ope spørsmål"),
    "{n} answers to {q} open questions": ("{n} svar på {q} åpne spørsmål", "{n} svar på {q} opne spørsmål"),
    "The material is {sources}, from {n} respondents: {groups}.": (
        "Materialet er {sources}, fra {n} respondenter: {groups}.",
        "Materialet er {sources}, frå {n} respondentar: {groups}.",
    ),
    "This report is about a part of it: {filter}.": (
        "Denne rapporten handler om en del av det: {filter}.",
        "Denne rapporten handlar om ein del av det: {filter}.",
    ),
    "{answering} of them answered at least one open question or spoke; {silent} did neither (": (
        "{answering} av dem svarte på minst ett åpent spørsmål eller tok ordet; {silent} gjorde ingen av delene (",
        "{answering} av dei svara på minst eitt ope spørsmål eller tok ordet; {silent} gjorde ingen av delane (",
    ),
    "All {answering} answered at least one open question or spoke (": (
        "Alle {answering} svarte på minst ett åpent spørsmål eller tok ordet (",
        "Alle {answering} svara på minst eitt ope spørsmål eller tok ordet (",
    ),
    "It was read by template analysis (King, 2012): a codebook of {tree} ({named}) was applied to it; the appendix has "
    "it "
    "in full.": (
        "Det er lest med malanalyse (template analysis; King, 2012): En kodebok med {tree} ({named}) er brukt på det; "
        "den "
        "står i sin helhet i vedlegget.",
        "Det er lese med malanalyse (template analysis; King, 2012): Ei kodebok med {tree} ({named}) er brukt på det; "
        "ho "
        "står i sin heilskap i vedlegget.",
    ),
    "{n} themes": ("{n} temaer", "{n} tema"),
    "{n} themes and one code below them": ("{n} temaer og én kode under dem", "{n} tema og éin kode under dei"),
    "{n} themes and {below} codes below them": (
        "{n} temaer og {below} koder under dem",
        "{n} tema og {below} kodar under dei",
    ),
    "On the {n} sentences that two or more of them read, they agreed in {agreement} % of the judgements": (
        "På de {n} setningene som to eller flere av dem har lest, var de enige i {agreement} % av vurderingene",
        "På dei {n} setningane som to eller fleire av dei har lese, var dei samde i {agreement} % av vurderingane",
    ),
    "On the {n} sentences of a random sample, they agreed in {agreement} % of the judgements": (
        "På de {n} setningene i et tilfeldig utvalg var de enige i {agreement} % av vurderingene",
        "På dei {n} setningane i eit tilfeldig utval var dei samde i {agreement} % av vurderingane",
    ),
    "; Krippendorff's alpha, pooled over codes, is {alpha}": (
        "; Krippendorffs alfa, samlet over kodene, er {alpha}",
        "; Krippendorffs alfa, samla over kodane, er {alpha}",
    ),
    " (95 % interval {low} to {high})": (" (95 %-intervall {low} til {high})", " (95 %-intervall {low} til {high})"),
    " They differed in {n} places, of which none is settled.": (
        " De var uenige {n} steder, og ingen av dem er avgjort.",
        " Dei var usamde {n} stader, og ingen av dei er avgjord.",
    ),
    " They differed in {n} places, {settled} of them settled.": (
        " De var uenige {n} steder, og {settled} av dem er avgjort.",
        " Dei var usamde {n} stader, og {settled} av dei er avgjorde.",
    ),
    "Agreement of coders": ("Enighet mellom kodere", "Semje mellom kodarar"),
    "No two people have coded the same material, so there is no agreement to tell.": (
        "Ingen to har kodet det samme materialet, så det er ingen enighet å fortelle om.",
        "Ingen to har koda det same materialet, så det er inga semje å fortelje om.",
    ),
    "Disagreements between coders that are not settled: {n}.": (
        "Uenigheter mellom kodere som ikke er avgjort: {n}.",
        "Usemje mellom kodarar som ikkje er avgjord: {n}.",
    ),
    "“{title}”": ("«{title}»", "«{title}»"),
    "“{title}”, version {version}": ("«{title}», versjon {version}", "«{title}», versjon {version}"),
    "version {version}": ("versjon {version}", "versjon {version}"),
    "All codes were decided before the material was read (a priori).": (
        "Alle kodene var bestemt før materialet ble lest (a priori).",
        "Alle kodane var bestemte før materialet vart lese (a priori).",
    ),
    "{a_priori} codes were decided before the material was read (a priori), {emergent} came out of it.": (
        "{a_priori} koder var bestemt før materialet ble lest (a priori), {emergent} kom ut av det.",
        "{a_priori} kodar var bestemte før materialet vart lese (a priori), {emergent} kom ut av det.",
    ),
    "Nothing is coded yet.": ("Ingenting er kodet ennå.", "Ingenting er koda enno."),
    "Nothing is coded yet: the numbers below are of {n} suggestions made by rules of the codebook.": (
        "Ingenting er kodet ennå: Tallene nedenfor gjelder {n} forslag fra kodebokens regler.",
        "Ingenting er koda enno: Tala nedanfor gjeld {n} forslag frå reglane i kodeboka.",
    ),
    "{n} coder made {codings} codings.": (
        "{n} koder har gjort {codings} kodinger.",
        "{n} kodar har gjort {codings} kodingar.",
    ),
    "{n} coders made {codings} codings.": (
        "{n} kodere har gjort {codings} kodinger.",
        "{n} kodarar har gjort {codings} kodingar.",
    ),
    "{n} of these are suggestions of the program that a coder looked at and accepted or changed.": (
        "{n} av disse er forslag fra programmet som en koder har sett på og godtatt eller endret.",
        "{n} av desse er forslag frå programmet som ein kodar har sett på og godteke eller endra.",
    ),
    "{n} were made in another program or a table, and imported.": (
        "{n} er gjort i et annet program eller en tabell, og importert.",
        "{n} er gjorde i eit anna program eller ein tabell, og importerte.",
    ),
    "{n} codings are suggestions made by rules that were accepted unread: no person has looked at them.": (
        "{n} kodinger er forslag fra regler som er godtatt uleste: Ingen person har sett på dem.",
        "{n} kodingar er forslag frå reglar som er godtekne ulesne: Ingen person har sett på dei.",
    ),
    "Suggestions that were rejected: {n}.": ("Forslag som er avvist: {n}.", "Forslag som er avviste: {n}."),
    "Suggestions that are not reviewed, and not counted: {n}.": (
        "Forslag som ikke er gjennomgått, og ikke talt med: {n}.",
        "Forslag som ikkje er gjennomgåtte, og ikkje talde med: {n}.",
    ),
    "What is counted are respondents: for each theme, how many of those answering speak of it (n/N). A theme includes "
    "its sub-codes and counts each respondent once. What the moderator says is not counted.": (
        "Det som telles, er respondenter: for hvert tema hvor mange av dem som svarte, som snakker om det (n/N). Et "
        "tema "
        "omfatter underkodene sine og teller hver respondent én gang. Det moderator sier, telles ikke.",
        "Det som blir talt, er respondentar: for kvart tema kor mange av dei som svara, som snakkar om det (n/N). Eit "
        "tema omfattar underkodane sine og tel kvar respondent éin gong. Det moderator seier, blir ikkje talt.",
    ),
    "Intervals are Wilson's, 95 % (Wilson, 1927); they treat respondents as independent, which people of one session "
    "are "
    "not.": (
        "Intervallene er Wilsons, 95 % (Wilson, 1927); de regner respondentene som uavhengige, og det er folk i samme "
        "samtale ikke.",
        "Intervalla er Wilsons, 95 % (Wilson, 1927); dei reknar respondentane som uavhengige, og det er folk i same "
        "samtale ikkje.",
    ),
    "{a} and {b} are compared by the difference of their shares, with Newcombe's interval (Newcombe, 1998)": (
        "{a} og {b} er sammenlignet ved forskjellen mellom andelene, med Newcombes intervall (Newcombe, 1998)",
        "{a} og {b} er samanlikna ved skilnaden mellom delane, med Newcombes intervall (Newcombe, 1998)",
    ),
    "; no test was made, because several of them sat in one session.": (
        "; ingen test er gjort, fordi flere av dem satt i samme samtale.",
        "; ingen test er gjord, fordi fleire av dei sat i same samtale.",
    ),
    ", and by Fisher's exact test, two-sided, with Holm's correction for {n} themes (Holm, 1979).": (
        ", og med Fishers eksakte test, tosidig, med Holms korreksjon for {n} temaer (Holm, 1979).",
        ", og med Fishers eksakte test, tosidig, med Holms korreksjon for {n} tema (Holm, 1979).",
    ),
    # how this was analysed
    "How this was analysed": ("Slik er dette analysert", "Slik er dette analysert"),
    "Everybody in the material: those who were asked in a survey, and those who are speakers of a transcript. Silent "
    "are "
    "those who neither answered an open question nor spoke.": (
        "Alle i materialet: de som ble spurt i en undersøkelse, og de som er talere i en transkripsjon. Tause er "
        "de som verken svarte på et åpent spørsmål eller tok ordet.",
        "Alle i materialet: dei som vart spurde i ei undersøking, og dei som er talarar i ein transkripsjon. Tause er "
        "dei som verken svara på eit ope spørsmål eller tok ordet.",
    ),
    "Respondents: asked, answering and silent, by group": (
        "Respondenter: spurt, svarte og tause, etter gruppe",
        "Respondentar: spurde, svara og tause, etter gruppe",
    ),
    "In the material": ("I materialet", "I materialet"),
    "Asked": ("Spurt", "Spurde"),
    "Answered": ("Svarte", "Svara"),
    "In sessions": ("I samtaler", "I samtalar"),
    "Spoke": ("Tok ordet", "Tok ordet"),
    "Silent": ("Tause", "Tause"),
    "Sessions": ("Samtaler", "Samtalar"),
    "Words": ("Ord", "Ord"),
    "Answered: at least one open question, not blank, not only punctuation, and not one of: {not_an_answer}.": (
        "Svarte: på minst ett åpent spørsmål, ikke tomt, ikke bare tegnsetting og ikke ett av: {not_an_answer}.",
        "Svara: på minst eitt ope spørsmål, ikkje tomt, ikkje berre teiknsetjing og ikkje eitt av: {not_an_answer}.",
    ),
    "The whole study, whatever the filter of the other tables.": (
        "Hele studien, uansett filteret i de andre tabellene.",
        "Heile studien, uansett filteret i dei andre tabellane.",
    ),
    "Coders and codings": ("Kodere og kodinger", "Kodarar og kodingar"),
    "Codings by coder and origin": ("Kodinger etter koder og opphav", "Kodingar etter kodar og opphav"),
    "by hand": ("for hånd", "for hand"),
    "rule, accepted": ("regel, godtatt", "regel, godteke"),
    "learned, accepted": ("lært, godtatt", "lært, godteke"),
    "in all": ("i alt", "i alt"),
    "{name} (rules, accepted unread)": ("{name} (regler, godtatt ulest)", "{name} (reglar, godtekne ulesne)"),
    "A coding of two coders who agree stands with both here, and counts once in the tables of themes.": (
        "En koding som to kodere er enige om, står hos begge her, og teller én gang i tabellene over temaer.",
        "Ei koding som to kodarar er samde om, står hos begge her, og tel éin gong i tabellane over tema.",
    ),
    "Settings and versions": ("Innstillinger og versjoner", "Innstillingar og versjonar"),
    "Settings and versions behind the numbers": (
        "Innstillinger og versjoner bak tallene",
        "Innstillingar og versjonar bak tala",
    ),
    "What": ("Hva", "Kva"),
    "How": ("Hvordan", "Korleis"),
    "Libraries": ("Biblioteker", "Bibliotek"),
    "Template": ("Mal", "Mal"),
    "Source of the template": ("Kilde til malen", "Kjelde til malen"),
    "Project": ("Prosjekt", "Prosjekt"),
    "Filter": ("Filter", "Filter"),
    "Languages of the material": ("Språk i materialet", "Språk i materialet"),
    "Bokmål": ("bokmål", "bokmål"),
    "Nynorsk": ("nynorsk", "nynorsk"),
    "English": ("engelsk", "engelsk"),
    "Made by the program on this machine, without a network.": (
        "Laget av programmet på denne maskinen, uten nettverk.",
        "Laga av programmet på denne maskina, utan nettverk.",
    ),
    "{file}: {n} steps, last changed {changed}": (
        "{file}: {n} steg, sist endret {changed}",
        "{file}: {n} steg, sist endra {changed}",
    ),
    # reporting standards
    "Reporting standards": ("Rapporteringsstandarder", "Rapporteringsstandardar"),
    "The points of COREQ (Tong et al., 2007) and SRQR (O'Brien et al., 2014) that the project itself can answer. The "
    "other points are in the list for the author.": (
        "Punktene i COREQ (Tong mfl., 2007) og SRQR (O'Brien mfl., 2014) som prosjektet selv kan svare på. De andre "
        "punktene står i listen til forfatteren.",
        "Punkta i COREQ (Tong mfl., 2007) og SRQR (O'Brien mfl., 2014) som prosjektet sjølv kan svare på. Dei andre "
        "punkta står i lista til forfattaren.",
    ),
    "Points of the reporting standards that the project answers": (
        "Punkter i rapporteringsstandardene som prosjektet svarer på",
        "Punkt i rapporteringsstandardane som prosjektet svarar på",
    ),
    "Point": ("Punkt", "Punkt"),
    "Asks for": ("Spør om", "Spør om"),
    "In this project": ("I dette prosjektet", "I dette prosjektet"),
    "see {place}": ("se {place}", "sjå {place}"),
    "Sample size and description": ("Utvalgets størrelse og beskrivelse", "Storleik og skildring av utvalet"),
    "Respondents: {n}; groups: {g}; sessions: {s};": (
        "Respondenter: {n}; grupper: {g}; samtaler: {s};",
        "Respondentar: {n}; grupper: {g}; samtalar: {s};",
    ),
    "Non-participation": ("De som ikke deltok", "Dei som ikkje deltok"),
    "{silent} of {n} neither answered nor spoke; why, the author knows.": (
        "{silent} av {n} verken svarte eller tok ordet; hvorfor, vet forfatteren.",
        "{silent} av {n} verken svara eller tok ordet; kvifor, veit forfattaren.",
    ),
    "Data processing": ("Behandling av data", "Handsaming av data"),
    "Texts are kept as they came in; corrections and every change of a coding can be traced in the project file.": (
        "Tekstene er bevart slik de kom inn; rettinger og hver endring av en koding kan spores i prosjektfilen.",
        "Tekstane er tekne vare på slik dei kom inn; rettingar og kvar endring av ei koding kan sporast i "
        "prosjektfila.",
    ),
    "Number of coders": ("Antall kodere", "Talet på kodarar"),
    "{n}; see the table of coders.": ("{n}; se tabellen over kodere.", "{n}; sjå tabellen over kodarar."),
    "Coding tree": ("Kodetre", "Kodetre"),
    "Derivation of themes": ("Hvordan temaene er utledet", "Korleis temaa er utleidde"),
    "{a} codes decided in advance, {e} out of the material.": (
        "{a} koder bestemt på forhånd, {e} ut av materialet.",
        "{a} kodar bestemte på førehand, {e} ut av materialet.",
    ),
    "Software": ("Programvare", "Programvare"),
    "{n} of {N} who answered are quoted, by role; ids are left out.": (
        "{n} av {N} som svarte, er sitert, med rolle; id-er er utelatt.",
        "{n} av {N} som svara, er siterte, med rolle; id-ar er utelatne.",
    ),
    "Major and minor themes": ("Hovedtemaer og undertemaer", "Hovudtema og undertema"),
    "References": ("Referanser", "Referansar"),
    # for the author
    "Still for the author to write": ("Gjenstår for forfatteren", "Står att for forfattaren"),
    "Take this list out when it is done.": (
        "Ta bort denne listen når alt er gjort.",
        "Ta bort denne lista når alt er gjort.",
    ),
    "What only the author knows": ("Det bare forfatteren vet", "Det berre forfattaren veit"),
    "Suggestions that wait for a decision: {n}.": (
        "Forslag som venter på avgjørelse: {n}.",
        "Forslag som ventar på avgjerd: {n}.",
    ),
    "Codings that were accepted unread: {n}. Read them before the numbers are used.": (
        "Kodinger som er godtatt uleste: {n}. Les dem før tallene brukes.",
        "Kodingar som er godtekne ulesne: {n}. Les dei før tala blir brukte.",
    ),
    "Only one person has coded, so there is no agreement between coders to tell.": (
        "Bare én person har kodet, så det er ingen enighet mellom kodere å fortelle om.",
        "Berre éin person har koda, så det er ikkje noka semje mellom kodarar å fortelje om.",
    ),
    "Quotations with less beside them than the others, because few people share their group and session: {n}. Read "
    "whether their words point to somebody.": (
        "Sitater der det oppgis mindre om hvem som sier dem, fordi få deler gruppe og samtale: {n}. Se etter om ordene "
        "peker mot noen.",
        "Sitat der det blir oppgitt mindre om kven som seier dei, fordi få deler gruppe og samtale: {n}. Sjå etter om "
        "orda peikar mot nokon.",
    ),
    "Read every quotation for names and places before the report leaves your hands.": (
        "Les hvert sitat med tanke på navn og steder før du gir rapporten fra deg.",
        "Les kvart sitat med tanke på namn og stader før du gir rapporten frå deg.",
    ),
    "{n} of the {N} who answered are never quoted; look whether their view is missing.": (
        "{n} av de {N} som svarte, er aldri sitert; se om synet deres mangler.",
        "{n} av dei {N} som svara, er aldri siterte; sjå om synet deira manglar.",
    ),
    "These themes have no definition: {names}.": (
        "Disse temaene har ingen definisjon: {names}.",
        "Desse temaa har ingen definisjon: {names}.",
    ),
    "Update the fields (in Word: Ctrl+A, then F9) to put page numbers into the contents.": (
        "Oppdater feltene (i Word: Ctrl+A, så F9) for å få sidetall i innholdslisten.",
        "Oppdater felta (i Word: Ctrl+A, så F9) for å få sidetal i innhaldslista.",
    ),
    "The problem, and the question that the study answers.": (
        "Problemet, og spørsmålet som studien svarer på.",
        "Problemet, og spørsmålet som studien svarar på.",
    ),
    "Context and setting: where the material was gathered, who else was there.": (
        "Kontekst og sted: hvor materialet er samlet inn, hvem andre som var der.",
        "Kontekst og stad: kvar materialet er samla inn, kven andre som var der.",
    ),
    "Recruitment: how people were chosen and approached.": (
        "Rekruttering: hvordan folk ble valgt ut og spurt.",
        "Rekruttering: korleis folk vart valde ut og spurde.",
    ),
    "Why those who did not take part did not.": (
        "Hvorfor de som ikke deltok, ikke gjorde det.",
        "Kvifor dei som ikkje deltok, ikkje gjorde det.",
    ),
    "Who the researchers are, and what they and the respondents knew of each other.": (
        "Hvem forskerne er, og hva de og respondentene visste om hverandre.",
        "Kven forskarane er, og kva dei og respondentane visste om kvarandre.",
    ),
    "Approach and theory behind the analysis.": (
        "Tilnærming og teori bak analysen.",
        "Tilnærming og teori bak analysen.",
    ),
    "Interview guide and questionnaire, recording, field notes, duration.": (
        "Intervjuguide og spørreskjema, opptak, feltnotater, varighet.",
        "Intervjuguide og spørjeskjema, opptak, feltnotat, lengd.",
    ),
    "Saturation: whether more material would have brought new themes.": (
        "Metning: om mer materiale ville ha gitt nye temaer.",
        "Metting: om meir materiale ville ha gjeve nye tema.",
    ),
    "Whether respondents saw transcripts or findings.": (
        "Om respondentene fikk se transkripsjoner eller funn.",
        "Om respondentane fekk sjå transkripsjonar eller funn.",
    ),
    "What was done for trustworthiness: coding by two, agreement, discussion of cases that do not fit.": (
        "Hva som er gjort for troverdigheten: koding av to, enighet, drøfting av tilfeller som ikke passer.",
        "Kva som er gjort for truverdet: koding av to, semje, drøfting av tilfelle som ikkje passar.",
    ),
    "Ethics: consent, approval, data protection.": (
        "Etikk: samtykke, godkjenning, personvern.",
        "Etikk: samtykke, godkjenning, personvern.",
    ),
    "Interpretation: what the findings mean, beside earlier work.": (
        "Tolkning: hva funnene betyr, ved siden av tidligere arbeid.",
        "Tolking: kva funna tyder, ved sida av tidlegare arbeid.",
    ),
    "Limitations.": ("Begrensninger.", "Avgrensingar."),
    "Conflicts of interest, and funding.": (
        "Interessekonflikter og finansiering.",
        "Interessekonfliktar og finansiering.",
    ),
    # appendix
    "Appendix: codebook": ("Vedlegg: kodebok", "Vedlegg: kodebok"),
    "Code": ("Kode", "Kode"),
    "Definition and use": ("Definisjon og bruk", "Definisjon og bruk"),
    "The codes, their definitions and when to use them": (
        "Kodene, definisjonene og når de brukes",
        "Kodane, definisjonane og når dei blir brukte",
    ),
    "Came out of the material.": ("Kom ut av materialet.", "Kom ut av materialet."),
}
