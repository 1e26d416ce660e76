"""Which of the layers of a profile an attribute belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from idealfit.sources.headings import phrase, words

if TYPE_CHECKING:
    from idealfit.tables import Kind, Layer

_PHRASES: tuple[tuple[Layer, tuple[str, ...]], ...] = (
    (
        "firmographic",
        ("team size", "tech industry", "growth stage", "funding stage", "founded", "year established", "company stage",
         "software industry", "customer segment", "business type", "date of foundation", "incorporated"),
    ),
    (
        "behavioural",
        ("lead source", "original source", "traffic source", "last activity", "job openings", "open roles", "page "
        "views",
         "product launch", "new executive", "leadership change", "tech change"),
    ),
    ("technographic", ("tech stack", "marketing automation", "uses", "data warehouse", "programming language")),
    (
        "operational",
        ("number of locations", "use case", "go to market", "sales team", "purchasing department", "purch dept",
         "reports to", "sales reps", "head count in"),
    ),
)  # fmt: skip
_WORDS: tuple[tuple[Layer, frozenset[str]], ...] = (
    (
        "technographic",
        frozenset(
            "technology technologies technographics tech stack crm erp cms tool tools toolset software platform "
            "platforms cloud "
            "integration integrations database hosting framework analytics saas api apis sso vendor vendors app "
            "apps".split()
        ),
    ),
    (
        "behavioural",
        frozenset(
            "funding funded raised round rounds investment investors hiring hires jobs visits visit visited "
            "pageviews sessions "
            "engagement engaged intent news growth growing launched launch event events download downloads opens "
            "clicks "
            "source campaign webinar demo trial signup contacted recent last previous layoffs acquisition acquired "
            "headcount_growth duration tenure nps tickets usage".split()
        ),
    ),
    (
        "operational",
        frozenset(
            "team teams location locations office offices branch branches process processes compliance certification "
            "certifications gdpr hipaa soc2 iso remote sdr sdrs bdr bdrs ae aes reps department departments decision "
            "committee procurement budget authority scope rfi rfp motion outbound inbound workflow maturity tender "
            "needs "
            "services sites warehouses stores departmental".split()
        ),
    ),
)
_PLACE_WORDS = frozenset("hq headquarters office offices location locations branch".split())


def layer_of(heading: str, kind: Kind) -> Layer:
    """Return the layer an attribute belongs to, by its heading and by what its cells hold.

    Dates are events (behavioural) unless they tell the founding; what says nothing else describes the company itself.

    >>> layer_of("Tech Stack", "list"), layer_of("Last funding", "date"), layer_of("Industry", "category")
    ('technographic', 'behavioural', 'firmographic')
    """
    said, parts = f" {phrase(heading)} ", set(words(heading))
    for layer, phrases in _PHRASES:
        if any(f" {p} " in said for p in phrases):
            return layer
    if kind == "date":
        return "behavioural"
    if parts & _PLACE_WORDS and kind != "number":
        return "firmographic"  # where a company sits; how many places it has is operational
    return next((layer for layer, vocabulary in _WORDS if parts & vocabulary), "firmographic")
