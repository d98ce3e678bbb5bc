"""The prototype's list of hard headlines, read from the shared folder."""

import runpy
from pathlib import Path

import pytest

from archive.places.resolver import resolve


@pytest.mark.shared
def test_every_hard_case_of_the_prototype_is_read_rightly(shared: Path) -> None:
    cases = runpy.run_path(str(shared / "prototypes" / "text" / "region_hard.py"))["H"]
    assert len(cases) >= 60
    wrong = []
    for title, lead, code, trap in cases:
        about = resolve(title, lead).about
        if about is None or about.code != code:
            wrong.append((trap, code, about))
    assert wrong == []


@pytest.mark.parametrize(
    "text",
    [
        "26日日本在爱知县、北海道、千叶县等地新确诊18名新冠肺炎患者。",
        "首尔江南区的商场26日暂停营业，市民排队购买口罩。",
        "日本北海道札幌市的学校停课，当地民众排队购买口罩。",
    ],
)
def test_names_abroad_are_no_places_at_home(text):
    assert resolve(None, text).about is None


def test_the_city_that_begins_like_a_name_abroad_stays_one():
    about = resolve("北海市海城区设卡登记", "北海市海城区的社区工作者在路口设卡登记。").about
    assert about is not None
    assert about.names[1] == "北海市"


@pytest.mark.parametrize(
    ("title", "text", "code"),
    [
        ("大田均溪镇设卡登记", "连日来，大田均溪镇的党员守好村口，大田广平镇的志愿者入户排查。", "350425"),
        (None, "福建大田桃源镇的党员守好村口。值守人员逐车登记。", "350425"),
        (None, "河内大英县的船只停航，船民留在岸上登记。", "510923"),
        (None, "北海道路运输部门在北海道口设卡登记。值守人员逐车登记。", "450500"),
        (None, "海东平安道口设卡登记，平安道路运输所的干部逐车登记。", "630203"),
    ],
)
def test_names_at_home_that_begin_like_names_abroad(title, text, code):
    about = resolve(title, text).about
    assert about is not None
    assert about.code == code


@pytest.mark.parametrize(
    "text",
    [
        "韩国大田西区的商场26日暂停营业，市民排队购买口罩。",
        "仁川广域市西区的商场26日暂停营业，市民排队购买口罩。",
        "河内市平川县的学校停课，当地民众排队购买口罩。",
        "北海道的学校停课，当地民众排队购买口罩。",
    ],
)
def test_a_name_abroad_with_its_country_or_kind_is_none_at_home(text):
    assert resolve(None, text).about is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("政府晚上将元朗洪福邨洪乐楼围封，居民须在当晚接受检测。", "810000"),
        ("本港疫情严峻，马鞍山耀安邨耀平楼下午起围封，居民接受检测。", "810000"),
        ("本澳社团向坊众派发抗疫包，义工上门登记。", "820000"),
        ("居家检疫者领取抗疫包，乡公所派人登记，里干事逐户送去。", "710000"),
    ],
)
def test_words_that_only_one_place_uses_tell_it(text, code):
    result = resolve(None, text)
    assert result.about is not None
    assert result.about.code == code
    assert any(proof.rule == "local-word" for proof in result.evidence)


@pytest.mark.parametrize(
    "text",
    [
        "在火车站、马鞍山、西卡子等重要卡口，对进出人员逐一登记。",
        "林业局有限公司在各林场设卡，对过往车辆逐一登记。",
        "曹杨新邨的居民轮流值守，为过往行人测温登记。",
    ],
)
def test_what_many_places_have_tells_none(text):
    assert resolve(None, text).about is None


def test_a_survey_of_many_provinces_has_no_place():
    lead = "请看来自辽宁、吉林、河北、上海、江苏、安徽11个省份16个村庄的调查。"
    text = f"{lead}辽宁省北票市四家板村：全村多数人已经康复。辽宁省北票市的村医说，药品供应正常。"
    assert resolve("农村情况如何", text).about is None
    about = resolve("辽宁北票：农村情况如何", text).about
    assert about is not None
    assert about.names[0] == "辽宁省"


def test_a_headline_that_names_two_provinces_goes_no_further_down():
    text = "湖北省荆州市荆州区李埠镇白果村封了8个路口。湖北荆州区的干部在路口值班。河南上蔡的村口挂着标语。"
    about = resolve("实地探访湖北、河南等地：农村怎么防", text).about
    assert about is None or about.level == "province"


