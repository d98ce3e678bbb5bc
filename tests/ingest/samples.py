"""Files in memory for the tests of readers and batches, and a plain reading in place of the pipeline."""

import io
import re
import zipfile
from functools import partial

from archive.ingest.readers import Received, Source, read
from archive.ingest.records import ArticleDraft, Block, PageRead, Published, RepairMade, Skipped

BODY = "村口设卡登记,志愿者轮流值守。\n\n每户发放口罩两只。"


def received(name: str, data: bytes | str) -> Received:
    """A file in memory."""
    raw = data.encode() if isinstance(data, str) else data
    return Received(name, partial(io.BytesIO, raw))


def zipped(members: dict[str, bytes | str]) -> bytes:
    """A zip of the members."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return packed.getvalue()


def pieces(name: str, data: bytes | str) -> list[Source | Skipped]:
    """What the readers give for a file."""
    return list(read(received(name, data)))


def plain_page(
    data: bytes,
    *,
    file: str,
    media_type: str,
    source_url: str | None = None,
    captured_at: str | None = None,
    usages: object = None,
) -> PageRead:
    """Stands for the pipeline: a line "# …" begins a story; 〔删〕 is a damage that repair removes; 404 is no article."""
    try:
        text, encoding = data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        text, encoding = data.decode("gb18030"), "gb18030"
    extracted = None
    if media_type == "text/html":
        text = extracted = re.sub(r"(?s)<script.*?</script>|<[^>]+>", "\n", text).strip()
    repairs = [RepairMade("mark", m.start(), m.end(), m[0], "", 1.0) for m in re.finditer("〔删〕", text)]
    repaired = text.replace("〔删〕", "")
    if "404" in repaired:
        return PageRead(encoding, text, repaired, repairs, [], [Skipped(file, 0, "没有正文")], extracted)
    drafts = []
    stories = re.split(r"(?m)^# ", repaired) if "# " in repaired else [repaired]
    for index, story in enumerate(part for part in stories if part.strip()):
        lines = [line.strip() for line in story.split("\n") if line.strip()]
        title, rest = (lines[0], lines[1:]) if len(lines) > 1 else (None, lines)
        blocks = [Block("paragraph", line, repaired.index(line), repaired.index(line) + len(line)) for line in rest]
        body = "\n\n".join(rest)
        draft = ArticleDraft(file, index, title, body, body, blocks, "Hans", span=(0, len(repaired)), repairs=repairs)
        draft.source_url, draft.captured_at = source_url, captured_at
        if outlet := re.search(r"来源:(\S+)", repaired):
            draft.outlet = draft.publisher = outlet[1]
        if day := re.search(r"(\d{4})年(\d{1,2})月(\d{1,2})日", repaired):
            iso = f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}"
            draft.published = Published(iso, "day", "stated", iso, iso, "文中")
        drafts.append(draft)
    return PageRead(encoding, text, repaired, repairs, drafts, [], extracted)
