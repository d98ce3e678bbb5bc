"""English names of divisions: Hanyu Pinyin without tones, with the type (Daying County).

Only the tool that makes the division table needs this (and pypinyin); the site reads the result.
Exceptions: readings that place names have and dictionaries miss, and the established English
names of places whose own name is not Chinese (China's national standard for such names).
"""

import re

from pypinyin import lazy_pinyin, load_phrases_dict, load_single_dict

from .surfaces import short_name

ESTABLISHED = {
    "莫力达瓦": "Morin Dawa",
    "鄂温克": "Ewenki",
    "鄂伦春": "Oroqen",
    "内蒙古": "Inner Mongolia", "西藏": "Tibet", "香港": "Hong Kong", "澳门": "Macau", "陕西": "Shaanxi",
    "新疆": "Xinjiang", "台湾": "Taiwan", "呼和浩特": "Hohhot", "包头": "Baotou", "鄂尔多斯": "Ordos", "乌兰察布": "Ulanqab",
    "呼伦贝尔": "Hulunbuir", "巴彦淖尔": "Bayannur", "锡林郭勒": "Xilingol", "阿拉善": "Alxa", "兴安盟": "Hinggan",
    "乌鲁木齐": "Urumqi", "克拉玛依": "Karamay", "吐鲁番": "Turpan", "哈密": "Hami", "昌吉": "Changji",
    "博尔塔拉": "Bortala", "巴音郭楞": "Bayingolin", "阿克苏": "Aksu", "克孜勒苏": "Kizilsu", "喀什": "Kashgar",
    "和田": "Hotan", "伊犁": "Ili", "塔城": "Tacheng", "阿勒泰": "Altay", "拉萨": "Lhasa", "日喀则": "Shigatse",
    "昌都": "Chamdo", "林芝": "Nyingchi", "那曲": "Nagqu", "阿里": "Ngari", "甘孜": "Garze", "阿坝": "Aba",
    "伊宁": "Yining", "库尔勒": "Korla", "阿图什": "Artux", "石河子": "Shihezi", "图木舒克": "Tumxuk", "阿拉尔": "Aral",
    "满洲里": "Manzhouli", "二连浩特": "Erenhot", "锡林浩特": "Xilinhot", "乌兰浩特": "Ulanhot", "额济纳": "Ejin",
    "齐齐哈尔": "Qiqihar", "哈尔滨": "Harbin", "海拉尔": "Hailar", "玉树": "Yushu", "果洛": "Golog", "格尔木": "Golmud",
    "德令哈": "Delingha", "香格里拉": "Shangri-La", "西双版纳": "Xishuangbanna", "迪庆": "Diqing", "康定": "Kangding",
    "库车": "Kuqa", "莎车": "Yarkant", "叶城": "Yecheng", "于田": "Keriya", "墨玉": "Karakax", "且末": "Qiemo",
}  # fmt: skip
READINGS = {
    "漯河": "luo he",
    "重庆": "chong qing", "蔚县": "yu xian", "单县": "shan xian", "乐亭": "lao ting", "乐陵": "lao ling", "乐清": "yue qing",
    "长子": "zhang zi", "长治": "chang zhi", "洪洞": "hong tong", "东阿": "dong e", "莘县": "shen xian", "枞阳": "zong yang",
    "黟县": "yi xian", "歙县": "she xian", "涡阳": "guo yang", "蚌埠": "beng bu", "蚌山": "beng shan", "六安": "lu an",
    "六合": "lu he", "亳州": "bo zhou", "浚县": "xun xian", "柘城": "zhe cheng", "泌阳": "bi yang", "武陟": "wu zhi",
    "渑池": "mian chi", "荥阳": "xing yang", "中牟": "zhong mu", "叶县": "ye xian", "郏县": "jia xian", "尉氏": "wei shi",
    "尉犁": "yu li", "监利": "jian li", "黄陂": "huang pi", "郧阳": "yun yang", "秭归": "zi gui", "耒阳": "lei yang",
    "筠连": "jun lian", "犍为": "qian wei", "什邡": "shi fang", "郫都": "pi du", "珙县": "gong xian", "柞水": "zha shui",
    "鄠邑": "hu yi", "吴堡": "wu bu", "宕昌": "tan chang", "会宁": "hui ning", "会昌": "hui chang", "会理": "hui li",
    "会东": "hui dong", "会同": "hui tong", "会泽": "hui ze", "台州": "tai zhou", "丽水": "li shui", "大埔": "da bu",
    "番禺": "pan yu", "东莞": "dong guan", "百色": "bai se", "覃塘": "qin tang", "繁峙": "fan shi", "隰县": "xi xian",
    "临朐": "lin qu", "牟平": "mu ping", "厦门": "xia men", "曾都": "zeng du", "行唐": "xing tang", "井陉": "jing xing",
    "大城": "dai cheng", "盖州": "gai zhou", "都匀": "du yun", "都昌": "du chang", "都江堰": "du jiang yan",
    "都安": "du an", "成都": "cheng du", "宿州": "su zhou", "宿迁": "su qian", "宿松": "su song", "宿豫": "su yu",
    "宿城": "su cheng", "句容": "ju rong", "盱眙": "xu yi", "华阴": "hua yin", "华州": "hua zhou", "应县": "ying xian",
    "柏乡": "bai xiang", "桐柏": "tong bai", "冠县": "guan xian", "曲阜": "qu fu", "曲靖": "qu jing", "曲江": "qu jiang",
    "曲周": "qu zhou", "曲阳": "qu yang", "曲沃": "qu wo", "碌曲": "lu qu", "玛曲": "ma qu", "调兵山": "diao bing shan",
    "大邑": "da yi", "任丘": "ren qiu", "任泽": "ren ze", "任城": "ren cheng", "藏": "zang", "朝阳": "chao yang",
    "朝天": "chao tian", "长寿": "chang shou", "长安": "chang an", "长乐": "chang le", "北碚": "bei bei", "阿城": "a cheng",
    "万柏林": "wan bai lin", "磐安": "pan an", "弥勒": "mi le", "弥渡": "mi du", "勐腊": "meng la", "勐海": "meng hai",
    "儋州": "dan zhou", "莆田": "pu tian", "闽侯": "min hou", "长汀": "chang ting", "栖霞": "qi xia", "栖": "qi",
    "瑞昌": "rui chang", "铅山": "yan shan", "婺源": "wu yuan", "余干": "yu gan", "新干": "xin gan", "吉州": "ji zhou",
    "石首": "shi shou", "黄埔": "huang pu", "陂": "bei", "茌平": "chi ping", "鄄城": "juan cheng", "巨野": "ju ye",
    "峄城": "yi cheng", "崂山": "lao shan", "即墨": "ji mo", "邛崃": "qiong lai", "汶川": "wen chuan", "若尔盖": "ruo er gai",
    "扎兰屯": "zha lan tun", "扎鲁特": "zha lu te", "扎囊": "zha nang", "解放": "jie fang", "解州": "hai zhou",
    "尉": "wei", "阳朔": "yang shuo", "乐山": "le shan", "乐平": "le ping", "乐昌": "le chang", "乐东": "le dong",
    "乐都": "le du", "乐至": "le zhi", "乐安": "le an", "康乐": "kang le", "平乐": "ping le", "昌乐": "chang le",
    "将乐": "jiang le", "将军": "jiang jun", "长丰": "chang feng", "长岭": "chang ling", "长白": "chang bai",
    "长春": "chang chun", "长沙": "chang sha", "长葛": "chang ge", "长垣": "chang yuan", "长武": "chang wu",
    "长宁": "chang ning", "长阳": "chang yang", "长兴": "chang xing", "长泰": "chang tai", "长顺": "chang shun",
    "单城": "shan cheng", "洞头": "dong tou", "仙居": "xian ju", "天台": "tian tai", "余杭": "yu hang", "重固": "chong gu",
}  # fmt: skip
_TYPES = [
    ("街道办事处", "Subdistrict"), ("地区办事处", "Area"), ("办事处", "Subdistrict"), ("街道", "Subdistrict"),
    ("自治县", "County"), ("自治旗", "Banner"), ("自治州", "Prefecture"), ("地区", "Prefecture"),
    ("特区", "Special District"), ("苏木", "Sumu"), ("新区", "New District"), ("盟", "League"), ("镇", "Town"), ("乡", "Township"),
    ("市", "City"), ("县", "County"), ("区", "District"), ("旗", "Banner"),
]  # fmt: skip