def test_a_township_that_signs_tells_its_county_where_it_alone_is_called_so():
    text = "经查，新合村有农户在自家门口打麻将，村干部及时上门劝止，我镇将加强宣传。"
    about = resolve(None, text, issuer="张港镇人民政府办公室").about
    assert about is not None
    assert about.code == "429006"
    assert resolve(None, text, issuer="城关镇人民政府").about is None


def test_words_before_a_kind_of_place_are_no_township():
    assert resolve("文明村镇勇担当", "各级文明村镇立足乡村，美丽村镇和明星乡镇主动作为，设卡登记。").about is None


@pytest.mark.parametrize(
    ("title", "text", "code"),
    [
        (
            "我区多地筑牢防线",
            "宁夏固原市原州区的干部入户排查。吴忠市利通区设卡登记。中卫市沙坡头区开展消杀。",
            "640000",
        ),
        (
            "我区多地设卡登记",
            "连日来，南宁市江南区江西镇设卡登记，江南区苏圩镇开展消杀，江南区的干部入户排查。",
            "450105",
        ),
        ("我区多地复工", "大庆市让胡路区的企业复工。让胡路区喇嘛甸镇开工。", "230604"),
    ],
)
def test_many_places_of_our_region_are_those_of_an_autonomous_one_or_of_a_district(title, text, code):
    about = resolve(title, text).about
    assert about is not None
    assert about.code == code


def test_prefectures_that_a_piece_about_a_province_tells_of_are_further_places():
    text = "贵州省各地加强防控。贵州遵义市的干部入户排查，遵义市设卡登记。贵阳市开展消杀，贵阳市的社区测温。贵州省要求落实到位。"
    result = resolve("贵州省各市州加强防控", text)
    assert result.about is not None
    assert result.about.code == "520000"
    assert {place.code for place in result.others} >= {"520300", "520100"}


@pytest.mark.parametrize(
    "text",
    [
        "年轻人都愿意回到村里干事创业，村口设卡登记，干部一家家送口罩。",
        "他心里干事踏实，在村口守了四十天，给乡亲们送口罩。",
        "来自韩国日本澳大利亚的旅客解除隔离，社区派车接他们回家。",
        "货轮从日本港口开来，船员都测了体温，登记后才上岸。",
    ],
)
def test_words_of_one_place_inside_others_tell_none(text):
    assert resolve(None, text).about is None


@pytest.mark.parametrize(
    "text",
    [
        "浙江省义乌市的返岗专车陆续抵达。来自贵州、云南、四川、河南、安徽等12个省份的务工人员在义乌测过体温。",
        "来自贵州、云南、四川、河南、安徽等12个省份的6000名务工人员在义乌市测过体温，由义乌市的企业接回。",
        "浙江省义乌市的企业把口罩发往贵州、云南、四川、河南、安徽等12个省份，义乌市的工人三班轮换。",
    ],
)
def test_a_row_of_provinces_from_which_people_come_leaves_the_place(text):
    about = resolve("千里返岗路", text + "义乌还给每人发口罩，义乌市的街道设了登记点。").about
    assert about is not None
    assert about.names[-1] == "义乌市"


def test_a_headline_of_two_provinces_goes_down_to_the_one_place_told_of():
    text = "广西百色市田阳区的务工人员坐上专车。田阳区人社局组织了20辆车，田阳区的企业也复工了。百色市田阳区发放口罩。"
    about = resolve("广东广西携手稳岗", text).about
    assert about is not None
    assert about.names[-1] == "田阳区"


@pytest.mark.parametrize("house", ["村口那座老屋从前是乡公所，如今是值守点。", "乡公所旧址设了登记点，志愿者值守。"])
def test_an_old_house_of_the_township_tells_no_place(house):
    assert resolve(None, house).about is None


