"""Words whose forms no ending makes: strong verbs, vowel change, comparison; Bokmål, Nynorsk and English.

A line names the words to look up (Bokmål and Nynorsk spellings beside one another), a colon, and the forms that the
endings of `inflection.py` do not give. A line serves what ends in its words as well ("tilby" like "by").
"""

from __future__ import annotations

from functools import cache

_VERBS = """
be bede: ber ba bad bedt bede
binde: bandt batt bundet bunde bundne
bite: beit bet bitt bite bitne
bli bliva verte: blir ble blei blitt vart vert vorte blitte
by byde: byr bød baud bydde budt bydd bode budte
bære bere: bærer ber bar båret båren bore boren bårne borne
dra drage: drar dro drog dratt dradd drege dregen dratte
drikke: drikk drakk drukket drukke drukken drukne
drive: driv drev dreiv drevet drive driven drevne
dø døy: dør døydde døde dødd døydd
ete: et åt ete etet
falle: fell falt fall falne fallet
fare: fer for faret fari
finne: finn fant fann funnet funne funne funnen funnes
flyge fly: flyr flyg fløy flaug flydd fløyet floge
flyte: flyt fløt flaut flytt flote
forsvinne: forsvant forsvann forsvunnet forsvunne forsvunnen
fryse: frys frøs fraus frosset frose frossen frosne
fyke: føk fauk føket foke
få: får fikk fekk fått fåes fås
gi gje gjeve: gir gjev ga gav gitt gjeve gjevet gitte
gjelde: gjeld gjaldt galdt gjeldt
gjøre gjere: gjør gjer gjorde gjort gjorte
glippe: glapp
gli: glir gled glei glidd
gni: gnir gned gnei
gråte: græt gret gråt grått gråte
gripe: grip grep greip grepet gripe grepne gripen
grave: grev grov gravd grave
gå: går gikk gjekk gått gåes gås
henge: heng hang hengt
hete heite: heter heiter heitte het hett heitt
hjelpe: hjelp hjalp hjulpet hjelpt hjelpte hjulpne
hogge: hogg hogde
holde halde: hold held holdt heldt halde holdte
ha: har hadde hatt has
klype: kløp klaup kløpet
knekke: knakk knekt
komme kome: kommer kjem kom kommet kome kommen komen komne
krype: kryp krøp kraup krøpet krope
kunne: kan kunnet kunna
kvede: kvad
la late: lar lèt lot let latt late
le læ: ler lo ledd
legge leggje: legg la lagt lagde lagte
lese: les lest leste
lide: lid led leid lidd lidt
ligge liggje: ligg lå låg ligget legget lege
lyde: lyd lød lydde lydt
lyge lyve: lyg løy laug løyet loge
lyse: lyste
løpe: laup
måtte: må måttet måtta
nyte: nyt nøt naut nytt note
nyse: nøs
pipe: peip
rekke rekkje: rakk rukket rekt
renne: renn rant rann rent
ri ride: rir red rei rid ridd
rive: riv rev reiv revet rive revne riven
ryke: røk rauk røket roke
ryve: røv
se sjå: ser så såg sett sedd sett
selge selje: selg sel solgte solgt selde selt solgte
sette setje: set satte satt sette sett
si seie: sier seier sa sagt sagte
sige: seig seget sige
sitte sitje: sit satt sat sittet sete
skjelve: skjelv skalv skjelvet
skjære skjere: skjær skjer skar skåret skore skårne
skli: sklei sklidd
skrike: skrik skrek skreik skreket skrike
skrive: skriv skrev skreiv skrevet skrive skriven skrivne skrevne
skulle: skal skullet skulla
skvette: skvatt
skyte: skyt skjøt skaut skutt skote
skyve: skyv skjøv skauv skjøvet skuvet skove
slippe sleppe: slipp slepp slapp sloppet sleppt sloppe sloppen sluppet slopne
slite: slit slet sleit slitt slite slitne
slå: slår slo slått slåes slås slåtte
slåss: sloss
smelle: small
smøre smørje: smurte smurt smør smurde
sove: søv sov sovet sove
spinne: spant spann spunnet spunne
springe: spring sprang sprunget sprunge
spørre spørje: spør spurte spurt spurde
sprekke: sprakk sprukket sprukke sprukken
stige: stig steg steig steget stige
stikke: stikk stakk stukket stukke
stinke: stank
stjele stele: stjel stel stjal stal stjålet stole stjålne
stå: står stod sto stått ståande ståes
stri: strir strei stridd
stryke: stryk strøk strauk strøket stroke strøkne
svelte: svalt
sverge: svor
svi: svir svei svidd
svike: svik svek sveik sveket svike sviket
svinge: svang
synge syngje: syng sang song sunget sunge
synke søkke: sank sokk sunket sokke sunkne
ta take: tar tek tok tatt teke teken tas tatte
telle telje: tel talte talt talde
tigge: tagg
treffe: treff traff truffet trefft råka
trekke trekkje: trekk trakk trukket trekt trukne
tvinge: tving tvang tvunget tvinga tvunge tvungne tvungen
tørre tore: tør tør torde tort
velge velje: velg vel valgte valgt valde valt
vike: vik vek veik veket vike
vinne: vinn vant vann vunnet vunne vunnen vunne
ville: vil villet vilja
vite vete: vet veit visste visst
vri: vrir vred vrei vridd
være vere: er var vært vore
vokse vekse: veks vokste vaks vokst vakse
velte: valt
gale: gol
grine: grein
gidde: gadd giddet
late: lèt
ljuge: ljug
brenne: brant brann brent
briste: brast
brekke: brakk brukket
bryte: bryt brøt braut brutt brote brutte
burde: bør burdet
briste: brast
drepe: drap
fortelle: fortalte fortalt fortalde
gyte: gjøt
henge: hang
hugge: hogg
strekke: strakk strukket
spre spreie: sprer spredte spredt spreidde spreidd
skje: skjer skjedde skjedd
le: lo
kle: kler kledde kledd
bry: bryr brydde brydd
sy: syr sydde sydd
bestå forstå: bestod forstod
møte: møtte møtt møttes
støte støyte: støtte støtt støytte
skifte: skiftet
knyte: knytte knytt
lette: lettet
bety: betyr betydde betydd
følge følgje: følg fulgte fulgt følgde følgt fulgtes følges
bringe: bring brakte bragte brakt bragt
"""