#: Readings of single characters in names of places, where a dictionary gives the commoner one.
_SINGLE = {"都": "du", "长": "chang", "会": "hui", "屯": "tun", "石": "shi", "宿": "su", "盛": "sheng", "曾": "zeng", "朝": "chao",
           "重": "chong", "车": "che", "栖": "qi", "泊": "bo", "珲": "hun", "漯": "luo", "阿": "a", "行": "xing", "大": "da",
           "乐": "le", "藏": "zang", "埔": "pu", "解": "jie", "台": "tai", "朴": "pu", "尉": "wei", "葛": "ge", "柏": "bai",
           "阳": "yang", "圩": "wei", "峒": "dong", "垟": "yang", "堡": "bao", "坊": "fang", "陂": "bei", "汤": "tang"}  # fmt: skip
#: Banners of Inner Mongolia and other roots with an established spelling.
_ROOTS = {
    "土默特": "Tumed", "科尔沁": "Horqin", "察哈尔": "Chahar", "乌拉特": "Urad", "鄂托克": "Otog", "巴林": "Bairin", "苏尼特": "Sonid",
    "乌珠穆沁": "Ujimqin", "准格尔": "Jungar", "达拉特": "Dalad", "杭锦": "Hanggin", "扎赉特": "Jalaid", "扎鲁特": "Jarud",
    "奈曼": "Naiman", "库伦": "Hure", "喀喇沁": "Harqin", "翁牛特": "Ongniud", "克什克腾": "Hexigten", "阿鲁科尔沁": "Ar Horqin",
    "阿拉善": "Alxa", "伊金霍洛": "Ejin Horo", "乌审": "Uxin", "阿巴嘎": "Abag", "新巴尔虎": "New Barag", "陈巴尔虎": "Old Barag",
    "额尔古纳": "Ergun", "霍林郭勒": "Holingol", "和林格尔": "Horinger", "托克托": "Togtoh", "莫力达瓦": "Morin Dawa", "鄂伦春": "Oroqen",
    "鄂温克": "Ewenki", "阿荣": "Arun", "达尔罕茂明安联合": "Darhan Muminggan United", "白云鄂博矿": "Bayan Obo Mining",
    "昆都仑": "Hondlon", "太仆寺": "Taibus", "额济纳": "Ejin",
}  # fmt: skip
_SIDES = {"左": "Left", "右": "Right", "前": "Front", "中": "Middle", "后": "Rear", "东": "East", "西": "West"}

