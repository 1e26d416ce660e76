"""Conversations from anywhere: a table with a row per turn, note or whole transcript, or a folder of transcripts.

Every `Utterance` is a piece of its source as it stands there, to the letter. What is said in it is data and nothing
else: no text, whatever it says, changes what the program does.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import replace
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, cast

from idealfit.errors import InputError, Mistake
from idealfit.sources.encodings import encoding_of
from idealfit.sources.text_tables import days, known, text_table
from idealfit.tables import SpeechKind, Utterance

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    import ibis

    from idealfit.sources.opening import TableLike

TRANSCRIPTS = (".txt", ".md", ".vtt", ".srt")
MOST_BYTES = 64 << 20
"""Of one transcript; a day of talk is under one megabyte."""
FEWEST_TURNS = 2
SHARE_OF_TURNS = 0.3
LONGEST_NAME = 48
NAMES_KEPT = 10_000  # who speaks is asked for every turn

_TIME = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_TURN = re.compile(
    rf"^[ \t>*-]*(?:[\[(]?{_TIME}[\])]?[ \t]*[-–]?[ \t]*)?(?:\*\*)?"
    rf"(?P<speaker>[^\W\d_][^:：\n\[\]()<>]{{0,{LONGEST_NAME}}}?)[ \t]*(?:\((?P<role>[^)\n]{{1,60}})\))?"
    rf"[ \t]*(?:[\[(]?{_TIME}[\])]?)?(?:\*\*)?[ \t]*[:：](?:\*\*)?[ \t]*(?=\S)",
    re.MULTILINE,
)
_CUE_TIME = re.compile(rf"^[ \t]*{_TIME}[ \t]*-->.*$", re.MULTILINE)
_VOICE_TAG = re.compile(r"<v(?:\.[\w.]+)?[ \t]+([^>\n]{1,80})>")
_DATE_IN_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})")


def conversations(
    where: TableLike, *, connection: ibis.BaseBackend, said: Mapping[str, Sequence[str]] | None = None
) -> tuple[tuple[Utterance, ...], tuple[str, ...]]:
    """Return what was said, in the order of the source, and warnings.

    `where` is a table, or a folder of transcripts (.txt, .md, .vtt, .srt) with lines such as ``Ann: We ran late.``
    Raises `InputError` and `MappingError` where it holds no conversation.
    """
    if isinstance(where, str | Path) and Path(where).is_dir():
        return _folder(Path(where))
    if isinstance(where, str | Path) and Path(where).suffix.lower() in (".vtt", ".srt", ".md"):
        utterances = tuple(_file(Path(where), Path(where).parent))
        return utterances, ()
    table = text_table(where, "conversations", connection=connection, said=said)
    spoken, unread = days(table.words("said_on"))
    kinds, sides = table.words("kind"), table.words("side")
    named = zip(*(table.words(role) for role in ("deal_id", "account_id", "speaker", "role")), strict=True)
    found: list[Utterance] = []
    default = kind_of(table.headings["text"], "transcript")
    for row, (deal, company, speaker, role) in enumerate(named):
        text = table.cells("text")[row]
        if text is None or not known(text):
            continue
        kind = kind_of(kinds[row], default)
        side = side_of(sides[row]) or side_of(speaker) or side_of(role)
        whole = Utterance(
            text, table.place_of_row(row), digest(text), deal, company, speaker, role, side, spoken[row], kind
        )
        found += _turns_in(whole) if _is_transcript(text) else [whole]
    warnings = list(table.warnings)
    if unread:
        warnings.append(f"{table.name}: {unread:,} days could not be read and are unknown")
    if not found:
        raise InputError(Mistake("nothing was said in it", table.name, next_step="Is it the right table?"))
    return tuple(found), tuple(warnings)


def digest(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, in hex.

    >>> digest("")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@lru_cache(NAMES_KEPT)
def side_of(said: str) -> str:
    """Return "ours" or "theirs" as a cell says it, or "" where it does not say.

    >>> side_of("Sales Rep"), side_of("Prospect"), side_of("Ann Example")
    ('ours', 'theirs', '')
    """
    word = " ".join(said.casefold().split())
    return next((side for side, words in _words("sides").items() if word in words), "")


def kind_of(said: str, otherwise: SpeechKind) -> SpeechKind:
    """Return the kind that a cell or heading names.

    >>> kind_of("Recorded call", "note"), kind_of("Closed Lost Reason", "note"), kind_of("?", "note")
    ('transcript', 'reason', 'note')
    """
    word = " ".join(re.findall(r"[\w/-]+", said.casefold().replace("_", " ")))
    return cast("SpeechKind", next((kind for kind, words in _words("kinds").items() if word in words), otherwise))


@cache
def _words(part: str) -> dict[str, frozenset[str]]:
    raw = tomllib.loads(files("idealfit.sources").joinpath("speech.toml").read_text(encoding="utf-8"))
    return {name: frozenset(word.strip() for word in line.split(" | ")) for name, line in raw[part].items()}


def _is_transcript(text: str) -> bool:
    """Return whether a text has several turns: lines that begin with who speaks, or the cues of a subtitle file."""
    if "\n" not in text:
        return False
    if _CUE_TIME.search(text):
        return True
    turns = [found for found in _TURN.finditer(text) if _names_somebody(found["speaker"])]
    lines = sum(1 for line in text.splitlines() if line.strip())
    return len(turns) >= FEWEST_TURNS and len(turns) >= SHARE_OF_TURNS * lines


@lru_cache(NAMES_KEPT)
def _names_somebody(said: str) -> bool:
    """Return whether the words before a colon can be a person: few, and each with a capital, or a side.

    >>> [_names_somebody(w) for w in ("Ann Example", "Customer", "The problem we have is", "https")]
    [True, True, False, False]
    """
    words = said.strip(" *").split()
    if not 0 < len(words) <= 5:
        return False
    return bool(side_of(said.strip(" *"))) or all(
        w[0].isupper() or not w[0].isascii() or w in ("de", "van", "von") for w in words
    )


def _turns_in(whole: Utterance) -> list[Utterance]:
    """Return the turns of a transcript, each with its speaker; words before the first one are nobody's."""
    text = whole.text
    if _CUE_TIME.search(text):
        return list(_cues_in(whole))
    found = [m for m in _TURN.finditer(text) if _names_somebody(m["speaker"])]
    turns = []
    for number, turn in enumerate(found):
        end = found[number + 1].start() if number + 1 < len(found) else len(text)
        turns.append(_said(whole, text[turn.end() : end].strip(), turn["speaker"], turn["role"] or ""))
    return [turn for turn in turns if turn.text]


