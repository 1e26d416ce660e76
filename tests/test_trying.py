"""Requests tried again: where it may help, as long as asked, and no longer than said."""

import random

import pytest

from idealfit.export.calling import NoReplyError, Reply
from idealfit.export.trying import Patience, tried


def run(*answers, tries=4, longest=60.0):
    """Return what came of answers given in turn (an error is raised), and the pauses between."""
    pauses, left = [], list(answers)

    def send():
        answer = left.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    patience = Patience(tries, 1.0, longest, lambda: 0.0, pauses.append, random.Random(1))
    return tried(send, patience, "the receiver"), pauses


def test_pauses_double_and_are_shortened_by_half_at_most():
    done, pauses = run(Reply(500), NoReplyError("no reply within 10 seconds"), Reply(502), Reply(204))
    assert (done.why, done.tries) == ("", 4)
    assert all(full / 2 <= pause <= full for pause, full in zip(pauses, (1, 2, 4), strict=True))


@pytest.mark.parametrize(("status", "said"), [(404, "answered 404"), (301, "answered 301, a redirect, which is not")])
def test_what_will_not_change_is_not_asked_again(status, said):
    done, pauses = run(Reply(status))
    assert (done.is_final, pauses) == (True, [])
    assert said in done.why


def test_a_pause_that_is_asked_for_is_kept_and_one_too_long_ends_it():
    assert run(Reply(429, headers={"retry-after": "30"}), Reply(200))[1] == [30.0]
    done, pauses = run(Reply(429, headers={"retry-after": "3600"}))
    assert (done.why, done.is_final, pauses) == ("the receiver answered 429, and asks to wait 3,600 seconds", False, [])


def test_the_last_trouble_is_told():
    done, pauses = run(Reply(500), NoReplyError("connection refused"), tries=2)
    assert (done.reply, done.why, done.tries, len(pauses)) == (None, "connection refused", 2, 1)
