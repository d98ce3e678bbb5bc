"""Upload in the admin: form, preview, confirmation, undo; each role may do what it may, and no more."""

import csv
import io
import json
import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from archive.catalog import masking
from archive.catalog import services as catalog
from archive.catalog.models import Article, Capture, Evidence, Mask, Status
from archive.ingest import fetching, services
from archive.ingest.models import BatchState, ImportBatch, ImportRow
from archive.ingest.roles import ROLES, ensure_groups

from .samples import BODY, plain_page, zipped
from .test_readers_webarchive import response

UPLOAD = "/staff/ingest/importbatch/upload/"
PAGE = f"示例村设卡\n来源:示例县报\n2020年2月10日\n\n{BODY}"


@pytest.fixture(autouse=True)
def ground(db, settings, tmp_path, monkeypatch):
    settings.CAPTURE_DIR = tmp_path / "captures"
    monkeypatch.setattr("archive.ingest.reading.read_page", plain_page)


def as_role(role: str) -> Client:
    user = User.objects.create_user(f"示例{role}", password="x", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(user)
    return client


@pytest.fixture
def editor():
    return as_role("editor")


def post(client: Client, *files: tuple[str, bytes | str], **fields: str):
    uploads = [SimpleUploadedFile(name, data if isinstance(data, bytes) else data.encode()) for name, data in files]
    return client.post(UPLOAD, {"uploads": uploads, "publish": "1", **fields}, follow=True)


def step(client: Client, name: str, batch: ImportBatch):
    return client.post(f"/staff/ingest/importbatch/batch/{batch.token}/{name}/", follow=True)


def text_of(response) -> str:
    return response.content.decode()


def test_the_form_states_its_limits(editor):
    page = text_of(editor.get(UPLOAD))
    assert "50 MB" in page
    assert ".jsonl" in page


def test_from_file_to_published_article_and_back(editor):
    page = text_of(post(editor, ("页.txt", PAGE)))
    batch = ImportBatch.objects.get()
    assert batch.state == BatchState.CHECKED
    assert batch.created_by.username == "示例editor"
    assert not Article.objects.exists()
    for shown in ("示例村设卡", "示例县报", "2020-02-10", "到日", "尚未写入", "确认导入并发布 1 篇", "村口设卡登记"):
        assert shown in page
    page = text_of(step(editor, "confirm", batch))
    article = Article.objects.get()
    assert article.status == Status.PUBLISHED
    assert f'href="/articles/{article.public_id}/"' in page
    assert 'href="/search/"' in page
    question = text_of(editor.get(f"/staff/ingest/importbatch/batch/{batch.token}/undo/"))
    assert article.public_id in question
    assert "将删除 1 条" in question
    page = text_of(step(editor, "undo", batch))
    assert "删除 1 条" in page
    assert not Article.objects.exists()


def test_an_article_without_a_title_is_linked_by_its_first_words(editor):
    post(editor, text="只有一行正文,没有标题,村口设卡登记,志愿者轮流值守。")
    batch = ImportBatch.objects.get()
    page = text_of(step(editor, "confirm", batch))
    assert f'<a href="/articles/{Article.objects.get().public_id}/">[只有一行正文' in page


def test_pasted_text_and_a_typed_article_come_in_one_batch(editor):
    post(
        editor, text=PAGE, text_url="http://a.example/1", title="录入一篇", body="正文甲。\r\n\r\n正文乙。",
        outlet="示例晚报", published="2020年3月", authors="示例甲、示例乙", about="110000",
    )  # fmt: skip
    batch = ImportBatch.objects.get()
    drafts = {row.draft["title"]: row.draft for row in batch.rows.all()}
    assert drafts["示例村设卡"]["source_url"] == "http://a.example/1"
    typed = drafts["录入一篇"]
    assert typed["body"] == "正文甲。\n\n正文乙。"
    assert (typed["outlet"], typed["published"]["value"]) == ("示例晚报", "2020-03")
    assert [author["name"] for author in typed["authors"]] == ["示例甲", "示例乙"]
    assert typed["about"]["code"] == "110000"
    assert Capture.objects.filter(media_type="application/json").count() == 2


def test_the_batch_can_be_left_as_drafts_under_a_name_and_an_outlet(editor):
    post(editor, ("页.txt", f"甲\n{BODY}"), publish="0", name="二月来稿", default_outlet="示例日报")
    batch = ImportBatch.objects.get()
    step(editor, "confirm", batch)
    article = Article.objects.get()
    assert (batch.name, article.status, article.outlet.name) == ("二月来稿", Status.DRAFT, "示例日报")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "请选择文件、粘贴文字，或录入一篇文章"),
        ({"body": "只有正文"}, "请填写标题"),
        ({"title": "只有标题"}, "请填写正文"),
        ({"title": "一", "body": "二", "published": "二月初"}, "无法识别的日期"),
        ({"text": "正文", "text_url": "ftp://a.example"}, "http://"),
    ],
)
def test_an_incomplete_form_says_what_is_missing_and_receives_nothing(editor, fields, sentence):
    assert sentence in text_of(editor.post(UPLOAD, {"publish": "1", **fields}))
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("空.txt", b"", "文件是空的"),
        ("坏.zip", b"PK\x03\x04broken", "压缩包已损坏"),
        ("弹.zip", zipped({"a.txt": b"0" * (40 * 2**20)}), "压缩炸弹"),
        ("路.zip", zipped({"../a.txt": BODY}), "不安全的文件名"),
        ("表.csv", '标题,正文\n一,"没有关上'.encode(), "引号没有成对"),
        ("乱.txt", b"\x00\x01\x02\xff\xfe" * 50, "NUL"),
        ("a.json", b"[1, 2]", "JSON Lines"),
        ("a.pdf", b"%PDF-1.4", "PDF"),
    ],
)
def test_a_bad_file_gets_its_sentence_and_nothing_is_stored(
    editor, name, data, sentence, settings, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        response = post(editor, (name, data))
    assert response.status_code == 200
    assert sentence in text_of(response)
    assert ImportBatch.objects.get().state == BatchState.FAILED
    assert not Capture.objects.exists()
    assert not [path for path in settings.CAPTURE_DIR.rglob("*") if path.is_file()]


def test_good_and_bad_rows_stand_in_their_tabs(editor):
    table = "标题,正文,日期\n一,正文一,2020-02-10\n二,正文二,二月初\n"
    post(editor, ("表.csv", table), ("页.txt", PAGE), ("又.txt", PAGE))
    batch = ImportBatch.objects.get()
    page = text_of(editor.get(batch.get_absolute_url(), {"show": "bad"}))
    assert "第 3 行" in page
    assert "二月初" in page
    assert "正文一" not in page
    assert "不再导入" in text_of(editor.get(batch.get_absolute_url(), {"show": "held"}))
    assert "读作" in page
    for odd in ({"show": "unknown"}, {"page": "999999"}, {"page": "x", "show": "new"}):
        assert editor.get(batch.get_absolute_url(), odd).status_code == 200


def test_markup_in_what_was_brought_is_shown_as_text(editor):
    page = text_of(post(editor, ("<b>.txt", f"题<script>alert(1)</script>\n<img src=x onerror=y>{BODY}")))
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;" in page


def test_cancelling_imports_nothing(editor):
    post(editor, ("页.txt", PAGE))
    page = text_of(step(editor, "cancel", ImportBatch.objects.get()))
    assert "没有导入任何内容" in page
    assert not ImportRow.objects.exists()
    assert ImportBatch.objects.get().state == BatchState.CANCELLED


def test_confirming_twice_makes_one_article_and_says_so(editor):
    post(editor, ("页.txt", PAGE))
    batch = ImportBatch.objects.get()
    step(editor, "confirm", batch)
    assert "不在待确认的状态" in text_of(step(editor, "confirm", batch))
    assert Article.objects.count() == 1


def test_work_that_nobody_began_is_told_and_can_be_begun_by_hand(editor):
    batch = services.receive(files=[services.pasted(PAGE)], source=ImportBatch.Source.UPLOAD)
    page = text_of(editor.get(batch.get_absolute_url()))
    assert "正在检查" in page
    assert "后台程序还没有开始" not in page
    ImportBatch.objects.update(created_at=timezone.now() - timedelta(minutes=2))
    assert "后台程序还没有开始" in text_of(editor.get(batch.get_absolute_url()))
    assert "确认导入并发布 1 篇" in text_of(step(editor, "go-on", batch))
    ImportBatch.objects.update(state=BatchState.IMPORTING, beat_at=timezone.now() - timedelta(minutes=2))
    assert "正在导入：已写入 0 / 1 篇" in text_of(editor.get(batch.get_absolute_url()))
    step(editor, "go-on", batch)
    assert Article.objects.count() == 1


def test_progress_is_asked_for_by_script_or_refresh_and_ends_with_a_fresh_page(editor):
    batch = services.receive(files=[services.pasted(PAGE)], source=ImportBatch.Source.UPLOAD)
    page = text_of(editor.get(batch.get_absolute_url()))
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page
    address = f"{batch.get_absolute_url()}progress/"
    assert f'hx-get="{address}"' in page
    asked = editor.get(address)
    assert (asked.headers.get("HX-Refresh"), "hx-get" in text_of(asked)) == (None, True)
    services.check(batch)
    assert editor.get(address).headers["HX-Refresh"] == "true"
    assert "hx-get" not in text_of(editor.get(batch.get_absolute_url()))


def test_columns_that_the_header_does_not_explain_are_chosen_and_the_check_begins_anew(editor, settings):
    page = text_of(post(editor, ("表.csv", "甲列,乙列,标题\n题一,正文一,无用\n题二,正文二,无用\n")))
    batch = ImportBatch.objects.get()
    assert batch.state == BatchState.FAILED
    assert "缺少“正文”列" in page
    assert "按所选各列重新检查" in page
    assert len([path for path in settings.CAPTURE_DIR.rglob("*") if path.is_file()]) == 1
    address = f"{batch.get_absolute_url()}columns/0/"
    twice = editor.post(address, {"column-0": "title", "column-1": "body", "column-2": "title"}, follow=True)
    assert "选了两列" in text_of(twice)
    page = text_of(editor.post(address, {"column-0": "title", "column-1": "body"}, follow=True))
    assert "确认导入并发布 2 篇" in page
    assert "题一" in page
    page = text_of(editor.post(address, {"column-2": "title", "column-1": "body"}, follow=True))
    assert [row.draft["title"] for row in batch.rows.all()] == ["无用", "无用"]
    step(editor, "confirm", batch)
    assert {article.current_version.body for article in Article.objects.all()} == {"正文一", "正文二"}
    assert "不能再改" in text_of(editor.post(address, {"column-1": "body", "column-0": "title"}, follow=True))


def test_what_was_not_imported_can_be_had_as_a_table_with_the_rows_as_they_came(editor):
    table = "标题,正文,日期\n一,正文一,2020-02-10\n=二,正文二,二月初\n"
    post(editor, ("表.csv", table), ("坏.jsonl", '{"title": "三", "body": "四"}\n{"title": 五}\n'))
    batch = ImportBatch.objects.get()
    assert "下载未导入各行" in text_of(editor.get(batch.get_absolute_url()))
    response = editor.get(f"{batch.get_absolute_url()}report/")
    assert response["Content-Type"].startswith("text/csv")
    told = list(csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig"))))
    assert [(row["文件"], row["行"]) for row in told] == [("表.csv", "3"), ("坏.jsonl", "2")]
    assert "“日期”" in told[0]["说明"]
    assert [row["原来的内容"] for row in told] == ["'=二,正文二,二月初", '{"title": 五}']


def test_a_request_over_the_limit_is_refused_before_it_is_read(editor, settings):
    settings.UPLOAD_LIMIT = 1000
    response = editor.post(UPLOAD, {"uploads": io.BytesIO(b"x" * (2**20 + 2000))})
    assert response.status_code == 413
    assert "文件过大" in response.content.decode()


def test_a_file_just_above_the_limit_is_told_so(editor, settings):
    settings.UPLOAD_LIMIT = 1000
    page = text_of(post(editor, ("大.txt", b"x" * 3000)))
    assert "没有填写" not in page and "必填" not in page


def test_a_contributor_uploads_and_an_editor_confirms(editor):
    contributor = as_role("contributor")
    page = text_of(post(contributor, ("页.txt", PAGE)))
    batch = ImportBatch.objects.get()
    assert "等待确认" in page
    assert "确认导入" not in page
    assert step(contributor, "confirm", batch).status_code == 403
    assert step(contributor, "undo", batch).status_code == 403
    assert not Article.objects.exists()
    step(editor, "confirm", batch)
    assert Article.objects.count() == 1


def test_a_reader_looks_and_does_nothing_else(editor):
    reader = as_role("reader")
    post(editor, ("页.txt", PAGE))
    batch = ImportBatch.objects.get()
    assert reader.get(batch.get_absolute_url()).status_code == 200
    assert reader.get(UPLOAD).status_code == 403
    for name in ("go-on", "confirm", "cancel", "undo"):
        assert step(reader, name, batch).status_code == 403
    assert "上传文章" not in text_of(reader.get("/staff/ingest/importbatch/"))


def test_a_contributor_cancels_only_what_is_their_own(editor):
    contributor = as_role("contributor")
    post(editor, ("页.txt", PAGE))
    assert step(contributor, "cancel", ImportBatch.objects.get()).status_code == 403
    post(contributor, ("另.txt", PAGE + "另"))
    assert step(contributor, "cancel", ImportBatch.objects.first()).status_code == 200


def test_strangers_are_sent_to_the_door(client):
    batch = services.receive(files=[services.pasted(PAGE)], source=ImportBatch.Source.UPLOAD)
    for address in (UPLOAD, batch.get_absolute_url()):
        assert client.get(address).status_code == 302
    assert client.post(f"{batch.get_absolute_url()}confirm/").status_code == 302
    assert not Article.objects.exists()


def test_lists_of_batches_rows_and_files_open_and_rows_cannot_be_changed(admin_client):
    post(admin_client, ("页.txt", PAGE))
    batch, row = ImportBatch.objects.get(), ImportRow.objects.get()
    assert batch.name in text_of(admin_client.get("/staff/ingest/importbatch/", {"q": "页"}))
    assert admin_client.get(f"/staff/ingest/importbatch/{batch.pk}/change/").url == batch.get_absolute_url()
    assert admin_client.get("/staff/ingest/importbatch/999/change/").status_code == 404
    for address in ("importrow/", f"importrow/{row.pk}/change/", "importfile/"):
        assert admin_client.get(f"/staff/ingest/{address}").status_code == 200
    assert admin_client.post(f"/staff/ingest/importrow/{row.pk}/change/", {}).status_code == 403
    assert admin_client.get("/staff/ingest/importbatch/batch/nosuchtoken1/").status_code == 404


def test_pages_keep_the_strict_policy(editor):
    response = post(editor, ("页.txt", PAGE))
    assert "unsafe" not in response["Content-Security-Policy"]
    page = text_of(response)
    assert " style=" not in page
    assert " onclick=" not in page


def test_groups_are_made_with_growing_rights_and_keep_what_was_added():
    assert set(Group.objects.values_list("name", flat=True)) >= set(ROLES)
    sizes = [Group.objects.get(name=name).permissions.count() for name in ROLES]
    assert sizes == sorted(sizes)
    assert sizes[0] > 5
    group = Group.objects.get(name="reader")
    group.permissions.clear()
    assert ensure_groups() == ["reader"]
    assert ensure_groups() == []


def test_files_in_the_inbox_are_offered_and_read_from_there(editor, settings, tmp_path):
    settings.INBOX_DIR = tmp_path / "inbox"
    (settings.INBOX_DIR / "二月").mkdir(parents=True)
    (settings.INBOX_DIR / "二月" / "大.jsonl").write_text(
        '{"title": "收件夹一篇", "body": "正文一。"}\n', encoding="utf-8"
    )
    (tmp_path / "外.txt").write_text("外面的文件", encoding="utf-8")
    (settings.INBOX_DIR / "链.txt").symlink_to(tmp_path / "外.txt")
    page = text_of(editor.get(UPLOAD))
    assert "二月/大.jsonl" in page
    assert "链.txt" not in page
    assert "确认导入并发布 1 篇" in text_of(
        editor.post(UPLOAD, {"publish": "1", "inbox": ["二月/大.jsonl"]}, follow=True)
    )
    assert (settings.INBOX_DIR / "二月" / "大.jsonl").exists()
    for outside in ("../外.txt", "链.txt"):
        assert ImportBatch.objects.count() == 1
        editor.post(UPLOAD, {"publish": "1", "inbox": [outside]}, follow=True)
    assert ImportBatch.objects.count() == 1


def test_a_page_is_fetched_only_where_that_is_allowed(editor, settings, monkeypatch):
    asked = []

    def fetch(url: str) -> bytes:
        asked.append(url)
        if "inner" in url:
            raise fetching.FetchRefused("不读取内部网络的地址。")
        return response(1, f"<html><body><h1>取来一篇</h1><p>{BODY}</p></body></html>".encode())

    monkeypatch.setattr(fetching, "fetch", fetch)
    form = {"publish": "1", "page_url": "http://a.example/1"}
    assert "网页的网址" not in text_of(editor.get(UPLOAD))
    assert "请选择文件" in text_of(editor.post(UPLOAD, form))
    assert asked == []
    settings.FETCH = True
    assert "网页的网址" in text_of(editor.get(UPLOAD))
    assert "内部网络" in text_of(editor.post(UPLOAD, {**form, "page_url": "http://inner.example/"}))
    page = text_of(editor.post(UPLOAD, form, follow=True))
    assert "取来一篇" in page
    assert "http://a.example/1" in page


def test_one_click_removes_the_sample(editor):
    call_command("load_sample", verbosity=0)
    listing = reverse("admin:ingest_importbatch_changelist")
    page = text_of(editor.get(listing))
    assert "删除示例文献" in page
    sample = ImportBatch.objects.get(source=ImportBatch.Source.SAMPLE)
    editor.post(reverse("admin:ingest_undo", args=[sample.token]))
    assert not Article.objects.filter(is_sample=True).exists()
    assert "删除示例文献" not in text_of(editor.get(listing))


def test_the_preview_tells_the_quantities_and_the_columns_before_anything_is_imported(editor):
    page = text_of(
        post(editor, ("表.csv", "标题,正文,备注\n甲,镇里设卡。798名机关干部值守，发放口罩约12.6万只。,无\n"))
    )
    assert ImportBatch.objects.get().state == BatchState.CHECKED
    for shown in ("数量 2 处", "798 名 机关干部", "约 126,000 只 口罩", "798名机关干部值守，发放口罩约12.6万只。"):
        assert shown in page
    assert re.search(r'<details class="card files" open>.*?“备注”列读作', page, re.DOTALL)
    assert not Article.objects.exists()


def test_an_undone_batch_tells_what_went_and_what_stayed(editor):
    rows = "".join(f"第{n}篇,村口第{n}处设卡登记。\n" for n in range(4))
    post(editor, ("表.csv", "标题,正文\n" + rows))
    batch = ImportBatch.objects.get()
    step(editor, "confirm", batch)
    catalog.withdraw(article=Article.objects.first(), reason="当事人请求")
    assert "删除 3 条，保留 1 条" in text_of(step(editor, "undo", batch))


def test_a_place_that_is_none_is_told_at_the_form(editor):
    page = text_of(post(editor, title="甲", body="正文。", about="无此地"))
    assert "无法识别的地点“无此地”" in page
    assert not ImportBatch.objects.exists()


def test_a_new_version_with_personal_data_is_told_to_wait_and_not_to_be_a_draft(editor):
    def line(text: str) -> str:
        piece = {"title": "设卡", "text": text, "source_url": "https://example.org/a"}
        return json.dumps(piece, ensure_ascii=False)

    post(editor, ("一.jsonl", line("村口设卡登记，志愿者轮流值守。")))
    step(editor, "confirm", ImportBatch.objects.get())
    page = text_of(post(editor, ("二.jsonl", line("村口设卡登记，有事请拨打示例某的手机13800000000。"))))
    assert "导入后这一版本先不公开，读者看到的仍是原来的版本" in page
    assert "导入后先存为草稿" not in page
    assert "其中 1 篇疑含个人信息，核定之前不公开" in page
    batch = ImportBatch.objects.first()
    step(editor, "confirm", batch)
    article = Article.objects.get()
    assert (article.status, article.current_version.number, article.versions.count()) == (Status.PUBLISHED, 1, 2)


def test_a_piece_with_personal_data_is_marked_in_the_preview_and_counted_apart(editor):
    other = "另一村设卡\n来源:示例县报\n2020年2月10日\n\n有事请拨打示例某的手机13800000000。"
    page = text_of(post(editor, ("一.txt", PAGE), ("二.txt", other)))
    assert "确认导入并发布 2 篇" in page
    assert "其中 1 篇疑含个人信息" in page
    assert page.count("导入后先存为草稿") == 1
    batch = ImportBatch.objects.get()
    step(editor, "confirm", batch)
    assert [row.article.status for row in batch.rows.order_by("number")] == [Status.PUBLISHED, Status.DRAFT]
    assert list(batch.rows.order_by("number").values_list("personal", flat=True)) == [False, True]
    masking.cover(masks=list(Mask.objects.all()), by=User.objects.get(), reason="私人电话")
    assert "138000" not in text_of(editor.get(batch.get_absolute_url()))
    leaking = Evidence.objects.create(
        version=Mask.objects.get().version,
        field="about",
        rule="county",
        text="示例某的手机1380",
        confidence=1,
        basis="stated",
    )
    out = io.StringIO()
    call_command("sanity_check", mend=True, stdout=out)
    assert "露出已遮蔽的内容" in out.getvalue()
    leaking.refresh_from_db()
    assert leaking.text == "示例某的手机████"
    assert leaking.version.masks.filter(part=f"evidence:{leaking.pk}", reason="私人电话", state="applied").exists()


@pytest.mark.parametrize(
    ("table", "opened"),
    [
        ("标题,正文\n示例村设卡,村口设卡登记。\n", False),
        ("标题,正文,备注\n示例村设卡,村口设卡登记。,无\n", True),
    ],
)
def test_columns_stand_open_only_while_one_is_not_read(editor, table, opened):
    page = text_of(post(editor, ("表.csv", table)))
    assert ('<details class="card files" open>' in page) is opened


def test_reasons_stand_in_words_and_once(editor):
    page = text_of(post(editor, ("表.csv", "标题,正文\n示例村设卡,村口设卡登记。\n")))
    assert "列“标题”" in page
    assert "column 标题" not in page
