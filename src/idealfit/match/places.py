"""Where a company is, made comparable: countries by any of their names, cities by one of them."""

from __future__ import annotations

import re
from functools import lru_cache

from idealfit.match.company_names import plain_words

_COUNTRIES = """
us usa united states|united states of america|u s a|u s|america|vereinigte staaten|etats unis|estados unidos
gb gbr united kingdom|uk|u k|great britain|england|scotland|wales|northern ireland|royaume uni|grossbritannien
de deu germany|deutschland|allemagne|alemania|federal republic of germany
at aut austria|osterreich|autriche
ch che switzerland|schweiz|suisse|svizzera|suiza
fr fra france|frankreich|francia
es esp spain|espana|spanien|espagne
pt prt portugal
it ita italy|italia|italien|italie
nl nld netherlands|nederland|holland|niederlande|pays bas|the netherlands
be bel belgium|belgie|belgique|belgien
lu lux luxembourg|luxemburg
ie irl ireland|republic of ireland|eire|irland
dk dnk denmark|danmark|danemark
se swe sweden|sverige|schweden|suede
no nor norway|norge|norwegen|norvege
fi fin finland|suomi|finnland
is isl iceland|island
pl pol poland|polska|polen|pologne
cz cze czech republic|czechia|cesko|ceska republika|tschechien
sk svk slovakia|slovensko|slovak republic
hu hun hungary|magyarorszag|ungarn
ro rou romania|rumanien
bg bgr bulgaria
gr grc greece|hellas|ellada|griechenland
hr hrv croatia|hrvatska|kroatien
si svn slovenia|slovenija
rs srb serbia|srbija
ba bih bosnia and herzegovina|bosnia
mk mkd north macedonia|macedonia
al alb albania
ee est estonia|eesti
lv lva latvia|latvija
lt ltu lithuania|lietuva
ua ukr ukraine|ukraina
by blr belarus
md mda moldova
ru rus russia|russian federation|rossiya
tr tur turkey|turkiye|turkei
cy cyp cyprus
mt mlt malta
il isr israel
ae are united arab emirates|uae|u a e
sa sau saudi arabia
qa qat qatar
kw kwt kuwait
bh bhr bahrain
om omn oman
jo jor jordan
lb lbn lebanon
eg egy egypt
ma mar morocco|maroc
tn tun tunisia|tunisie
dz dza algeria|algerie
ng nga nigeria
gh gha ghana
ke ken kenya
et eth ethiopia
ug uga uganda
tz tza tanzania
rw rwa rwanda
sn sen senegal
ci civ ivory coast|cote divoire
cm cmr cameroon
zm zmb zambia
zw zwe zimbabwe
za zaf south africa|sudafrika
ca can canada|kanada
mx mex mexico|mexiko|mexique
br bra brazil|brasil|brasilien|bresil
ar arg argentina
cl chl chile
co col colombia
pe per peru
uy ury uruguay
py pry paraguay
bo bol bolivia
ec ecu ecuador
ve ven venezuela
pa pan panama
cr cri costa rica
gt gtm guatemala
do dom dominican republic
pr pri puerto rico
jm jam jamaica
cn chn china|peoples republic of china|prc|zhongguo|中国|中國
hk hkg hong kong|香港
tw twn taiwan|台灣|台湾
jp jpn japan|nippon|日本
kr kor south korea|korea|republic of korea|대한민국
in ind india|bharat
pk pak pakistan
bd bgd bangladesh
lk lka sri lanka
np npl nepal
sg sgp singapore|singapur
my mys malaysia
id idn indonesia
th tha thailand
vn vnm vietnam|viet nam
ph phl philippines
mm mmr myanmar
kh khm cambodia
kz kaz kazakhstan
uz uzb uzbekistan
ge geo georgia
am arm armenia
az aze azerbaijan
au aus australia|australien
nz nzl new zealand
"""

COUNTRY_OF = {
    " ".join(plain_words(name)): line.split()[0]
    for line in _COUNTRIES.strip().splitlines()
    for name in (*line.split()[:2], *line.split(maxsplit=2)[2].split("|"))
}
"""ISO 3166 code by code or name, in plain words."""

OF_BRITAIN = frozenset(("england", "scotland", "wales", "northern ireland"))
"""Countries in a country: of a company in "London, UK" nobody says in which it is."""

