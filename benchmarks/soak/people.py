"""Readers that ask without pause, and writers that import articles and remember what they were told is in."""

from __future__ import annotations

import http.client
import json
import random
import subprocess
import threading
import time
from collections import Counter
from urllib.parse import quote

from ..search_speed.worker import percentile
from .running import Site

#: What a reader asks for, turn by turn.
WORDS = ("口罩", "志愿者", "登记", "“测量体温”", "村口", "隔离 NOT 医院", "送菜", "核酸检测")
ADDRESSES = (
    "/", "/search/?q={word}", "/search/?q={word}&sort=newest", "/places/", "/dates/2020/", "/outlets/",
    "/search/?q={word}&place=510000", "/en/search/?q={word}", "/help/", "/search/feed.atom?q={word}",
    "/concordance/?q={word}", "/api/v1/articles?q={word}",
)  # fmt: skip
#: What the articles are drawn from.
_SAID = [
    "党员",
    "干部",
    "群众",
    "村民",
    "社区",
    "网格",
    "物资",
    "蔬菜",
    "大米",
    "药品",
    "老人",
    "学生",
    "返乡",
    "排查",
    "消毒",
    "宣传",
    "喇叭",
    "广播",
    "横幅",
    "夜里",
    "清晨",
    "下雪",
    "春耕",
    "化肥",
    "复工",
    "企业",
    "车间",
    "食堂",
    "班车",
    "学校",
    "课堂",
    "医生",
    "护士",
    "体温",
    "健康",
    "隔离",
    "路口",
    "卡点",
    "帐篷",
    "热水",
    "值班",
    "轮流",
    "骑车",
    "步行",
    "登门",
    "电话",
    "微信",
    "捐款",
    "捐物",
    "感谢",
]
#: Articles in one import of a writer.
AT_ONCE = 5


class Reader(threading.Thread):
    """Counts answers by status; an address that exists must answer 200, or 503 with Retry-After."""

    def __init__(self, site: Site, number: int, until: float) -> None:
        super().__init__()
        self.site, self.number, self.until = site, number, until
        self.statuses: Counter[str] = Counter()
        self.times: list[float] = []

    def run(self) -> None:
        turn = self.number
        while time.monotonic() < self.until:
            address = ADDRESSES[turn % len(ADDRESSES)].format(word=quote(WORDS[turn % len(WORDS)]))
            began = time.perf_counter()
            self.statuses[self.ask(address)] += 1
            self.times.append(time.perf_counter() - began)
            turn += 7

    def ask(self, address: str) -> str:
        """The status with the address where it is not 200; `cut` where the connection was."""
        connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=120)
        try:
            # Each reader comes from an address of its own: searches are counted by client.
            connection.request("GET", address, headers={"X-Forwarded-For": f"192.0.2.{self.number % 250 + 1}"})
            answer = connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            return "cut"
        finally:
            connection.close()
        if answer.status == 200:
            return "200"
        again = " with Retry-After" if answer.headers["Retry-After"] else ""
        return f"{answer.status}{again} {address}"


class Writer(threading.Thread):
    """Imports invented articles by command, a few at a time; `written` are those whose import said that it was done."""

    def __init__(self, site: Site, number: int, until: float) -> None:
        super().__init__()
        self.site, self.number, self.until = site, number, until
        self.written: list[str] = []
        self.again: list[list[str]] = []
        self.running: subprocess.Popen[bytes] | None = None

    def run(self) -> None:
        turn = 0
        while time.monotonic() < self.until:
            marks = [f"甲{self.number}乙{turn}丙{piece}丁" for piece in range(AT_ONCE)]
            turn += 1
            self.running = self.site.begin("import_articles", self.file(turn, marks))
            if self.running.wait() == 0:
                self.written += marks
            else:
                self.again.append(marks)

    def file(self, turn: int, marks: list[str]) -> str:
        folder = self.site.data / "soak"
        folder.mkdir(exist_ok=True)
        path = folder / f"{self.number}-{turn}.jsonl"
        path.write_text("".join(json.dumps(article(mark), ensure_ascii=False) + "\n" for mark in marks))
        return str(path)

    def finish(self) -> str:
        """Import again what was cut off, all at once: what of it is held already must not come twice. What went wrong with that."""
        marks = [mark for cut in self.again for mark in cut]
        if not marks:
            return ""
        done = self.site.manage("import_articles", self.file(10_000, marks))
        self.written += marks
        return done.stderr.strip()[-300:] if done.returncode else ""


def article(mark: str) -> dict[str, str]:
    """An invented article with a string of its own; its words are drawn, so that articles are no copies of each other."""
    chance = random.Random(mark)
    told = "。".join("".join(chance.choices(_SAID, k=12)) for _ in range(6))
    body = f"示例县示例镇的志愿者{mark}在村口登记，为过往村民测量体温，并把口罩送到户。{told}。"
    return {"title": f"示例镇{mark}小组守好村口", "text": body}


def told(readers: list[Reader]) -> tuple[Counter[str], dict[str, float]]:
    """All answers by status, and their times in milliseconds."""
    statuses: Counter[str] = Counter()
    times: list[float] = []
    for reader in readers:
        statuses += reader.statuses
        times += reader.times
    return statuses, {"p50_ms": percentile(times, 0.5) * 1e3, "p95_ms": percentile(times, 0.95) * 1e3}
