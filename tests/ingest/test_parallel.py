"""Pieces read in processes beside: in order, nothing lost, and what the readers raise comes after what they gave."""

import json
import os
import signal
import time
from collections.abc import Iterator
from multiprocessing import active_children

import pytest

from archive.ingest.parallel import HANDFUL, in_order
from archive.ingest.readers import Source, read, refusals
from archive.ingest.records import Skipped

from .samples import received


def lines(count: int) -> bytes:
    pieces = ({"title": f"示例村第{n}次设卡", "body": f"村口设卡登记，志愿者第{n}次值守。"} for n in range(count))
    return "\n".join(json.dumps(piece, ensure_ascii=False) for piece in pieces).encode()


def test_pieces_come_in_order_as_if_read_here_and_a_late_refusal_after_them():
    count = HANDFUL * 5 + 3

    def pieces() -> Iterator[Source | Skipped]:
        yield from read(received("a.jsonl", lines(count)))
        yield Skipped("a.jsonl", count + 1, "坏行", bad=True)
        raise refusals.BrokenTable("引号")

    here = [
        prepared.drafts[0].json for _piece, prepared in in_order(read(received("a.jsonl", lines(count))), "示例日报", 0)
    ]
    beside = []
    with pytest.raises(refusals.BrokenTable):
        for piece, prepared in in_order(pieces(), "示例日报", 2):
            beside.append((piece, prepared))
    assert [prepared.drafts[0].json for _piece, prepared in beside[:-1]] == here
    assert [piece.number for piece, _prepared in beside[:-1]] == list(range(1, count + 1))
    assert all(piece.container is not None for piece, _prepared in beside[:-1])
    assert beside[-1][1].skipped[0].reason == "坏行"


def test_the_processes_end_when_nobody_wants_more():
    reading = in_order(read(received("a.jsonl", lines(HANDFUL * 20))), "", 1)
    next(reading)
    beside = active_children()
    assert beside
    reading.close()
    until = time.monotonic() + 20
    while any(process.is_alive() for process in beside):
        assert time.monotonic() < until
        time.sleep(0.05)


def test_a_process_that_is_killed_ends_the_reading_instead_of_losing_pieces():
    reading = in_order(read(received("a.jsonl", lines(HANDFUL * 20))), "", 1)
    next(reading)
    for process in active_children():
        os.kill(process.pid, signal.SIGKILL)
    with pytest.raises(Exception, match="terminated"):
        list(reading)
