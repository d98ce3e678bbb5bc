"""What records and their fields are called on the staff pages, in the language of whoever works there.

Labels in the models are Chinese, or plain names of attributes. Here every one becomes a message of the catalogue; the models and
their migrations know nothing of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .staff_labels import FIELDS

#: App → its heading.
APPS: Mapping[str, Any] = {
    "journal": _("运行"),
    "places": _("行政区划"),
    "catalog": _("馆藏"),
    "ingest": _("导入"),
    "search": _("检索"),
    "browse": _("读者页面"),
    "django_tasks_database": _("后台任务"),
}
#: Record → its name for one and for many; in Chinese the same.
RECORDS: Mapping[str, tuple[Any, Any]] = {
    "journal.Run": (pgettext_lazy("record", "运行记录"), pgettext_lazy("records", "运行记录")),
    "journal.Worker": (pgettext_lazy("record", "后台进程"), pgettext_lazy("records", "后台进程")),
    "places.Region": (pgettext_lazy("record", "行政区划"), pgettext_lazy("records", "行政区划")),
    "catalog.Article": (pgettext_lazy("record", "文章"), pgettext_lazy("records", "文章")),
    "catalog.Version": (pgettext_lazy("record", "版本"), pgettext_lazy("records", "版本")),
    "catalog.VersionRegion": (pgettext_lazy("record", "地点"), pgettext_lazy("records", "地点")),
    "catalog.Byline": (pgettext_lazy("record", "署名"), pgettext_lazy("records", "署名")),
    "catalog.Capture": (pgettext_lazy("record", "原件"), pgettext_lazy("records", "原件")),
    "catalog.TextLayer": (pgettext_lazy("record", "文字层"), pgettext_lazy("records", "文字层")),
    "catalog.Repair": (pgettext_lazy("record", "修复"), pgettext_lazy("records", "修复")),
    "catalog.ReprintCluster": (pgettext_lazy("record", "转载组"), pgettext_lazy("records", "转载组")),
    "catalog.Printing": (pgettext_lazy("record", "转载"), pgettext_lazy("records", "转载")),
    "catalog.Evidence": (pgettext_lazy("record", "依据"), pgettext_lazy("records", "依据")),
    "catalog.Revision": (pgettext_lazy("record", "修订"), pgettext_lazy("records", "修订")),
    "catalog.Sighting": (pgettext_lazy("record", "源站查看"), pgettext_lazy("records", "源站查看")),
    "catalog.Takedown": (pgettext_lazy("record", "撤回"), pgettext_lazy("records", "撤回")),
    "catalog.Milestone": (pgettext_lazy("record", "大事"), pgettext_lazy("records", "大事")),
    "catalog.Wording": (pgettext_lazy("record", "定年用语"), pgettext_lazy("records", "定年用语")),
    "catalog.Outlet": (pgettext_lazy("record", "媒体"), pgettext_lazy("records", "媒体")),
    "catalog.OutletAlias": (pgettext_lazy("record", "媒体别名"), pgettext_lazy("records", "媒体别名")),
    "catalog.Quantity": (pgettext_lazy("record", "数量"), pgettext_lazy("records", "数量")),
    "catalog.Doubt": (pgettext_lazy("record", "待核项目"), pgettext_lazy("records", "待核项目")),
    "catalog.Proposal": (pgettext_lazy("record", "重新识别的建议"), pgettext_lazy("records", "重新识别的建议")),
    "catalog.Mask": (pgettext_lazy("record", "个人信息"), pgettext_lazy("records", "个人信息")),
    "ingest.ImportBatch": (pgettext_lazy("record", "导入批次"), pgettext_lazy("records", "导入批次")),
    "ingest.ImportFile": (pgettext_lazy("record", "收到的文件"), pgettext_lazy("records", "收到的文件")),
    "ingest.ImportRow": (pgettext_lazy("record", "导入条目"), pgettext_lazy("records", "导入条目")),
    "search.SynonymGroup": (pgettext_lazy("record", "同义词组"), pgettext_lazy("records", "同义词组")),
    "search.SynonymTerm": (pgettext_lazy("record", "同义词"), pgettext_lazy("records", "同义词")),
    "search.Slogan": (pgettext_lazy("record", "流行说法"), pgettext_lazy("records", "流行说法")),
    "search.Waiting": (pgettext_lazy("record", "待索引"), pgettext_lazy("records", "待索引")),
    "browse.Digest": (pgettext_lazy("record", "每日邮件"), pgettext_lazy("records", "每日邮件")),
    "django_tasks_database.DBTaskResult": (pgettext_lazy("record", "任务"), pgettext_lazy("records", "任务")),
}


def install() -> None:
    """Name apps, records and fields of the archive; called once, when all models are there."""
    for app, words in APPS.items():
        apps.get_app_config(app).verbose_name = words
    for label, (one, many) in RECORDS.items():
        meta = apps.get_model(label)._meta
        meta.verbose_name, meta.verbose_name_plural = one, many
        for field in meta.fields:
            _name(field)


def _name(field: Any) -> None:
    given = str(field.verbose_name)
    if not given.isascii():
        field.verbose_name = _(given)
    elif field.name in FIELDS:
        field.verbose_name = FIELDS[field.name]
    if field.help_text and not str(field.help_text).isascii():
        field.help_text = _(str(field.help_text))
    if field.choices:
        field.choices = [(value, _(str(words)) if str(words) else words) for value, words in field.choices]
