"""How postcodes stand in addresses, by country: the rules, and the names of states, towns and countries they go by."""

from __future__ import annotations

import re
from dataclasses import dataclass

from idealfit.watch.place_words import LARGE

_STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|DC|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|"
    "PA|PR|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|"
    "Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|"
    "Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|North "
    "Carolina|"
    "North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|"
    "Vermont|"
    "Virginia|Washington|West Virginia|Wisconsin|Wyoming|District of Columbia|Puerto Rico"
)
_STATES_SHORTENED = (  # as "Washington, D.C. 20577", "Tampa, Fla. 33602"
    r"D\.\s?C|N\.\s?[CDHJMY]|S\.\s?[CD]|R\.\s?I|W\.\s?Va|Ala|Ariz|Ark|Calif|Colo|Conn|Fla|Ill|Ind|Kan|Mass|Mich|Minn|"
    r"Miss|Mont|Neb|Nev|Okla|Ore|Penn|Tenn|Tex|Wash|Wis|Wyo"
)
_STATES_IN_SMALL = (  # as "Az. 85308"; without the ones that are words
    "Ak|Ar|Az|Ca|Ct|Dc|Fl|Ga|Ia|Il|Ks|Ky|Md|Mi|Mn|Ms|Mt|Nc|Nd|Ne|Nh|Nj|Nm|Nv|Ny|Ri|Sc|Sd|Tn|Tx|Ut|Va|Vt|Wa|Wi|Wv|Wy"
)
_STATES_AS_WORDS = "Al|Co|De|Id|La|Ma|Mo|Ok|Pa|" + "|".join(  # and those that are no words in small letters
    state.lower()
    for state in _STATES.split("|")
    if len(state) == 2 and state not in ("DE", "HI", "IN", "LA", "ME", "OK", "OR")
)
_UK_AREAS = (
    "AB|AL|B|BA|BB|BD|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|E|EC|EH|EN|EX|FK|FY|G|GL|"
    "GU|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|LD|LE|LL|LN|LS|LU|M|ME|MK|ML|N|NE|NG|NN|NP|NR|NW|OL|OX|"
    "PA|PE|PH|PL|PO|PR|RG|RH|RM|S|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|WD|WF|WN|WR|"
    "WS|WV|YO|ZE"
)
_FIRST_DIGITS = {  # of the postcodes of a state, first three, as the postal service gives them out
    "AL": "350-369", "AK": "995-999", "AZ": "850-865", "AR": "716-729", "CA": "900-961", "CO": "800-816",
    "CT": "060-069", "DE": "197-199", "DC": "200-205 569-569", "FL": "320-349", "GA": "300-319 398-399",
    "HI": "967-968", "ID": "832-838", "IL": "600-629", "IN": "460-479", "IA": "500-528", "KS": "660-679",
    "KY": "400-427", "LA": "700-714", "ME": "039-049", "MD": "206-219", "MA": "010-027 055-055", "MI": "480-499",
    "MN": "550-567", "MS": "386-397", "MO": "630-658", "MT": "590-599", "NE": "680-693", "NV": "889-898",
    "NH": "030-038", "NJ": "070-089", "NM": "870-884", "NY": "005-005 063-063 100-149", "NC": "270-289",
    "ND": "580-588", "OH": "430-459", "OK": "730-749", "OR": "970-979", "PA": "150-196", "PR": "006-009",
    "RI": "028-029", "SC": "290-299", "SD": "570-577", "TN": "370-385", "TX": "733-733 750-799 885-885",
    "UT": "840-847", "VT": "050-059", "VA": "201-201 220-246", "WA": "980-994", "WV": "247-268", "WI": "530-549",
    "WY": "820-831",
}  # fmt: skip
_COUNTRIES = (
    "Albania|Algeria|Argentina|Armenia|Australia|Austria|Azerbaijan|Bahrain|Bangladesh|Belarus|Belgium|"
    "Bosnia and Herzegovina|Brazil|Bulgaria|Canada|Chile|China|Colombia|Costa Rica|Croatia|Cyprus|Czech Republic|"
    "Czechia|Denmark|Ecuador|Egypt|Estonia|Finland|France|Germany|Ghana|Greece|Hungary|India|Indonesia|Iceland|"
    "Iran|Iraq|Israel|Italy|Japan|Jordan|Kazakhstan|Kenya|Korea|South Korea|Kuwait|Latvia|Lebanon|Lithuania|"
    "Luxembourg|Liechtenstein|North Macedonia|Malaysia|Malta|Mexico|Moldova|Monaco|Montenegro|Nepal|Morocco|"
    "Netherlands|The Netherlands|New Zealand|Nigeria|Norway|Oman|Pakistan|Panama|Peru|Philippines|Poland|Portugal|"
    "Puerto Rico|Qatar|Republic of Korea|Romania|Russia|Russian Federation|Saudi Arabia|Serbia|Singapore|Slovakia|"
    "Slovenia|South Africa|Spain|Sri Lanka|Sweden|Switzerland|Taiwan|Thailand|Tunisia|Turkey|Türkiye|Ukraine|"
    "Uruguay|USA|U\\.S\\.A\\.|United States|Venezuela|Vietnam|Viet Nam|Deutschland|Österreich|Schweiz|España|"
    "Italia|Suisse"
)
_IN_AUSTRALIA = "New South Wales|Victoria|Queensland|South Australia|Western Australia|Tasmania"
_GAP = r"(?:[\s,.\u00b7|•]{1,6}|\s?[-–]\s)"
TOWN = rf"[{LARGE}](?:[^\W\d]|['’.-])+(?:[ -][{LARGE}(](?:[^\W\d]|['’.)-])+){{0,3}}"

