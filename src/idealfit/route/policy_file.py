"""Reading a policy file: every mistake at once, with its line."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from idealfit.errors import Mistake, PolicyError
from idealfit.profile.mistakes import checked_as
from idealfit.profile.reading import MOST_BYTES, FileKind, read, too_large
from idealfit.route.policy import FORMAT, Policy, Rep
from idealfit.route.policy_rules import faults

if TYPE_CHECKING:
    from collections.abc import Mapping

POLICY = FileKind("policy", PolicyError, "'idealfit route init' writes one to start from.")


def loads(text: str, where: str = "policy.yaml") -> Policy:
    r"""Return the policy that `text` holds; `where` is what its mistakes call the file.

    Raises `PolicyError` with every mistake in it, each with its line, what is allowed and what to do.

    >>> loads("idealfit_routing: 1\nname: Inbound\nrules: []\nfalback: []", "p.yaml")
    Traceback (most recent call last):
    ...
    idealfit.errors.PolicyError: p.yaml:3: there is no rule. Write at least one rule with a step.
    p.yaml:4: unknown key in the policy, found 'falback'. Did you mean 'fallback'?
    """
    reading = read(text.removeprefix("\ufeff"), where, POLICY)
    raw = reading.value
    if not isinstance(raw, dict) or not set(raw) & {"idealfit_routing", "rules", "pools"}:
        start = "A policy starts with 'idealfit_routing: 1', a name and rules."
        raise PolicyError(*reading.mistakes, Mistake("not a policy", where, next_step=f"{start} {POLICY.made}"))
    version = raw.get("idealfit_routing")
    line = reading.line(("idealfit_routing",)) or 1
    if version != FORMAT:
        newer = isinstance(version, int) and version > FORMAT
        raise PolicyError(
            Mistake(
                "this version of the format is not known" if version is not None else "the version is missing",
                f"{where}:{line}",
                None if version is None else str(version),
                str(FORMAT),
                "Upgrade Idealfit." if newer else "Write 'idealfit_routing: 1' on top.",
            )
        )
    policy, mistakes = checked_as(Policy, raw, where, faults(raw), reading)
    if reading.mistakes or mistakes or policy is None:
        raise PolicyError(*reading.mistakes, *mistakes)
    return policy


def load(path: str | os.PathLike[str]) -> Policy:
    """Return the policy in the file at `path`. Raises `PolicyError` as `loads` does, or if it cannot be read."""
    return loads(text_of(path), str(path))


def text_of(path: str | os.PathLike[str]) -> str:
    """Return the text of a policy file; raises `PolicyError` where there is none to be had."""
    place = Path(path)
    try:
        if place.exists() and not place.is_file() and not place.is_dir():  # a device or a pipe may never end
            raise PolicyError(Mistake("this is not a regular file", str(path), next_step="Give a policy file."))
        with place.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size > MOST_BYTES:
                raise PolicyError(too_large(str(path), size, POLICY))
            return file.read(MOST_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise PolicyError(
            Mistake("not a text file in UTF-8", f"{path}:{line}", next_step="Save it as UTF-8.")
        ) from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise PolicyError(Mistake(reason, str(path), next_step=POLICY.made)) from None


def rep_of(said: Mapping[str, object]) -> tuple[Rep | None, list[Mistake]]:
    """Return the rep that plain values describe and the mistakes in them; None if there are any."""
    found = faults({"reps": [said]})
    return checked_as(Rep, said, str(said.get("id")), (replace(f, path=f.path[2:]) for f in found))


def as_plain(policy: Policy) -> dict[str, object]:
    """Return the policy as plain values, without the defaults."""
    return policy.model_dump(mode="json", by_alias=True, exclude_defaults=True) | {"idealfit_routing": FORMAT}


def from_plain(values: Mapping[str, object]) -> Policy:
    """Return the policy that `as_plain` wrote."""
    return Policy.model_validate_json(json.dumps(values), strict=True)


def fingerprint(policy: Policy) -> str:
    """Return what tells this policy from any other: a short digest of its values."""
    said = json.dumps(as_plain(policy), sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(said.encode(), digest_size=6).hexdigest()
