"""Whose the places on a page are, and whether they are there now.

What stands under "Our resellers" or "Upcoming events" is not where the company is, nor what a label says is somebody
else's ("Hosting: ..."), nor what is closed for good or yet to open. A section reaches from its heading to the next one
of the same rank, or to the end of the cell or item in which it stands with more; a label's words as far as an address
reaches. The footer belongs to the company, whatever came before, and so does an address under "Contact us".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from idealfit.watch.place_words import ONE_PLACE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from idealfit.watch.page_text import Page

_OTHERS = re.compile(
    r"\b(?:events?|webinars?|training dates|courses|seminars?|workshops (?:and|in|20)|trade (?:fairs?|shows?)|"
    r"exhibitions?|fairs|"
    r"termine|veranstaltungen|messen|[ée]v[ée]nements|salons et|eventos|ferias|eventi|fiere|evenementen|beurzen|"
    r"(?:re-?sellers?|dealers?|distributors?|stockists?|agents?|retailers?|importers?|wholesalers?|franchisees?|"
    r"partners?|"
    r"points? of sale|where to buy|buy our|(?:fach|vertrags)?h[äa]ndler|vertriebspartner|bezugsquellen|"
    r"verkaufsstellen|servicepartner|"
    r"revendeurs?|distributeurs?|partenaires?|points? de vente|distribuidores|puntos de venta|colaboradores|"
    r"rivenditori|"
    r"punti vendita autorizzati|verkooppunten|forhandlere|[åa]terf[öo]rs[äa]ljare|jälleenmyyjät|revendedores|"
    r"parceiros|partnerzy|"
    r"dystrybutorzy)|"
    r"projects?|references|referenzen|projekte|r[ée]alisations|referencias|proyectos|obras|referenze|progetti|"
    r"projecten|referenties|"
    r"portfolio|installations|recent work|selected work|"
    r"(?:customer|client|success) stories|case stud(?:y|ies)|our (?:customers|clients)|customers|clients|"
    r"kunden(?:stimmen)?|"
    r"our members|members['’]? directory|member (?:firms|companies|directory)|(?:unsere )?mitglieder(?:verzeichnis)?|"
    r"nos (?:adh[ée]rents|membres)|nuestros socios|empresas asociadas|gu[íi]a de empresas|onze leden|"
    r"our suppliers|suppliers|sponsors|growers|farmers we|producers|testimonials?|reviews|"
    r"vacancies|open positions|job openings|stellenangebote|past locations|former (?:offices|premises|locations)|"
    r"areas? (?:we (?:serve|cover)|served|covered)|delivery areas?|service areas?|einsatzgebiete?|liefergebiete?|"
    r"zones? d[’']intervention|"
    r"coming soon|opening soon|future|planned|demn[äa]chst|bient[ôo]t|pr[óo]ximamente|prossimamente|closed|"
    r"where (?:our people|we have worked)|pick-?up points?|collection points?|drop-?off points?|abholstellen|"
    r"points? relais|"
    r"registrars?|auditors?|advis[eo]rs|bankers|brokers|legal advice|markets|where to meet us|meet us|trade shows?|"
    r"messe|classes|lessons|tour dates|"
    r"(?:homes|houses|flats|properties|apartments|land) (?:for sale|to let|to rent)|objekte|immobilien|listings|"
    r"regulators?|parking|car parks?|parkpl[äa]tze|parkh[äa]user|"
    r"(?:what )?(?:our |the )?(?:customers|clients|kunden) (?:say|sagen)|donors|beneficiaries|venues we|suppliers|"
    r"growers|"
    r"hotels nearby|where to stay|parking nearby|getting here|nearby|in der n[äa]he)\b",
    re.IGNORECASE,
)
_OURS = re.compile(
    r"\b(?:our own|own (?:shops|stores|locations)|offices?|contact|head ?quarters?|branch(?:es)?|visit us|find us|"
    r"imprint|impressum|kontakt|"
    r"event (?:space|venue|location)s?|near(?:by|est)? [^.]{0,40}(?:stores|shops|locations|branches|clinics|"
    r"practices|restaurants|hotels)|"
    r"(?:sales|service|partner) offices?|about us|registered|who we are|standorte?|filialen|niederlassungen|"
    r"si[èe]ge|sede|sedi|"
    r"vestigingen)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^\W*(?:(?:web ?)?host(?:ing|ed by|er)?(?: provider)?|h[ée]berge(?:ur|ment|r)\b[^:]{0,30}|h[ée]berg[ée] par|"
    r"alojamiento|proveedor de alojamiento|"
    r"(?:web ?)?design(?:ed)?(?: and hosting| by)?|website(?: by)?|umsetzung|gestaltung|realisierung|"
    r"programmierung|agentur|agence web|"
    r"(?:zust[äa]ndige )?(?:aufsichtsbeh[öo]rde|kammer|beh[öo]rde|[äa]rztekammer|handwerkskammer|"
    r"rechtsanwaltskammer|steuerberaterkammer|"
    r"architektenkammer)|supervisory authority|"
    r"(?:data protection|privacy) (?:authority|regulator|commissioner)|data protection officer|"
    r"datenschutzbeauftragter?|"
    r"(?:externer )?datenschutzbeauftragter|"
    r"(?:berufs)?haftpflicht\w*|versicherung\w*|insurer|insurance(?: provider)?|assureur|assurance \w+|"
    r"garantie financi[èe]re|"
    r"(?:online-?)?(?:streitbeilegung|schlichtungsstelle|verbraucherschlichtung\w*)|ombudsman|"
    r"m[ée]diateur\w*(?: de la consommation)?|"
    r"bank(?:ers|verbindung)?|unsere bank|solicitors|auditors?|accountants|steuerberater|wirtschaftspr[üu]fer|"
    r"notary|registrar|register|registergericht|"
    r"(?:our |authori[sz]ed )?(?:eu|uk) representative|authori[sz]ed representative|importer|distributed by|"
    r"manufactured (?:by|for)|vertrieb durch|"
    r"landlord|owner of the building|venue|veranstaltungsort|wo|where|lieu|"
    r"returns?(?: address)?|retouren(?:adresse)?|retour(?:en|adres)|adresse de retour|resi)\s*(?:[:–-]|$)|"
    r"\b(?:hosted by|h[ée]berg[ée] (?:par|chez)|insured (?:by|with)|photo(?:s|graphs)? by|"
    r"c/o|care of|our customer|one of our customers|our client)\b",
    re.IGNORECASE,
)
_BODIES = re.compile(
    r"\b(?:sat ?-?nav|gps\b|navi(?:gationsger[äa]t)?\b|what3words|(?:nearest |public |multi-storey )?car park|"
    r"parking (?:at|is|in)|parkhaus|tiefgarage|"
    r"nearest (?:station|stop|airport|bus|train)|haltestelle|"
    r"ombudsman|ombudsperson|information commissioner|data protection (?:authority|commission\w*)|"
    r"supervisory authority|aufsichtsbeh[öo]rde|"
    r"landesbeauftragte\w*|datenschutzbeauftragte[rn]?|(?:autorit[ée] de contr[ôo]le|cnil)|"
    r"autoriteit persoonsgegevens|garante per la|agencia espa[ñn]ola de protecci|"
    r"complain(?:ts?)? (?:to|may|can|should)|lodge a complaint|schlichtungsstelle|streitbeilegung|m[ée]diateur|"
    r"(?:our|the) (?:auditors?|solicitors|bankers|accountants|registrars?|insurers?|landlord)\b|"
    r"hosted (?:by|at)|h[ée]berg[ée]e? (?:par|chez)|data cent(?:re|er)s?|rechenzentrum|"
    r"(?:built|completed|installed|delivered|designed|refurbished|fitted out) (?:for|at|by|in) |"
    r"for our (?:customer|client)|"
    r"(?:you|visitors) can also (?:buy|find)|stocked (?:by|at)|available (?:at|from) )",
    re.IGNORECASE,
)
_MONTH_NAMES = (
    r"(?:jan(?:uary?|vier)?|feb(?:ruary?)?|f[ée]vrier|mar(?:ch|s|zo)?|märz|apr(?:il)?|avril|abril|may|mai|mayo|"
    r"maggio|june?|juni|juin|junio|"
    r"giugno|july?|juli|juillet|julio|luglio|aug(?:ust)?|ao[ûu]t|agosto|sept?(?:ember)?|septembre|septiembre|"
    r"settembre|o[ck]t(?:ober)?|"
    r"octobre|octubre|ottobre|nov(?:ember|embre)?|noviembre|de[cz](?:ember)?|d[ée]cembre|diciembre|dicembre|enero|"
    r"gennaio|febrero|febbraio|"
    r"janeiro|fevereiro|aprile|maj|augusti)\b"
)
_DATED = re.compile(
    r"^\W*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b(?! (?:to|–|-))[^\d]|(?:montags?|dienstags?|mittwochs?|"
    r"donnerstags?|freitags?|"
    r"samstags?|sonntags?)\b|\d{1,2}(?:st|nd|rd|th|\.)?(?: ?[-–] ?\d{1,2}\.?)?(?: of)? "
    + _MONTH_NAMES
    + r"(?! (?:street|st|road|rd|avenue|ave|lane|close|drive|way|court|place|terrace|gardens|hill|row)\b)|"
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december) \d{1,2}\b|"
    r"\d{1,2}[./]\d{1,2}[./](?:20)?\d\d\b)",
    re.IGNORECASE,
)
_PRICED = re.compile(
    r"[£$€]\s?\d{2,3}[,.]\d{3}\b|\b\d{2,3}[.,]\d{3} ?(?:€|EUR|GBP)|\b\d(?:-| )?bed(?:room)?s?\b", re.IGNORECASE
)
_SENTENCES = re.compile(r"(?<=[\w)]{3}[.!?])\s+(?=[A-ZÀ-Þ])")
_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|januar|februar|m[äa]r|mai|juni|juli|okt|dez|janvier|"
    r"f[ée]vrier|avril|juin|juillet|"
    r"ao[ûu]t|enero|abril|mayo|agosto|octubre|gennaio|maggio|giugno|luglio|ottobre|spring|summer|autumn|winter|"
    r"fr[üu]hjahr|fr[üu]hling|"
    r"sommer|herbst|printemps|automne|primavera|oto[ñn]o|early|late|mid)\w*"
)
_NOT_NOW = re.compile(
    r"\b(?:(?:now|permanently|already) closed|closed (?:for good|permanently|down|its doors|in (?:"
    + _MONTH
    + r" )?(?:19|20)\d\d|since)|"
    r"(?:has|have) (?:now )?closed|we closed|closing (?:down|in|for good)|ceased|shut (?:down|its doors|in)|"
    r"no longer (?:here|open|in use|at)|"
    r"opening (?:soon|in|on|this|next|early|late)|opens (?:in|on|this|next|soon)\b|coming (?:soon|in|to|this|next)|"
    r"to open in|will open|"
    r"due to open|under construction|from (?:" + _MONTH + r" )20\d\d|"
    r"former(?:ly)? (?:office|shop|site|address|premises|home|head)|formerly at|previously at|old (?:address|"
    r"office|shop|premises)|"
    r"until (?:" + _MONTH + r" )?(?:19|20)\d\d|(?:we|have|has) moved (?:from|out of)|moved (?:out|away)|"
    r"geschlossen (?:seit|zum|worden)|(?:dauerhaft|endg[üu]ltig) geschlossen|ehemalige?r?|bis (?:"
    + _MONTH
    + r" )?(?:19|20)\d\d|"
    r"er[öo]ffn(?:et|ung) (?:im|am|in|demn)|neuer[öo]ffnung|demn[äa]chst|in planung|ab (?:" + _MONTH + r" )20\d\d|"
    r"ferm[ée]e? (?:d[ée]finitivement|depuis)|d[ée]finitivement ferm[ée]e?|ouverture (?:prochaine|en|prévue|"
    r"pr[ée]vue|le)|ouvrira|ancien(?:ne)? (?:adresse|agence|si[èe]ge|magasin)|"
    r"cerrad[ao] (?:definitivamente|desde)|pr[óo]xima apertura|antigu[ao] (?:sede|direcci[óo]n)|"
    r"chius[ao] (?:definitivamente|dal)|"
    r"prossima apertura|ex sede|definitief gesloten|gesloten (?:sinds|per)|opent (?:in|op|binnenkort)|binnenkort|"
    r"lukket (?:siden|permanent)|[åa]bner (?:i|den|snart)|[öo]ppnar (?:i|den|snart|v[åa]ren|h[öo]sten)|"
    r"encerrad[ao] (?:definitivamente|desde))\b|"
    r"^\W*(?:closed|geschlossen|ferm[ée]e?|cerrad[ao]|chius[ao]|gesloten|lukket|st[äa]ngt|coming soon|opening soon|"
    r"soon|planned|geplant)\W*$|"
    r"\((?:[^()]{0,30}\b)?(?:closed|geschlossen|ferm[ée]e?|cerrad[ao]|chius[ao]|gesloten|lukket|planned|geplant|"
    r"opening [^()]{2,20}|coming [^()]{2,15}|"
    r"ab \d{4}|from [^()]{0,12}20\d\d|until [^()]{0,12}\d{4}|bis [^()]{0,12}\d{4})\)",
    re.IGNORECASE,
)
_OPENING_HOURS = re.compile(
    r"\b(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:days?)?|mo|di|mi|do|fr|sa|so|(?:mon|"
    r"diens|donners|frei|"
    r"sams|sonn)tags?|mittwochs?|lundis?|mardis?|dimanches?|domingos?|lunes|bank holidays?|lunch|public holidays?|"
    r"feiertag\w*)\b",
    re.IGNORECASE,
)
_ENDS_ADDRESS = re.compile(r"\b\d{4,6}\b|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b")
_CLOSING = re.compile(
    r"©|\b(?:copyright|all rights reserved|alle rechte vorbehalten|tous droits r[ée]serv[ée]s|"
    r"derechos reservados|site ?map|privacy policy|terms of use|aviso legal|mentions l[ée]gales|"
    r"registered in (?:england|scotland|wales))\b",
    re.IGNORECASE,
)
_REACH = 5
"""So many lines may what follows a label have: a name, a street, a town."""


def own_lines(page: Page) -> tuple[list[str], list[str], list[str]]:
    """Return the lines of a page that speak of the company's own places, of others', and of places named in passing.

    In passing are named hosts, authorities, car parks, what is closed or planned, events on a day. Where a line is not
    the company's own, the first list has an empty one, so that the numbers of lines stay.

    >>> from idealfit.watch.page_text import read_page
    >>> page = read_page("<h2>Office</h2><p>Mill Lane</p><h2>Resellers</h2><p>Dock Road</p><footer>Mill Lane</footer>")
    >>> own_lines(page)
    (['Office', 'Mill Lane', '', '', 'Mill Lane'], ['Resellers', 'Dock Road'], [])
    """
    levels = dict(reversed(list(zip(page.headings, page.levels, strict=True))))
    own: list[str] = []
    others: list[str] = []
    passing: list[str] = []
    since = 0  # the level of the heading of others whose section this is
    label = 0  # so many lines still belong to a label
    until = 0  # the line before which that section ends, as the box does that its heading shares with more
    placed = -_REACH  # the last line with what may be an address
    closing = -1  # so many lines still belong to what closes a page, which the company says of itself
    gone = _gone(page.lines, levels)
    for number, line in enumerate(page.lines):
        level = levels.get(line)
        if number == page.footer_at or (level and level <= since):
            since = 0
        closing = 2 if _CLOSING.search(line) else -1 if level else closing - 1
        if level or number == page.footer_at:
            label = 0
        if since and (number == until or (number > placed + _REACH and _is_contact(page.lines, number))):
            since = 0
        placed = number if _ENDS_ADDRESS.search(line) else placed
        if level:
            before = since
            since = (since or level) if _of_others(line) else 0 if _OURS.search(line) else since
            if since and not before:
                reach = page.reaches[number]
                until = reach if reach > number + 1 else 0
        elif since and re.match(_OWN_LABEL, line):
            own.append(line)
            continue
        section = 0 if closing >= 0 else since
        if not level and _LABEL.search(line) and len(line) <= 160:
            label = 1 if _ENDS_ADDRESS.search(line) else _REACH
        elif label and re.match(r"[^:]{3,40}:\s|[^:]{3,40}:$", line):
            label = 0
        another = bool(label or number in gone or (not level and _not_a_place(line)))
        mine, theirs = ("", line) if section or another else _in_sentences(line)
        own.append(mine)
        if theirs:
            (others if section else passing).append(theirs)
        if theirs and not section and not another and not mine and not _ENDS_ADDRESS.search(line) and len(line) <= 80:
            label = _REACH + 1
        if label:
            label = 0 if _ENDS_ADDRESS.search(line) else label - 1
    return own, others, passing


_CONTACT = re.compile(
    r"(?:^|.*(?:::|[>»|/›])\s*)\W{0,3}(?:contact(?: us| info(?:rmation)?| details?)?|visit us|find us|where we are|"
    r"(?:our )?(?:head office|headquarters|office|address)|get in touch|kontakt|anschrift|impressum|"
    r"contact(?:ez)?-nous|nous contacter|nos coordonn[ée]es|cont[áa]ct(?:o|enos|anos)|contatti|contattaci|contatos?|"
    r"fale conosco)\W{0,3}",
    re.IGNORECASE,
)
"""What stands over one's own address without being marked as a heading."""


