"""The interface in traditional characters, made from its Chinese sentences; nobody fills it in by hand.

OpenCC's `s2tw` changes characters only. Its sister `s2twp` changes words too and was read over all
messages: it makes 社群 of 社区 (the subject of this archive), 引數 of 参数, 釋出日期 of 发布日期 and
如實儲存 of 如实保存. The words of computing that readers in Taiwan and Hong Kong do write otherwise
stand below instead, each reviewed in its sentences.
"""

from __future__ import annotations

import functools
import re

from opencc import OpenCC

#: As converted → as written. The last rows mend what OpenCC reads wrongly.
WORDS = {
    "程序接口": "程式介面", "接口": "介面", "程序": "程式", "軟件": "軟體", "信息": "資訊", "個人信息": "個人資料",
    "字段": "欄位", "字節": "位元組", "字符": "字元", "腳本": "指令碼", "全角": "全形", "半角": "半形", "設備": "裝置",
    "搜索引擎": "搜尋引擎", "粘貼到": "貼到", "粘貼": "貼上", "導入": "匯入", "導出": "匯出", "查看": "檢視", "刷新": "重新整理",
    "賬號": "帳號", "平臺": "平台", "發佈": "發布", "文件庫": "原件庫", "文件": "檔案", "CSL-JSON 文件": "CSL-JSON 檔",
    "默認": "預設", "鏈接": "連結", "屏幕": "螢幕", "打印": "列印", "緩存": "快取", "服務器": "伺服器", "郵箱": "電子郵件信箱",
    "不合並": "不合併", "自動並回": "自動併回", "版本里": "版本裡", "這隻說明": "這只說明",
    "“": "「", "”": "」", "‘": "『", "’": "』",
}  # fmt: skip

_ANY = re.compile("|".join(sorted(map(re.escape, WORDS), key=len, reverse=True)))


@functools.cache
def _converter() -> OpenCC:
    return OpenCC("s2tw")


def traditional(sentence: str) -> str:
    """The sentence in traditional characters: 检索“%(q)s”的文件 → 檢索「%(q)s」的檔案."""
    converted: str = _converter().convert(sentence)
    return _ANY.sub(lambda found: WORDS[found[0]], converted)
