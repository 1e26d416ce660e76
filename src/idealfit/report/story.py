"""The narrative as a page tells it: what is known as prose, what is not as marked questions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from idealfit.profile.document import Narrative

SLOTS = (
    ("company", "Who they are"),
    ("situation", "Their situation"),
    ("trigger", "What brings them"),
    ("alternative", "What they did before"),
    ("urgency", "Why it cannot wait"),
)
"""The five slots with their headings, in the order of the telling."""


@dataclass(frozen=True)
class Story:
    """The paragraphs of the prose, the slots that somebody filled, and the questions nobody has answered.

    `told` and `asked` are pairs of a heading and a text; a question that the prose itself asks is not in `asked`.
    """

    paragraphs: tuple[Markup, ...]
    told: tuple[tuple[str, str], ...]
    asked: tuple[tuple[str, str], ...]
    asks_in_prose: bool
    why: str


def story(narrative: Narrative) -> Story:
    """Return the narrative with its open questions apart from what is known.

    Questions announced as such (``Open question (trigger): ...``) leave the prose and stand in `asked`; those that a
    person has woven into a sentence stay in it, marked.
    """
    slots = [(label, getattr(narrative, name)) for name, label in SLOTS]
    asked = [
        (label, slot.text.strip()) for label, slot in slots if slot.source == "open question" and slot.text.strip()
    ]
    questions = [text for _, text in asked]
    prose = without_announced_questions(narrative.text, questions)
    woven = [text for text in questions if text in prose]
    return Story(
        tuple(with_questions_marked(line.strip(), woven) for line in prose.split("\n") if line.strip()),
        tuple((label, slot.text) for label, slot in slots if slot.source != "open question" and slot.text.strip()),
        tuple((label, text) for label, text in asked if text not in woven),
        bool(woven),
        f"Why this works: {narrative.why_it_works}" if narrative.why_it_works else "",
    )


def without_announced_questions(text: str, questions: Sequence[str]) -> str:
    """Return the prose without the questions it announces.

    >>> without_announced_questions("They grow. Open question (trigger): Why now?", ["Why now?"])
    'They grow. '
    """
    for question in questions:
        words = r"\s+".join(map(re.escape, question.split()))
        text = re.sub(rf"Open question \([^()\n]*\): {words}[.?!]?", "", text)
    return text


def with_questions_marked(text: str, questions: Sequence[str]) -> Markup:
    """Return the prose escaped, with the `questions` in it marked as open.

    >>> print(with_questions_marked("They come after <what>.", ["<what>"]))
    They come after <mark class="open">&lt;what&gt;</mark>.
    """
    sought = sorted(questions, key=len, reverse=True)
    if not sought:
        return escape(text)
    pieces = re.split(f"({'|'.join(map(re.escape, sought))})", text)
    question = Markup('<mark class="open">{}</mark>')
    return Markup("").join(question.format(p) if number % 2 else escape(p) for number, p in enumerate(pieces))
