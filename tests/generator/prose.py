"""The text of a page: invented sentences about the subject, decoys, and sentences of ../shared/corpus that name no place."""

import functools
import io
import json
import random
import re
from pathlib import Path

import zstandard

from archive.places.gazetteer import gazetteer
from archive.text.fold import fold

from .subjects import Subject, is_alone

TITLES = (
    "{short}{work}筑牢疫情防控防线",
    "{short}：{work}守好群众“家门口”",
    "{work}让隔离点的群众心里暖——{short}见闻",
    "{short}组织志愿者{work}",
    "疫情当前 {short}这样{work}",
)
WORKS = (
    "送菜上门",
    "设卡登记",
    "入户摸排",
    "扫码测温",
    "接种疫苗",
    "核酸检测",
    "复工复产",
    "结对帮扶",
    "配送药品",
    "春耕生产",
)
LEADS = (
    "连日来，{where}的党员干部和志愿者守在村口，为过往村民登记测温，并把口罩和药品送到独居老人家里。",
    "“米和油都放在门口了，您记得拿。”{md}上午，在{where}，网格员{someone}挨家挨户送去生活物资。",
    "{md}，记者从{where}疫情防控指挥部了解到，当地已设置检测点{n}个，组织医务人员{m}名，全力做好核酸检测工作。",
    "疫情发生以来，{where}坚持以党建引领基层治理，组织机关干部下沉一线，把服务送到群众身边。",
)
MIDDLES = (
    "村党支部书记{someone}介绍，全村{n}户人家都建了台账，谁家缺什么，志愿者一天两趟送到门口。",
    "“大家心齐，这关就好过。”值守了{n}天的老党员{someone}说，夜里最冷的时候，邻居送来了热汤和棉大衣。",
    "为方便老人，卫生院还派出{n}支流动小分队，带着药箱上门接种，当天就为{m}位老人完成了登记和接种。",
    "企业复工以后，驻点干部帮着备足口罩和消毒液，协调解决用工、运输等难题{n}个，生产线很快转了起来。",
    "社区把居民编成{n}个小组，由楼栋长负责收集需求，再交给超市统一配货，做到不出小区就能买到蔬菜。",
    "学校开学前，老师们对教室、食堂和宿舍作了三次消毒，每个班都配了体温枪，家长们看了都说放心。",
)
DECOYS = (
    "当地一家企业还向湖北省武汉市捐赠蔬菜{n}吨，由司机连夜送达。",
    "{someone}春节前从浙江省杭州市返乡，主动向村里报备，并在家中隔离了十四天。",
    "此前，该院选派的{n}名医护人员已随队驰援上海市。",
    "村里在广东省东莞市务工的青年听说后，凑钱买来口罩{m}只寄回家乡。",
)
ENDS = (
    "“等疫情过去了，再请你们来家里坐坐。”老人隔着门口的桌子，向志愿者连连道谢。",
    "下一步，当地将继续压实责任，细化举措，确保各项防控措施落到实处。",
    "截至目前，已累计发放宣传资料{m}份，劝返车辆{n}辆次，没有发生一起聚集性疫情。",
)
_NO_FILLER = re.compile(r"[0-9〇#|\n（(]|记者|本报|本台|主播|来源|央视|今天|昨天|今年|[我这那]个?[省市县区]|年|月|日")


@functools.cache
def filler(corpus: Path) -> tuple[str, ...]:
    """Sentences of broadcast news that name neither a place nor a day."""
    found: list[str] = []
    scan = gazetteer().scan
    with (corpus / "passages-130k.jsonl.zst").open("rb") as raw:
        for line in io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(raw), encoding="utf-8"):
            row = json.loads(line)
            if row["source"] != "xwlb":
                continue
            for sentence in re.findall(r"[^。！？]{30,110}。", row["text"]):
                if not _NO_FILLER.search(sentence) and sentence.count("“") == sentence.count("”"):
                    clean = sentence.strip()
                    if re.match("[\u4e00-\u9fff]", clean) and not scan(fold(clean)):
                        found.append(clean)
            if len(found) > 3000:
                break
    return tuple(found)


def where(subject: Subject, rng: random.Random) -> str:
    """The place as texts name it: with enough above it to be told from its namesakes."""
    county, town = subject.county.name, subject.township.name if subject.township else ""
    forms = [subject.province + subject.prefecture + county + town + subject.village]
    if subject.prefecture:
        forms.append(subject.prefecture + county + town)
    if is_alone(subject.county):
        forms.append(county + town + subject.village)
    return rng.choice(forms)


def title(subject: Subject, rng: random.Random) -> str:
    """A headline; it names the county."""
    return rng.choice(TITLES).format(short=subject.county.name, work=rng.choice(WORKS))


def body(subject: Subject, rng: random.Random, corpus: Path | None) -> list[str]:
    """Paragraphs in order."""
    from .people import person

    def told(pattern: str) -> str:
        return pattern.format(
            where=where(subject, rng),
            someone=person(rng),
            md=f"{subject.day.month}月{subject.day.day}日",
            n=rng.randint(11, 98),
            m=rng.randint(120, 4800),
        )

    middle = [told(one) for one in rng.sample(MIDDLES, rng.randint(1, 3))]
    if rng.random() < 0.35:
        middle.append(told(rng.choice(DECOYS)))
    if corpus is not None and rng.random() < 0.6:
        middle.append("".join(rng.sample(filler(corpus), rng.randint(1, 2))))
    rng.shuffle(middle)
    return [told(rng.choice(LEADS)), *middle, told(rng.choice(ENDS))]