load_single_dict({ord(char): reading for char, reading in _SINGLE.items()}, style="default")
load_phrases_dict({word: [[s] for s in reading.split()] for word, reading in READINGS.items() if len(word) > 1})


def romanise(text: str) -> str:
    """Return `text` as one capitalised word of Pinyin, with the apostrophe where syllables would run together."""
    syllables = lazy_pinyin(text, v_to_u=True)
    word = ""
    for syllable in syllables:
        piece = re.sub(r"[^a-zü]", "", syllable.lower())
        word += ("'" if word and piece[:1] in ("a", "o", "e") else "") + piece
    return word[:1].upper() + word[1:]


def english_name(name: str, level: str) -> str:
    """Return the English name: Sichuan, Suining, Daying County, Penglai Town."""
    short = short_name(name, level)
    if short in ESTABLISHED:
        stem = ESTABLISHED[short]
    elif name in ESTABLISHED:
        stem = ESTABLISHED[name]
    else:
        stem = ""
    rooted = _rooted(name)
    if rooted:
        return rooted
    if level == "province" or (level == "prefecture" and name.endswith("市")):
        return stem or romanise(short)
    for ending, english in _TYPES:
        if name.endswith(ending):
            base = name[: -len(ending)]
            if not stem:
                stem = romanise(name if name in READINGS else short if short != name else name)
                if len(base) == 1:  # 乾县 is Qianxian County
                    stem = romanise(name)
                elif ending == "新区":
                    stem = romanise(base)
            return f"{stem} {english}"
    return stem or romanise(name)


def _rooted(name: str) -> str:
    """科尔沁左翼中旗 is Horqin Left Middle Banner; empty where no established root begins the name."""
    banner = re.match(r"^([东西])?(.+?)(?:([左右])翼?)?([前中后])?(自治旗|旗|区|市|县)$", name)
    if banner is None or banner.group(2) not in _ROOTS:
        return ""
    sides = [_SIDES[side] for side in (banner.group(3), banner.group(4)) if side]
    kind = dict(_TYPES)[banner.group(5)]
    lead = [_SIDES[banner.group(1)]] if banner.group(1) else []
    return " ".join([*lead, _ROOTS[banner.group(2)], *sides, kind])