def _is_contact(lines: Sequence[str], number: int) -> bool:
    """Return whether a line says "Contact us", and an address follows it."""
    return (
        len(lines[number]) <= 60
        and _CONTACT.fullmatch(lines[number]) is not None
        and any(_ENDS_ADDRESS.search(line) for line in lines[number + 1 : number + 1 + _REACH])
    )


_OWN_LABEL = (
    r"(?i)(?:contact|visit us|head office|our (?:office|shop|address)|registered office|farm|shop|office|kontakt|"
    r"anschrift|"
    r"sitz|si[èe]ge(?: social)?|sede(?: legale)?)\s*:"
)


def _not_a_place(line: str) -> bool:
    """Return whether a line with an address tells of an event on a day, or of a house that is for sale."""
    return bool(len(line) <= 200 and _ENDS_ADDRESS.search(line) and (_DATED.search(line) or _PRICED.search(line)))


def _in_sentences(line: str) -> tuple[str, str]:
    """Return what of a line speaks of the company, and the sentences that speak of authorities, car parks and the like.

    >>> _in_sentences("We are at 12 Mill Street. You may complain to the Ombudsman, 9 Dock Road.")
    ('We are at 12 Mill Street.', 'You may complain to the Ombudsman, 9 Dock Road.')
    """
    if not _BODIES.search(line):
        return line, ""
    parts = _SENTENCES.split(line)
    own = " ".join(part for part in parts if not _BODIES.search(part))
    return own, " ".join(part for part in parts if _BODIES.search(part))


