"""The account under a headline, as applications print it: an outlet's name and nothing else on its line."""

from __future__ import annotations

import re

from archive.ingest.extract.outlet_names import is_outlet_name
from archive.ingest.extract.surroundings import Piece, Surroundings

_ALONE = re.compile(r"[一-鿿A-Za-z·]{3,16}")
_HOUSE = re.compile(r"([一-鿿]{2,10}网)\s?[-—]{1,2}\s?《?[一-鿿]{2,10}(?:报|周刊)》?")
_CHROME = re.compile(r"返回|首页|上一|下一|登录|注册|点击|手机版?|小字|大字|评论|分享|网站|官方")


def account_under_headline(story: Surroundings) -> tuple[str, Piece] | None:
    """Return the outlet's name on a line of its own between headline and body, and the line; None where there is none."""
    title = next(iter(story.zone("title")), None)
    for piece in story.zone("head") if title is not None else ():
        name = piece.text.strip(" @|·")
        house = _HOUSE.fullmatch(name)  # 某网—《某日报》
        if title is not None and piece.start > title.start and house and is_outlet_name(house[1], labelled=True):
            return name, piece
        alone = _ALONE.fullmatch(name) is not None and not is_chrome(name)
        if title is not None and piece.start > title.start and alone and is_outlet_name(name):
            return name, piece
    return None


def is_chrome(words: str) -> bool:
    """Tell whether words are buttons of a page (返回首页, 手机版) that may end like an outlet's name."""
    return _CHROME.search(words) is not None
