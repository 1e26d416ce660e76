"""Headings and values that tell when a column is written: at the end of a deal, while it runs, or about people."""

from __future__ import annotations

from idealfit.learn.suspicion import any_of, heading_words

# Headings of what is known only at or after the end. Each counts only if the data bears it out.
ENDED = any_of(
    *(
        "won",
        "lost",
        "closed",
        "closing",
        "close (date|day|reason|time)",
        "(win|loss|lost|won|closed) reason",
        "win loss",
    ),
    *("outcome", "churn(ed)?", "convert(ed)?", "conversion(?! rate)", "cancel(l?ed|lation)?", "renew(al|ed|s)?"),
    *("onboard(ing|ed)", "kick ?off", "go live", "went live", "implementation", "signed", "signature", "invoiced?"),
    *(
        "contract (signed|sent|start|end|date|value|length|number)",
        "customer (since|start|id|number)",
        "became customer",
    ),
    *("nps", "csat", "health score", "subscription (start|status|plan|end)", "(first|last) (payment|invoice|order)"),
)
TOOK = any_of(
    *("duration", "(days|time|weeks|months) (to|till|until) close", "sales cycle", "cycle (time|length|days)"),
    *(
        "days open",
        "(deal|opportunity|lead) age",
        "age of (the )?(deal|opportunity|lead)",
        "(days|time) in (stage|pipeline)",
    ),
)
FORESEEN = any_of(
    *("probability", "likelihood", "forecast( category| amount)?", "next steps?", "weighted (amount|value|revenue)"),
)
SAYS_SO = any_of(
    "leak(age|ed)?", "(post|after) (close|closing|outcome|sales?|won|signature|snapshot|conversion|decision)", "future"
)
# Steps of the sales process: written as the deal moves on, whatever the data show.
STEP = any_of(
    "(is|was|has|became|reached|passed) (a |an )?(mql|sql|sal|sqo|(sales|marketing) (qualified|accepted))",
    *("(mql|sal|sqo)( (flag|status))?", "sql (flag|status|qualified)", "(sales|marketing) (qualified|accepted)"),
    "(deal|sales|lifecycle|lead|opportunity|opp|funnel) (stage|status|step|phase)",
    *("(pipeline|current) stage", "(opportunity|opp|deal) (created|open|opened|exists)"),
    *("(has|open|has open|converted to) (opportunity|opp)", "(demo|meeting|call|trial) (completed|held|done)"),
    "(proposal|quote|contract|offer) (sent|requested|accepted)",
)
# May be such a step; each counts only if the data bears it out.
STAGE = any_of("(is|was|has|became|reached|passed) (a |an )?(opportunity|qualified|lead)", "stage", "qualified")
COUNTED = any_of(
    *(
        "activit(y|ies)",
        "touch(es)?",
        "calls?",
        "meetings?",
        "e ?mails? (sent|opened|replied|count)",
        "notes",
        "contacted",
        "interactions?",
        "engagements?",
        "conversations?",
        "(page )?views",
        "sessions?",
    ),
)
NOT_THIS_DEAL = any_of(
    *("previous", "prior", "past", "former", "last year", "historic(al)?", "competitors?", "industry", "market"),
    *(
        "employee",
        "staff",
        "website",
        "(funding|company|growth|business|maturity|investment|startup|product) (stage|phase)",
    ),
)
ENDING_VALUES = any_of(
    *(
        "(closed )?won",
        "(closed )?lost",
        "churned",
        "converted",
        "customer",
        "disqualified",
        "unqualified",
        "signed",
        "dead",
    ),
)
WHOLE_TIME = any_of("total", "totals", "all", "all time", "overall", "lifetime", "ever", "cumulative", "to date")
_COUNTING = frozenset(("count", "number", "num", "no", "n", "of", "sum", "date", "day", "days", "to"))
_COUNTING |= {"total", "totals", "all", "time", "overall", "lifetime", "ever", "cumulative"}


def thing_counted(heading: str) -> frozenset[str]:
    """Return the words of a count's heading without numbers and words of counting, in the singular.

    >>> thing_counted("Total touches (all)") == thing_counted("touch_count")
    True
    """
    words = (w for w in heading_words(heading).split() if w not in _COUNTING and not w.isdigit())
    return frozenset(w.removesuffix("s").removesuffix("e") for w in words)


PROTECTED = any_of(
    *("gender", "sex", "race", "racial", "ethnic(ity)?", "religion", "religious", "nationality", "disab(led|ility)"),
    *("sexual orientation", "marital( status)?", "pregnan(t|cy)", "veteran", "political", "union member(ship)?"),
    *(
        "date of birth",
        "birth ?(date|day|year)",
        "senior citizen",
        "(contact|person|customer|client|buyer) age",
        "genetic",
    ),
)
ONLY_AGE = " age "
PERSONAL = any_of(
    *(
        "e ?mail( address)?",
        "(tele)?phone( number)?",
        "mobile( number)?",
        "first name",
        "last name",
        "surname",
        "full name",
    ),
    *(
        "contact name",
        "person name",
        "ssn",
        "social security( number)?",
        "passport( number)?",
        "ip address",
        "home address",
    ),
    *("linked ?in (url|profile)", "iban", "credit card( number)?"),
)
CHANNEL = any_of(
    *(
        "channel",
        "lead source",
        "source",
        "campaign",
        "medium",
        "utm [a-z]+",
        "origin",
        "contact type",
        "referr(al|er)",
    ),
)
