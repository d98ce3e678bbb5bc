"""The upload form: files, pasted text, or one article typed in; whatever is filled in is taken."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from archive.ingest import fetching, inbox
from archive.ingest.given_places import UnknownPlace, place_named
from archive.ingest.readers import Received, values
from archive.ingest.services import pasted, typed

ACCEPTED = ".txt,.html,.htm,.jsonl,.csv,.tsv,.xlsx,.zip,.warc,.warc.gz,.gz"


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Any number of files; an empty file is let through, for the reader has the better sentence."""

    widget = ManyFilesInput

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_empty_file=True, max_length=400, **options)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        items = data if isinstance(data, list | tuple) else [data]
        single = super().clean
        return [single(item, initial) for item in items if item]


class UploadForm(forms.Form):
    uploads = ManyFilesField(
        label=_("选择文件"),
        required=False,
        widget=ManyFilesInput(attrs={"accept": ACCEPTED, "aria-describedby": "files-help"}),
    )
    inbox = forms.MultipleChoiceField(label=_("收件夹里的文件"), required=False, widget=forms.CheckboxSelectMultiple)
    page_url = forms.CharField(label=_("网页的网址"), required=False, max_length=2000)
    text = forms.CharField(
        label=_("粘贴一页文字"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "aria-describedby": "text-help"}),
    )
    text_url = forms.CharField(label=_("这页文字的网址（可不填）"), required=False, max_length=2000)

    title = forms.CharField(label=_("标题"), required=False, max_length=300)
    body = forms.CharField(label=_("正文"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 10}))
    outlet = forms.CharField(label=_("媒体"), required=False, max_length=120)
    published = forms.CharField(
        label=_("日期"), required=False, max_length=40, help_text=_("如 2020-02-10、2020年2月10日 或 2020-02。")
    )
    authors = forms.CharField(label=_("作者"), required=False, max_length=200, help_text=_("几位作者用顿号隔开。"))
    about = forms.CharField(
        label=_("地点"), required=False, max_length=80, help_text=_("省市县全名，或六位区划代码。不填则由正文推断。")
    )
    source_url = forms.CharField(label=_("网址"), required=False, max_length=2000)

    default_outlet = forms.CharField(
        label=_("媒体（各篇自己没有写明时）"),
        required=False,
        max_length=120,
        help_text=_("例如整版报纸没有报头时，填报纸名称。"),
    )
    name = forms.CharField(label=_("批次名称"), required=False, max_length=200, help_text=_("不填则用文件名。"))
    publish = forms.TypedChoiceField(
        label=_("确认之后"),
        choices=[("1", _("立即发布")), ("0", _("存为草稿"))],
        coerce=lambda value: value == "1",
        initial="1",
        widget=forms.RadioSelect,
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.waiting = inbox.waiting()
        choices = [(file.name, f"{file.name}（{filesizeformat(file.size)}）") for file in self.waiting]
        self.fields["inbox"].choices = choices  # type: ignore[attr-defined]
        if not settings.FETCH:
            del self.fields["page_url"]
        self._fetched: list[Received] = []

    def clean_page_url(self) -> str:
        url = self._address("page_url")
        if url:
            try:
                data = fetching.fetch(url)
            except fetching.FetchRefused as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
            self._fetched = [Received(f"{urlsplit(url).hostname}.warc", partial(io.BytesIO, data))]
        return url

    def clean_about(self) -> str:
        typed_in = self.cleaned_data["about"].strip()
        if typed_in:
            try:
                place_named(typed_in)
            except UnknownPlace as error:
                raise forms.ValidationError(str(error)) from error
        return str(typed_in)

    def clean_source_url(self) -> str:
        return self._address("source_url")

    def clean_text_url(self) -> str:
        return self._address("text_url")

    def clean_published(self) -> str:
        printed = self.cleaned_data["published"]
        if printed:
            try:
                values.published(printed)
            except values.Unreadable as error:
                raise forms.ValidationError(str(error)) from error
        return printed

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("body", "").strip() and not cleaned.get("title"):
            self.add_error("title", _("请填写标题。"))
        if cleaned.get("title") and not cleaned.get("body", "").strip():
            self.add_error("body", _("请填写正文。"))
        if not self.errors and not self.received():
            raise forms.ValidationError(_("请选择文件、粘贴文字，或录入一篇文章。"))
        return cleaned

    def received(self) -> Sequence[Received]:
        """What was brought, as files."""
        found = [_uploaded(file) for file in self.cleaned_data.get("uploads") or []]
        found += inbox.taken(self.cleaned_data.get("inbox") or [])
        found += self._fetched
        text, url = self.cleaned_data.get("text", ""), self.cleaned_data.get("text_url", "")
        if text.strip():
            found.append(typed({"text": text, "source_url": url}) if url else pasted(text))
        if self.cleaned_data.get("body", "").strip():
            names = ("title", "body", "outlet", "published", "authors", "about", "source_url")
            found.append(typed({name: self.cleaned_data.get(name, "") for name in names}))
        return found

    def _address(self, name: str) -> str:
        url = self.cleaned_data[name]
        if not url:
            return ""
        try:
            return values.address(url)
        except values.Unreadable as error:
            raise forms.ValidationError(str(error)) from error


def _uploaded(file: UploadedFile) -> Received:
    name = "".join(char for char in (file.name or "") if char.isprintable()) or "upload"

    def anew() -> Any:
        file.seek(0)
        return _KeptOpen(file)

    return Received(name, anew)


class _KeptOpen:
    """An uploaded file that closing does not delete: it is read more than once."""

    def __init__(self, file: UploadedFile) -> None:
        self.read, self.seek = file.read, file.seek

    def __enter__(self) -> _KeptOpen:
        return self

    def __exit__(self, *_error: object) -> None:
        return None
