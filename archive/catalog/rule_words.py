"""What the rules of evidence are called on pages; records, interfaces and exports keep their codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

#: Code → words. A rule that has none is shown by its code.
_WORDS: Mapping[str, Any] = {
    "record": pgettext_lazy("rule", "文件所列的正文"),
    "editor": pgettext_lazy("rule", "编辑填写"),
    "word-in-title": pgettext_lazy("rule", "标题里的词"),
    "word-in-body": pgettext_lazy("rule", "正文里的词"),
    "headline-above-body": pgettext_lazy("rule", "正文上方的标题"),
    "headline-after-section": pgettext_lazy("rule", "栏目之后的标题"),
    "title-from-bracket": pgettext_lazy("rule", "括号里的标题"),
    "title-from-label": pgettext_lazy("rule", "“标题”字样之后"),
    "title-from-head": pgettext_lazy("rule", "与来源行相连的标题"),
    "title-from-trail": pgettext_lazy("rule", "位置行末尾的标题"),
    "title-marks": pgettext_lazy("rule", "标题里的书名号或括号"),
    "short-piece": pgettext_lazy("rule", "篇幅很短"),
    "column-join": pgettext_lazy("rule", "接合断栏"),
    "interleaved": pgettext_lazy("rule", "分开交错的栏"),
    "interleaved-unsure": pgettext_lazy("rule", "分开交错的栏（没有把握）"),
    "divided-by-byline": pgettext_lazy("rule", "按署名分篇"),
    "source-label": pgettext_lazy("rule", "“来源”字样之后"),
    "date-label": pgettext_lazy("rule", "“日期”字样之后"),
    "author-label": pgettext_lazy("rule", "“作者”字样之后"),
    "editor-label": pgettext_lazy("rule", "“编辑”字样之后"),
    "page-label": pgettext_lazy("rule", "版次"),
    "month-label": pgettext_lazy("rule", "“日期”字样之后的年月"),
    "date-line": pgettext_lazy("rule", "单独一行的日期"),
    "signature": pgettext_lazy("rule", "落款"),
    "seconds": pgettext_lazy("rule", "以秒计的时间"),
    "address": pgettext_lazy("rule", "网址里的日期"),
    "address-month": pgettext_lazy("rule", "网址里的月份"),
    "inferred-year": pgettext_lazy("rule", "推断的年份"),
    "inferred-month": pgettext_lazy("rule", "推断的月份"),
    "inferred-day": pgettext_lazy("rule", "推断的日期"),
    "inferred-minute": pgettext_lazy("rule", "推断的时间"),
    "inferred-second": pgettext_lazy("rule", "推断的时间"),
    "stacked-date": pgettext_lazy("rule", "分行的日期"),
    "beside-the-date": pgettext_lazy("rule", "日期旁边的名称"),
    "account-taken-from": pgettext_lazy("rule", "所注来自的公众号"),
    "picture-credit": pgettext_lazy("rule", "图片署名里的通讯社"),
    "under-the-headline": pgettext_lazy("rule", "标题下面的一行"),
    "dateline": pgettext_lazy("rule", "电头"),
    "dateline-byline": pgettext_lazy("rule", "电头里的署名"),
    "agency-dateline": pgettext_lazy("rule", "通讯社的电头"),
    "newest-event": pgettext_lazy("rule", "文中最近的事"),
    "byline": pgettext_lazy("rule", "署名"),
    "byline-line": pgettext_lazy("rule", "署名行"),
    "byline-bracket": pgettext_lazy("rule", "括号里的署名"),
    "closing-byline": pgettext_lazy("rule", "文末的署名"),
    "report-bracket": pgettext_lazy("rule", "“本报讯”后的括号"),
    "names-in-brackets": pgettext_lazy("rule", "括号里的人名"),
    "bare-names": pgettext_lazy("rule", "单独的人名"),
    "photo-credit": pgettext_lazy("rule", "图片署名"),
    "editor-line": pgettext_lazy("rule", "编辑行"),
    "reported-by": pgettext_lazy("rule", "“据某报报道”"),
    "told-to": pgettext_lazy("rule", "“告诉某报记者”"),
    "outlet-name": pgettext_lazy("rule", "媒体的名称"),
    "printed-in": pgettext_lazy("rule", "“原载某报”"),
    "journal-issue": pgettext_lazy("rule", "刊物的期次"),
    "frame-masthead": pgettext_lazy("rule", "页面的报头"),
    "frame-paper": pgettext_lazy("rule", "页面的报名"),
    "frame-markup": pgettext_lazy("rule", "网页代码"),
    "frame-trail": pgettext_lazy("rule", "页面的位置行"),
    "frame-host": pgettext_lazy("rule", "页面的主办单位"),
    "frame-disclaimer": pgettext_lazy("rule", "页面的声明"),
    "frame-copyright": pgettext_lazy("rule", "页面的版权行"),
    "frame-thanks": pgettext_lazy("rule", "页面的致谢"),
    "frame-app": pgettext_lazy("rule", "客户端的名称"),
    "named": pgettext_lazy("rule", "文中的地名"),
    "office-of-place": pgettext_lazy("rule", "当地机构"),
    "office-that-signs": pgettext_lazy("rule", "落款的机构"),
    "place-of-action": pgettext_lazy("rule", "事情发生之地"),
    "travel-history": pgettext_lazy("rule", "旅居史所列之地"),
    "people-from-or-to": pgettext_lazy("rule", "人员来去之地"),
    "aid-elsewhere": pgettext_lazy("rule", "支援之地"),
    "receiver": pgettext_lazy("rule", "受助之地"),
    "abroad": pgettext_lazy("rule", "外国的地名"),
    "neighbour": pgettext_lazy("rule", "相邻之地"),
    "distance": pgettext_lazy("rule", "距离所及之地"),
    "hard-hit": pgettext_lazy("rule", "疫情形势严峻之地"),
    "epidemic-of-place": pgettext_lazy("rule", "疫情发生之地"),
    "national-body": pgettext_lazy("rule", "全国机构所在地"),
    "institution-name": pgettext_lazy("rule", "单位名称里的地名"),
    "numbered-institution": pgettext_lazy("rule", "编号的学校、医院名称里的地名"),
    "street-name": pgettext_lazy("rule", "路名里的地名"),
    "village-name": pgettext_lazy("rule", "村名里的地名"),
    "person-name": pgettext_lazy("rule", "人名"),
    "one-of-list": pgettext_lazy("rule", "同属一地的几个地名"),
    "list-of-places": pgettext_lazy("rule", "并列的各地"),
    "one-character-name": pgettext_lazy("rule", "一字简称"),
    "local-word": pgettext_lazy("rule", "只有一地使用的词"),
    "village": pgettext_lazy("rule", "村名"),
    "page-or-outlet-for-our-place": pgettext_lazy("rule", "“我市”等，按版面或媒体所在地"),
}


def rule_words(rule: str) -> str:
    """文中的地名 for named; 列“标题” for column 标题; 两条规则相合 has both names: what a rule of evidence is called."""
    words = _WORDS.get(rule)
    if words is not None:
        return str(words)
    if "+" in rule and " " not in rule:
        return " + ".join(map(rule_words, rule.split("+")))
    if rule.startswith("markup:"):
        return _("网页代码“%(name)s”") % {"name": rule.removeprefix("markup:")}
    kind, _blank, name = rule.partition(" ")
    if name and kind == "column":
        return _("列“%(name)s”") % {"name": name}
    if name and kind == "key":
        return _("键“%(name)s”") % {"name": name}
    return rule
