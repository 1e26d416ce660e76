"""The door to a language model behind any OpenAI-compatible address. Optional: without it everything works.

The key comes from the environment alone and is in no message. What comes back is text from a stranger: it is bounded,
never run, and whoever asked checks every word of it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from idealfit.errors import InputError, Mistake

KEY = "IDEALFIT_MODEL_KEY"
"""The environment variable that holds the key, where the address wants one."""
SECONDS = 120.0
MOST_BYTES = 1_000_000


class NoAnswerError(Exception):
    """The model gave no usable answer; the text says why, without addresses' passwords and keys."""


@dataclass(frozen=True)
class LanguageModel:
    """A model by its address (``http://127.0.0.1:8080/v1``) and its name there."""

    address: str
    name: str

    def __post_init__(self) -> None:
        """Refuse what is no address."""
        if not self.address.startswith(("http://", "https://")):
            raise InputError(
                Mistake("this is no address of a model", "--model", self.address, "such as http://127.0.0.1:8080/v1")
            )

    def answer(self, system: str, user: str) -> str:
        """Return what the model says to a prompt; raises `NoAnswerError` where it says nothing usable.

        Raises `InputError` where the client for it is not installed.
        """
        try:
            httpx = import_module("httpx")
        except ImportError:
            step = "pip install 'idealfit[model]', or leave --model away."
            raise InputError(Mistake("a language model needs httpx, which is not installed", next_step=step)) from None
        messages = [{"role": "system", "content": system}, {"role": "user", "content": user}]
        asked = {"model": self.name, "messages": messages, "temperature": 0}
        key = os.environ.get(KEY)
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        where = f"{self.address.rstrip('/')}/chat/completions"
        try:
            with httpx.stream("POST", where, json=asked, headers=headers, timeout=SECONDS) as response:
                body = b""
                for piece in response.iter_bytes():
                    body += piece
                    if len(body) > MOST_BYTES:
                        raise NoAnswerError("its answer is too long")
                if response.status_code != 200:
                    raise NoAnswerError(f"it answered with status {response.status_code}")
                return _content(httpx.Response(200, content=body).json())
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise NoAnswerError(f"it could not be reached ({type(error).__name__})") from None
        except (ValueError, RecursionError):
            raise NoAnswerError("its answer is not JSON") from None


def _content(body: Any) -> str:  # noqa: ANN401  JSON is anything
    try:
        content = body["choices"][0]["message"]["content"]
    except (KeyError, IndexError, TypeError):
        raise NoAnswerError("its answer has no message") from None
    if not isinstance(content, str):
        raise NoAnswerError("its answer has no text")
    return content
