import numpy as np
import pytest

from idealfit.learn.committee import committee, plain_role
from talk import history


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Sr. Vice President of Sales", "VP Sales"),
        ("VP, Sales", "VP Sales"),
        ("chief revenue officer", "CRO"),
        ("Head of IT", "Head of IT"),
        ("Procurement Manager", "Procurement manager"),
        ("", ""),
    ],
)
def test_titles_that_mean_the_same_are_one_role(title, role):
    assert plain_role(title) == role


def test_roles_of_won_deals_against_lost():
    rng = np.random.default_rng(0)
    won = rng.random(200) < 0.4
    people = []
    for row in range(200):
        people.append((row, "CFO" if rng.random() < (0.7 if won[row] else 0.2) else "Intern"))
        people.append((row, "VP of Sales" if rng.random() < 0.5 else "vp marketing"))
    roles, (counted,) = committee(history(won), people)
    by_name = {role.role: role for role in roles}
    cfo = by_name["CFO"]
    assert cfo.verdict == "supported"
    assert cfo.ratio.low > 1
    assert cfo.won.seen == len({row for row, title in people if title == "CFO" and won[row]})
    assert (cfo.won.n, cfo.lost.n) == (int(won.sum()), int((~won).sum()))
    assert by_name["VP Sales"].verdict in ("not supported", "too little data")
    assert counted.rows_out == 200


def test_more_people_known_of_won_deals_is_no_finding():
    supported = 0
    for seed in range(20):
        rng = np.random.default_rng(seed)
        won = rng.random(120) < 0.4
        people = [
            (row, str(rng.choice(["CFO", "CTO", "VP Sales", "Buyer", "Counsel"])))
            for row in range(120)
            for _ in range(int(rng.integers(1, 3)) + (2 if won[row] else 0))
        ]
        supported += any(role.verdict == "supported" for role in committee(history(won), people)[0])
    assert supported <= 3


def test_nobody_known_is_no_committee():
    assert committee(history(np.array([True, False])), [])[0] == ()