_EU = "at be bg cz de dk ee es fi fr gr hr hu ie it lt lu lv mt nl pl pt ro se si sk"
_EUROPE = f"{_EU} al ba by ch gb is md mk no rs ua"
_SOUTH = "ar bo br cl co ec gy pe py uy ve"
_MIDDLE = "bz cr gt hn mx ni pa sv"
_OTHER_LATIN = "cu do pr"
_AFRICA = "ao bj bw cd ci cm dz eg et gh ke ma mu mz na ng rw sn tn tz ug za zm zw"
_ASIA = "ae bd bh cn hk id il in iq ir jo jp kh kr kw kz la lb lk mm mn mo my np om ph pk qa sa sg th tw uz vn ye"
COUNTRIES_OF = {
    name: (frozenset(inside.split()), frozenset(perhaps.split()))
    for names, inside, perhaps in (
        ("europe", _EUROPE, "cy ru tr ge am az"),
        ("european union|eu", f"{_EU} cy", ""),
        ("latin america|latam", f"{_SOUTH} {_MIDDLE} {_OTHER_LATIN}", "gy jm tt bz"),
        ("south america", _SOUTH, ""),
        ("central america", _MIDDLE, "mx"),
        ("africa", _AFRICA, ""),
        ("southeast asia", "bn id kh la mm my ph sg th vn", ""),
        ("south asia", "bd bt in lk mv np pk", "af"),
        ("east asia", "cn hk jp kr mn mo tw", ""),
        ("asia", _ASIA, "cy ru tr ge am az"),
    )
    for name in names.split("|")
}
"""The countries in a part of the world, and those of which it depends on who speaks."""

_CITIES = """
munich: munchen|muenchen|monaco di baviera
cologne: koln|koeln
nuremberg: nurnberg|nuernberg
hanover: hannover
dusseldorf: duesseldorf
frankfurt: frankfurt am main|frankfurt main
vienna: wien
zurich: zuerich
geneva: geneve|genf|ginevra
basel: bale|basle
bern: berne
brussels: bruxelles|brussel
antwerp: antwerpen|anvers
ghent: gent|gand
the hague: den haag|hague|s gravenhage
lisbon: lisboa
seville: sevilla
rome: roma
milan: milano|mailand
turin: torino
florence: firenze
venice: venezia
naples: napoli
genoa: genova
prague: praha|prag
warsaw: warszawa|warschau
krakow: cracow
wroclaw: breslau
gdansk: danzig
bucharest: bucuresti
belgrade: beograd
athens: athina
copenhagen: kobenhavn|koebenhavn|kopenhagen
gothenburg: goteborg|goeteborg
malmo: malmoe
helsinki: helsingfors
moscow: moskva|moskau
saint petersburg: st petersburg|sankt peterburg
kyiv: kiev|kyyiv
new york: nyc|new york city|manhattan
los angeles: la
san francisco: sf
washington: washington dc|washington d c
saint louis: st louis
saint paul: st paul
mexico city: ciudad de mexico|cdmx
bengaluru: bangalore
mumbai: bombay
chennai: madras
kolkata: calcutta
delhi: new delhi
gurugram: gurgaon
beijing: peking
guangzhou: canton
ho chi minh city: saigon
tel aviv: tel aviv yafo
"""
CITY_OF = {
    " ".join(plain_words(other)): line.partition(": ")[0]
    for line in _CITIES.strip().splitlines()
    for other in line.partition(": ")[2].split("|")
}
"""One name per city, by its other names, in plain words."""

STATES = frozenset(
    "al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or pa "
    "ri sc sd tn tx ut vt va wa wv wi wy dc".split()
)
NOWHERE = frozenset(
    "remote|fully remote|partly remote|online|worldwide|global|anywhere|various|multiple|unspecified".split("|")
)


@lru_cache(maxsize=50_000)
def countries_in(cell: str) -> frozenset[str]:
    """Return the ISO 3166 codes of the countries in a cell; a name that is not known stands for itself.

    >>> sorted(countries_in("Deutschland")), sorted(countries_in("USA; U.K.")), sorted(countries_in("Ruritania"))
    (['de'], ['gb', 'us'], ['ruritania'])
    """
    names = (" ".join(plain_words(part)) for part in re.split(r"[;|]", cell))
    return frozenset(COUNTRY_OF.get(name, name) for name in names if name and name not in NOWHERE)


@lru_cache(maxsize=200_000)
def cities_in(cell: str) -> frozenset[str]:
    """Return the cities in a cell, each under one name; of "city, region, country" the first part.

    >>> sorted(cities_in("München")), sorted(cities_in("San Francisco, CA, USA; Remote"))
    (['munich'], ['san francisco'])
    """
    names = (" ".join(plain_words(part.partition(",")[0])) for part in re.split(r"[;|]", cell))
    return frozenset(CITY_OF.get(name, name) for name in names if name and name not in NOWHERE)


@lru_cache(maxsize=50_000)
def countries_of_location(cell: str) -> frozenset[str]:
    """Return the countries that a location written as "city, region, country" names last, where it does.

    >>> sorted(countries_of_location("San Francisco, CA, USA; Paris, Ile-de-France, France"))
    ['fr', 'us']
    >>> sorted(countries_of_location("Saint Paul, MN")), sorted(countries_of_location("Berlin"))
    (['us'], [])
    """
    found = set()
    for place in re.split(r"[;|]", cell):
        last = " ".join(plain_words(place.rpartition(",")[2])) if "," in place else ""
        code = "us" if last in STATES and place.count(",") == 1 else COUNTRY_OF.get(last)
        if code:
            found.add(code)
    return frozenset(found)
