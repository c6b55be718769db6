"""The words of the results of a report, as `wording` has them: English to (Bokmål, Nynorsk)."""

RESULT_WORDS: dict[str, tuple[str, str]] = {
    # the whole
    "Template analysis": ("Malanalyse", "Malanalyse"),
    "Template analysis of interviews and open survey answers. Draft of {date}, made with {program}.": (
        "Malanalyse av intervjuer og åpne svar. Utkast fra {date}, laget med {program}.",
        "Malanalyse av intervju og opne svar. Utkast frå {date}, laga med {program}.",
    ),
    "Suggested, not reviewed: nothing is decided yet. All numbers and quotations below are suggestions made by rules, "
    "and no coder has looked at them.": (
        "Foreslått, ikke gjennomgått: Ingenting er avgjort ennå. Alle tall og sitater nedenfor er forslag fra regler, "
        "og "
        "ingen koder har sett på dem.",
        "Føreslått, ikkje gjennomgått: Ingenting er avgjort enno. Alle tal og sitat nedanfor er forslag frå reglar, og "
        "ingen kodar har sett på dei.",
    ),
    "Contents": ("Innhold", "Innhald"),
    "Table": ("Tabell", "Tabell"),
    "Figure": ("Figur", "Figur"),
    "and": ("og", "og"),
    "{some} and {last}": ("{some} og {last}", "{some} og {last}"),
    "none": ("ingen", "ingen"),
    "never": ("aldri", "aldri"),
    "N = {answering} of {size}": ("N = {answering} av {size}", "N = {answering} av {size}"),
    "Filter: {filter}. Unit: {unit}. Base: respondents who answered or spoke. Template: {template}. "
    "Project: {n} steps, last changed {changed}. {program}. The same numbers: {command}": (
        "Filter: {filter}. Enhet: {unit}. Grunnlag: respondenter som svarte eller tok ordet. Mal: {template}. "
        "Prosjekt: {n} steg, sist endret {changed}. {program}. De samme tallene: {command}",
        "Filter: {filter}. Eining: {unit}. Grunnlag: respondentar som svara eller tok ordet. Mal: {template}. "
        "Prosjekt: {n} steg, sist endra {changed}. {program}. Dei same tala: {command}",
    ),
    "Template: {template}. Project: {n} steps, last changed {changed}. {program}.": (
        "Mal: {template}. Prosjekt: {n} steg, sist endret {changed}. {program}.",
        "Mal: {template}. Prosjekt: {n} steg, sist endra {changed}. {program}.",
    ),
    # who is quoted
    "survey": ("spørreundersøkelse", "spørjeundersøking"),
    "focus group": ("fokusgruppe", "fokusgruppe"),
    "interview": ("intervju", "intervju"),
    "notes": ("notater", "notat"),
    "document": ("dokument", "dokument"),
    "question": ("spørsmål", "spørsmål"),
    "speaks against the theme": ("taler mot temaet", "taler mot temaet"),
    # overview
    "Which group speaks of which theme": ("Hvilken gruppe snakker om hva", "Kva gruppe snakkar om kva"),
    "Nobody speaks of any theme yet: nothing is coded.": (
        "Ingen snakker om noe tema ennå: ingenting er kodet.",
        "Ingen snakkar om noko tema enno: ingenting er koda.",
    ),
    "Tables and pictures of it are left out.": (
        "Tabeller og bilder av det er utelatt.",
        "Tabellar og bilete av det er utelatne.",
    ),
    "Left out, as nobody speaks of it: {themes}.": (
        "Utelatt fordi ingen snakker om det: {themes}.",
        "Utelate fordi ingen snakkar om det: {themes}.",
    ),
    "Most respondents speak of {themes}.": (
        "Flest respondenter snakker om {themes}.",
        "Flest respondentar snakkar om {themes}.",
    ),
    "shows how many of those answering speak of each theme, by {by}": (
        "viser hvor mange av dem som svarte, som snakker om hvert tema, etter {by}",
        "viser kor mange av dei som svara, som snakkar om kvart tema, etter {by}",
    ),
    "shows the same shares as a picture.": ("viser de samme andelene som bilde.", "viser dei same delane som bilete."),
    "n/N, and per cent of those answering with its 95 % interval (Wilson).": (
        "n/N, og prosent av dem som svarte, med 95 %-intervall (Wilson).",
        "n/N, og prosent av dei som svara, med 95 %-intervall (Wilson).",
    ),
    "n/N, and per cent of those answering.": (
        "n/N, og prosent av dem som svarte.",
        "n/N, og prosent av dei som svara.",
    ),
    "{theme} and its sub-codes, by {by}: share of those answering": (
        "{theme} med underkoder, etter {by}: andel av dem som svarte",
        "{theme} med underkodar, etter {by}: del av dei som svara",
    ),
    "N: respondents who answered at least one open question, or spoke in a session, of all in the group.": (
        "N: respondenter som svarte på minst ett åpent spørsmål eller tok ordet i en samtale, av alle i gruppen.",
        "N: respondentar som svara på minst eitt ope spørsmål eller tok ordet i ein samtale, av alle i gruppa.",
    ),
    "Respondents who speak of each theme, by {by}": (
        "Respondenter som snakker om hvert tema, etter {by}",
        "Respondentar som snakkar om kvart tema, etter {by}",
    ),
    "Share of those answering who speak of each theme.": (
        "Andel av dem som svarte, som snakker om hvert tema.",
        "Del av dei som svara, som snakkar om kvart tema.",
    ),
    "Shown are the {n} themes that most respondents speak of.": (
        "Her vises de {n} temaene som flest respondenter snakker om.",
        "Her er dei {n} temaa som flest respondentar snakkar om.",
    ),
    # a theme
    "The themes": ("Temaene", "Temaa"),
    "Nobody of the {N} who answered speaks of this theme.": (
        "Ingen av de {N} som svarte, snakker om dette temaet.",
        "Ingen av dei {N} som svara, snakkar om dette temaet.",
    ),
    "{n} of the {N} who answered speak of this theme.": (
        "{n} av de {N} som svarte, snakker om dette temaet.",
        "{n} av dei {N} som svara, snakkar om dette temaet.",
    ),
    "{n} of the {N} who answered speak of this theme ({percent}).": (
        "{n} av de {N} som svarte, snakker om dette temaet ({percent}).",
        "{n} av dei {N} som svara, snakkar om dette temaet ({percent}).",
    ),
    "{n} of the {N} who answered speak of this theme ({percent}; 95 % interval {interval}).": (
        "{n} av de {N} som svarte, snakker om dette temaet ({percent}; 95 %-intervall {interval}).",
        "{n} av dei {N} som svara, snakkar om dette temaet ({percent}; 95 %-intervall {interval}).",
    ),
    "The share is largest in the group {most}, {most_share}, and smallest in the group {least}, {least_share}.": (
        "Andelen er størst i gruppen {most}, {most_share}, og minst i gruppen {least}, {least_share}.",
        "Delen er størst i gruppa {most}, {most_share}, og minst i gruppa {least}, {least_share}.",
    ),
    "{a} {a_share} against {b} {b_share}: {points} percentage points (95 % interval {low} to {high})": (
        "{a} {a_share} mot {b} {b_share}: {points} prosentpoeng (95 %-intervall {low} til {high})",
        "{a} {a_share} mot {b} {b_share}: {points} prosentpoeng (95 %-intervall {low} til {high})",
    ),
    "; Fisher's exact test {p}, after Holm's correction for {n} themes {p_corrected}.": (
        "; Fishers eksakte test {p}, etter Holms korreksjon for {n} temaer {p_corrected}.",
        "; Fishers eksakte test {p}, etter Holms korreksjon for {n} tema {p_corrected}.",
    ),
    "The share is largest in the group {most}, {most_share}; nobody speaks of it in {silent}.": (
        "Andelen er størst i gruppen {most}, {most_share}; ingen snakker om det i {silent}.",
        "Delen er størst i gruppa {most}, {most_share}; ingen snakkar om det i {silent}.",
    ),
    "has its counts by {by}.": ("har tallene etter {by}.", "har tala etter {by}."),
    "has the counts of its sub-codes.": ("har tallene for underkodene.", "har tala for underkodane."),
    "have the counts of its sub-codes.": ("har tallene for underkodene.", "har tala for underkodane."),
    "{theme}: respondents who speak of it, by {by}": (
        "{theme}: respondenter som snakker om temaet, etter {by}",
        "{theme}: respondentar som snakkar om temaet, etter {by}",
    ),
    "{theme} and its sub-codes, by {by}: share of those answering, with 95 % intervals": (
        "{theme} med underkoder, etter {by}: andel av dem som svarte, med 95 %-intervaller",
        "{theme} med underkodar, etter {by}: del av dei som svara, med 95 %-intervall",
    ),
    "Shown are the {n} sub-codes that most respondents speak of.": (
        "Her vises de {n} underkodene som flest respondenter snakker om.",
        "Her er dei {n} underkodane som flest respondentar snakkar om.",
    ),
    # comparison
    "{a} and {b} compared": ("{a} og {b} sammenlignet", "{a} og {b} samanlikna"),
    "Nobody in these groups speaks of any theme, so there is nothing to compare.": (
        "Ingen i disse gruppene snakker om noe tema, så det er ingenting å sammenligne.",
        "Ingen i desse gruppene snakkar om noko tema, så det er ingenting å samanlikne.",
    ),
    "Themes that nobody in the two groups speaks of are left out ({n}).": (
        "Temaer som ingen i de to gruppene snakker om, er utelatt ({n}).",
        "Tema som ingen i dei to gruppene snakkar om, er utelatne ({n}).",
    ),
    "{a} and {b} side by side": ("{a} og {b} side om side", "{a} og {b} side om side"),
    "Differences are {a} minus {b}, in percentage points. An interval that takes in 0 is compatible with no difference "
    "at all; it is not a proof that there is none.": (
        "Forskjellene er {a} minus {b}, i prosentpoeng. Et intervall som omfatter 0, er forenlig med at det ikke er "
        "noen "
        "forskjell; det beviser ikke at det ikke er noen.",
        "Skilnadene er {a} minus {b}, i prosentpoeng. Eit intervall som omfattar 0, er foreineleg med at det ikkje er "
        "nokon skilnad; det provar ikkje at det ikkje er nokon.",
    ),
    "{n} themes were tested; the last column is corrected for that (Holm).": (
        "{n} temaer ble testet; den siste kolonnen er korrigert for det (Holm).",
        "{n} tema vart testa; den siste kolonnen er korrigert for det (Holm).",
    ),
    "No test was made: several of these respondents sat in one session and influence each other. The intervals "
    "describe, "
    "and are too narrow.": (
        "Ingen test er gjort: Flere av disse respondentene satt i samme samtale og påvirker hverandre. Intervallene "
        "beskriver, og er for smale.",
        "Ingen test er gjord: Fleire av desse respondentane sat i same samtale og påverkar kvarandre. Intervalla "
        "skildrar, og er for smale.",
    ),
    "Difference (95 %)": ("Forskjell (95 %)", "Skilnad (95 %)"),
    "Odds ratio (95 %)": ("Oddsratio (95 %)", "Oddsratio (95 %)"),
    "p, corrected": ("p, korrigert", "p, korrigert"),
    "{difference}\n({low} to {high})": ("{difference}\n({low} til {high})", "{difference}\n({low} til {high})"),
    "Differences with Newcombe's hybrid score interval, in percentage points.": (
        "Forskjeller med Newcombes intervall (hybrid score), i prosentpoeng.",
        "Skilnader med Newcombes intervall (hybrid score), i prosentpoeng.",
    ),
    "p: Fisher's exact test, two-sided. Odds ratio: conditional, with its exact interval. An empty cell is a number "
    "that "
    "does not exist.": (
        "p: Fishers eksakte test, tosidig. Oddsratio: betinget, med eksakt intervall. En tom celle er et tall som ikke "
        "finnes.",
        "p: Fishers eksakte test, tosidig. Oddsratio: vilkårsbunden, med eksakt intervall. Ei tom celle er eit tal som "
        "ikkje finst.",
    ),
    "Differences in percentage points.": ("Forskjeller i prosentpoeng.", "Skilnader i prosentpoeng."),
    # pictures
    # closed questions
    "The themes beside the closed questions": (
        "Temaene ved siden av de lukkede spørsmålene",
        "Temaa ved sida av dei lukka spørsmåla",
    ),
    "sets how many speak of a theme in their own words beside what the same groups answered to a closed question about "
    "it. The two numbers of people differ, for not everybody answered both.": (
        "stiller hvor mange som snakker om et tema med egne ord, ved siden av det de samme gruppene svarte på et "
        "lukket spørsmål om det. De to antallene er ulike, for ikke alle svarte på begge deler.",
        "stiller kor mange som snakkar om eit tema med eigne ord, ved sida av det dei same gruppene svara på eit lukka "
        "spørsmål om det. Dei to tala er ulike, for ikkje alle svara på begge delar.",
    ),
    "Theme, question and group": ("Tema, spørsmål og gruppe", "Tema, spørsmål og gruppe"),
    "Speak of it": ("Snakker om det", "Snakkar om det"),
    "n of asked": ("n av spurte", "n av spurde"),
    "Mean (SD)": ("Snitt (SD)", "Snitt (SD)"),
    "Median": ("Median", "Median"),
    "Mean with the theme (n)": ("Snitt med temaet (n)", "Snitt med temaet (n)"),
    "Mean without it (n)": ("Snitt uten det (n)", "Snitt utan det (n)"),
    "Speak of it: n/N, and per cent of those answering openly.": (
        "Snakker om det: n/N, og prosent av dem som svarte åpent.",
        "Snakkar om det: n/N, og prosent av dei som svara ope.",
    ),
    "Means and standard deviations (SD) of the answers that can be used, n of those who were asked; with and without "
    "the theme: of those of them who answer openly and speak of it, and do not.": (
        "Snitt og standardavvik (SD) av svarene som kan brukes, n av dem som ble spurt; med og uten temaet: av dem som "
        "svarer åpent og snakker om det, og ikke gjør det.",
        "Snitt og standardavvik (SD) av svara som kan brukast, n av dei som vart spurde; med og utan temaet: av dei "
        "som svarar ope og snakkar om det, og ikkje gjer det.",
    ),
    "Means of fewer than {n} answers are left out.": (
        "Snitt av færre enn {n} svar er utelatt.",
        "Snitt av færre enn {n} svar er utelatne.",
    ),
    "Which question goes with which theme was proposed from their names.": (
        "Hvilket spørsmål som hører til hvilket tema, er foreslått ut fra navnene.",
        "Kva spørsmål som høyrer til kva tema, er føreslått ut frå namna.",
    ),
    "Groups in which nobody answered are left out: {groups}.": (
        "Grupper der ingen svarte, er utelatt: {groups}.",
        "Grupper der ingen svara, er utelatne: {groups}.",
    ),
    "Who speaks of a theme, beside the mean of its closed question, by {by}": (
        "Hvem som snakker om et tema, ved siden av snittet på det lukkede spørsmålet, etter {by}",
        "Kven som snakkar om eit tema, ved sida av snittet på det lukka spørsmålet, etter {by}",
    ),
    "Themes and closed questions, by {by}": (
        "Temaer og lukkede spørsmål, etter {by}",
        "Tema og lukka spørsmål, etter {by}",
    ),
    "Closed questions that stand beside a theme because their names are alike: {n}. See that they belong.": (
        "Lukkede spørsmål som står ved siden av et tema fordi navnene er like: {n}. Kontroller at de hører sammen.",
        "Lukka spørsmål som står ved sida av eit tema fordi namna er like: {n}. Kontroller at dei høyrer saman.",
    ),
    "Difference in share between {a} and {b}, with 95 % intervals": (
        "Forskjell i andel mellom {a} og {b}, med 95 %-intervaller",
        "Skilnad i del mellom {a} og {b}, med 95 %-intervall",
    ),
    "A dot is filled where the interval leaves 0 out.": (
        "Et punkt er fylt der intervallet ikke omfatter 0.",
        "Eit punkt er fylt der intervallet ikkje femner om 0.",
    ),
    "Difference of the shares of those answering, in percentage points; lines: 95 % interval (Newcombe).": (
        "Forskjell i andel av dem som svarte, i prosentpoeng; streker: 95 %-intervall (Newcombe).",
        "Skilnad i del av dei som svara, i prosentpoeng; strekar: 95 %-intervall (Newcombe).",
    ),
    "An interval that takes in 0 is compatible with no difference at all.": (
        "Et intervall som omfatter 0, er forenlig med at det ikke er noen forskjell.",
        "Eit intervall som omfattar 0, er foreineleg med at det ikkje er nokon skilnad.",
    ),
    "percentage points": ("prosentpoeng", "prosentpoeng"),
    "no number": ("ikke noe tall", "ikkje noko tal"),
    "The darker a cell, the larger the share of those answering who speak of the theme (n/N).": (
        "Jo mørkere celle, desto større andel av dem som svarte, snakker om temaet (n/N).",
        "Di mørkare celle, di større del av dei som svara, snakkar om temaet (n/N).",
    ),
    "Base: all codings of the group; a passage counts once for each theme it carries. At the right: codings.": (
        "Grunnlag: alle kodinger i gruppen; et tekststed teller én gang for hvert tema det har. Til høyre: kodinger.",
        "Grunnlag: alle kodingar i gruppa; ein tekststad tel éin gong for kvart tema han har. Til høgre: kodingar.",
    ),
    "What is left white: further sub-codes of a theme on the same passage, and themes that are not shown.": (
        "Det som er hvitt: flere underkoder av et tema på samme tekststed, og temaer som ikke er vist.",
        "Det som er kvitt: fleire underkodar av eit tema på same tekststad, og tema som ikkje er viste.",
    ),
    "What the codings of each group are about, by {by}": (
        "Hva kodingene i hver gruppe handler om, etter {by}",
        "Kva kodingane i kvar gruppe handlar om, etter {by}",
    ),
    "Lines: on how many units ({unit}) two themes stand together; the broader, the more. Circles: units with the "
    "theme.": (
        "Linjer: hvor mange enheter ({unit}) to temaer forekommer sammen i; jo bredere, desto flere. Sirkler: enheter "
        "med temaet.",
        "Linjer: kor mange einingar ({unit}) to tema førekjem saman i; di breiare, di fleire. Sirklar: einingar med "
        "temaet.",
    ),
    "Shown are the {n} themes on most units.": (
        "Her vises de {n} temaene på flest enheter.",
        "Her er dei {n} temaa på flest einingar.",
    ),
    "No two themes stand together.": ("Ingen temaer forekommer sammen.", "Ingen tema førekjem saman."),
    "Themes that stand together": ("Temaer som forekommer sammen", "Tema som førekjem saman"),
    "n/N: respondents who speak of it, of those answering; the darker, the larger the share.": (
        "n/N: respondenter som snakker om det, av dem som svarte; jo mørkere, desto større andel.",
        "n/N: respondentar som snakkar om det, av dei som svara; di mørkare, di større del.",
    ),
    "Codes without a level or a direction in the codebook, not shown: {n}.": (
        "Koder uten nivå eller retning i kodeboken, ikke vist: {n}.",
        "Kodar utan nivå eller retning i kodeboka, ikkje viste: {n}.",
    ),
    "Hindering and promoting conditions and what comes of them, by level": (
        "Det som hemmer og fremmer, og det som kommer av det, etter nivå",
        "Det som hemmar og fremjar, og det som kjem av det, etter nivå",
    ),
    "Where the themes have their place": ("Hvor temaene hører hjemme", "Kvar temaa høyrer heime"),
    "puts each theme at the level, and in the direction, that the codebook gives it.": (
        "setter hvert tema på nivået, og i retningen, som kodeboken gir det.",
        "set kvart tema på nivået, og i retninga, som kodeboka gjev det.",
    ),
    "Themes by level and direction, with how many of those answering speak of each.": (
        "Temaer etter nivå og retning, med hvor mange av dem som svarte, som snakker om hvert.",
        "Tema etter nivå og retning, med kor mange av dei som svara, som snakkar om kvart.",
    ),
    "System": ("System", "System"),
    "Organisation": ("Organisasjon", "Organisasjon"),
    "Team": ("Team", "Team"),
    "Individual": ("Individ", "Individ"),
    "Hindering": ("Hemmer", "Hemmar"),
    "Promoting": ("Fremmer", "Fremjar"),
    "What comes of it": ("Det som kommer av det", "Det som kjem av det"),
    "Neutral": ("Nøytralt", "Nøytralt"),
}
