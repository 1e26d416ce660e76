"""Leads as they come in: what may be in one, and by what the same lead is known again."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING

from idealfit.errors import InputError, Mistake

if TYPE_CHECKING:
    from collections.abc import Mapping

    from idealfit.route.answers import Value

MOST_FIELDS = 200
LONGEST_NAME = 100
LONGEST_VALUE = 20_000
LONGEST_IN_ALL = 200_000
LONGEST_ID = 200

VALUES = "text, a number, true or false, a list of texts"
"""What a field of a lead may hold, in words."""

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_NAME = re.compile(r"[^0-9a-z]+")
_MAIL = re.compile(r"[^\s@,;<>\"]{1,64}@[^\s@,;<>\"]{1,253}")
IDENTIFYING = ("email", "phone", "company", "name", "first_name", "last_name", "domain", "website")

Fields = dict[str, "Value"]


def fields_of(given: Mapping[str, object]) -> Fields:
    """Return the fields of a lead under plain names; raises `InputError` with every one that cannot be taken.

    >>> fields_of({"E-mail ": " Ann@Acme.example ", "Employees": 40, "Notes": None})
    {'email': 'Ann@Acme.example', 'employees': 40}
    """
    mistakes: list[Mistake] = []
    if len(given) > MOST_FIELDS:
        mistakes.append(Mistake("too many fields in one lead", found=f"{len(given):,}", allowed=f"up to {MOST_FIELDS}"))
    found: Fields = {}
    size = 0
    for said, value in list(given.items())[:MOST_FIELDS]:
        name = plain_name(str(said))
        if not name or len(name) > LONGEST_NAME:
            mistakes.append(Mistake("a field without a usable name", found=str(said)[:60]))
            continue
        clean = _clean(value)
        if isinstance(clean, _Refused):
            mistakes.append(
                Mistake(
                    "not a value of a lead",
                    name,
                    str(value) if isinstance(value, float) else type(value).__name__,
                    VALUES,
                )
            )
            continue
        length = sum(map(len, clean)) if isinstance(clean, tuple) else len(clean) if isinstance(clean, str) else 8
        size += length
        if length > LONGEST_VALUE:
            mistakes.append(Mistake("too long a value", name, f"{length:,} letters", f"up to {LONGEST_VALUE:,}"))
        elif clean is not None and clean not in ("", ()):
            found.setdefault(name, clean)
    if size > LONGEST_IN_ALL and not mistakes:
        mistakes.append(Mistake("too much in one lead", found=f"{size:,} letters", allowed=f"up to {LONGEST_IN_ALL:,}"))
    if mistakes:
        raise InputError(*mistakes)
    return found


class _Refused:
    pass


def _clean(value: object) -> Value | _Refused:
    """Return the value without what no database holds, trimmed; lists as tuples."""
    if isinstance(value, str):
        return printable(value).strip()
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, (int, float)):
        return value if abs(value) < 1e15 else _Refused()  # nor is what is no number or endless
    if isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value):
        return tuple(text for item in value if (text := printable(str(item)).strip()))
    return _Refused()


def plain_name(said: str) -> str:
    """Return the name of a field in lower case and underscores; e-mail is always ``email``.

    >>> plain_name(" Company Size"), plain_name("E-Mail Address")
    ('company_size', 'email')
    """
    name = _NAME.sub("_", said.casefold()).strip("_")
    return "email" if name in ("e_mail", "mail", "email_address", "e_mail_address", "work_email") else name


def keys_of(fields: Fields, id: str | None) -> list[str]:
    """Return what a lead is known by, the surest first: its id, its e-mail address; failing both, all that tells who.

    >>> keys_of({"email": "Ann@Acme.example"}, None)
    ['mail ann@acme.example']
    """
    keys = [f"id {id}"] if id else []
    mail = _MAIL.search(str(fields.get("email") or ""))
    if mail:
        keys.append(f"mail {mail[0].casefold()}")
    if not keys:
        telling = [name for name in IDENTIFYING if name in fields] or list(fields)
        who = {name: str(fields[name]).casefold() for name in telling}
        told = json.dumps(who, sort_keys=True, ensure_ascii=False)
        keys.append(f"said {hashlib.blake2b(told.encode(), digest_size=16).hexdigest()}")
    return keys


def printable(text: str) -> str:
    r"""Return a text without what no database holds.

    >>> printable("a\x00b")
    'ab'
    """
    return _UNPRINTABLE.sub("", text)


def can_be_a_name(name: str) -> bool:
    """Return whether anything here could have this name; no database need be asked for others."""
    return 0 < len(name) <= LONGEST_ID and _UNPRINTABLE.search(name) is None


def checked_id(id: object) -> str | None:
    """Return the id of a lead as text, or None where it has none; raises `InputError` for one that cannot be used."""
    if id is None or id == "":
        return None
    text = str(id).strip()
    if not text or len(text) > LONGEST_ID or _UNPRINTABLE.search(text):
        raise InputError(Mistake("not an id for a lead", found=text[:60], allowed=f"1 to {LONGEST_ID} letters"))
    return text