def _of_others(heading: str) -> bool:
    return len(heading) <= 60 and bool(_OTHERS.search(heading)) and not _OURS.search(heading)


_ANOTHER = re.compile(
    rf"\b(?:an?|another|our (?:new|next|second|third|fourth)) (?:[a-z-]+ ){{0,2}}(?:{ONE_PLACE}) (?:in|at) [A-ZÀ-Þ]"
)


def _gone(lines: Sequence[str], levels: dict[str, int]) -> frozenset[int]:
    """Return the numbers of the lines that tell of a place that is closed or yet to open, heading and address too."""
    found: set[int] = set()
    for number, line in enumerate(lines):
        if len(line) > 200 or not _NOT_NOW.search(line) or _OPENING_HOURS.search(line):
            continue
        if _ANOTHER.search(line):  # it speaks of a place of its own, not of what stands above or below
            found.add(number)
            continue
        begin = number
        while begin and line not in levels and number - begin < _REACH and lines[begin] not in levels:
            before = lines[begin - 1]
            if _ENDS_ADDRESS.search(before) and (
                _ENDS_ADDRESS.search(" ".join(lines[begin : number + 1])) or before in levels
            ):
                break  # the address above has a line of its own
            begin -= 1
        end = number + 1
        if line in levels or not _ENDS_ADDRESS.search(" ".join(lines[begin : number + 1])):
            while end < len(lines) and end - number <= _REACH and lines[end] not in levels:
                end += 1
                if _ENDS_ADDRESS.search(lines[end - 1]):
                    break
        found.update(range(begin, end))
    return frozenset(found)
