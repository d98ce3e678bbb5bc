"""The offline mirror: what readers may see and nothing else, the same bytes each time, whole after a kill."""

import io
import json
import re
import subprocess
from html import unescape
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from archive.browse.mirror import building, folder, pages
from archive.catalog import services as catalog
from archive.catalog.models import Access, Article, Outlet
from archive.journal import runs
from archive.journal.models import Kind


def mirror(target, *options) -> str:
    out = io.StringIO()
    call_command("mirror", str(target), *options, stdout=out)
    return out.getvalue()


def files(target: Path) -> dict[str, bytes]:
    return {path.relative_to(target).as_posix(): path.read_bytes() for path in target.rglob("*") if path.is_file()}


def addresses(text: str) -> list[str]:
    return [unescape(one) for one in re.findall(r'(?:href|src)="([^"]*)"', text)]


def test_every_link_stays_within_the_folder_and_leads_somewhere(archive, tmp_path):
    said = mirror(tmp_path / "m")
    held = files(tmp_path / "m")
    assert f"articles {len(archive)}" in said and runs.last_runs()[Kind.MIRROR].figures["articles"] == len(archive)
    followed = 0
    for name, content in held.items():
        if not name.endswith(".html"):
            continue
        text = content.decode()
        assert not re.search(r"\son\w+=|<style|<script(?! src=)", text), name
        for address in addresses(text):
            path, _hash, fragment = address.partition("#")
            assert not re.match(r"[a-z]+:|/", path), (name, address)
            if path:
                target = (tmp_path / "m" / name).parent / path
                assert target.resolve().relative_to((tmp_path / "m").resolve()).as_posix() in held, (name, address)
            else:
                assert f'id="{fragment}"' in text, (name, address)
            followed += 1
    assert followed > 10 * len(archive)
    for asset in ("assets/site.css", "assets/mirror.css", "assets/mirror.js"):
        assert not re.search(rb"https?://|@import|url\((?!['\"]?data:)", held[asset]), asset


def test_each_article_stands_in_its_lists_and_with_its_citation(archive, tmp_path):
    mirror(tmp_path / "m")
    held = {name: content.decode() for name, content in files(tmp_path / "m").items()}
    for article in archive:
        version = article.current_version
        page = unescape(held[pages.page_of(article.public_id)])
        assert "".join(version.body.split())[:60] in "".join(re.sub(r"<[^>]*>", "", page).replace("¶", "").split())
        assert article.public_id in page and version.capture.sha256 in page and "GB/T 7714—2025" in page
        for kind, key in (("provinces", pages.province_of(version)), ("months", pages.month_of(version))):
            assert any(
                pages.page_of(article.public_id) in text
                for name, text in held.items()
                if name.startswith(f"{kind}/{key}")
            )
    rows = []
    for name in sorted(held):
        if re.match(r"data/\d", name):
            rows += json.loads(held[name].removeprefix("mirrorRows(").removesuffix(");\n"))
    assert {row[0] for row in rows} == {pages.page_of(article.public_id) for article in archive}


