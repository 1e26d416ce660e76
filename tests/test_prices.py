"""Prices that changed on a pricing page: told with both quotes, and not for a number that only rotates."""

from __future__ import annotations

from datetime import timedelta

import pytest

from idealfit import pipeline
from idealfit.store import open_store
from idealfit.watch import keeping
from idealfit.watch.keeping import PAGES
from idealfit.watch.page_text import read_page
from idealfit.watch.prices import changed, prices_on
from watched_world import DAY, WORDS, world

PLANS = (
    "<h3>Team</h3><p>$29 per user</p><h3>Solo</h3><div>€</div><div>9</div><div>/mo</div>"
    "<h3>Nord</h3><p>1.299,00 € im Jahr</p>"
    "<p>Trusted by 1,204 teams, 93 online now. Updated 3 May 2026.</p><p>Raised $20M</p>"
    "<p>Customers saved $1,200 so far</p>"
    "<footer>© 2026 Counting Sheep</footer>"
)


def looks(*pages):
    """Return what is told at each look at a page that changes."""
    held, told = {}, []
    for page in pages:
        changes, held = changed(held, read_page(page))
        told.append([(one.heading, one.before, one.after) for one in changes])
    return told


def test_a_price_is_a_number_with_a_currency_or_a_unit_of_time():
    found = [(price.heading, price.amount, price.currency, price.quote) for price in prices_on(read_page(PLANS))]
    assert found == [
        ("Team", "29", "$", "$29 per user"), ("Solo", "9", "€", "€ 9 /mo"), ("Nord", "1299", "€", "1.299,00 € im Jahr"),
    ]  # fmt: skip
    assert all(read_page(PLANS).holds(quote) for *_, quote in found)


def test_a_change_is_told_once_with_both_quotes():
    dearer = PLANS.replace("$29", "$35")
    assert looks(PLANS, dearer, dearer) == [[], [("Team", "$29 per user", "$35 per user")], []]
    reworded = PLANS.replace("$29 per user", "from $35 per seat")
    assert looks(PLANS, reworded)[1] == [("Team", "$29 per user", "from $35 per seat")]


@pytest.mark.parametrize(
    ("old", "new"),
    [("1,204", "1,377"), ("93 online", "12 online"), ("3 May 2026", "9 June 2027"), ("© 2026", "© 2027"),
     ("$20M", "$30M"), ("$1,200", "$1,900"), ("9</div>", "9.00</div>"), ("1.299,00", "1299")],
)  # fmt: skip
def test_a_number_that_rotates_is_no_price(old, new):
    assert old in PLANS
    assert looks(PLANS, PLANS.replace(old, new))[1] == []


def test_what_moves_at_every_look_is_told_once_and_again_when_it_rests():
    pages = [PLANS.replace("$29", f"${n}") for n in (29, 31, 37, 41, 41, 41)]
    assert [bool(told) for told in looks(*pages)] == [False, True, False, False, True, False]
    assert looks(*pages)[4] == [("Team", "$31 per user", "$41 per user")]


def test_another_currency_depends_on_who_asks():
    abroad = "<h3>Team</h3><p>£25 per user</p>"
    home = "<h3>Team</h3><p>$29 per user</p>"
    assert looks(home, abroad, home) == [[], [], []]
    assert looks(home, "<h3>Team</h3><p>Call us</p>", "<h3>Team</h3><p>$31 per user</p>")[2] != [], "it was remembered"


def test_a_pricing_page_that_changed_makes_one_event_that_can_be_shown(tmp_path):
    with world(tmp_path) as web:

        def look(days):
            return pipeline.watch(
                web.companies, tmp_path / "w.db", settings=web.settings, fetcher=web.fetcher,
                now=lambda: DAY + timedelta(days=days), sources=("site",),
            )  # fmt: skip

        def put(basic, visitors):
            page = f"<title>Pricing</title>{WORDS}<h3>Basic</h3><p>{basic} a month.</p><p>{visitors} visitors</p>"
            web.set("/sheep.example/pricing", page)

        put(10, 400)
        assert not look(0).fresh
        put(10, 401)
        assert not look(4).fresh, "a counter tells nothing"
        put(12, 402)
        (event,) = look(8).fresh
        assert (event.kind, event.summary) == ("price change", "Basic: “12 a month.”, before “10 a month.”")
        assert event.happened_on is None, "the day is not known"
        assert event.when == "its day is not known (between 2026-03-06 and 2026-03-10)"
        with open_store(tmp_path / "w.db", PAGES) as opened:
            assert keeping.holds(opened, event.best.sha256, event.facts["after"])
            assert keeping.holds(opened, event.facts["seen before in"], event.facts["before"])
        put(12, 403)
        assert not look(12).fresh