_NOUNS_AND_ADJECTIVES = """
bok: bøker bøkene bøkers bøkenes
bot: bøter bøtene
fot: føtter føttene føter føtene
not: nøter nøtene
rot: røtter røttene røter røtene
hånd hand: hender hendene henders
hand: hånden
and: ender endene
strand: strender strendene
rand: render rendene
tann: tenner tennene
tang: tenger tengene
stang: stenger stengene
spenn: spenna
kraft: krefter kreftene
natt: netter nettene
mann: menn mennene menns mennenes mennar
nordmann: nordmenn
far: fedre fedrene fedres
mor: mødre mødrene mødre mødrer
bror: brødre brødrene brør brørne
søster: søstre søstrene
datter dotter: døtre døtrene døtrer
gås: gjess gjessene
lus: lusene
mus: musene
klo: klør klørne klørene
ku: kyr kyrne kyrene
tå: tær tærne tærene
glo: glør glørne
skinn: skinna
sko: skor skorne skoene
tre: trær trærne trea treet treets
kne: knær knærne knea kneet
strå: stråa
øye auge: øyne øynene øya augo auga øyner
øre øyra: ørene øyro
år: års åra
barn: born borna
venn ven: vener venene vennene
kollega: kolleger kollegene kollegaer
kontrakt: kontrakta
ting: tingene
mangel: mangler manglene manglar manglane
god: bedre betre best beste
dårlig dårleg ille vond: verre verst verste
vond: vondt
liten: lita lite små mindre minst minste smått
stor: større størst største
lang: lengre lengst lengste lenger lengre
ung: yngre yngst yngste
gammel gamal: gamle eldre eldst eldste gamalt
tung: tyngre tyngst tyngste
få: færre færrest færreste
mange: flere flest fleire fleste flerste
mye mykje: mer meir mest meste
nær: nærmere nærmest nærmeste nærare nærast næraste
langt: lenger lengst
høy høg: høyt høgt høyest høgast høyere høgare
lav låg: lavt lågt
ny: nytt nye nyere nyest nyare nyast
fri: fritt frie friere
blå: blått
grå: grått
redd: redde
egen eigen: eget egne eiga eige eigne eigent
annen annan: annet anna andre andres
ingen: intet inga inkje ingenting
fersk: ferske
sann: sant
full: fullt fulle
trygg: trygt
"""

_ENGLISH = """
be: am is are was were been being
bear: bore borne
become: became
begin: began begun beginning
break: broke broken
bring: brought
build: built
buy: bought
catch: caught
child: children children's
choose: chose chosen choosing
come: came
do: does did done
draw: drew drawn
drive: drove driven
fall: fell fallen
feel: felt
fight: fought
find: found
foot: feet
forget: forgot forgotten
get: got gotten getting
give: gave given
go: goes went gone
grow: grew grown
have: has had having
hear: heard
hide: hid hidden
hold: held
keep: kept
know: knew known
lead: led
leave: left
lend: lent
life: lives
lose: lost
man: men men's
make: made
mean: meant
meet: met
pay: paid
person: people
quit: quitting
run: ran running
say: said
see: saw seen
seek: sought
sell: sold
send: sent
set: setting
show: shown
shut: shutting
speak: spoke spoken
spend: spent
stand: stood
steal: stole stolen
take: took taken
teach: taught
tell: told
think: thought
throw: threw thrown
tooth: teeth
understand: understood
wear: wore worn
wife: wives
win: won
withdraw: withdrew
write: wrote written
good: better best
bad: worse worst
"""


@cache
def _table(lines: str) -> dict[str, frozenset[str]]:
    forms: dict[str, set[str]] = {}
    for line in lines.splitlines():
        words, colon, others = line.partition(":")
        for word in words.split() if colon else ():
            forms.setdefault(word, set()).update(others.split())
    return {word: frozenset(others) for word, others in forms.items()}


_ALL = _VERBS + _NOUNS_AND_ADJECTIVES + _ENGLISH


def irregular_forms(word: str) -> frozenset[str]:
    """Forms of a word, in small letters, that its endings do not tell; empty for a regular word."""
    table = _table(_ALL)
    for cut in range(len(word)):
        if word[cut:] in table and (cut == 0 or cut > 1 or len(word) - cut > 3):
            return frozenset(word[:cut] + form for form in table[word[cut:]])
    return frozenset()


# Ends of many weak verbs (observere, reservere, kubere).
_ONLY_BY_THEMSELVES = frozenset(("bere", "vere"))


def is_strong_verb(word: str) -> bool:
    """Whether a word is a verb that has its past from the table alone."""
    verbs = _table(_VERBS)
    return word in verbs or any(
        word[cut:] in verbs and word[cut:] not in _ONLY_BY_THEMSELVES for cut in range(2, len(word) - 3)
    )