@pytest.mark.parametrize(
    ("title", "text", "code"),
    [
        # The headline names the province alone, the text several places in it.
        (
            "浙江高风险地区增至6个",
            "宁波市镇海区蛟川街道一处小区划为高风险地区。绍兴市上虞区百官街道的一栋楼也在其中。",
            "330000",
        ),
        # One place alone, where the province is named as often, is an example too.
        (
            "山西多措并举宣传防疫",
            "在山西省，不少乡村用方言广播。山西的医生录下音频。晋城市陵川县附城镇的喇叭每天响三遍，山西各处如此。",
            "140000",
        ),
        # One place alone of a headline that speaks of one is what it is about.
        ("一个河北村庄的春节", "石家庄市栾城区窦妪镇的村口设了卡点，栾城区的干部轮流值守。", "130111"),
        # Two places of two prefectures, told of down to their townships beside the province itself.
        (
            None,
            "湖南的村干部守在路口，湖南全境的喇叭都响了。湖南省怀化市新晃侗族自治县鱼市镇的党员登记车辆。"
            "湖南省郴州市资兴市三都镇的青年送菜上门。",
            "430000",
        ),
        # Wuhan without a place in it, where Hubei is named as often.
        (
            "一个村医和四十四名返乡人",
            "湖北的乡村也封了路。武汉封城那天，湖北的村医开始登记。湖北的村民守在家里，武汉的消息一天天传来。",
            "420000",
        ),
        ("武汉社区守门人", "湖北武汉江岸区百步亭社区的党员守在门口，武汉的志愿者送菜上楼。", "420100"),
    ],
)
def test_what_is_told_of_several_places_is_of_the_whole(title, text, code):
    about = resolve(title, text).about
    assert about is not None
    assert about.code == code


def test_a_province_named_once_in_passing_is_no_place_of_the_text():
    duties = "各级委员要带头宣传防控知识，做好群众的思想工作，引导群众少出门、不聚集、戴口罩、勤洗手。" * 8
    text = f"{duties}如有发现近期湖北来我县的线索，及时报告，做到早发现、早处置。"
    assert resolve("致全县委员的倡议书", text).about is None
    assert resolve(None, "村里大喇叭又响了，村支书用方言喊话，他在山东省当过兵。").about is None


def test_a_city_that_is_told_of_itself_is_not_left_for_one_of_its_two_counties():
    text = (
        "普洱市的干部守在边境。普洱市组织党员登记，普洱市的医生上门检测，普洱市设卡，普洱市的车站测温，普洱市送菜。"
        "思茅区开展消杀。宁洱县磨黑镇设卡登记。"
    )
    about = resolve(None, text).about
    assert about is not None
    assert about.code == "530800"


@pytest.mark.parametrize(
    ("title", "text", "code"),
    [
        # Wuhan alone is where he came from; the place of the story is the one named besides.
        (
            "返乡记",
            "我的家在江西北部的一个村子。武汉封城后，村里人都知道我刚离开武汉。武汉的亲友每天报平安。",
            "360000",
        ),
        # A village called like a province; only its district tells where it is.
        (None, "海南村位于广州市荔湾区，海南村村委会组织核酸检测，海南村的村民排起长队。", "440103"),
        (None, "四川村民守在村口，四川省理县薛城镇的喇叭响起来。", "513222"),
        # A river called like a county.
        (None, "西双版纳州勐腊县与邻国隔澜沧江相望，勐腊县的村民在澜沧江边设卡。", "532823"),
        # Several regiments of one division.
        ("师市筑牢防线", "兵团第四师的党员守在路口。六十八团职工登记车辆，七十三团连队设卡。", "659008"),
    ],
)
def test_names_that_stand_for_something_else(title, text, code):
    about = resolve(title, text).about
    assert about is not None
    assert about.code == code


def test_wuhan_named_alone_is_no_place_of_a_text_that_names_no_other():
    text = "那年冬天，我们一家回到村里，村口封了路。武汉的消息每天传来，武汉的亲友在电话里报平安。"
    assert resolve("回乡的日子", text).about is None
    assert resolve("回乡的日子", f"{text}市委要求大家守在家里。", outlet_region="310000").about is None
    about = resolve("武汉：江边的守望", text).about
    assert about is not None
    assert about.code == "420100"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "小区封闭管理",
            "2月10日，武汉市疫情防控指挥部发布通告，全市小区封闭管理。武汉各社区干部上岗。村里也设了卡口。",
        ),
        ("书记的一天", "武汉百步亭社区党委书记每天六点出门。武汉封城以来，他没有回过村里的老家。"),
        ("团购的七天", "2月20日，武汉一小区的团长开始忙碌，菜从村里运来。在武汉，这样的团长有上万名。全市小区封闭。"),
        ("守门人", "人民日报武汉2月20日电 志愿者开始第七天的工作，村里送来的菜堆在门口。武汉的早晨很静。"),
        ("好消息传来", "武汉大学人民医院首例患者出院，他将回到村里。武汉市卫健委说，又有十人出院。"),
        ("夜色里的骑手", "武汉的夜里，他骑着车送菜。武汉很静，街上只有他一个人。"),
        ("封城之下", "2月20日，记者在武汉看到，超市里排起长队，菜从村里运来。"),
        ("静静的街", "2月20日，武汉，他骑着车送菜，菜从村里运来。"),
        # One office of the province beside those of the city.
        ("守好小区门", "武汉市四万名干部下沉到社区。武汉市委组织部说，小区都有人。湖北省委要求，村村有人守。"),
    ],
)
def test_what_is_told_of_wuhan_is_of_wuhan(title, text):
    about = resolve(title, text, outlet_region="310000").about
    assert about is not None
    assert about.code == "420100"