def test_the_same_content_gives_the_same_bytes_and_the_manifest_holds(archive, tmp_path, monkeypatch):
    mirror(tmp_path / "a")
    monkeypatch.setattr(building, "CHUNK", 7)
    mirror(tmp_path / "b")
    assert files(tmp_path / "a") == files(tmp_path / "b")
    checked = subprocess.run(
        ["sha256sum", "--strict", "--quiet", "-c", folder.MANIFEST],
        cwd=tmp_path / "a",
        capture_output=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr
    listed = {line.split("  ")[1] for line in (tmp_path / "a" / folder.MANIFEST).read_text().splitlines()}
    assert listed == set(files(tmp_path / "a")) - {folder.MANIFEST}


def test_again_it_changes_nothing_and_mends_what_is_damaged(archive, tmp_path):
    mirror(tmp_path / "m")
    before = files(tmp_path / "m")
    stamp = (tmp_path / "m" / "index.html").stat().st_mtime_ns
    assert "unchanged" in mirror(tmp_path / "m")
    assert (tmp_path / "m" / "index.html").stat().st_mtime_ns == stamp
    (tmp_path / "m" / "about.html").write_text("?")
    assert "unchanged" not in mirror(tmp_path / "m")
    assert files(tmp_path / "m") == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["m"]


def test_a_withdrawn_text_leaves_a_tombstone_and_snippets_stay_snippets(archive, tmp_path):
    mirror(tmp_path / "m")
    bodies = [one.current_version.body for one in archive]
    # Of a short text the excerpts may be all there is; another piece may have the same.
    alone = [one for one in archive if bodies.count(one.current_version.body) == 1]
    withdrawn, excerpted, staff = alone[:3]
    text = {one.public_id: one.current_version.body for one in (withdrawn, staff)}
    title = withdrawn.current_version.title
    catalog.withdraw(article=withdrawn, reason="来源要求撤下")
    catalog.set_access(article=excerpted, access=Access.SNIPPET, reason="版权")
    catalog.set_access(article=staff, access=Access.STAFF, reason="版权")
    mirror(tmp_path / "m")
    held = {name: content.decode() for name, content in files(tmp_path / "m").items()}
    everything = "".join(re.sub(r"<[^>]*>|\s", "", one) for one in held.values())
    for body in text.values():
        assert "".join(body.split()) not in everything
    tombstone = held[pages.page_of(withdrawn.public_id)]
    assert "来源要求撤下" in tombstone and title not in tombstone  # others may have the same title
    assert 'class="excerpt"' in held[pages.page_of(excerpted.public_id)]
    assert pages.page_of(staff.public_id) not in held
    note = json.loads(held[folder.NOTE])
    assert (note["articles"], note["tombstones"]) == (len(archive) - 2, 1)


def test_killed_half_way_the_old_one_stands_and_the_next_goes_on(archive, tmp_path, monkeypatch):
    mirror(tmp_path / "whole")
    target = tmp_path / "m"
    mirror(target)
    old = files(target)
    Outlet.objects.filter(articles__in=list(archive)[:1]).update(rights="示例：仅供研究")
    made = pages.article_page
    count = iter(range(1000))

    def dies(*arguments):
        if next(count) == 9:
            raise KeyboardInterrupt
        return made(*arguments)

    monkeypatch.setattr(pages, "article_page", dies)
    with pytest.raises(KeyboardInterrupt):
        mirror(target)
    assert files(target) == old
    done = []
    monkeypatch.setattr(pages, "article_page", lambda *arguments: done.append(1) or made(*arguments))
    mirror(target)
    assert len(done) == len(archive) - 9
    assert files(target) != old
    # Killed between the two renames of a swap, the old one comes back.
    target.rename(tmp_path / "m.old")
    assert "unchanged" in mirror(target)


def test_an_archive_that_changes_meanwhile_is_begun_anew(archive, tmp_path, monkeypatch):
    victim = list(archive)[3]
    body = victim.current_version.body
    made = pages.article_page
    turns = []

    def withdraws(article, *rest):
        page = made(article, *rest)
        if article.pk == victim.pk and not turns:
            turns.append(1)
            catalog.withdraw(article=Article.objects.get(pk=victim.pk), reason="来源要求撤下")
        return page

    monkeypatch.setattr(pages, "article_page", withdraws)
    mirror(tmp_path / "m")
    assert turns
    assert "".join(body.split())[:50] not in "".join(
        "".join(one.decode().split()) for one in files(tmp_path / "m").values()
    )


def test_a_folder_that_holds_something_else_is_refused(archive, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.odt").write_bytes(b"years of work")
    with pytest.raises(CommandError, match="no mirror"):
        mirror(tmp_path / "mine")
    assert (tmp_path / "mine" / "thesis.odt").exists()


def test_in_english_the_pages_are_english(archive, tmp_path):
    mirror(tmp_path / "m", "--language", "en")
    text = (tmp_path / "m" / "index.html").read_text()
    assert '<html lang="en">' in text and "By province" in text
    assert not re.search(r">[^<]*[按从份][^<]*</h2>", text)
