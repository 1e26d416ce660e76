"""From a vector of answers to words: what speaks for a company, what against it, what is unknown, what to find out."""

from __future__ import annotations

from functools import reduce
from operator import add, or_
from typing import TYPE_CHECKING

import ibis

from idealfit.profile.criteria import attribute_range, phrase, phrase_not
from idealfit.profile.totals import groups
from idealfit.profile.wording import attribute_in_words
from idealfit.score.answers import NO, UNKNOWN, YES, answer_name, tests_of
from idealfit.score.fit import points_held, ranks, tiers_reached

if TYPE_CHECKING:
    from collections.abc import Iterable

    import ibis.expr.types as ir

    from idealfit.profile.document import Criterion, Profile
    from idealfit.profile.totals import Group

BETWEEN_REASONS = "; "
BETWEEN_ATTRIBUTES = ", "


def with_reasons(profile: Profile, vectors: ir.Table) -> ir.Table:
    """Return `vectors` with `reasons`, `against` and `unknown` in words, empty where there is nothing to say.

    `reasons` are criteria that hold, with their points: ``employees between 40 and 249 (+3)``. `against` are
    disqualifiers that are met, criteria that do not hold (``does not use Salesforce (0 of 2)``, must-haves first) and
    criteria that cost points: ``founded before 1990 (-2)``. A second band of an attribute that already has all the
    points it can bring is nothing against a company.
    """
    answers = [vectors[answer_name(i)] for i in range(len(tests_of(profile)))]
    rubric = list(zip(answers, profile.criteria, strict=False))
    rules = list(zip(answers[len(rubric) :], profile.disqualify, strict=True))
    met = [(a == YES, f"{_holds(c)} (+{c.points})") for a, c in rubric if c.points > 0]
    against = [(a == YES, f"disqualified: {phrase(d.attribute, d.test)}") for a, d in rules]
    must_first = sorted(range(len(rubric)), key=lambda i: not _must(rubric[i][1]))
    against += [_objection(profile, vectors, i) for i in must_first if rubric[i][1].points]
    return vectors.mutate(
        reasons=_joined(met, BETWEEN_REASONS),
        against=_joined(against, BETWEEN_REASONS),
        unknown=_joined(
            [(unknown, attribute_in_words(a)) for a, unknown in _unknown(profile, vectors).items()], BETWEEN_ATTRIBUTES
        ),
    )


def with_enrich_next(profile: Profile, vectors: ir.Table) -> ir.Table:
    """Return `vectors` with `enrich_next`, the attribute to find out first.

    It is the unknown attribute of the largest reach (most less fewest points, then the order of the profile) for which
    some answer alone moves the company into another tier, to `disqualified` too. Empty where there is none.
    """
    choices = [
        (unknown & _moves(profile, vectors, attribute), attribute)
        for attribute, unknown in sorted(_unknown(profile, vectors).items(), key=lambda a: -_reach(profile, a[0]))
    ]
    found = [(vectors.disqualified, ""), *choices]
    return vectors.mutate(enrich_next=ibis.cases(*found, else_=""))


def _reach(profile: Profile, attribute: str) -> int:
    low, high = attribute_range(profile.criteria, attribute)
    return high - low


def _moves(profile: Profile, vectors: ir.Table, attribute: str) -> ir.BooleanValue:
    """Return whether the worst or the best answer about one unknown attribute leads to another tier."""
    offset = len(profile.criteria)
    rules = [i + offset for i, rule in enumerate(profile.disqualify) if rule.attribute == attribute]
    moves = [vectors[answer_name(i)] == UNKNOWN for i in rules]
    asked = [g for g in groups(profile.criteria) if g.attribute == attribute]
    if ranks(profile) and asked:
        for end in ("low", "high"):
            shifts = [(g, 100 * getattr(g, end) - g.expected100) for g in asked]
            moves.append(vectors.reached != tiers_reached(profile, _shifted(vectors, shifts, alone=not rules)))
    return _any(moves)


def _shifted(vectors: ir.Table, shifts: list[tuple[Group, int]], *, alone: bool) -> ir.IntegerValue:
    """Return the points with those of unknown groups shifted; one group `alone` is known to be unknown."""
    if alone and len(shifts) == 1:
        return vectors.total100 + shifts[0][1]
    unknown = (ibis.ifelse(vectors[answer_name(g.members[0])] == UNKNOWN, by, 0) for g, by in shifts)
    return reduce(add, unknown, vectors.total100)


def _unknown(profile: Profile, vectors: ir.Table) -> dict[str, ir.BooleanValue]:
    """Return for each attribute, in the profile's order, whether any test of it is unknown."""
    answers: dict[str, list[ir.BooleanValue]] = {}
    for i, (attribute, _) in enumerate(tests_of(profile)):
        answers.setdefault(attribute, []).append(vectors[answer_name(i)] == UNKNOWN)
    return {attribute: _any(unknown) for attribute, unknown in answers.items()}


def _holds(criterion: Criterion) -> str:
    return phrase(criterion.attribute, criterion.test)


def _must(criterion: Criterion) -> bool:
    return criterion.need == "must" and criterion.points > 0


def _objection(profile: Profile, vectors: ir.Table, position: int) -> tuple[ir.BooleanValue, str]:
    """Return when one criterion speaks against a company, and the words for it."""
    criterion, answer = profile.criteria[position], vectors[answer_name(position)]
    if criterion.points < 0:
        return answer == YES, f"{_holds(criterion)} ({criterion.points})"
    group = next(g for g in groups(profile.criteria) if position in g.members)
    missed = answer == NO
    if len(group.members) > 1:
        missed &= points_held(profile, vectors, group) < group.high
    need = "must-have, " if _must(criterion) else ""
    words = f"{phrase_not(criterion.attribute, criterion.test)} ({need}0 of {criterion.points})"
    return missed, words


def _joined(said: list[tuple[ir.BooleanValue, str]], between: str) -> ir.StringValue:
    """Return the words of all that holds."""
    if not said:
        return ibis.literal("")
    return reduce(add, (ibis.ifelse(holds, between + words, "") for holds, words in said)).substr(len(between))


def _any(conditions: Iterable[ir.BooleanValue]) -> ir.BooleanValue:
    found = list(conditions)
    return reduce(or_, found) if found else ibis.literal(False)