@pytest.mark.parametrize(
    ("title", "text", "code"),
    [
        # 中原 is no district here: two places of the province are examples.
        (
            "中原农村防疫记",
            "在河南省的农村，喇叭一天三响。河南省开封市尉氏县水坡镇的党员守路口。河南的村医入户。"
            "河南省驻马店市上蔡县邵店镇的村口设了防控点。",
            "410000",
        ),
        # A hospital called after the province is no headline of the province.
        (
            "河南省中医院第26批队员出发",
            "郑州市金水区的采样点里，队员们穿上防护服。金水区的居民排队，郑州市金水区经八路街道的志愿者送来早餐。",
            "410105",
        ),
    ],
)
def test_a_headline_names_a_province_only_where_it_is_its_place(title, text, code):
    about = resolve(title, text).about
    assert about is not None
    assert about.code == code


def test_a_text_that_goes_round_the_country_has_no_place():
    rounds = (
        "村里的喇叭响了。安徽临泉县的倡议书说，非必要不返乡。浙江宁波市的企业留工稳岗，宁波市发放补贴。"
        "湖北襄阳市的疾控人员提示，襄阳市的居民要报备。安徽临泉县的干部逐户登记。"
    )
    assert resolve("今年春节能回家吗", rounds).about is None


@pytest.mark.parametrize(
    ("title", "text", "code"),
    [
        ("浙江小伙骑行百里送口罩", "绍兴市柯桥区小伙骑着电动车把口罩送到柯桥区人民医院。浙江省内口罩紧缺。", "330603"),
        (
            "山西确诊病例治愈出院",
            "大同市第四人民医院一名患者出院。这是山西治愈出院的又一例。大同市卫健委作了介绍。",
            "140200",
        ),
        ("四川一线党员的守护", "大英县蓬莱镇党员冲在四川防控一线，逐户登记。", "510923"),
        ("海南瓜农的烦心事解决了", "乐东黎族自治县佛罗镇瓜农的瓜卖出去了。海南瓜菜正值上市季节。", "469027"),
        # The figures of the whole, of which one case is told.
        ("四川2月9日疫情通报", "四川新增确诊病例1例，为大英县蓬莱镇人，四川累计确诊十例。", "510000"),
    ],
)
def test_a_headline_of_the_province_alone_leaves_the_one_place_of_its_story(title, text, code):
    about = resolve(title, text).about
    assert about is not None
    assert about.code == code


@pytest.mark.parametrize(
    ("title", "text", "codes"),
    [
        (
            "广东中风险地区增至7个",
            "广州市荔湾区白鹤洞街道、佛山市南海区桂城街道被调整为中风险地区。",
            {"440103", "440605"},
        ),
        (
            "浙江：农村筑牢防线",
            "浙江各地加强防控。嘉善县组建服务队。安吉县天荒坪镇设立驿站。",
            {"330421", "330523"},
        ),
    ],
)
def test_the_counties_of_a_whole_province_are_further_places(title, text, codes):
    found = resolve(title, text)
    assert found.about is not None
    assert found.about.level == "province"
    assert codes <= {place.code for place in found.others}


@pytest.mark.parametrize("words", ["河南村主任硬核喊话", "河南村书记硬核喊话", "河南村村响起大喇叭", "河南村播卖菜"])
def test_people_of_the_villages_of_a_province_leave_its_name_one(words):
    about = resolve(words, f"{words}，大喇叭响了，乡音传遍路口。").about
    assert about is not None
    assert about.code == "410000"
