"""Where a compound may be divided: what can stand before a word, and what after it."""

from __future__ import annotations

import re
from functools import lru_cache

from qualcode.autocoding.inflection import VOWELS


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# They make another word of the one they stand before (behandling is no handling, avtale no tale).
_PREFIXES = _listed(
    """
    a ab ad an ana anti av be bi de des di dia dis e ek eks en er for fore fram frem ge gjen ig il im in ini inn ko kol
    kom kon kor mis mot o om opp para per po pre pro på re sam sub super syn sym til trans tri u ul un unn ut van ved
    y å
    """
)
# Before a word, and after another part, they belong to the word (pris-avtale, felles-behandling).
_PARTICLES = _listed("av be for opp til ut inn")
# They make another word of the one they stand after (vennlig, usikkerhet, personell, hjelper ...), each also inflected.
_SUFFIXES = re.compile(
    r"(?:s|e)?(?:"
    r"(?:l?ig|leg|lege?n|ig)(?:e|ere|est|este|are|ast|aste|t|vis|het\w*|heit\w*|gjør\w*|gjer\w*)?"
    r"|(?:het|heit)(?:s|en|a|er|ar|ene|ane|ens)?"
    r"|(?:else|elsa|elsen|elser|elsar|elsene|elsane)s?"
    r"|(?:n?ing|ling)(?:s|a|en|er|ar|ene|ane|ens|enes)?"
    r"|(?:at|ist)?(?:isk|ikk)(?:e|en|er|t|ar|s)?"
    r"|(?:u|i)?(?:ell|al|ær|iv|øs)(?:e|en|et|t|er|ar|ere)?"
    r"|(?:is|if|at|ifis|tis)?er(?:e|er|t|te|ar|a|ing|inga|ingen|ingar|inger|es|ast)"
    r"|(?:it|ibilit|abilit)et(?:en|er|s)?"
    r"|(?:a|i|ni|ta|isa|ika|fika|iza)?sjon(?:s|en|er|ar|ene|ane|ell|elt|elle)?"
    r"|(?:is(?:t|m))(?:s|e|en|er|ar|ene|ane|isk|iske)?"
    r"|(?:dom|skap)(?:s|et|en|er|men|mer|ar|a|ene|ane|elig|elige)?"
    r"|(?:inne|bar|som|aktig)(?:e|n|r|t|s|het|heit|est|ne|a)?"
    r"|(?:ant|ent|ur|us|um|ett|elt|atør|tor|or|ator|atur)(?:e|en|er|ar|ene|et)?"
    r"|(?:ness|ly|ment|ments|ful|less|able|ible|ion|ions|ship|ity|al|ally|ance|ence|ency|or|ors|ous|ive|ist|ists)"
    r")"
)
_NO_LAST_PART = re.compile(r"(?:ende|ande|skap(?:et|er|ar|a|ene|s)?)s?")  # samarbeidende, kunnskap
_ENDINGS = _listed("en et a er ene ar ane s ens ets ers enes e t ere est este ast are te de d ne n r de dde")
# Short words that are often the first or the last part of a compound.
_SHORT_FIRST = _listed("by is ny øy tv it hf tå")
_SHORT_LAST = _listed(
    """
    arv bil bod bok bot bru bud båt dag del dør eid fag far fri fru gut hav hus jus kar kart kor lag lek lov løp løs
    lys mat mor mål nød ord råd rik rom sak sal sko sky sol spa syk sjuk syn tak tap tid tog tur tvang uka uke vei veg
    ven vev vis yte år økt øye åpen
    """
)
_ONSETS = _listed(
    """
    b bl br bj c ch chr d dj dr dv f fj fl fr fn g gj gl gn gr h hj hv j k kj kl kn kr kv l lj m mj n nj p pj pl pr ps
    q r rh s sc sch sh sj sk skj skl skr skv sl sm sn sp spj spl spr st stj str sv t th tj tr ts tv v vr w wh wr x z
    """
)
_CODA_END = re.compile(r"(?:[bdfgkptv][lr]|[bdfkp]n|[bdfgklmnprstv]j|[^aeiouyæøå]v[^s]?|kv|[^aeiouyæøåls]h)$")
_STARTS_WITH = re.compile(rf"[^{VOWELS}]*")
_HAS_VOWEL = re.compile(rf"[{VOWELS}]")

