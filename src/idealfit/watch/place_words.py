"""Words for places in the languages of Europe: what a company may have several of, and names as towns have them."""

from __future__ import annotations

import re

PLACES = (  # in the plural; what a company may have several of
    r"locations|offices|branches|stores|shops|showrooms|depots|clinics|practices|surgeries|restaurants|caf[eé]s|"
    r"bakeries|"
    r"hotels|warehouses|factories|plants|laboratories|labs|salons|hubs|studios|sites|schools|campuses|centres|centers|"
    r"gyms|garages|workshops|outlets|dealerships|boutiques|pharmacies|nurseries|facilities|"
    r"(?:care|nursing|retirement|residential|rest|funeral|show|group|children['’]s|our) homes|"
    r"bases|yards|"
    r"quarries|mills|"
    r"galleries|bookshops|bakeshops|premises|addresses|"
    r"standorten?|niederlassungen|filialen|gesch[äa]ftsstellen|b[üu]ros|l[äa]den|werken?|praxen|h[äa]user(?:n)?|"
    r"studios|"
    r"agences|bureaux|magasins|boutiques|sites|usines|cabinets|[ée]tablissements|implantations|"
    r"oficinas|delegaciones|sucursales|tiendas|sedes|centros|cl[íi]nicas|locales|"
    r"sedi|filiali|negozi|uffici|punti vendita|stabilimenti|"
    r"vestigingen|kantoren|winkels|filialen|locaties|"
    r"filiais|unidades|lojas|escrit[óo]rios|"
    r"kontor(?:er)?|butiker|butikker|afdelinger|avdelinger|lager|toimipisteessä|toimistoa|myymälää|"
    r"oddzia[łl](?:y|ów)|biur(?:a|ach)?|sklep(?:y|ów)|pobo[čc]k(?:y|ách)?|prodejn[ya]?"
)
ONE_PLACE = (
    r"office|branch|store|shop|showroom|depot|clinic|studio|warehouse|factory|plant|laboratory|lab|salon|hub|workshop|"
    r"campus|site|headquarters|head office|yard|mill|gallery|restaurant|hotel"
)

LARGE = "A-ZÀ-ÖØ-ÞĀĆČĎĐĒĘĞĠĢĪĬİĶĻŁŃŅŇŐŘŚŞŠŢŤŪŮŰŹŻŽΑ-ΩΆΈΉΊΌΎΏА-ЯЁІЇЄ"
"""Capital letters, for a class of a pattern."""

TOWN = (
    rf"[{LARGE}](?:[^\W\d]|['’.])+(?:[ -](?:(?:on|upon|le|la|les|sur|sous|in|am|an|der|de|do|da|del|di|den|the|of|"
    rf"and|by|y)[ -])*"
    rf"(?:[ld]['’])?[{LARGE}(](?:[^\W\d]|['’.)])*){{0,3}}"
)
"""A name as towns have them: words with capitals, and small ones between."""

WORKED_ON = re.compile(
    r"\b(?:clean|paint|buil[dt]|renovat|remodel|upgrad|design|refurbish|equip|install|decorat|inspect|repair|suppl|"
    r"furnish|fit(?:s|ted|ting)? out|sell|sold|rent|convert|construct|insur|financ|mov|protect|serv)\w*"
    r"(?:(?! (?:from|in|at|through|with|for|by|across)\b)[ ,&]+[\w'’-]+){0,4} ?$",
    re.IGNORECASE,
)
"""Words before the name of a kind of places that say what is done to them: they are the customers'."""