def _cues_in(whole: Utterance) -> Iterator[Utterance]:
    """Yield the cues of a WebVTT or SubRip text; the speaker of the last one goes on until another is named."""
    speaker, role = whole.speaker, whole.role
    cues = list(_CUE_TIME.finditer(whole.text))
    for number, cue in enumerate(cues):
        end = cues[number + 1].start() if number + 1 < len(cues) else len(whole.text)
        block = re.split(r"\n[ \t]*\n", whole.text[cue.end() : end].strip("\r\n"))[0]
        block = re.sub(r"\n[ \t]*\d+[ \t]*$", "", block)
        if tag := _VOICE_TAG.search(block):
            speaker, role, block = tag[1].strip(), "", block[tag.end() :].split("</v>")[0]
        elif (turn := _TURN.match(block)) and _names_somebody(turn["speaker"]):
            speaker, role, block = turn["speaker"].strip(" *"), turn["role"] or "", block[turn.end() :]
        if block.strip():
            yield _said(whole, block.strip(), speaker, role)


def _said(whole: Utterance, text: str, speaker: str, role: str) -> Utterance:
    name = speaker.strip(" *\t")
    position = role or (whole.role if name == whole.speaker else "")
    return replace(whole, text=text, speaker=name, role=position, side=side_of(name) or side_of(position))


def _folder(folder: Path) -> tuple[tuple[Utterance, ...], tuple[str, ...]]:
    paths = sorted(p for p in folder.rglob("*") if p.suffix.lower() in TRANSCRIPTS and p.is_file())
    if not paths:
        raise InputError(
            Mistake("no transcript is in this folder", str(folder), allowed=f"files ending in {', '.join(TRANSCRIPTS)}")
        )
    found = tuple(turn for path in paths for turn in _file(path, folder))
    if not found:
        raise InputError(Mistake("nothing was said in these files", str(folder), next_step="Are they transcripts?"))
    return found, ()


def _file(path: Path, folder: Path) -> Iterator[Utterance]:
    """Yield the turns of a transcript. Its name (or its folder's) is the deal or the company, a day in it the day."""
    if path.stat().st_size > MOST_BYTES:
        size = f"{path.stat().st_size / 1e6:.0f} MB"
        raise InputError(Mistake("too large for a transcript", str(path), size, f"up to {MOST_BYTES >> 20} MB"))
    text = path.read_text(encoding=encoding_of(path), errors="replace")
    stem = _DATE_IN_NAME.sub("", path.stem).strip(" _-")
    where = str(path.relative_to(folder))
    company = path.parent.name if path.parent != folder else stem
    kind = kind_of(stem, "transcript")
    whole = Utterance(text, where, digest(text), stem, company, "", "", "", _day_in(path.stem), kind)
    yield from _turns_in(whole) if _is_transcript(text) else [whole] if text.strip() else []


def _day_in(name: str) -> date | None:
    found = _DATE_IN_NAME.search(name)
    return days([found[1]])[0][0] if found else None
