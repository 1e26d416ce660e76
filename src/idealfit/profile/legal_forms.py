"""The legal forms of companies, in many languages and scripts, and names without them."""

from __future__ import annotations

# Words as `plain_words` of company_names writes them: lower case, no accents, no dots ("S.p.A." is "spa"). Forms of
# several words are written with their words in order ("S.A. de C.V." is "sa de cv").
# fmt: off
_AT_THE_END = (
    # English
    "inc", "incorporated", "corp", "corporation", "co", "company", "ltd", "limited", "llc", "llp", "lllp",
    "lp", "pllc", "plc", "pc", "pbc", "ulc", "unlimited", "unltd", "ultd", "pty", "pty ltd", "proprietary", "pte",
    "pte ltd", "pvt", "pvt ltd", "private", "private limited", "public limited company", "limited liability company",
    "limited liability partnership", "cic", "cio", "dac", "clg", "sdn bhd", "bhd", "nl", "and co", "fzco", "fze", "fzc",
    "fz llc", "jsc", "pjsc", "ojsc", "cjsc", "joint stock company", "holdings inc", "pcl",
    # German
    "gmbh", "mbh", "ggmbh", "gesmbh", "gesellschaft mbh", "gesellschaft mit beschrankter haftung", "ag", "se", "sce",
    "aktiengesellschaft", "kg", "kommanditgesellschaft", "gmbh co kg", "gmbh und co kg", "gmbh and co kg", "ag co kg",
    "ag und co kg", "se co kg", "ug co kg", "co kg", "und co kg", "and co kg", "kgaa", "gmbh co kgaa", "ag co kgaa",
    "se co kgaa", "co kgaa", "ohg", "gmbh co ohg", "ug", "ug haftungsbeschrankt", "haftungsbeschrankt", "gbr", "ek",
    "e k", "ekfm", "ekfr", "ev", "eg", "partg", "partg mbb", "partgmbb", "mbb", "und co", "eingetragener verein",
    "gesellschaft", "og", "e u", "gmbh co", "gmbh und co", "gmbh in liquidation", "i l", "kdor",
    # French
    "sa", "sas", "sasu", "sarl", "eurl", "snc", "sci", "scs", "sca", "scp", "scop", "selarl", "selas", "gie", "sc",
    "societe anonyme", "societe par actions simplifiee", "societe a responsabilite limitee", "et cie", "cie", "ltee",
    "et fils", "sprl", "bvba", "asbl", "scrl", "senc", "enr",
    # Spanish, Portuguese
    "sl", "slu", "sll", "slne", "sau", "sal", "scl", "scoop", "s en c", "sociedad anonima", "sociedad limitada",
    "sociedad de responsabilidad limitada", "sa de cv", "sapi de cv", "sab de cv", "s de rl", "s de rl de cv",
    "srl de cv", "sofom", "sas esp", "esp", "eirl", "spa", "ltda", "limitada", "lda", "unipessoal lda", "sgps",
    "sgps sa", "eireli", "epp", "mei", "s a", "s l",
    # Italian
    "srl", "srls", "sapa", "snc", "sas", "ss", "societa per azioni", "societa a responsabilita limitata", "scarl",
    "soc coop", "scpa", "srl unipersonale", "sb",
    # Dutch
    "bv", "nv", "vof", "cv", "besloten vennootschap", "naamloze vennootschap", "stichting", "vzw", "cvba", "comm v",
    "commv",
    # Nordic, Baltic
    "ab", "aktiebolag", "publ", "ab publ", "hb", "kb", "ek for", "as", "asa", "aksjeselskap", "ans", "da", "enk", "nuf",
    "aps", "anpartsselskab", "aktieselskab", "i s", "k s", "ks", "p s", "ps", "smba", "ivs", "sf", "ay", "teo",
    "oy", "oyj", "oy ab", "osakeyhtio", "ky", "tmi", "ehf", "hf", "ohf", "slf", "ou", "uab", "ab lt", "mb", "sia",
    # Polish, Czech, Slovak, Hungarian, Balkan, Romanian, Greek, Turkish
    "sp z oo", "sp zoo", "spzoo", "spolka z oo", "spolka z ograniczona odpowiedzialnoscia", "spolka akcyjna", "sp j",
    "sp k", "sp p", "sp z oo sp k", "spolka komandytowa", "spolka jawna", "ska", "psa", "prosta spolka akcyjna", "sro",
    "spol s ro", "spol sro", "vos", "ks", "akciova spolecnost", "kft", "zrt", "nyrt", "bt", "kkt", "rt", "doo", "dd",
    "dno", "jdoo", "ad", "ead", "ood", "eood", "dooel", "srl d", "pfa", "ae", "epe", "oe", "ee", "ike", "as tr",
    "ltd sti", "limited sirketi", "anonim sirketi", "tic ltd sti", "san ve tic as", "san ve tic ltd sti", "tic as",
    "akc spol", "a spol", "stg", "jtd", "aj", "kv", "kht", "sh a", "sha", "kd", "kda", "obrt", "fie", "xk", "spk",
    "spj", "spp", "s p", "sp",
    # Russian, Ukrainian and Central Asian, as they are transliterated
    "ooo", "oao", "zao", "pao", "ao", "ip", "too", "tov", "pat", "prat", "vat", "chp", "fop", "gup", "mup", "pp", "dat",
    "zat", "mchj", "ej",
    # Indonesian, Thai, Vietnamese, Filipino, Hebrew, Arabic
    "tbk", "persero", "pt", "bhd", "tnhh", "co ltd", "jsc vn", "wll", "saoc", "saog", "qsc", "psc", "llc fz", "sae",
    "bsc", "spc",
    # Japanese, Chinese, Korean, in Latin letters
    "kk", "k k", "kabushiki kaisha", "kabushiki gaisha", "yk", "gk", "godo kaisha", "yugen kaisha", "co ltd",
    "corporation ltd", "youxian gongsi", "gufen youxian gongsi",
)
_AT_THE_START = (
    "ooo", "oao", "zao", "pao", "ao", "nao", "ip", "too", "tov", "pat", "prat", "vat", "chp", "fop", "pp", "gup", "pt",
    "uab", "sia", "ou", "firma", "fa", "ets", "etablissements", "kk", "kabushiki kaisha", "stichting", "aktiebolaget",
    "ab", "oy", "cong ty tnhh", "cong ty co phan", "cong ty",
)
_ASIAN = (
    # Chinese, simplified and traditional
    "股份有限公司", "有限责任公司", "有限責任公司", "股份公司", "有限公司", "控股公司", "集团公司",
    "集團公司", "公司", "集团", "集團", "合伙企业", "普通合伙", "有限合伙",
    # Japanese
    "株式会社", "株式會社", "有限会社", "合同会社", "合資会社", "合名会社", "一般社団法人", "公益社団法人",
    "一般財団法人", "公益財団法人", "特定非営利活動法人", "学校法人", "医療法人", "(株)", "(有)",
    "(合)", "(同)", "ホールディングス",
    # Korean
    "주식회사", "유한회사", "유한책임회사", "합자회사", "합명회사", "재단법인", "사단법인", "(주)", "(유)",
)
# fmt: on

