"""What a client is told whose request could not be read, before it reaches Django: gunicorn's own page is bare English.

In three languages at once, for a request that was not read has none.
"""

from __future__ import annotations

#: Reason phrases and sentences of the refusals that gunicorn gives; any other status is told as an unreadable request.
_TOO_LONG = (
    "地址太长，未读取。请缩短检索词；核对长引文请用“核对引文”页。",
    "地址太長，未讀取。請縮短檢索詞；核對長引文請用「核對引文」頁。",
    "The address is too long and was not read. Shorten the query; for long quotations use the page “Verify a quotation”.",
)
_UNREADABLE = ("这个请求无法读取。", "這個請求無法讀取。", "This request could not be read.")
_PAGE = (
    '<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">'
    '<meta name="viewport" content="width=device-width"><title>{status}</title></head>'
    '<body style="font:1.05rem/1.7 sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem"><h1>{status}</h1>'
    '<p>{hans}</p><p lang="zh-Hant">{hant}</p><p lang="en">{english}</p><p><a href="/">基层战疫新闻档案</a></p></body></html>'
)


def refusal(status: int, reason: str) -> bytes:
    """The whole answer, head and page, to a request that was refused unread with `status`."""
    hans, hant, english = _TOO_LONG if status in (414, 431) else _UNREADABLE
    page = _PAGE.format(status=status, hans=hans, hant=hant, english=english).encode()
    head = (
        f"HTTP/1.1 {status} {reason}\r\nConnection: close\r\nContent-Type: text/html; charset=utf-8\r\n"
        f"Content-Length: {len(page)}\r\nCache-Control: no-store\r\n\r\n"
    )
    return head.encode("ascii", "replace") + page
