"""How much of a text readers may see."""

import re

from django.db import models
from django.utils.translation import pgettext_lazy


class Access(models.TextChoices):
    FULL = "full", pgettext_lazy("choice", "全文")
    SNIPPET = "snippet", pgettext_lazy("choice", "仅摘录")
    STAFF = "staff", pgettext_lazy("choice", "仅编辑")


class Shown(models.IntegerChoices):
    """How much of an article one reader is shown: the one answer that pages, snippets, exports and feeds go by."""

    NOTHING = 0
    SNIPPETS = 1
    WHOLE = 2


#: Where an excerpt ends well: behind a sentence, else behind a clause.
_STOPS = (re.compile(r"[。！？!?；;…]+[”’」』）)]*"), re.compile(r"[，、：,:][”’」』）)]*"))


def excerpt_end(body: str) -> int:
    """Where the excerpt of a body ends that is open in snippets only: it is the beginning, at most a third of what is printed.

    The same whatever is asked, so that no number of searches gives more. It ends behind a sentence or a clause where one
    ends in its second half.
    """
    printed = [place for place, character in enumerate(body) if not character.isspace()]
    most = len(printed) // 3
    if not most:
        return 0
    last = printed[most - 1] + 1
    for stop in _STOPS:
        ends = [found.end() for found in stop.finditer(body, 0, last) if found.end() >= last // 2]
        if ends:
            return ends[-1]
    return last
