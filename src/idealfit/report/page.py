"""A profile, and the proof behind it, as one HTML page that needs nothing else."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING, Any

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup, escape

from idealfit.profile.versions import fingerprint
from idealfit.profile.wording import HOW_WE_HELP, number_in_words
from idealfit.prove.trials import Backtest
from idealfit.report import proof
from idealfit.report.deeper import deeper
from idealfit.report.lines import Shown, scale_top, shown, tiers_shown
from idealfit.report.nothing_found import nothing_found
from idealfit.report.phrases import Words, day, percent, percent_span, signed
from idealfit.report.story import story
from idealfit.report.voices import voices

if TYPE_CHECKING:
    from collections.abc import Mapping

    from idealfit.profile.document import Profile


def page(profile: Profile, backtest: Mapping[str, Any] | None) -> str:
    """Return the report on `profile` as a whole HTML page; `backtest` is what `Backtest.as_json` gave, or None.

    The page holds its style and its charts and asks nothing of the network. What came from a file is escaped.
    Raises InputError where `backtest` is not one.
    """
    tested = None if backtest is None else Backtest.from_json(backtest)
    template = _ENVIRONMENT.get_template("page.html")
    parts = {**_shared(profile), **_icp(profile), **deeper(profile), **voices(profile), **_proof(profile, tested)}
    return template.render(**parts)


def _shared(profile: Profile) -> dict[str, Any]:
    return {
        "profile": profile,
        "learned": profile.learned,
        "words": Words.of(profile),
        "fingerprint": fingerprint(profile)[:8],
        "style": Markup(_text("page.css") + _text("voices.css")),  # noqa: S704  the package's own file
    }


def _icp(profile: Profile) -> dict[str, Any]:
    """Return what the first part shows: who to sell to, who not, and what is not known."""
    words = Words.of(profile)
    base = _base(profile, words)
    top = scale_top(profile, words)
    lines = [shown(c, words, top=top, base=base) for c in profile.criteria]
    needs = {id(line): c.need for line, c in zip(lines, profile.criteria, strict=True)}
    return {
        "story": story(profile.narrative),
        "to_be_written": HOW_WE_HELP,
        "musts": [x for x in lines if needs[id(x)] == "must" and (x.points or 0) >= 0],
        "nices": [x for x in lines if needs[id(x)] == "nice" and (x.points or 0) >= 0],
        "against": [x for x in lines if (x.points or 0) < 0],
        "disqualifiers": [shown(d, words, top=top, base=base) for d in profile.disqualify],
        "no_winners": [shown(f, words, top=top, base=base) for f in profile.no_winners],
        "tiers": tiers_shown(profile.tiers, words, base=base),
        "too_little": [shown(f, words, top=top, base=base) for f in profile.too_little_data],
        "not_defining": profile.not_defining,
        "nothing": nothing_found(profile, words) if profile.verdict == "no reliable pattern" else None,
        "top": percent(top),
        "any_evidence": any(line.bar for line in lines),
    }


def _proof(profile: Profile, backtest: Backtest | None) -> dict[str, Any]:
    """Return what the second part shows: the evidence line by line, the backtest, the rows."""
    words = Words.of(profile)
    top, base = scale_top(profile, words), _base(profile, words)
    judged: list[Shown] = [shown(c, words, top=top, base=base) for c in profile.criteria]
    judged += [shown(d, words, top=top, base=base) for d in profile.disqualify]
    return {
        "backtest": backtest,
        "evidence": judged,
        "also_seen": [shown(f, words, top=top, base=base) for f in profile.also_seen],
        "figures": proof.figures(profile, backtest, words),
        "days": None if backtest is None else proof.days_table(backtest, words),
        "gain": "" if backtest is None else proof.gain_in_words(backtest.pooled),
        "funnel": proof.funnel(profile),
    }


def _base(profile: Profile, words: Words) -> float | None:
    """Return the rate that bars are held against; a market has none, for there customers stand against it."""
    if profile.learned is None or words.against_market:
        return None
    return profile.learned.base_rate.rate


def _text(name: str) -> str:
    return resources.files("idealfit.report").joinpath(name).read_text(encoding="utf-8")


def _value_and_interval(cell: str) -> Markup:
    """Return a cell with what stands in brackets on a smaller line of its own."""
    value, bracket, rest = cell.partition(" (")
    if not bracket:
        return escape(cell)
    return Markup('{} <span class="small">{}</span>').format(value, rest.removesuffix(")"))


_ENVIRONMENT = Environment(
    loader=DictLoader(
        {
            name: _text(name)
            for name in ("page.html", "icp.html", "deeper.html", "voices.html", "proof.html", "pieces.html")
        }
    ),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.filters.update(
    amount=number_in_words, day=day, percent=percent, signed=signed, count=lambda number: f"{number:,}"
)
_ENVIRONMENT.globals.update(percent_span=percent_span, value_and_interval=_value_and_interval)