_US_CODE = (
    r"[.)]?(?:(?:[^\S\n]|[,.\u00b7|•]){1,6}|[^\S\n]?[-–/][^\S\n]|[\s,]{0,3}\n\s*(?=[\d\s–-]+(?:$|,|US)))?"
    r"(?P<code>\d{5}(?:\s?[-–]\s?\d{4})?)\b(?![\d,./-]*\d|-\w|\s?[-–]\s?\d{5})"  # "44301 - 44328" is a range
)
_BEFORE_COUNTRY = rf"(?=[,.]? ?(?:\n[^\n\d]{{0,30}})?[,\s–-]{{0,4}}\b(?:{_COUNTRIES}|{_COUNTRIES.upper()})[.,]?\s*$)"
_LABELS = (
    r"pin(?:[ -]?code)?|post(?:al)?[ -]?code|zip(?:[ -]?code)?|p\.\s?c\.?|c\.\s?p\.?|cap|plz|cep|c[óo]digo postal|"
    r"code postal|eircode|postleitzahl|postnummer|postcode"
)
_IN_AUSTRALIAN_TOWNS = "Sydney|Melbourne|Brisbane|Perth|Adelaide|Hobart|Darwin|Canberra"
_IN_NEW_ZEALAND = (
    "Auckland|Wellington|Christchurch|Hamilton|Tauranga|Dunedin|Palmerston North|Napier|Nelson|Rotorua|New Plymouth|"
    "Whangarei|Invercargill|Hastings|Queenstown|Manukau|North Shore|Albany|Penrose|Takapuna|Lower Hutt|Porirua"
)
_IN_SOUTH_AFRICA = (
    "Johannesburg|Sandton|Pretoria|Cape Town|Durban|Centurion|Midrand|Randburg|Port Elizabeth|Gqeberha|Bloemfontein|"
    "Stellenbosch|Bellville|Rivonia|Rosebank|Bryanston|Umhlanga|Roodepoort|Kempton Park|Germiston|Boksburg|East London"
)
_NL_SMALL = r"(?!cm|da|de|di|do|en|et|ga|h\b|in|is|je|km|kg|ma|mm|na|no|of|om|on|op|pk|te|to|tm|vr|wo|za|zo)[a-z]{2}"
_VEHICLE = (
    "A|AT|B|BE|BG|CH|CY|CZ|D|DE|DK|E|EE|ES|F|FI|FIN|FR|GR|H|HR|HU|I|IT|L|LI|LT|LU|LV|MC|N|NO|P|PL|RO|S|SE|SI|SK|TR"
)


def in_state(state: str, code: str) -> bool:
    """Return whether a postcode may belong to an American state, by its first digits; yes for a state written out.

    >>> in_state("DE", "19901"), in_state("DE", "45000"), in_state("Delaware", "45000"), in_state("US", "45000")
    (True, False, True, True)
    """
    ranges = _FIRST_DIGITS.get(re.sub(r"[.\s]", "", state.upper()))
    return ranges is None or any(low <= code[:3] <= high for low, _, high in (r.partition("-") for r in ranges.split()))


