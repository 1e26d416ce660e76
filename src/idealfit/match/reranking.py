"""Reading the text and a company together: a cross-encoder over the first results, an option (7 to 29 pairs a second).

What it says is added to the list's own order, both as standard scores: by itself it ranks paraphrases worse.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from idealfit.errors import InputError, Mistake
from idealfit.match.encoder import session, tokenizer
from idealfit.match.models import check, find, models_here
from idealfit.match.ranking import Ranked, standard

if TYPE_CHECKING:
    from collections.abc import Sequence

    from idealfit.match.models import Model
    from idealfit.match.ranking import Floats

READ_AGAIN = 50
"""Companies at the top of a list that are read again; the others stay as they stand."""
OF_READING = 0.3
"""What the reading counts for, beside the order that was there."""
KIND = "re-ranker"


class Reranker:
    """A cross-encoder on this machine; a pair's score depends on the pair alone."""

    def __init__(self, model: Model) -> None:
        self.name = model.name
        self._longest = model.longest
        self._session = session(model)
        self._inputs = {wanted.name for wanted in self._session.get_inputs()}
        self._tokenizer: Any = tokenizer(model)

    def scores(self, text: str, companies: Sequence[str]) -> Floats:
        """Return how well each company's own text answers the text, in the model's own unit."""
        return np.array([self._score(text, own) for own in companies], dtype=np.float64)

    def _score(self, text: str, own: str) -> float:
        self._tokenizer.enable_truncation(self._longest, strategy="longest_first")
        encoded = self._tokenizer.encode(text, own)
        given = {
            "input_ids": np.array([encoded.ids], dtype=np.int64),
            "attention_mask": np.array([encoded.attention_mask], dtype=np.int64),
            "token_type_ids": np.array([encoded.type_ids], dtype=np.int64),
        }
        found = self._session.run(None, {name: given[name] for name in self._inputs})[0]
        return float(np.asarray(found).ravel()[0])


def open_reranker(name: str | None = None) -> Reranker:
    """Return the re-ranker of that name or folder, or the one that was added; `InputError` where there is none."""
    if name is None:
        added = [model for model in models_here() if model.kind == KIND]
        if not added:
            raise InputError(
                Mistake(
                    "no re-ranker has been added to this machine",
                    "--rerank",
                    next_step="Run: idealfit models add ms-marco-minilm-l12",
                )
            )
        model = added[0]
    else:
        model = find(name)
    check(model)
    return Reranker(model)


def read_again(order: Ranked, text: str, companies: Sequence[str], reranker: Reranker) -> Ranked:
    """Return the list with its first `READ_AGAIN` in the order that reading them gives together with the one they had.

    `companies` are the texts of the first results, in their order. The matches stay those of the places: the first is
    the best match, whoever it now is.
    """
    first = len(companies)
    if first < 2:
        return order
    together = (1 - OF_READING) * standard(order.match[:first]) + OF_READING * standard(
        reranker.scores(text, companies)
    )
    places = np.argsort(-together, kind="stable")
    rows = np.concatenate((order.rows[:first][places], order.rows[first:]))
    return Ranked(rows, order.match, order.looked_at)
