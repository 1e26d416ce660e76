"""A policy file: every mistake at once, with its line; and what is doubtful about one without mistakes."""

from __future__ import annotations

import pytest

from idealfit.errors import PolicyError
from idealfit.pipeline import lint_policy, load_policy, start_policy
from idealfit.route.lint import doubts
from idealfit.route.policy_file import as_plain, fingerprint, from_plain, loads
from routing_sample import POLICY

WRONG = """\
idealfit_routing: 1
name: Wrong
zone: Mars/Olympus
hours: {mon-fri: ["17:00-09"]}
accept_within: soon
reps:
  - {id: ana, zone: Europe/Berlin, leave: [{first: 2026-12-31, last: 2026-12-24}]}
  - {id: ana, holidays: ZZ}
  - {id: ben, capacity: 0}
pools:
  - {name: one, reps: [ana, anna], overflow: two}
  - {name: two, reps: [ana, ana], overflow: one, absence: catchup}
  - {name: three, reps: [], weights: {zoe: 1}}
rules:
  - {name: a, to: [{pool: four}, {pool: one, queue: x}, {}]}
  - {name: b, wen: [], to: []}
"""


def test_all_mistakes_at_once_each_with_its_line():
    with pytest.raises(PolicyError) as caught:
        loads(WRONG, "p.yaml")
    told = str(caught.value)
    for text in (
        "p.yaml:3: 'Mars/Olympus' is no time zone",
        "p.yaml:4: '17:00-09' is no span; write 09:00-17:30",
        "p.yaml:5: 'soon' is no length of time",
        "p.yaml:7: the leave ends before it begins",
        "p.yaml:8: two reps are called 'ana'",
        "p.yaml:8: holidays of 'ZZ' are not known",
        "p.yaml:9: reps 3: capacity is out of range, found '0'",
        "p.yaml:11: there is no rep 'anna'. Did you mean 'ana'?",
        "p.yaml:11: the pools overflow in a circle: one to two to one",
        "p.yaml:12: 'ana' stands twice in this pool",
        "p.yaml:12: pools 2: absence is not one of the words it may be, found 'catchup'",
        "p.yaml:13: nobody is in this pool",
        "p.yaml:13: there is no rep of this pool 'zoe'",
        "p.yaml:15: there is no pool 'four'",
        "p.yaml:15: a step leads to exactly one place, found 'pool and queue'",
        "p.yaml:15: a step leads to exactly one place, found 'none'",
        "p.yaml:16: the rule leads nowhere",
        "p.yaml:16: unknown key in rules 2, found 'wen'. Did you mean 'when'?",
    ):
        assert text in told, f"{text}\n---\n{told}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not a policy"),
        ("name: x\nrules: []", "the version is missing"),
        (
            "idealfit_routing: 2\nname: x\nrules: []",
            "this version of the format is not known, found '2'.*Upgrade Idealfit",
        ),
        ("idealfit_routing: 1\nname: !!python/object:os.system x\nrules: []", "Remove it: a policy is plain text"),
        ("idealfit_routing: 1\nname: [", "not readable as YAML"),
        ("rules: " + "[" * 100, "nested too deeply for a policy"),
        ("x" * 2_000_000, "too large for a policy"),
    ],
)
def test_what_is_no_policy(text, said):
    with pytest.raises(PolicyError, match=said):
        loads(text)


def test_a_policy_survives_the_ledger():
    policy = loads(POLICY)
    again = from_plain(as_plain(policy))
    assert again == policy
    assert fingerprint(again) == fingerprint(policy) != fingerprint(loads(POLICY.replace("30m", "31m")))


def test_the_policy_to_start_from_has_no_doubts(tmp_path):
    path = tmp_path / "policy.yaml"
    start_policy(path)
    assert lint_policy(path) == (load_policy(path), [])


def rules(*said, more=""):
    listed = "\n".join(f"  - {rule}" for rule in said)
    pools = "pools: [{name: p, reps: [ana], needs: [{lead: language, rep: languages}]}, {name: q, reps: [ben]}]"
    reps = "reps: [{id: ana, can: {languages: [en]}}, {id: ben}, {id: cem}]"
    return loads(f"idealfit_routing: 1\nname: x\n{reps}\n{pools}\nrules:\n{listed}\n{more}")


def told(policy):
    return {doubt.what for doubt in doubts(policy)}


A = "when: [{field: tier, test: {is: A}}]"
BIG = "when: [{field: employees, test: {at_least: 100}}]"


def test_rules_that_are_never_reached():
    found = told(rules(
        f"{{name: a, {A}, to: [{{queue: x}}]}}",
        "{name: also a, when: [{field: tier, test: {one_of: [A]}}, {field: at, test: {is: DE}}], to: [{queue: x}]}",
        f"{{name: big, {BIG}, to: [{{queue: x}}]}}",
        "{name: bigger, when: [{field: employees, test: {between: [100, 200]}}], to: [{queue: x}]}",
        "{name: small, when: [{field: employees, test: {below: 100}}], to: [{queue: x}]}",
        "{name: rest, to: [{queue: x}]}",
        "{name: late, to: [{queue: x}]}",
    ))  # fmt: skip
    assert {text for text in found if "never reached" in text} == {
        "rule 'also a' is never reached", "rule 'bigger' is never reached", "rule 'late' is never reached"
    }  # fmt: skip


def test_a_lead_that_would_land_nowhere_is_shown():
    (gap,) = [d for d in doubts(rules(f"{{name: a, {A}, to: [{{queue: x}}]}}")) if "match no rule" in d.what]
    assert gap.example == "tier unknown"
    assert not any("match no rule" in text for text in told(rules("{name: all, to: [{queue: x}]}")))


def test_reps_nobody_can_reach_and_values_nobody_covers():
    found = told(rules(
        "{name: fr, when: [{field: language, test: {is: fr}}], to: [{pool: p}, {queue: x}]}",
        "{name: all, to: [{queue: x}]}",
    ))  # fmt: skip
    assert "no lead can reach ben" in found
    assert "no lead can reach cem" in found
    assert "no rule that is reached leads to pool 'q'" in found
    assert "rule 'fr' sends leads with language fr to pool 'p', where nobody covers it" in found


def test_steps_behind_one_that_takes_everything():
    assert "rule 'all': no step after the first is ever reached" in told(
        rules("{name: all, to: [{pool: q}, {queue: x}]}")
    )


def test_leads_that_no_rep_should_have_and_leads_of_which_nothing_is_known():
    taken = "may give leads that are disqualified to reps"
    turned_away = "may disqualify leads whose tier is not known"
    ended = "{name: out, when: [{field: tier, test: {is: Disqualified}}], to: [{end: disqualify}]}"
    full, rest = f"{{name: a, {A}, to: [{{pool: q}}]}}", "{name: rest, to: [{pool: q}]}"
    assert f"rule 'rest' {taken}" in told(rules(full, rest))
    assert not any(taken in text or turned_away in text for text in told(rules(ended, full, rest)))
    assert f"rule 'rest' {turned_away}" in told(rules(full, "{name: rest, to: [{end: disqualify}]}"))
    assert not any(taken in text for text in told(rules(rest)))  # nobody asks for tiers