ENDINGS = frozenset(tuple(form.split()) for form in _AT_THE_END)
"""Forms that stand at the end of a name, as tuples of words."""

BEGINNINGS = frozenset(tuple(form.split()) for form in _AT_THE_START)
"""Forms that stand before a name."""

ASIAN = tuple(sorted(_ASIAN, key=len, reverse=True))
"""Forms written without a space before or after the name, the longest first."""

_LONGEST = max(map(len, ENDINGS | BEGINNINGS))


def without_asian_forms(name: str) -> str:
    """Return a name without the forms of China, Japan and Korea at its ends, if anything is left then.

    >>> [without_asian_forms(name) for name in ("株式会社日立製作所", "小米科技有限责任公司", "株式会社")]
    ['日立製作所', '小米科技', '株式会社']
    """
    left = name
    while True:
        form = next((f for f in ASIAN if left.startswith(f) or left.endswith(f)), None)
        if form is None:
            return left
        cut = left.removeprefix(form).strip() if left.startswith(form) else left.removesuffix(form).strip()
        if not cut:
            return left
        left = cut


def without_forms(words: list[str]) -> list[str]:
    """Return the words of a name without the legal forms at both ends; at least one word is left.

    >>> without_forms("muller sohne gmbh co kg".split()), without_forms("ooo romashka".split())
    (['muller', 'sohne'], ['romashka'])
    >>> without_forms("acme holdings uk ltd".split()), without_forms(["co"])
    (['acme', 'holdings', 'uk'], ['co'])
    """
    end = len(words)
    while end > 1:
        form = next((n for n in range(min(_LONGEST, end - 1), 0, -1) if tuple(words[end - n : end]) in ENDINGS), 0)
        if not form:
            break
        end -= form
    start = 0
    if end > 1:
        longest = min(_LONGEST, end - 1)
        start = next((n for n in range(longest, 0, -1) if tuple(words[:n]) in BEGINNINGS), 0)
    return words[start:end]