# Words that are not put together, although they look it: no division inside them.
_UNDIVIDED = _listed(
    """
    administra akademi aksept aktiv aktuell aldri alltid alternativ ambulan analyse anerkjenn annonse ansatt antall
    apparat argument arrange artikkel assist atmosfære attestat automat autoritet avdeling balanse barriere
    beslutning brutal budsjett byråkrat definere demokrati departement desember dessverre detalj diagnos dialog
    diett digital direktør disiplin diskriminer diskusjon dokument effekt egentlig eksamen eksempel ekspert ekstra
    element embete emosjon endelig energi engasj enkel enorm etat etikk etnisk evalu eventuell fabrikk faktor
    faktum familie fantasi fasilitet fatal favoritt ferdig figur finans fleksib flertall forandre forelskelse
    formell formular forskjell forskning fundament funksjon garanti general generasjon historie hospital humor
    hverandre hvilken ideal identi ideologi illustr imponer imøtegå imøtekom individ industri informa initiativ
    institu instruk integr interess internasj interview intervju intim invester isoler kabarett kalender kandidat
    kanskje kapasitet kapital kapittel karakter karriere katalog kategori klient kliniker klinikk klinisk klovn
    kolleg kombina komite kommentar kommune kommunikasjon kompetanse kompleks komplis kompost kompromiss konferanse
    konflikt konkret konkurranse konsekven konsentra konsert konsulent kontekst kontinu kontor kontrakt kontroll
    koordin korrekt korrespond kostnad kreativ kriteri kritikk kultur kunstig kvalifi kvalitet kvantit laborat
    lansere latter legende legitim lisens litteratur lokal manual maritim marked maskin material medisin melding
    menneske mental metall metode militær miljø minister minoritet minutt model modell moral morsom mulig muligens
    musikk naiv nasjon natur negativ nervøs normal november objekt observ offentlig offiser oktober opera operasjon
    oppgave opplev optim ordentlig ordinær organisasjon organiser original pandemi panel parade paragraf parallell
    parkering parlament parter partner pasient passiv pension pensjon perfekt periode permanent perspektiv planet
    plante plastikk platform plattform poeng politi politikk populær porsjon portal posisjon positiv potensial
    praktisk prestasjon primær prinsipp prioriter privat privileg problem profes profil program promo propaganda
    prosedyre prosent prosess prosjekt protest protokoll provins psykiatri psykisk psykolog publikum rapport rasjon
    reaksjon realist redaksjon reduk referan reform region register regjering regul rehabiliter reklame rekrutter
    relasjon relevan religion repar repertoar representant reservere respekt ressurs restaurant resultat retorikk
    rettferdig rettighet revolusjon risiko rolig romantisk rutine samfunn sammen samtidig sannsynlig satellitt
    seksual seksuell sekulær selskap selvfølgelig selvsagt seminar sensur senter sentral separat september seriøs
    sertifi sigarett signal sikker sitat situasjon sjelden skandale skjema solidar sosial spekter spesial stabil
    stadig standard stasjon statistikk status stimul strategi struktur student studie symbol symptom system tabell
    taktikk talent tallerken teater teknikk teknologi tekst telefon televisjon temperatur tempo tendens teori
    terapi terminal tidlig tilfeldig tilfelle tilstand toleran total tradisjon trafikk transport trening trivsel
    trygd turist ulykke umulig undersøk uniform universitet urban utdanning utfordring utvikling vaksine vanlig
    variasjon vennlig verdi verdig versjon vesentlig videre vindu virkelig virksomhet virtuell visjon visuell vital
    vitamin viten volum ytterlig økonomi øyeblikk
    """
)
_SHORTEST_UNDIVIDED = min(map(len, _UNDIVIDED))
_LONGEST_UNDIVIDED = max(map(len, _UNDIVIDED))


def may_stand_before(first: str) -> bool:
    """Whether letters before a keyword can be the first part of a compound.

    Args:
        first: the letters, small, without a hyphen at their end.
    """
    if len(first) < 2 or not _HAS_VOWEL.search(first):
        return False
    if len(first) == 2:
        return first in _SHORT_FIRST
    if first in _PREFIXES or _CODA_END.search(first):
        return False
    for size in (2, 3):
        rest, prefix = first[:-size], first[-size:]
        if prefix in _PARTICLES and may_stand_before(rest):
            return False
    return True


def may_stand_after(last: str) -> bool:
    """Whether letters after a keyword can be the rest of a compound ("problematikk", "smøte", "ehage")."""
    if _SUFFIXES.fullmatch(last):
        return False
    return any(_is_last_part(part) for part in (last, last[1:] if last[0] in "se" else ""))


def may_be_last(word: str) -> bool:
    """Whether a word at the end of another can be its last part, and not an ending that looks the same."""
    return not _NO_LAST_PART.fullmatch(word)


def _is_last_part(part: str) -> bool:
    if len(part) < 3 or part in _ENDINGS or not _HAS_VOWEL.search(part) or _SUFFIXES.fullmatch(part):
        return False
    if len(part) == 3:
        return part in _SHORT_LAST
    onset = _STARTS_WITH.match(part)
    return onset is not None and (onset[0] in _ONSETS or not onset[0])


@lru_cache(maxsize=50_000)
def undivided(word: str) -> tuple[tuple[int, int], ...]:
    """Where in a word no compound may be divided: positions strictly between each start and end."""
    return tuple(
        (start, start + size)
        for size in range(_SHORTEST_UNDIVIDED, min(len(word), _LONGEST_UNDIVIDED) + 1)
        for start in range(len(word) - size + 1)
        if word[start : start + size] in _UNDIVIDED
    )