_AUSTRALIAN = {  # first digits of the postcodes of a state, by its first letter or two; and of its largest town
    "N": "[12]", "NT": "0", "NO": "0", "V": "[38]", "Q": "[49]", "S": "5", "SY": "[12]", "W": "6", "T": "7",
    "A": "0|2[69]", "AD": "5", "M": "[38]", "B": "[49]", "P": "6", "H": "7", "D": "0", "C": "26",
}  # fmt: skip


def in_australian_state(state: str, code: str) -> bool:
    """Return whether a postcode may belong to an Australian state or large town.

    >>> in_australian_state("NSW", "2000"), in_australian_state("SA", "8000"), in_australian_state("Perth", "6000")
    (True, False, True)
    """
    letters = re.sub(r"\W", "", state.upper())[:2]
    digits = _AUSTRALIAN.get(letters) or _AUSTRALIAN.get(letters[:1], "")
    return bool(re.match(digits, code))


@dataclass(frozen=True)
class PostcodeRule:
    """How the postcodes of a country stand in an address; `street`: only where a street stands before it."""

    country: str
    pattern: re.Pattern[str]
    street: bool = False


POSTCODE_RULES = (
    PostcodeRule(
        "US",
        re.compile(
            rf"(?<![#\w-])(?P<state>{_STATES}|{_STATES.upper()}|AA|AE|AP|{_STATES_IN_SMALL}|{_STATES_SHORTENED}|USA?){_US_CODE}",
            re.MULTILINE,
        ),
    ),
    PostcodeRule("US", re.compile(rf"(?<![#\w-])(?P<state>{_STATES_AS_WORDS}){_US_CODE}", re.MULTILINE), street=True),
    PostcodeRule(
        "GB", re.compile(rf"\b(?P<code>(?:{_UK_AREAS})\d[A-Z\d]?(?:\s{{0,2}}|\s?-\s?)\d[ABD-HJLNP-UW-Z]{{2}})\b")
    ),
    PostcodeRule(
        "GB",
        re.compile(
            r"\b(?P<code>[a-z]{1,2}\d[a-z\d]?(?:\s{0,2}\d[abd-hjlnp-uw-z]{2}$| \d[abd-hjlnp-uw-z]{2}))\b",
            re.MULTILINE,
        ),
        street=True,
    ),
    PostcodeRule(
        "CA",
        re.compile(
            r"\b(?P<code>[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z](?:[\s.-]|\s-\s)?\d[ABCEGHJ-NPRSTV-Z]\d)\b",
            re.IGNORECASE,
        ),
    ),
    PostcodeRule(
        "AU",
        re.compile(
            rf"\b(?P<state>NSW|VIC|Vic|QLD|Qld|SA|WA|TAS|Tas|ACT|NT|{_IN_AUSTRALIA}|{_IN_AUSTRALIA.upper()})\)?{_GAP}(?:Australia{_GAP})?"
            r"(?P<code>\d{4})\b(?![\d-]*\d)"
        ),
    ),
    PostcodeRule(
        "AU",
        re.compile(
            r"\b(?P<state>(?:NSW|VIC|QLD|SA|WA|TAS|ACT|NT)|N\.S\.W\.?|Q\.L\.D\.?|S\.A\.|W\.A\.|A\.C\.T\.|"
            r"N\.T\.)\s?(?P<code>\d{4})\b"
        ),
        street=True,
    ),
    PostcodeRule(
        "AU",
        re.compile(
            rf"\b(?P<state>{_IN_AUSTRALIAN_TOWNS}|{_IN_AUSTRALIAN_TOWNS.upper()})[\s,–-]{{1,3}}(?P<code>\d{{4}})\b"
            r"(?=[^\S\n]*(?:[,.;|)]|$|Australia|AUSTRALIA))",
            re.MULTILINE,
        ),
        street=True,
    ),
    PostcodeRule(
        "AU",  # "Parramatta 2150 NSW"
        re.compile(r"(?<=[a-z])[ ,]{1,2}(?P<code>\d{4})[ ,]{1,2}(?P<state>NSW|VIC|QLD|SA|WA|TAS|ACT|NT)\b"),
        street=True,
    ),
    PostcodeRule(
        "NZ",
        re.compile(
            rf"\b(?:{_IN_NEW_ZEALAND}|{_IN_NEW_ZEALAND.upper()})[\s,–-]{{1,3}}(?P<code>\d{{4}})\b(?![^\S\n]*\d)"
        ),
        street=True,
    ),
    PostcodeRule(
        "ZA",
        re.compile(
            rf"\b(?:{_IN_SOUTH_AFRICA}|{_IN_SOUTH_AFRICA.upper()})[\s,–-]{{1,3}}(?P<code>\d{{4}})\b(?![^\S\n]*\d)"
        ),
        street=True,
    ),
    PostcodeRule(
        "IN", re.compile(r"\b(?:PIN|Pin)(?:[ -]?[Cc]ode)?\s?[.:–-]?\s?(?P<code>[1-8]\d{2}\s?\d{3})\b(?![^\S\n]*\d)")
    ),
    PostcodeRule(
        "",  # "Pin: 400 093", "C.P. 06600"
        re.compile(
            rf"\b(?:{_LABELS})\s?[.:–-]?\s?(?P<code>\d{{3}}\s\d{{3}}|\d{{4,6}}(?:-\d{{3,4}})?)\b(?![^\S\n]*\d)", re.I
        ),
        street=True,
    ),
    PostcodeRule(
        "EU",  # "CH-1131 Tolochenaz": the sign of a country
        re.compile(
            rf"(?m)(?:^|[,;|·•)]\s*|\s[-–]\s)(?:{_VEHICLE})[-–]\s?(?P<code>\d{{4,5}}|\d{{3}} \d{{2}})\s+"
            rf"(?={TOWN}(?![\d-]))"  # "PL-1000" over "PL-1001 B" are models
        ),
    ),
    PostcodeRule("EU", re.compile(rf"(?<![\d-])(?P<code>\d{{5}}) +(?={TOWN}\s+(?:CEDEX|Cedex|cedex)\b)")),
    PostcodeRule(
        "US",
        re.compile(rf"(?m)(?:^|,\s*)(?P<town>{TOWN})(?P<comma>,?)\s+(?P<code>\d{{5}}(?:-\d{{4}})?)[^\S\n]*$"),
        street=True,
    ),
    PostcodeRule(
        "IN",
        re.compile(
            r"\b(?!No|ID|Id|Ext|Box|Reg|Number|Tel|Fax|"
            r"Phone)(?P<town>[A-Z][A-Za-z]{2,})(?P<gap>(?: ?\([A-Z][A-Za-z.& ]{1,12}\))?[)\s,.:–-]{1,5})"
            r"(?P<code>[1-8]\d{2}[^\S\n]?\d{3})\b(?![^\S\n]*[\d/-]*\d{3})"
        ),
        street=True,
    ),
    PostcodeRule("SG", re.compile(r"\b(?:Singapore|SINGAPORE)[\s(-]{0,3}(?P<code>\d{6})\b")),
    PostcodeRule("SG", re.compile(r"\bS ?\((?P<code>\d{6})\)")),
    PostcodeRule(
        "SG",
        re.compile(r"(?:#\d[\d-]*|\b\d{1,4}[A-Z]? [A-Z][a-z]+[^\n\d]{0,50})[ ,]{1,3}S ?(?P<code>\d{6})\b"),
    ),
    PostcodeRule("JP", re.compile(r"(?:〒|Tokyo|Osaka|Japan)\s*,?\s*(?P<code>\d{3}-\d{4})\b")),
    PostcodeRule(
        "JP",
        re.compile(
            r"(?<=[a-z])[ ,]{1,3}(?P<code>\d{3}-\d{4})\b(?=[\s,.]{1,3}(?:[^\n\d]{0,20}[\s,])?(?:Japan|JAPAN)\b)"
        ),
    ),
    PostcodeRule(
        "CN", re.compile(r"\b(?:China|Beijing|Shanghai|Shenzhen|Guangzhou|PRC|P\.R\.C?\.?)[\s,-]{1,4}(?P<code>\d{6})\b")
    ),
    PostcodeRule(
        "NL", re.compile(rf"\b(?P<code>[1-9]\d{{3}} ?(?:[A-Z]{{2}}|{_NL_SMALL}))[\s,]{{1,3}}(?={TOWN})"), street=True
    ),
    PostcodeRule(
        "IE",
        re.compile(
            r"\b(?P<code>[ACDEFHKNPRTVWXY]\d[\dW] [\dACDEFHKNPRTVWXY]{4}|"
            r"[ACDEFHKNPRTVWXY]\d{2}[\dACDEFHKNPRTVWXY]{4})\b"
        ),
        street=True,
    ),
    PostcodeRule("PL", re.compile(rf"\b(?P<code>\d{{2}}-\d{{3}})\s(?={TOWN})"), street=True),
    PostcodeRule("PT", re.compile(rf"\b(?P<code>[1-9]\d{{3}}-\d{{3}})(?:\s[-–])?\s(?={TOWN})"), street=True),
    PostcodeRule("BR", re.compile(r"\b(?:CEP:?\s*)?(?P<code>\d{5}-\d{3})\b"), street=True),
    PostcodeRule(
        "EU", re.compile(rf"(?<![\d-])(?P<code>[A-HJ-NP-Z]\d{{4}}(?:[A-Z]{{3}})?) +(?={TOWN})"), street=True
    ),  # Argentina
    PostcodeRule("EU", re.compile(rf"(?<![\d-])(?P<code>\d{{6}}) +(?={TOWN})"), street=True),  # Romania
    PostcodeRule("CN", re.compile(r"(?:邮编|郵編|邮政编码)\s?[:：]?\s?(?P<code>\d{6})(?!\d)")),
    PostcodeRule(
        "",  # the town and street after it: Hungary, Russia
        re.compile(
            rf"(?<![\d-])(?P<code>\d{{4}}|\d{{6}}),? (?:г\.? ?)?{TOWN},? [^\n]{{0,40}}?(?:\b(?:utca|u\.|út|útja|"
            rf"tér|tere|krt\.|körút|sétány|köz)\s\d|"
            r"(?:ул|пр|пер|наб|пл|ш)\w*\.? )|(?<![\d-])(?P<code2>\d{6}),? г\. "
        ),
    ),
    PostcodeRule("SE", re.compile(rf"\b(?:SE?-)?(?P<code>\d{{3}} \d{{2}})\s+(?={TOWN})"), street=True),
    PostcodeRule(
        "EU",  # Germany, France, Spain, Italy, Finland, ...: five digits, then the town
        re.compile(
            rf"(?m)(?:(?<![\d/-])|(?<=\b[A-Z]-))(?P<code>\d{{5}})"
            rf"(?: +(?:[-–|·•] +)?(?={TOWN})|,?\n(?={TOWN}(?:[,(]|$)))"
        ),
        street=True,
    ),
    PostcodeRule(
        "",  # anywhere: a number beside a town, and the name of a country soon after
        re.compile(
            rf"(?:(?<=[a-z)])[\s,–-]{{0,4}}(?P<code>\d{{4,7}}(?:-\d{{3,4}})?)\b|"
            rf"(?<![\d-])(?P<code2>\d{{4,6}}|\d{{3}} \d{{2}}) (?={TOWN})[^\n\d]{{0,40}}(?: \d{{1,2}})?)"
            rf"{_BEFORE_COUNTRY}",
            re.MULTILINE,
        ),
    ),
    PostcodeRule(
        "",  # "Saudi Arabia- 11351"
        re.compile(rf"\b(?:{_COUNTRIES})[\s,–-]{{1,4}}(?P<code>\d{{5,6}})\b(?=[\s,.]*$)", re.MULTILINE),
        street=True,
    ),
    PostcodeRule("EU", re.compile(rf"(?<![\d/-])(?P<code>\d{{4}}) +(?={TOWN})"), street=True),
    PostcodeRule(
        "",  # "12 Beach Road, Blenheim 7201", wherever that is
        re.compile(rf"(?m)(?:^|,\s*)(?P<town>{TOWN}),?\s+(?P<code>\d{{4}})[.,]?[^\S\n]*$"),
        street=True,
    ),
)
"""Every rule, in the order in which they claim a number."""

STATE_NAMES = re.compile(
    rf"(?!New York$|Washington$|\w\w$)(?:{_STATES}|Ontario|British Columbia|Alberta|Manitoba|Saskatchewan|"
    r"Nova Scotia|New Brunswick|Newfoundland|New South Wales|Victoria|Queensland|South Australia|Western Australia|"
    r"Tasmania)"
)
"""The name of a state of a federation, but where a large town has the same."""

WIDER_THAN_TOWNS = re.compile(
    rf"(?:{_COUNTRIES}|{_STATES}|Bahamas|Hong Kong|United Kingdom|UK|England|Scotland|Wales|UAE)", re.IGNORECASE
)
"""The name of a country or an American state."""
