"""A market as one HTML page that needs nothing else, with a picture of its frontier."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from idealfit.report.frontier import frontier_chart
from idealfit.report.market_words import advised, amount_of, bounds_of, rate_of
from idealfit.report.phrases import percent, signed
from idealfit.version import __version__

if TYPE_CHECKING:
    from idealfit.score.overview import Market


def market_page(found: Market) -> str:
    """Return a market as a whole HTML page. It asks nothing of the network; what came from a file is escaped."""
    template = _ENVIRONMENT.get_template("market.html")
    return template.render(
        market=found,
        advice=advised(found),
        now=next((c.size for c in reversed(found.frontier) if c.at_least >= found.reach_at_least), None),
        chart=frontier_chart(found),
        version=__version__,
        style=Markup(_text("page.css")),  # noqa: S704  the package's own file
        amount_of=amount_of,
        bounds_of=bounds_of,
        rate_of=lambda size: rate_of(size, lifts=found.lifts),
    )


def _text(name: str) -> str:
    return resources.files("idealfit.report").joinpath(name).read_text(encoding="utf-8")


_ENVIRONMENT = Environment(
    loader=FunctionLoader(_text), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
_ENVIRONMENT.filters.update(percent=percent, signed=signed, count=lambda number: f"{number:,}")
