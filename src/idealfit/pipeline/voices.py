"""What people say, joined to what was learned: conversations, the buying committee, feedback of the own team."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from idealfit.engine import connect
from idealfit.errors import InputError, Mistake
from idealfit.learn.belonging import Belonging
from idealfit.learn.committee import committee
from idealfit.learn.feedback import Feedback, counted, judged
from idealfit.learn.gists import with_gists
from idealfit.learn.told import told_by_customers
from idealfit.learn.voice import heard
from idealfit.pipeline.inputs import name_of, quiet, within
from idealfit.profile.document import CountedRows
from idealfit.sources.conversations import conversations as conversations_in
from idealfit.sources.language_model import LanguageModel, NoAnswerError
from idealfit.sources.text_tables import text_table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from idealfit.learn.history import History
    from idealfit.pipeline.inputs import Table
    from idealfit.profile.document import Profile, Role
    from idealfit.sources.mapping import Mapping as SaidMapping
    from idealfit.tables import RowCount


@dataclass(frozen=True)
class Spoken:
    """The tables of words: what customers said, who took part, what the own team says; nothing after `until` counts."""

    conversations: Table | None = None
    people: Table | None = None
    feedback: Table | None = None
    until: date | None = None
    model: LanguageModel | None = None
    repeats: int = 3


def with_voices(
    profile: Profile,
    past: History,
    spoken: Spoken,
    *,
    said: SaidMapping,
    progress: Callable[[str, float], None] = quiet,
) -> Profile:
    """Return the profile with what customers say, who takes part and where the own team contradicts the data.

    Raises `InputError` and `MappingError` where a table holds no conversation, or nobody.
    """
    conversations, people, feedback = spoken.conversations, spoken.people, spoken.feedback
    headings = _headings(said)
    if conversations is not None:
        progress(f"reading {name_of(conversations)}", 0.0)
        utterances, warnings = conversations_in(conversations, connection=connect(), said=headings)
        known = [u for u in utterances if not (spoken.until and u.said_on and u.said_on > spoken.until)]
        speech = heard(past, known, progress=within(0.1, 0.9, progress))
        profile = _noted(profile, speech.rows, (*warnings, *speech.warnings))
        profile = profile.model_copy(
            update={
                "voice": speech.voice,
                "limits": (*profile.limits, *speech.limits),
                "narrative": told_by_customers(profile.narrative, speech.voice),
            }
        )
    if spoken.model is not None and profile.voice:
        progress("asking the language model which phrases mean the same", 0.85)
        profile = _with_gists(profile, spoken.model, spoken.repeats)
    if people is not None:
        progress(f"reading {name_of(people)}", 0.9)
        roles, rows, warnings = _committee(past, people, headings)
        profile = _noted(profile, rows, warnings).model_copy(update={"committee": roles})
    if feedback is not None:
        progress(f"reading {name_of(feedback)}", 0.95)
        found = judged(past, _statements(feedback, headings))
        # What contradicts the data comes first: that is what somebody has to think about.
        order = ("contradicts", "agrees", "cannot be told")
        stated = tuple(one.written() for one in sorted(found, key=lambda one: order.index(one.verdict)))
        profile = _noted(profile, (counted(found),), ()).model_copy(update={"feedback": stated})
    return profile


def _with_gists(profile: Profile, model: LanguageModel, repeats: int) -> Profile:
    """Return the profile with the model's gists and how it was used; as it was, with a warning, if it says nothing."""
    try:
        named, use = with_gists(profile.voice, model.name, model.answer, repeats)
    except NoAnswerError as error:
        return _noted(profile, (), (f"The language model was of no use: {error}. Phrases stay as customers say them.",))
    if profile.learned is None:
        return profile
    learned = profile.learned.model_copy(update={"language_model": use})
    return profile.model_copy(update={"voice": named, "learned": learned})


def _statements(feedback: Table, headings: Mapping[str, Sequence[str]]) -> list[Feedback]:
    table = text_table(feedback, "feedback", connection=connect(), said=headings)
    cells = (table.words(role) for role in ("rep", "account_id", "statement"))
    return [Feedback(rep, about, " ".join(said.split())) for rep, about, said in zip(*cells, strict=True) if said]


def _committee(
    past: History, people: Table, headings: Mapping[str, Sequence[str]]
) -> tuple[tuple[Role, ...], tuple[RowCount, ...], tuple[str, ...]]:
    table = text_table(people, "people", connection=connect(), said=headings)
    belonging, found, strangers = Belonging(past), [], 0
    for title, deal, company in zip(
        table.words("role"), table.words("deal_id"), table.words("account_id"), strict=True
    ):
        rows = belonging.rows(deal, company)
        strangers += not len(rows)
        found += [(int(row), title) for row in rows if title]
    if not found:
        raise InputError(
            Mistake(
                "nobody in it works for a company of the deals",
                table.name,
                next_step="Give a deal id, or the company as the deals call it, in a column of its own.",
            )
        )
    roles, rows_counted = committee(past, found)
    warnings = (f"{table.name}: {strangers:,} people belong to no decided deal",) if strangers else ()
    return roles, rows_counted, (*table.warnings, *warnings)


def _noted(profile: Profile, rows: Sequence[RowCount], warnings: Sequence[str]) -> Profile:
    learned = profile.learned
    if learned is None:
        return profile
    counted = tuple(_counted(row) for row in rows)
    update = {"rows": (*learned.rows, *counted), "warnings": (*learned.warnings, *warnings)}
    return profile.model_copy(update={"learned": learned.model_copy(update=update)})


def _counted(row: RowCount) -> CountedRows:
    reason = row.reason if row.rows_in != row.rows_out else ""
    return CountedRows(step=row.step, rows_in=row.rows_in, rows_out=row.rows_out, reason=reason)


def _headings(said: SaidMapping) -> dict[str, tuple[str, ...]]:
    return {role: (asked,) if isinstance(asked, str) else tuple(asked) for role, asked in said.columns.items()}
