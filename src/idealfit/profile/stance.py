"""Whom a clause speaks of, and whether it tells what is so: only of the companies sought are facts tested.

A wrong test throws companies away unseen, while a fact that is left open stays in the text. So a fact is tested where
its clause has the companies for its subject (they, it, firms, something of theirs), has none ("40 to 250 people, in
Germany"), or says whom we seek; not where somebody else is the subject or its owner, nor in former times, nor under a
condition, a wish, a plan, a thought or a comparison.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from idealfit.profile.clauses import Clause, Verb, clause_at, clauses_of
from idealfit.profile.subjects import BEING, BUYER, names_a_company, whom
from idealfit.profile.vocabulary import verbs_that, ways_to_say, word_for

if TYPE_CHECKING:
    from idealfit.profile.fact import Fact
    from idealfit.profile.speech import Word


_SUPPOSING = frozenset(
    "if when whenever once until before after unless whether lest how why what whatever wherever than".split()
)
_WISHES = verbs_that("wish")
_HEARSAY = verbs_that("hearsay")
_CHANGES = verbs_that("changes")
_OUR_DOINGS = verbs_that("our_doings")
_WE_SEEK = verbs_that("we_seek")
_LEAVES_OUT = word_for("leaves_out")
_IS_OUT = word_for("is_out")
_HARDLY = re.compile(ways_to_say("hardly"), re.IGNORECASE)
_OUT_OF_SCOPE = re.compile(r"\s+(?:\w+\s+)?outside\s+(?:of\s+)?(?:what we|our)\b", re.IGNORECASE)
_JUST_NOT = re.compile(r",\s+(?:just|only|but)\s+not\s+(?:in|from)\s+(?:the\s+)?$", re.IGNORECASE)
_NO_USE = word_for("no_use_of_us")
_US = re.compile(r"\b(?:us|ours)\b", re.IGNORECASE)
_ABOUT_US = word_for("about_us")
_WHOM_THEY_SERVE = ("sells_to", "markets")


def is_told(sentence: str, fact: Fact) -> bool:
    """Return whether a sentence says the fact of the companies sought, as something that is so.

    >>> from idealfit.profile.fact import Fact
    >>> told = [(s, Fact(s.index("Slack"), len(s) - 1, "technologies", "technographic", None)) for s in (
    ...     "Their shop floor runs on Slack.", "Their supplier runs on Slack.", "They have been dreaming of Slack.")]
    >>> [is_told(sentence, fact) for sentence, fact in told]
    [True, False, False]
    """
    clause = clause_at(sentence, fact.start)
    if clause is None:
        return True
    if (main := _main_of(sentence, clause)) is not None:
        return _leads_in(sentence, clause, main)
    if _JUST_NOT.search(sentence, 0, fact.start):  # "wherever they like, just not in France"
        first = clauses_of(sentence)[0]
        here = first.finite is None or first.finite.lemma in (*BEING, "sit", "live", "do")
        return fact.layer == "firmographic" and here and whom(sentence, first) in ("they", "none")
    if (
        (is_supposed(sentence, clause) and not rules_out(sentence, clause))
        or clause.quoted
        or _is_asked(sentence, clause)
    ):
        return False
    if fact.attribute not in _WHOM_THEY_SERVE and _of_the_served(sentence, clause, fact):
        return False
    if fact.layer != "technographic" and _is_of_another_time(sentence, clause):
        return False
    who = whom(sentence, clause)
    if fact.attribute in _WHOM_THEY_SERVE:
        return who != "somebody else" or any(BUYER.fullmatch(word.low) for word in clause.subject)
    if (
        who == "somebody else"
        or (who == "a thing" and fact.layer == "firmographic")
        or (fact.layer != "technographic" and _denied_to_us(sentence, clause, fact))
    ):
        return False
    if clause.subject and _HARDLY.search(
        sentence[clause.start : max(fact.start, clause.finite.end if clause.finite else 0)]
    ):
        return False
    if who == "a company" and not rules_out(sentence, clause):
        return about_us(sentence, clause)
    if who == "we":
        return _we_seek(clause, fact)
    if who == "ours":
        return _ours(clause, fact)
    return _is_so(sentence, clause, fact)


def _is_served(sentence: str, clause: Clause) -> bool:
    """Return whether a clause only names those whom the companies deal with: "the hospitals they deliver to"."""
    found = clauses_of(sentence)
    after = found[found.index(clause) + 1 :][:1]
    if clause.finite is not None or not after or after[0].opened not in ("that", "which", "whom", "who"):
        return False
    return after[0].own_subject and after[0].subject[0].low == "they" and clause.words[-1].kind in ("noun", "name")


def _denied_to_us(sentence: str, clause: Clause, fact: Fact) -> bool:
    """Return whether what is said against us leaves it open who is meant: "firms of 20 never see the worth of us"."""
    finite = clause.finite
    if finite is None or finite.start < fact.end or not finite.denied or finite.lemma in BEING:
        return False
    rest = re.split(r"[,;:.!?]", sentence[finite.end : clause.end])[0]
    plain = finite.lemma in verbs_that("buy_from_us") or finds_no_use(sentence, clause)
    return bool(_US.search(rest)) and not plain


def _of_the_served(sentence: str, clause: Clause, fact: Fact) -> bool:
    """Return whether a fact is of those whom the companies deal with: "the banks they work with use Slack"."""
    if fact.layer == "firmographic" and _is_served(sentence, clause):
        return True
    outer = clauses_of(sentence)[clause.within] if clause.within is not None else None
    goes_on = outer is not None and clause.opened in ("resumed", "that") and names_a_company(outer.words)
    return goes_on and outer is not None and _is_served(sentence, outer)


def is_supposed(sentence: str, clause: Clause) -> bool:
    """Return whether a clause, or the one that it goes on from, says under which condition or when something is so."""
    if clause.opened in _SUPPOSING:
        return True
    if clause.within is None or clause.own_subject:
        return False
    return is_supposed(sentence, clauses_of(sentence)[clause.within])


def _main_of(sentence: str, clause: Clause) -> Clause | None:
    """Return the clause that a leading phrase without a verb belongs to: "without Okta in place, the audit fails"."""
    first = clause.words[0]
    if clause.finite is not None or clause.opened or not (first.kind == "preposition" or first.low == "without"):
        return None
    found = clauses_of(sentence)
    after = found[found.index(clause) + 1 :]
    main = next((c for c in after if c.opened in ("", ",")), None)
    return main if main is not None and main.own_subject and main.finite is not None else None


def _leads_in(sentence: str, clause: Clause, main: Clause) -> bool:
    """Return whether a leading phrase tells what is so: "with 20 people, they grow", not "past 80 people"."""
    if about_us(sentence, main):
        return True
    finite = main.finite
    so = finite is not None and finite.mood == "present" and not finite.denied
    return so and clause.words[0].low in _SO_LEADING and main.subject[0].low == "they"


_OF_US_OR_NOTHING = re.compile(r"\s*(?:up\b|down\b|us\b|our\b|\W*$)", re.IGNORECASE)  # not "when they leave HubSpot"


def _is_of_another_time(sentence: str, clause: Clause) -> bool:
    """Return whether a clause after it says that something is so when they leave or begin, not when we meet them."""
    found = clauses_of(sentence)
    after = found[found.index(clause) + 1 :][:1]
    if not after or after[0].opened not in ("when", "once", "before", "until") or after[0].finite is None:
        return False
    if whom(sentence, after[0]) in ("we", "ours"):
        return False  # "when we start with them"
    finite = after[0].finite
    ends = finite.passive or _OF_US_OR_NOTHING.match(sentence, finite.end, after[0].end)
    return finite.lemma in verbs_that("leave_or_begin") and bool(ends)


_SO_LEADING = ("with", "in", "from", "within", "across", "outside")


def rules_out(sentence: str, clause: Clause) -> bool:
    """Return whether a condition is one under which we leave a company out.

    >>> s = "If they have fewer than 20 people, we pass."
    >>> rules_out(s, clauses_of(s)[0])
    True
    """
    if clause.opened not in ("if", "when", "whenever"):
        return False
    found = clauses_of(sentence)
    at = found.index(clause)
    main = found[clause.within] if clause.within is not None else None
    if main is None:
        main = next((c for c in found[at + 1 :] if c.own_subject or (c.finite and c.finite.mood == "order")), None)
    if main is None or main.finite is None:
        return False
    ours = whom(sentence, main) in ("we", "none")
    said = sentence[main.finite.start : main.end]
    return (ours and (main.finite.denied or bool(_LEAVES_OUT.match(said)))) or bool(_IS_OUT.match(said))


def refuses(sentence: str, clause: Clause, at: int) -> bool:
    """Return whether we say before a place that we do not deal with the companies: "we do not touch firms that".

    >>> s = "We never talk to firms with 5 people."
    >>> refuses(s, clauses_of(s)[0], 29)
    True
    """
    verb = next((v for v in reversed(clause.before(at)) if v.mood != "infinite"), None)
    if verb is not None and whom(sentence, clause) == "we":
        return verb.denied or _has_no_interest(clause, verb, at)
    if clause.opened in ("who", "that", "which", "whose") and clause.within is not None:
        return refuses(sentence, clauses_of(sentence)[clause.within], at)
    return False


def _has_no_interest(clause: Clause, verb: Verb, at: int) -> bool:
    """Return whether a verb says that nothing is thought of what stands at a place: "we have no interest in"."""
    between = " ".join(word.low for word in clause.words if verb.end <= word.start < at)
    return verb.lemma == "have" and between.startswith("no interest in")


def _is_asked(sentence: str, clause: Clause) -> bool:
    """Return whether a clause is a question."""
    return sentence[clause.end - 1 : clause.end + 1].rstrip().endswith("?") and clause.finite is not None


def about_us(sentence: str, clause: Clause) -> bool:
    """Return whether a clause says of companies whether they are for us.

    >>> [about_us(s, clauses_of(s)[0]) for s in ("Firms of 20 are who we train.", "Firms of 20 are slow.")]
    [True, False]
    """
    finite = clause.finite
    if finite is None:
        return True
    if finite.mood == "must" or (finite.mood == "open" and finite.lemma == "do"):  # "any country will do"
        return True
    rest = re.split(r"[,;:.!?]", sentence[finite.end :])[0]
    if finds_no_use(sentence, clause) or _OUT_OF_SCOPE.match(sentence, finite.end):
        return True
    if _is_someone_else(sentence, clause):
        return False
    if finite.lemma in _DOES and clause.subject and clause.subject[0].low in _ANY and _ALONE.fullmatch(rest):
        return finite.mood == "present"  # "anything from 20 to 90 people works"
    if finite.lemma in ("make", "form", "account", "represent", "bring") and re.search(r"\bour\b", rest):
        return finite.mood == "present"  # "they make up half of our orders"
    said = _ABOUT_US if finite.lemma in BEING or finite.lemma in verbs_that("buy_from_us") else _US
    return finite.mood == "present" and bool(said.search(rest))


def finds_no_use(sentence: str, clause: Clause) -> bool:
    """Return whether a clause says of companies that they can do without us.

    >>> s = "Firms with 20 people get nothing out of our product."
    >>> finds_no_use(s, clauses_of(s)[0])
    True
    """
    finite = clause.finite
    if finite is None or finite.mood not in ("present", "open") or whom(sentence, clause) not in ("they", "a company"):
        return False
    rest = re.split(r"[,;:.!?]", sentence[finite.end : clause.end])[0]
    without = finite.denied and finite.lemma in verbs_that("go_without_us")
    return bool(_NO_USE.match(sentence, finite.start)) or (without and bool(re.search(r"\b(?:us|our)\b", rest)))


_ANY = ("anything", "anyone", "anybody", "everything", "everyone", "anywhere", "from", "between")
_DOES = ("work", "fit", "qualify", "do")
_ALONE = re.compile(r"\s*(?:well|fine|best|great|nicely)?\s*")
_SOMEONE = re.compile(
    rf"\s*(?:our|their|its|your)\s+(?:[\w-]+\s+){{0,2}}?(?P<who>{ways_to_say('other_people')})\s*$", re.IGNORECASE
)
_SOUGHT = word_for("sought_by_us")


def _is_someone_else(sentence: str, clause: Clause) -> bool:
    """Return whether a clause says of companies that they are others than we seek: "vendors are our rivals"."""
    finite = clause.finite
    if finite is None or finite.lemma not in BEING or finite.denied:
        return False
    said = _SOMEONE.match(re.split(r"[,;:.!?]", sentence[finite.end : clause.end])[0])
    return said is not None and not (_SOUGHT.fullmatch(said["who"]) and "our" in said[0].lower().split())


def _last_verb(clause: Clause, fact: Fact) -> Verb | None:
    """Return the verb under which a fact stands: the last one with a time before it, or the first after it."""
    before = [verb for verb in clause.before(fact.start + 1) if verb.mood != "infinite"]
    return before[-1] if before else clause.finite


def _we_seek(clause: Clause, fact: Fact) -> bool:
    """Return whether we speak of the companies that we are after, and not of our own doings."""
    verb = _last_verb(clause, fact)
    if verb is None:
        return False
    earlier = [v for v in clause.before(verb.start) if v.mood != "infinite"]
    if (
        earlier
        and not earlier[-1].passive
        and verb.mood == "past"
        and verb.lemma in ("base", "headquarter", "locate", "situate", "domicile")
    ):
        verb = earlier[-1]  # "we cannot help anybody based in India"
    if verb.mood in ("past", "perfect") or (verb.mood == "open" and verb.lemma != "say" and not verb.denied):
        return bool(verb.mood == "open" and verb.lemma in ("serve", "find", "help", "handle"))
    if verb.lemma in _WE_SEEK or verb.denied:
        return True
    if _has_no_interest(clause, verb, fact.start):
        return True
    return verb.lemma not in _OUR_DOINGS and names_a_company(_phrase_of(clause, verb, fact))


def _ours(clause: Clause, fact: Fact) -> bool:
    """Return whether something of ours tells where the companies sought are: "our money comes from banks"."""
    verb = _last_verb(clause, fact)
    if (
        verb is None
        or verb.mood not in ("present", "must")
        or verb.lemma not in ("be", "come", "lie", "sit", "start", "stem")
    ):
        return False
    return fact.attribute == "industry" or names_a_company(_phrase_of(clause, verb, fact))


def _phrase_of(clause: Clause, verb: Verb, fact: Fact) -> tuple[Word, ...]:
    """Return the words from a verb to a fact, and the noun of the fact: "fill chairs at Series A start-ups"."""
    ahead = tuple(w for w in clause.words if w.start >= fact.end)
    beyond = next((w.start for w in ahead if w.kind not in ("noun", "name")), clause.end)
    return tuple(w for w in clause.words if verb.end <= w.start < beyond)


def _is_so(sentence: str, clause: Clause, fact: Fact) -> bool:
    """Return whether what they are or have is told as a fact of today."""
    verb = _last_verb(clause, fact)
    if verb is None:
        return not _outer_wish(sentence, clause)
    before = clause.before(fact.start + 1)
    if fact.attribute == "hiring" or fact.attribute.endswith("_job_posted_on"):
        return verb.mood in ("present", "perfect") or fact.test is not None
    if (
        verb.mood != "order"
        and any(_is_wish(clause, v) for v in before or (verb,))
        and not (verb.mood == "must" and not _is_wish(clause, verb))
    ):
        return False
    if verb.mood == "order":
        return True
    if fact.end <= verb.start and clause.own_subject and names_a_company(clause.subject):
        told_of = _tells_of_them(clause, verb) or about_us(sentence, clause)
        if _is_someone_else(sentence, clause):
            return False
        if not told_of and not _nobody_buys(clause, verb):
            return False  # "manufacturers in Peru copy it"
    if verb.mood == "open" and not verb.denied and not about_us(sentence, clause):
        return False
    if fact.end <= verb.start and _nobody_buys(clause, verb):
        return True
    if verb.mood == "past" and not _is_so_since(clause, verb, fact):
        return False
    if (
        not fact.negated
        and fact.layer != "behavioural"
        and verb.start < fact.start
        and not (verb.lemma in BEING and not verb.passive)
    ):
        between = tuple(w for w in clause.words if verb.end <= w.start < fact.start)
        if clause.subject and names_a_company(between):
            return False  # "they work with an agency in Rome"
    return not _outer_wish(sentence, clause)


def _tells_of_them(clause: Clause, verb: Verb) -> bool:
    """Return whether a verb tells what companies are or do; "anybody of 20 works the night shift" does not."""
    any_of_them = clause.subject[0].low in _ANY and verb.lemma in _DOES
    return verb.lemma in verbs_that("companies_are") and not any_of_them


def _is_wish(clause: Clause, verb: Verb) -> bool:
    """Return whether a verb is of wishing or thinking; planning is one in "plan to", not in "plan shifts"."""
    after = next((w.low for w in clause.words if w.start >= verb.end), "")
    return verb.lemma in _WISHES or (verb.lemma == "plan" and after in ("to", "on", "for"))


def _nobody_buys(clause: Clause, verb: Verb) -> bool:
    """Return whether a clause says whom we do not win: "nobody under 20 people ever bought"."""
    nobody = clause.subject[0].low in ("nobody", "none", "no", "nothing") if clause.subject else False
    return nobody and verb.lemma in verbs_that("buy_from_us")


def _is_so_since(clause: Clause, verb: Verb, fact: Fact) -> bool:
    """Return whether what was done still is so: what changed, what never was, what was earned last year."""
    if fact.layer == "behavioural" or fact.attribute in ("founded", "funding_stage") or fact.negated or verb.denied:
        return True
    if fact.attribute in ("annual_revenue", "arr"):
        return verb.lemma in ("do", "make", "turn", "book", "earn", "bring")
    return verb.lemma in _CHANGES or (not clause.subject and fact.layer == "firmographic")


def _outer_wish(sentence: str, clause: Clause) -> bool:
    """Return whether a clause is what somebody wishes, thinks or says: "he told us that they use Slack"."""
    if clause.opened != "that" or clause.within is None or not clause.own_subject:
        return False
    outer = clauses_of(sentence)[clause.within]
    return any(verb.lemma in _WISHES or verb.lemma in _HEARSAY for verb in outer.verbs)
