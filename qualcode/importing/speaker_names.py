"""What could be a speaker's label: words and shapes of names, in Bokmål, Nynorsk and English."""

from __future__ import annotations

import re
from functools import lru_cache

from qualcode.i18n import collapsed, folded

MOST_WORDS = 5
MOST_CHARACTERS = 40

_NAME_LIKE = re.compile(r"[^\W_][\w .,'’\-/&+#]*\.?")
_SHORTENED = re.compile(r"(?:[^\W\d_]{1,4}\.)+|[^\W\d_]\.?")
_SHORTENED_ROLE = re.compile(r"[^\W\d_][^\W\d_\-/&]{0,11}(?:[\-/&][^\W\d_]{1,11})?\.(?:[^\W\d_]{1,15}\.?)?")

# A name holds none of these words; a sentence up to its colon nearly always does.
_SENTENCE_WORDS = frozenset(
    "er var blir ble vart blei det dette den disse vi jeg eg du han hun ho de dei dere dykk oss meg at som ikke "
    "ikkje har hadde skal skulle kan kunne må vil ville sa sier seier tenker tenkjer spør spurte sånn slik slikt "
    "hva kva hvordan korleis hvorfor kvifor når is are was were it this that these we she they you not has have "
    "had said says think do does did will would can could should what how why kl from everyone".split()
)
_FIRST_WORDS_OF_SENTENCES = frozenset(
    "men og så altså for fordi hvis viss da då ja nei jo eller også òg and but so because if when yes no well "
    "or then also like ok okay mm mhm hm hmm eh øh æh".split()
)
# Words that stand before a colon at the head of a document or amid its talk, and name nobody.
_NO_SPEAKERS = frozenset(
    "dato date tid time sted stad place varighet varigheit duration tema emne topic subject tittel title "
    "deltakere deltakarar deltagere participants prosjekt project fil file opptak recording transkribert "
    "transkripsjon transcribed transcript lengde lengd length språk language notat notater note notes merk nb "
    "obs ps eksempel døme example konklusjon conclusion poenget problemet spørsmålet svaret målet the point "
    "oppsummert oppsummering summary kilde kjelde source http https www ftp mailto forkortelser forkortingar "
    "tegnforklaring legend møte meeting oppfølging hovedpoeng stikkord versjon version side page bakgrunn "
    "background formål purpose metode method resultat resultater results tiltak hensikt innledning avslutning "
    "introduksjon introduction kl kapittel vedlegg spørsmålsstilling stede mål tilstede "
    "tilstades present attendees sitat quote tlf telefon mobil epost adresse husk tips problemstilling "
    "fra til cc kopi sendt from to sent styrker styrkar svakheter svakheiter muligheter moglegheiter trusler truslar "
    "strengths weaknesses opportunities threats fordeler fordelar ulemper pros cons utfordringer utfordringar "
    "challenges anbefaling anbefalinger recommendations funn findings ansvar frist deadline vedtak beslutning decision "
    "referent saksliste agenda forfall status mandag tirsdag onsdag torsdag fredag lørdag laurdag søndag sundag "
    "monday tuesday wednesday thursday friday saturday sunday".split()
)
_NUMBERED_HEADINGS = frozenset(
    "spørsmål spørsm spm question sak punkt pkt del kapittel kap chapter tabell table figur figure runde round oppgave "
    "tema topic avsnitt section".split()
)
# Words that name who speaks also where they are written without a capital.
ROLES = frozenset(
    "moderator moderatoren intervjuer intervjueren intervjuar interviewer interviewee informant informanten respondent "
    "respondenten deltaker deltakeren deltakar participant speaker taler talar forsker forskar researcher fasilitator "
    "facilitator ordstyrer ordstyrar int flere fleire alle".split()
)
_BETWEEN_NAMES = frozenset(("nr.", "nr", "og", "and", "&", "+", "med", "fra", "von", "van", "de", "da", "av"))
REMARKS = frozenset(
    "latter ler lattar pause stille stillhet hoster sukker uhørbart uhøyrbart utydelig utydeleg uklart musikk "
    "applaus kremter avbryter avbryt sic laughter laughs laughing inaudible crosstalk silence applause music "
    "coughs sighs unclear overlapping blank_audio noise støy gråter nikker pust".split()
)

