"""Whether what a sentence mentions is stated of the companies sought, denied, or neither; learned from sentences.

A multinomial logistic regression over the signs around a mention (surroundings.py), fitted to some fourteen thousand
sentences written for it (`bench/train_reader.py`, which says how, and how well unseen writers are read). Its weights
are data: `judging.tsv` has one sign a line, with what it adds to "stated" and to "denied", against "neither".
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from math import exp, fsum
from typing import TYPE_CHECKING, NamedTuple

from idealfit.profile.surroundings import surroundings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from idealfit.profile.fact import Fact


class Judged(NamedTuple):
    """How likely a mention is stated of the companies sought, and how likely it is denied of them."""

    stated: float
    denied: float


def judged(sentence: str, mentioned: Sequence[Fact]) -> list[Judged]:
    """Return how likely each mention is stated or denied: softmax of the summed weights of its signs.

    >>> from idealfit.profile.mentions import mentions
    >>> s = "They use Slack, but no CRM."
    >>> [one.stated > one.denied for one in judged(s, mentions(s))]
    [True, False]
    """
    all_of_them = tuple(mentioned)
    return [_softmax(surroundings(sentence, fact, all_of_them)) for fact in all_of_them]


def _softmax(signs: set[str]) -> Judged:
    known = [pair for sign in signs if (pair := weights().get(sign)) is not None]
    base = weights()[""]
    stated = exp(fsum((base[0], *(pair[0] for pair in known))))
    denied = exp(fsum((base[1], *(pair[1] for pair in known))))
    return Judged(stated / (1 + stated + denied), denied / (1 + stated + denied))


@cache
def weights() -> Mapping[str, tuple[float, float]]:
    """Return what each sign adds; under "" what is added always."""
    lines = files("idealfit.profile").joinpath("judging.tsv").read_text(encoding="utf-8").splitlines()
    return {
        sign: (float(stated), float(denied))
        for sign, stated, denied in (line.split("\t") for line in lines if line[:1] != "#")
    }
