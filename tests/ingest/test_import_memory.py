"""Memory of a whole import, all its processes together, does not grow with the number of articles (TEST_MATRIX=all).

Mapped files are not counted: the index grows, and the system takes its pages back when it needs room.
"""

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
IMPORT = """
import os, sys
from pathlib import Path
import django
django.setup()
from archive.ingest import services
from archive.ingest.models import ImportBatch
from archive.ingest.readers import received_from
from benchmarks.memory import own, tree

path, early = Path(sys.argv[1]), int(sys.argv[2])
batch = services.receive(files=[received_from(path)], source=ImportBatch.Source.COMMAND)
for step in (services.check, services.confirm):
    most = {False: 0, True: 0}
    def watch(count):
        late = count > early
        most[late] = max(most[late], sum(map(own, tree(os.getpid()))))
    step(batch, progress=watch)
    print(most[False], most[True], batch.rows.count(), batch.rows.filter(done=True).count())
"""
#: Articles after which memory must not grow by more than so many megabytes, and all articles.
EARLY, ALL, MOST_GROWN = 2_000, 8_000, 40
WORDS = [
    "村口",
    "社区",
    "网格员",
    "志愿者",
    "口罩",
    "体温",
    "登记",
    "复工",
    "工厂",
    "学校",
    "返岗",
    "专车",
    "物资",
    "菜农",
    "医生",
    "党员",
    "夜里",
    "清晨",
    "大雪",
    "公路",
]


@pytest.mark.skipif(os.environ.get("TEST_MATRIX") != "all", reason="takes minutes")
def test_memory_is_flat_from_the_two_thousandth_article_on(tmp_path: Path) -> None:
    drawn = random.Random(1)
    with (tmp_path / "many.jsonl").open("w", encoding="utf-8") as file:
        for n in range(ALL):
            body = "\n".join("，".join(drawn.choices(WORDS, k=30)) + "。" for _paragraph in range(8))
            file.write(json.dumps({"title": f"示例第{n}期村口设卡登记", "text": body}, ensure_ascii=False) + "\n")
    environment = {
        **os.environ, "DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "archive.settings", "IMPORT_PROCESSES": "2",
    }  # fmt: skip
    for command in (["manage.py", "migrate", "-v0"], ["manage.py", "load_regions", "-v0"]):
        subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    ran = subprocess.run(
        [sys.executable, "-c", IMPORT, str(tmp_path / "many.jsonl"), str(EARLY)],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    check, confirm = ([int(one) for one in line.split()] for line in ran.stdout.splitlines())
    assert (check[2], confirm[3]) == (ALL, ALL)
    for early, late, *_rows in (check, confirm):
        assert late - early < MOST_GROWN, ran.stdout
