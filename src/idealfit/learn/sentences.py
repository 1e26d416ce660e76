"""Findings in words: the definition, the narrative's slots, why a line is there and how to check it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from idealfit.profile.document import Narrative, Slot
from idealfit.profile.narrative import narrative_text, open_question
from idealfit.profile.wording import attribute_in_words, number_in_words, phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from idealfit.profile.document import Criterion, Evidence, Scalar, Test

PLACES = {"country", "state", "region", "city", "industry", "sector", "category", "market", "segment", "vertical"}
MOST_IN_A_SENTENCE = 3
QUANTITIES = ("at_least", "below", "between")


def percent(share: float) -> str:
    """Return a share as people say it.

    >>> percent(0.0512), percent(0.314)
    ('5.1%', '31%')
    """
    return f"{100 * share:.1f}%" if 0 < share < 0.1 else f"{100 * share:.0f}%"


def with_them(attribute: str, test: Test) -> str:
    """Return what holds of a company as a part of a sentence that begins with 'companies'.

    >>> from idealfit.profile.document import Test
    >>> with_them("employees", Test(between=(40, 250)))
    'with employees between 40 and 249'
    >>> with_them("Founded On", Test(within_days=730)), with_them("last_round_on", Test(older_than_days=365))
    ('founded in the last 2 years', 'whose last round was more than 1 year ago')
    >>> with_them("industry", Test(one_of=("Software", "Fintech"))), with_them("Main CRM", Test(is_="HubSpot"))
    ('in Software or Fintech', 'whose main CRM is HubSpot')
    >>> with_them("tools", Test(has="Jira")), with_them("description", Test(mentions="on call"))
    ('that use Jira', 'whose description mentions "on call"')
    """
    name, condition = in_a_sentence(attribute_in_words(attribute)), test.condition
    if condition in ("is", "one_of"):
        values: Sequence[Scalar] = (
            test.one_of if test.one_of is not None else (test.is_ if test.is_ is not None else "",)
        )
        if values == ("yes",):
            return f"with {name}"
        words = _either([str(v) for v in values])
        return f"in {words}" if set(name.lower().split()) & PLACES else f"whose {name} is {words}"
    if condition in ("within_days", "older_than_days"):
        return _dated(attribute, test)
    said = phrase(in_a_sentence(attribute_in_words(attribute)), test)
    for one, many in (("uses ", "use "), ("does not use ", "do not use ")):
        if said.startswith(one):
            return f"that {many}{said.removeprefix(one)}"
    return f"{'with' if condition in QUANTITIES else 'whose'} {said}"


def in_a_sentence(name: str) -> str:
    """Return an attribute's name as it stands inside a sentence: headings capitalise, sentences do not.

    >>> in_a_sentence("Last Round Type"), in_a_sentence("Annual ARR"), in_a_sentence("SaaS Spend")
    ('last round type', 'annual ARR', 'SaaS spend')
    """
    return " ".join(word.lower() if word[1:] == word[1:].lower() else word for word in name.split(" "))


def as_told(attribute: str, test: Test, layer: str) -> str:
    """Return what holds of a company as one says it, not as a column says it; begins as `with_them` does.

    >>> from idealfit.profile.document import Test
    >>> as_told("Employees", Test(between=(52, 240)), "firmographic"), as_told("Stores", Test(below=5), "operational")
    ('with 52 to 239 employees', 'with fewer than 5 stores')
    >>> as_told("CRM", Test(is_="HubSpot"), "technographic"), as_told("Industry", Test(is_="Retail"), "firmographic")
    ('that use HubSpot', 'in Retail')
    """
    name = attribute_in_words(attribute)
    if layer == "technographic" and (test.is_ is not None or test.one_of is not None):
        values = test.one_of if test.one_of is not None else (test.is_ or "",)
        if not {str(v).lower() for v in values} & {"yes", "no", "none"}:
            return f"that use {_either([str(v) for v in values])}"
    counted = name.lower() if name.istitle() or name.islower() else name
    if counted.endswith("s") and " " not in counted and not counted.endswith("ss"):
        if test.between is not None:
            low, high = (float(end) for end in test.between)
            last = high - 1 if low.is_integer() and high.is_integer() else high
            return f"with {number_in_words(low)} to {number_in_words(last)} {counted}"
        if test.at_least is not None:
            return f"with {number_in_words(test.at_least)} {counted} or more"
        if test.below is not None:
            return f"with fewer than {number_in_words(test.below)} {counted}"
    return with_them(attribute, test)


def with_article(kind: str) -> str:
    """Return an event with the article that it takes in a sentence.

    >>> with_article("new VP of Sales"), with_article("office move"), with_article("layoffs"), with_article("hiring on")
    ('a new VP of Sales', 'an office move', 'layoffs', 'hiring on')
    """
    first, last = kind.split(maxsplit=1)[0].lower(), kind.rsplit(maxsplit=1)[-1].lower()
    if first in ("a", "an", "the", "their") or first.endswith(("ing", "ed")) or last.endswith(("s", "ing")):
        return kind if not last.endswith("s") or first != "new" or "of" not in kind.split() else f"a {kind}"
    return f"{'an' if first[0] in 'aeiou' else 'a'} {kind}"


def _dated(attribute: str, test: Test) -> str:
    """Return a date in words: 'founded in the last 7 years', 'whose last round was more than 2 years ago'."""
    said = phrase(in_a_sentence(attribute_in_words(attribute)), test)
    name, _, when = said.partition(" in the last ") if test.within_days is not None else said.partition(" more than ")
    when = f"in the last {when}" if test.within_days is not None else f"more than {when}"
    return f"{name} {when}" if name.endswith("ed") else f"whose {name} was {when}"


def definition(criteria: Sequence[Criterion]) -> str:
    """Return the profile in one sentence: up to three things that speak for a company, up to two against it."""
    good = [with_them(c.attribute, c.test) for c in _one_each([c for c in criteria if c.points > 0])][
        :MOST_IN_A_SENTENCE
    ]
    bad = [with_them(c.attribute, c.test) for c in _one_each([c for c in criteria if c.points < 0])][:2]
    if good and bad:
        return f"Companies {_and(good)}, rather than ones {_or(bad)}."
    if good:
        return f"Companies {_and(good)}."
    return f"Companies other than those {_or(bad)}." if bad else "No attribute tells wins from losses reliably yet."


def narrative(criteria: Sequence[Criterion]) -> Narrative:
    """Return the narrative the data can tell; every slot it cannot fill is an open question."""
    events = [c for c in criteria if c.points > 0 and c.layer == "behavioural" and c.test.within_days is not None]
    lasting = _one_each([c for c in criteria if c.points > 0 and c not in events])
    against = _one_each([c for c in criteria if c.points < 0])
    if lasting:
        words = "companies " + _and([as_told(c.attribute, c.test, c.layer) for c in lasting[:MOST_IN_A_SENTENCE]])
    elif against:
        words = "companies other than those " + _or([as_told(c.attribute, c.test, c.layer) for c in against[:2]])
    else:
        words = ""
    slots = {
        "company": Slot(text=words, source="data") if words else open_question("company"),
        "situation": open_question("situation"),
        "trigger": _trigger(events),
        "alternative": open_question("alternative"),
        "urgency": open_question("urgency"),
    }
    return Narrative.model_validate({**slots, "text": narrative_text(slots)})


def _one_each(criteria: Sequence[Criterion]) -> list[Criterion]:
    """Return the first criterion of each attribute: a sentence names an attribute once."""
    first: dict[str, Criterion] = {}
    for criterion in criteria:
        first.setdefault(criterion.attribute, criterion)
    return list(first.values())


def _trigger(events: Sequence[Criterion]) -> Slot:
    if not events:
        return open_question("trigger")
    return Slot(text=phrase(events[0].attribute, events[0].test), source="data")


def why(evidence: Evidence, *, against_market: bool) -> str:
    """Return the evidence as one or two sentences that a sales person can repeat."""
    inside, outside = evidence.inside, evidence.outside
    if inside is None or outside is None:
        return ""
    held = (
        f" It held in {evidence.periods_held} of {evidence.periods} parts of the history." if evidence.periods else ""
    )
    if against_market:
        customers, market = inside.won + outside.won, inside.n - inside.won + outside.n - outside.won
        ours, theirs = inside.won / max(customers, 1), (inside.n - inside.won) / max(market, 1)
        return f"True of {percent(ours)} of customers and {percent(theirs)} of the rest of the market.{held}"
    return (
        f"Of {number_in_words(inside.n)} such deals {number_in_words(inside.won)} were won ({percent(inside.rate)}); "
        f"of the other {number_in_words(outside.n)}, {percent(outside.rate)}.{held}"
    )


def more_deals(needed: int | None) -> str:
    """Return how many more deals would settle a question, in words.

    >>> more_deals(1234)
    'about 1,300 more deals would tell'
    """
    if not needed:
        return "more deals would tell"
    unit = 10 ** max(len(str(needed)) - 2, 0)
    return f"about {number_in_words(-(-needed // unit) * unit)} more deals would tell"


def _and(parts: Sequence[str]) -> str:
    """Return what companies are, then what they have, then the clauses: 'in Software with a budget that use Jira'."""
    kinds = [[part for part in parts if _kind_of_clause(part) == kind] for kind in range(3)]
    return " ".join(" and ".join(alike) for alike in kinds if alike)


def _or(parts: Sequence[str]) -> str:
    return ", or ".join(sorted(parts, key=_kind_of_clause))


def _kind_of_clause(part: str) -> int:
    """Return 0 for places and the like, 1 for 'with', 2 for a clause with a verb: the order they read best in."""
    return 2 if part.startswith(("whose ", "that ")) else 1 if part.startswith("with ") else 0


def _either(values: Sequence[str]) -> str:
    return values[0] if len(values) == 1 else ", ".join(values[:-1]) + " or " + values[-1]