collapsed_label = lru_cache(maxsize=10_000)(collapsed)  # a document names few speakers, but often
label_key = lru_cache(maxsize=10_000)(folded)


@lru_cache(maxsize=10_000)
def could_be_name(text: str) -> bool:
    """Whether a text is short and shaped like a label for a speaker; says nothing about whether it is one."""
    words = text.split()
    if not words or len(words) > MOST_WORDS or len(text) > MOST_CHARACTERS:
        return False
    bare = re.sub(r"\s*\([^()]*\)$", "", text)
    if not _NAME_LIKE.fullmatch(bare):
        return False
    lowered = [word.strip(".,").casefold() for word in bare.split()]
    if any("." in word and not _SHORTENED.fullmatch(word) for word in bare.split()):
        return False
    if len(lowered) > 1 and (lowered[0] in _FIRST_WORDS_OF_SENTENCES or _SENTENCE_WORDS.intersection(lowered)):
        return False
    if lowered[0] in _NO_SPEAKERS or (len(lowered) == 1 and lowered[0] in _SENTENCE_WORDS | _FIRST_WORDS_OF_SENTENCES):
        return False
    return not (lowered[0] in _NUMBERED_HEADINGS and lowered[-1].isdigit())


@lru_cache(maxsize=10_000)
def could_be_shortened(text: str) -> bool:
    """Whether a text could be a name with a role that is cut short: "Metodeveil. 1", "Jobbspes. Anne", "Avd.leder".

    A short sentence with the beginning of the next looks the same ("Enig. Anne"), so that such a label needs more to
    show for itself than one of which `could_be_name` says that it could be one.
    """
    bare = without_group(text)
    words = bare.split()
    if not 1 <= len(words) <= 3 or "." not in words[0] or not _NAME_LIKE.fullmatch(bare):
        return False
    if not all(_SHORTENED_ROLE.fullmatch(word) if "." in word else is_proper(word) for word in words):
        return False
    return could_be_name(bare.replace(".", " "))


def could_be_label(text: str) -> bool:
    """Whether a text could be a speaker's label, be it with a role that is cut short."""
    return could_be_name(text) or could_be_shortened(text)


def words_of(label: str) -> list[str]:
    return label_key(label).split() or [""]


def starts_like_name(label: str) -> bool:
    return label[:1].isupper() or any(character.isdigit() for character in label) or label_key(label) in ROLES


def is_proper(label: str) -> bool:
    """Whether each word begins with a capital, holds a digit or is a role, as in a person's name or "deltaker 3"."""
    words = [word for word in without_group(label).split() if word not in _BETWEEN_NAMES]
    return all(
        word[:1].isupper() or any(letter.isdigit() for letter in word) or word.rstrip(".") in ROLES for word in words
    )


def without_group(label: str) -> str:
    """A label without the brackets at its end."""
    return re.sub(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])$", "", label)


def is_list_of_names(text: str) -> bool:
    """Whether a text is nothing but names, of two words or more: who was there, not what somebody says."""
    parts = [part.strip() for part in re.split(r",|;|&|\bog\b|\band\b", text) if part.strip()]
    return len(text.split()) > 1 and bool(parts) and all(could_be_name(part) and is_proper(part) for part in parts)


def is_title(text: str) -> bool:
    """Whether a line is short and no sentence, as titles and dates above a transcript are."""
    return len(text.strip()) <= 60 and not text.rstrip().endswith((".", "?", "!", ":", ","))


def stem_of(key: str) -> str:
    """A label without its number or letter: "deltaker 3" -> "deltaker"."""
    return re.sub(r"(?<=[\w.])[\s_\-]*(?:\d+|\b[a-zæøå])$", "", key)
