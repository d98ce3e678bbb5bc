"""How official names are written in papers: short names, and the words that papers use for a unit.

Pure rules on one official name each; the gazetteer applies them to the whole table, and the tool
that makes the table uses the same rules for the short names shown to readers.
"""

import re

#: Peoples as they stand in the names of autonomous units (of the table of 2020-06-30).
PEOPLES = (
    "壮族|回族|维吾尔族?|土家族|苗族|侗族|彝族|藏族|羌族|布依族|哈尼族|傣族|白族|傈僳族|景颇族|朝鲜族|蒙古族?|哈萨克族?|"
    "柯尔克孜族?|满族|瑶族|畲族|黎族|仡佬族|水族|毛南族|仫佬族|东乡族|土族|撒拉族|保安族|裕固族|锡伯族?|各族|达斡尔族|"
    "鄂温克族|鄂伦春族?|拉祜族|佤族|布朗族|纳西族|普米族|独龙族|怒族|塔吉克族?|门巴族|珞巴族|阿昌族|俄罗斯族|赫哲族|"
    "鄂温克|达斡尔|塔塔尔族?|乌孜别克族?|京族|高山族|德昂族|基诺族|彝|苗|傣|瑶"
)
_AUTONOMOUS = re.compile(rf"(.{{2,}}?)(?:{PEOPLES})*(自治州|自治县|自治旗|自治区)$")
_PEOPLES_DISTRICT = re.compile(rf"(.{{2,}}?)(?:{PEOPLES})+(区|乡|镇|苏木)$")
_SHORT = {
    "东乡族自治县": "东乡",
    "鄂温克族自治旗": "鄂温克",
    "鄂伦春自治旗": "鄂伦春",
    "内蒙古自治区": "内蒙古",
    "西藏自治区": "西藏",
    "宁夏回族自治区": "宁夏",
    "广西壮族自治区": "广西",
    "新疆维吾尔自治区": "新疆",
    "香港特别行政区": "香港",
    "澳门特别行政区": "澳门",
    "神农架林区": "神农架",
    "六枝特区": "六枝",
    "峰峰矿区": "峰峰",
    "鹰手营子矿区": "鹰手营子",
    "白云鄂博矿区": "白云鄂博",
}
_ENDING = {
    "province": re.compile("(省|市)$"),
    "prefecture": re.compile("(市|地区|盟)$"),
    "county": re.compile("(新区|县|市|区|旗)$"),
    "township": re.compile("(街道办事处|街道|地区办事处|办事处|镇|乡|苏木)$"),
}


def short_name(name: str, level: str) -> str:
    """Return `name` without its type (大英县 → 大英), or whole where one character would be left (乾县)."""
    if name in _SHORT:
        return _SHORT[name]
    autonomous = _AUTONOMOUS.match(name)
    if autonomous and level != "township":
        return autonomous.group(1)
    peoples = _PEOPLES_DISTRICT.match(name)
    if peoples:
        return peoples.group(1)
    short = _ENDING[level].sub("", name)
    return short if len(short) >= 2 else name


def aliases(name: str, level: str) -> set[str]:
    """Return other full forms of `name`: 恩施州, 北川县, 管城区; not the short name itself."""
    short = short_name(name, level)
    forms: set[str] = set()
    if len(short) < 2:
        return forms
    if name.endswith("自治州"):
        forms.add(short + "州")
    elif name.endswith("自治县"):
        forms.add(short + "县")
    elif name.endswith("自治旗"):
        forms.add(short + "旗")
    elif level == "county" and name.endswith("族区"):
        forms.add(short + "区")
    forms.discard(name)
    return forms
