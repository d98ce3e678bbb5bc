"""Which place a text is about: headlines and leads of our own wording about real places."""

from datetime import date

import pytest

from archive.places.resolver import resolve

SHIFT = "值守人员逐车登记、测温、消毒，确保不漏一户、不漏一人。"

STATED = [
    # province › prefecture › county › township spelt out, or in part
    ("南充市西充县青狮镇：网格员上门送药", f"连日来，青狮镇的网格员挨家挨户走访。{SHIFT}", "511325", "青狮镇"),
    (None, f"2月6日一早，四川省遂宁市大英县蓬莱镇的村干部又出了门。{SHIFT}", "510923", "蓬莱镇"),
    ("村口来了“女掌门”", f"岚皋县城关镇的五名妇女党员轮流守卡。{SHIFT}", "610925", "城关镇"),
    ("城关镇：喇叭一响 家家知晓", f"在桐柏县城关镇，清早的喇叭准时响起。{SHIFT}", "411330", "城关镇"),
    ("太平镇筑牢疫情防线", f"始兴太平镇组织党员入户排查。{SHIFT}", "440222", "太平镇"),
    # short names in headlines
    ("紫阳为返岗农民工开专车", f"紫阳县人社局联系了五辆大巴。{SHIFT}", "610924", None),
    ("遂宁大英织密防控网", f"大英各乡镇迅速行动。{SHIFT}", "510923", None),
    ("合江：一车春见送到隔离点", f"泸州市合江县的果农自发捐出柑橘。{SHIFT}", "510522", None),
    ("禅城南庄镇设卡点", f"禅城南庄镇组织志愿者。{SHIFT}", "440604", "南庄镇"),
    ("上海浦东：居委会的“最强大脑”", f"浦东新区川沙新镇启动口罩预约登记。{SHIFT}", "310115", "川沙新镇"),
    # ordinary words that are names of counties
    ("大方县：志愿者送菜到家门口", f"毕节市大方县羊场镇的志愿者分装蔬菜。{SHIFT}", "520521", "羊场镇"),
    ("和平县彭寨镇守住第一道门", f"河源市和平县彭寨镇设了三个卡点。{SHIFT}", "441624", "彭寨镇"),
    ("同心县丁塘镇开大棚保供应", f"吴忠市同心县丁塘镇的蔬菜大棚里一片忙碌。{SHIFT}", "640324", "丁塘镇"),
    # counties of one name, decided by what stands before or nearby
    ("鼓楼区夜访小区", f"徐州市鼓楼区环城街道的社工敲门送体温计。{SHIFT}", "320302", "环城街道"),
    ("鼓楼区夜访小区", f"福州市鼓楼区温泉街道的社工敲门送体温计。{SHIFT}", "350102", "温泉街道"),
    ("朝阳区：守好楼门", f"北京市朝阳区三里屯街道的居民轮流值守。{SHIFT}", "110105", "三里屯街道"),
    ("长春朝阳区：守好楼门", f"长春市朝阳区桂林街道的居民轮流值守。{SHIFT}", "220104", "桂林街道"),
    ("江北区五里店街道楼栋长上岗", f"重庆市江北区五里店街道选出楼栋长。{SHIFT}", "500105", "五里店街道"),
    ("青山区下沉干部的一天", f"包头市青山区富强路街道来了十名下沉干部。{SHIFT}", "150204", "富强路街道"),
    (None, f"海州区板浦镇的干部连夜建起登记台账。{SHIFT}", "320706", "板浦镇"),
    # a street inside a county whose name is spelt out
    (None, f"自流井区东街的一处社区里，志愿者把菜送到门口。{SHIFT}", "510302", None),
    # a township alone, official, former or raised
    ("待王街道：六十名联络员上岗", f"待王街道办事处把村民小组长编入网格。{SHIFT}", "410804", "待王街道"),
    (None, f"焦作市王褚办事处对来(返)焦人员逐一登记。{SHIFT}", "410802", None),
    (None, f"在汉滨区新城办，社区干部为老人代买米面。{SHIFT}", "610902", None),
    ("青水乡菜农连夜装车", f"永安市青水乡的菜农把莴笋装上车。{SHIFT}", "350481", "青水畲族乡"),
    # help goes elsewhere, people come from elsewhere
    ("石泉三名护士驰援武汉", f"安康市石泉县医院的三名护士随队驰援武汉、孝感。{SHIFT}", "610922", None),
    ("渠县爱心蔬菜运抵上海", f"达州市渠县三汇镇的菜农捐出二十吨蔬菜，运往上海市浦东新区。{SHIFT}", "511725", "三汇镇"),
    ("剑阁农民工坐专列返岗", "剑阁县三百余名农民工前往浙江宁波、嘉兴和广东中山、珠海等地务工。", "510823", None),
    ("安仁：送岗到家门口", "安仁县每年有十余万人到广东、浙江、上海等地打工，今年改在家门口就业。", "431028", None),
    ("鹿邑县排查武汉返乡人员", "鹿邑县试量镇对从湖北武汉返乡的人员逐户登记。", "411628", "试量镇"),
    ("襄汾县来了湖北老乡", f"临汾市襄汾县新城镇收到一封信，写信的是湖北荆州人。{SHIFT}", "141023", "新城镇"),
    ("大桥乡设卡", f"内乡县大桥乡距离襄阳107公里，与邓州毗邻。{SHIFT}", "411325", "大桥乡"),
    ("仲夏归乡路", "1月27日，两人从重庆大足自驾返回南充市西充县青狮镇，村医已在村口等候。", "511325", "青狮镇"),
    # names of roads, companies, hospitals, papers
    ("静安：楼宇企业复工", f"上海市静安区南京西路街道走访楼宇企业。{SHIFT}", "310106", "南京西路街道"),
    ("长宁区居民自治", f"长宁区江苏路街道的居民守在门口。{SHIFT}", "310105", "江苏路街道"),
    ("市南区摸排不留死角", f"青岛市市南区香港中路街道的网格员摸排商铺。{SHIFT}", "370202", "香港中路街道"),
    ("卡点上的父子兵", f"在滨州市邹平市黄山街道，北京路与上海路的交叉口设了卡点。{SHIFT}", "371681", "黄山街道"),
    ("沂源县收到一批口罩", f"淄博市沂源县收到江苏某集团和南京某医院寄来的口罩。{SHIFT}", "370323", None),
    # shorter forms and many peoples
    ("恩施州巴东县野三关镇战疫记", f"野三关镇的干部吃住在卡点。{SHIFT}", "422823", "野三关镇"),
    ("北川县坝底乡春耕忙", f"绵阳市北川县坝底乡的农田里有人翻地。{SHIFT}", "510726", "坝底乡"),
    ("土左旗牧民的口罩", f"呼和浩特市土左旗善岱镇的牧民领到口罩。{SHIFT}", "150121", "善岱镇"),
    ("甘孜州理塘县：寺管会的通知", f"甘孜州理塘县要求人员不聚集。{SHIFT}", "513334", None),
    ("喀什：防疫春播两不误", f"新疆喀什市伯什克然木乡的农民在地里忙碌。{SHIFT}", "653101", "伯什克然木乡"),
    # directly under the province, prefectures without counties, the 兵团
    ("文昌文城镇：瓜菜直供", f"海南省文昌市文城镇的瓜菜直供小区。{SHIFT}", "469005", "文城镇"),
    ("天门市竟陵街道下沉党员报到", f"天门市竟陵街道的社区里来了下沉党员。{SHIFT}", "429006", "竟陵街道"),
    ("坦洲镇口罩预约", f"中山市坦洲镇开通口罩预约。{SHIFT}", "442000", "坦洲镇"),
    ("八师石河子市连队守门人", f"八师石河子市的连队职工轮流值班。{SHIFT}", "659001", None),
    ("一八三团连队职工轮流值守", f"驻一八三团十连的工作队和连队“两委”挨家登记。{SHIFT}", "659005", None),
    (None, f"183团十连的职工错峰出入连队。{SHIFT}", "659005", None),
    (None, f"第七十二团的各连队都设了卡点。{SHIFT}", "654025", "兵团七十二团"),
    # converted text
    ("干县城关街道守门记", f"咸阳市干县城关街道的社区干部在值守。{SHIFT}", "610424", "城关街道"),
    (
        None,
        "3月29日，西安高新区的多家企业为吉林省捐赠了试剂盒和口罩。当前，吉林省疫情形势依旧严峻，为助力吉林省防疫工作，西安高新区工会发起捐赠。",
        "610100",
        None,
    ),
    ("疫情波及周边 志愿者集结", f"疫情波及河北省南宫市，邢台市文明办向志愿者发出倡议，邢台市的志愿者报名。{SHIFT}", "130500", None),
    ("边境小城东兴疫情趋缓", f"防城港市所辖的东兴市连续三天病例下降，东兴市的口岸暂缓通关。{SHIFT}", "450681", None),
    ("守好省界", f"卢村乡与浙江安吉县接壤，各村在出省的路口设卡，卢村乡的干部轮流值守。{SHIFT}", "341882", "卢村乡"),
    # villages
    (None, f"昨日，浙江的记者在城北街道红湖路社区看到，{SHIFT}", "330702", "城北街道"),
    (None, f"西安市的联集村建起了三个检测点，联集村的村干部说，{SHIFT}", "610124", None),
    # a village whose name many bear does not tell the county by itself, nor with a hamlet that no table has
    (None, f"平顶山市市郊的贾庄村设了检查站，贾庄村的村口拉起横幅。{SHIFT}", "410400", None),
    # stops at the level that the text supports
    ("东营选派干部下沉一线", "东营市于2月23日印发通知，选派干部。市直机关服务队进驻东营区、垦利区。全市企业陆续复工。", "370500", None),
    ("潍坊：春耕防疫两手抓", "潍坊全市各级各部门行动起来。全市春耕有序。市农业农村局派出专家组。", "370700", None),
    ("湖南：向雷锋学习的志愿者", "湖南省志愿者总数超过千万，湖南各地的志愿者走上街头。", "430000", None),
    ("北京：小区封闭式管理", "北京市发布通告，对居住小区实行封闭式管理。", "110000", None),
    ("云南多地筑牢抗疫防线", "云南各州市行动起来。昆明市五华区完成三轮筛查，五华区华山街道的社工上门。玉溪市、曲靖市也有安排。", "530000", None),
    (None, "江西各地筑牢防线，江西的村口都有人守，江西的小区都有人管，江西的车站都有人查。在上饶市，社工送菜上门。在赣州市，村口支起帐篷。上饶市的卡口昼夜有人。", "360000", None),
    ("铜仁“双语”宣传进村寨", f"铜仁市印江县朗溪镇的喇叭响了。印江县民宗局的干部下乡。铜仁市把公开信译成方言。铜仁市有十余个民族乡，铜仁市各乡都有宣讲队。{SHIFT}", "520600", None),
    # the city is named to say where its district lies; the organisation of a place that sits elsewhere; outbreaks at home
    (None, f"在上海这座城市里，很多人闭门不出。在上海普陀区云都苑小区，志愿者送菜上门。{SHIFT}", "310107", None),
    ("流动党员为家乡募捐", f"通城县北港镇收到驻广东省流动党支部的捐款。{SHIFT}", "421222", "北港镇"),
    (None, f"广西百色市疫情爆发后，一名大学生报名值守。{SHIFT}", "451000", None),
    ("11月21日鄂州市疫情情况", "鄂州市新增五例，均已隔离。", "420700", None),
    ("陆丰至全市外出乡贤的一封信", f"陆丰市的乡贤请暂缓返乡。{SHIFT}", "441581", None),
    # what is sent leaves its own place; districts that are no cities far away
    (None, f"两辆货车驶离蒙城县小辛集乡白庙村，运往蒙城县红十字会。{SHIFT}", "341622", "小辛集乡"),
    ("深水埗封区", "政府在深水埗、佐敦及天水围划出受限区域。", "810000", None),
    # wire agencies date their pieces from the capital
    ("玉树牧民捐出虫草", "人民网西宁3月2日电 玉树州的牧民捐出虫草，玉树州红十字会已经收下。", "632700", None),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text", "code", "township"), STATED)
def test_the_place_is_read_from_headline_and_body(
    title: str | None, text: str, code: str, township: str | None
) -> None:
    about = resolve(title, text).about
    assert about is not None
    assert about.code == code
    if township:
        assert about.names[-1] == township
        assert about.level == "township"


UNKNOWN = [
    ("防疫小知识：口罩怎么戴", "戴口罩前先洗手，口罩要盖住口鼻。"),
    ("国务院联防联控机制发布会", "国务院联防联控机制在北京举行新闻发布会，介绍疫苗接种情况。"),
    ("同心协力 共克时艰", "大家同心协力，互助友爱，平安度过难关，资源合理分配，前进路上不松劲。"),
    ("一封家书", "我市各部门迅速行动，全市干部下沉到社区。"),
    (None, "自湖北省武汉市新型冠状病毒感染的肺炎疫情爆发以来，干部群众日夜值守，守住家门。"),
    (None, "自武汉爆发新冠肺炎疫情以来，她每天骑车穿过巷道，用喇叭讲防疫知识。"),
    ("各地驰援", "物资从北京、上海、浙江、广东、四川、山东、河南等地发出。"),
    (None, "和平区各级党组织闻令而动，在各小区设卡。"),  # of Tianjin or of Shenyang
    (None, "在解放路与人民大道路口，志愿者分发口罩。"),
    (None, "一批口罩来自山东寿光，由专车运往湖北孝感。"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text"), UNKNOWN)
def test_what_the_text_does_not_tell_stays_unknown(title: str | None, text: str) -> None:
    assert resolve(title, text).about is None


@pytest.mark.parametrize(
    ("text", "hint", "code"),
    [
        ("省人社厅一行来我市督查返岗工作，要求全市抓好落实。", "610900", "610900"),
        ("我县中小学寒假放假时间确定，全县各校做好防控。", "330226", "330226"),
        ("我市新增两例病例，市委召开会议。", "420881", "420881"),
        ("我市新增两例病例，市委召开会议。", "510923", "510900"),  # a county's paper says 我市 of the prefecture
        ("我省高校陆续开学。", "610900", "610000"),
    ],
)
def test_our_city_is_the_place_of_the_page_or_outlet_and_marked_as_inferred(text: str, hint: str, code: str) -> None:
    for result in (resolve(None, text, page_region=hint), resolve(None, text, outlet_region=hint)):
        assert result.about is not None
        assert result.about.code == code
        assert result.confidence < 0.9
        assert [e.basis for e in result.evidence] == ["inferred"]


def test_the_place_of_the_outlet_is_never_the_place_of_a_text_that_does_not_claim_it() -> None:
    assert resolve("口罩怎么戴", "戴口罩前先洗手。", outlet_region="410800").about is None


def test_the_outlet_far_away_does_not_outvote_the_text() -> None:
    result = resolve("下沉一线！东营干部上岗", "东营市选派干部，全市企业复工。", outlet_region="371400")
    assert result.about is not None
    assert result.about.code == "370500"


def test_a_hint_decides_between_counties_of_one_name() -> None:
    text = "和平区各级党组织闻令而动，在各小区设卡，全区干部下沉。"
    found = resolve(None, text, page_region="120000")
    assert found.about is not None
    assert found.about.code == "120101"
    assert found.confidence <= 0.6
    assert {e.basis for e in found.evidence} == {"inferred"}


@pytest.mark.parametrize(
    ("text", "code", "name"),
    [
        ("三明市沙县区夏茂镇的菜农装车。", "350427", "沙县"),
        ("毕节市黔西市文峰街道设立采样点。", "520522", "黔西县"),
        ("烟台市蓬莱市登州街道设卡。", "370614", "蓬莱区"),
        ("南通市海门区的志愿者上门。", "320684", "海门市"),
    ],
)
def test_renamed_and_merged_units_carry_the_code_of_the_reference_edition(text: str, code: str, name: str) -> None:
    about = resolve(None, text, when=date(2022, 4, 1)).about
    assert about is not None
    assert about.code == code
    assert name in about.names


def test_hong_kong_macao_and_taiwan_carry_the_code_of_the_whole_with_names_below() -> None:
    hong_kong = resolve("观塘区派发快测包", "民政署在观塘区派发快测包，香港多区居民领取。").about
    assert hong_kong is not None
    assert (hong_kong.code, hong_kong.names[-1]) == ("810000", "观塘区")
    taiwan = resolve("嘉义县民雄乡学校停课", "嘉义县民雄乡一所学校停课。").about
    assert taiwan is not None
    assert (taiwan.code, taiwan.names) == ("710000", ("台湾省", "嘉义县", "民雄乡"))


def test_further_places_of_a_text_about_several_are_kept() -> None:
    text = (
        "宝丰县组织采样队连夜出发。宝丰县人民医院的二十名护士带齐物资，宝丰县卫健委到场送行。"
        "次日清晨，新密市西大街街道的采样点前排起长队，新密市的志愿者维持秩序，新密市卫健委表示感谢。"
    )
    result = resolve(None, text)
    assert result.about is not None
    assert {result.about.code, *(o.code for o in result.others)} >= {"410421", "410183"}


def test_evidence_points_at_the_words_that_decided() -> None:
    title, text = "西充县守村记", "连日来，青狮镇的干部守在村口。"
    result = resolve(title, text)
    assert result.evidence
    for proof in result.evidence:
        assert proof.start is not None
        assert proof.end is not None
        source = {"title": title, "body": text}[proof.part]
        assert source[proof.start : proof.end] == proof.text
        assert 0 < proof.confidence <= 1
        assert proof.rule


def test_a_name_of_one_meaning_is_stated_whatever_the_hint() -> None:
    result = resolve("大英县设卡", f"大英县蓬莱镇的干部值守。{SHIFT}", outlet_region="320000", page_region="510900")
    assert {e.basis for e in result.evidence} == {"stated"}
    assert result.confidence > 0.9


def test_a_dateline_that_was_cut_from_the_text_still_counts() -> None:
    result = resolve("守好家门", "村干部轮流值守。", dateline="安康岚皋县")
    assert result.about is not None
    assert result.about.code == "610925"
    assert result.evidence[0].part == "dateline"


def test_a_menu_of_sister_cities_is_no_evidence() -> None:
    menu = "郑州开封洛阳平顶山安阳鹤壁新乡焦作濮阳许昌漯河三门峡商丘周口驻马店南阳信阳济源"
    result = resolve(None, f"{menu}\n2月2日上午，汝州市庙下镇政府院内来了一名中年人，放下一万元现金便走。")
    assert result.about is not None
    assert result.about.code == "410482"


def test_names_of_reporters_are_no_places() -> None:
    result = resolve("安泽县府城镇网格员上岗", "（记者 贠红安 通讯员 向阳）府城镇的网格员每天巡查。")
    assert result.about is not None
    assert result.about.code == "141026"
    assert all("红安县" not in o.names for o in result.others)


def test_empty_input_is_unknown() -> None:
    assert resolve(None, "").about is None
    assert resolve("", "", page_region="999999").about is None


def test_counties_that_a_citys_bulletin_tells_of_by_themselves_are_further_places() -> None:
    text = (
        "9月28日，毕节市举行发布会。全市新增确诊病例55例，其中织金县47例、七星关区5例、纳雍县1例；织金县的病例均在隔离点发现。"
        "全市现有病例403例，其中织金县379例。织金县马场镇的六个村由高风险区调整为中风险区。"
    )
    result = resolve("毕节市举行第九场发布会", text)
    assert result.about is not None
    assert result.about.code == "520500"
    assert "520524" in {other.code for other in result.others}


def test_a_regiment_of_another_army_is_no_place() -> None:
    assert resolve(None, "老兵说起当年在一八三团的日子。").about is None


def test_a_quarter_that_only_one_region_has_tells_it() -> None:
    about = resolve(None, "祐汉一带列为重点区域，祐汉的居民连检三天。").about
    assert about is not None
    assert about.code == "820000"


@pytest.mark.parametrize(
    "text",
    [
        "依据强制检测公告，工作人员上门登记，居民依次下楼采样。",
        "一名台胞忘带健保卡，社区医生帮他办了就诊手续。",
        "公共屋邨的租户由房屋署派员登记，志愿者把菜送到门口。",
        "应变协调中心连夜调配人手，卫生防护中心的医生在电话里答疑。",
        "专家谈到卫福部和中央流行疫情指挥中心的做法，社区照常值守。",
        "民政事务总署和坊众互助会寄来口罩，居民依次领取。",
    ],
)
def test_offices_and_words_of_another_region_are_no_places(text: str) -> None:
    assert resolve(None, text).about is None


def test_an_office_of_another_region_does_not_take_a_text_from_its_county() -> None:
    about = resolve(None, f"织金县的居民依据强制检测公告下楼采样，房屋署旧楼前排起了队。{SHIFT}").about
    assert about is not None
    assert about.code == "520524"


def test_a_village_of_a_name_that_no_other_bears_tells_its_county_by_itself() -> None:
    text = "草埔东社区组织青少年义工到接种点帮忙。义工们引导居民排队、测温。草埔东社区的居民说，孩子们长大了。"
    about = resolve(None, text).about
    assert about is not None
    assert about.code == "440303"


def test_words_for_roads_are_no_county() -> None:
    about = resolve(None, f"各级国道、省道、县道、乡道县界出入口设卡。{SHIFT}").about
    assert about is None


def test_places_where_arrivals_were_are_not_the_place_of_the_notice() -> None:
    text = (
        "3月6日，记者从自治区指挥部获悉，山东省青岛市、广东省深圳市被确定为中风险地区。"
        "各地要排查2月16日以来有山东省青岛市黄岛区、广东省深圳市福田区旅居史的返宁人员，在通道查验核酸证明。"
    )
    about = resolve("宁夏对有青岛市、深圳市旅居史返宁人员有新要求", text).about
    assert about is not None
    assert about.code == "640000"


def test_risk_areas_of_ones_own_county_stay_its_place() -> None:
    text = "自8月14日起，遂宁市大英县蓬莱镇被划定为中风险区，大英县其他地方为低风险区。有大英县旅居史的人员向村里报告。"
    about = resolve(None, text).about
    assert about is not None
    assert about.code == "510923"


def test_a_quarter_of_a_far_city_needs_that_city() -> None:
    text = f"胜利街道立新社区的居民排队采样。立新社区发动年轻人，康平县的志愿者也来了。立新社区的老人说好。{SHIFT}"
    about = resolve(None, text).about
    assert about is not None
    assert about.code == "210123"


def test_a_numbered_school_tells_its_county() -> None:
    about = resolve(None, f"4月27日，钟祥三中、钟祥一中开展复课演练，校门口测温。{SHIFT}").about
    assert about is not None
    assert about.code == "420881"


def test_a_headline_of_the_whole_province_is_not_of_the_city_named_most() -> None:
    text = "全封闭收费站共8个，均在泉州区域。检查入口车辆的7个，泉州区域新增1个。三明区域7个，与昨日相同。"
    about = resolve("福建全省高速公路49个收费站实施管控", text).about
    assert about is not None
    assert about.code == "350000"


def test_many_places_in_a_county_story_do_not_make_it_the_provinces() -> None:
    text = f"很多地方迎来返岗高峰。在四川宣汉县，政府开行返岗专车。四川省宣汉县南坝汽车站里，52人上了车。{SHIFT}"
    about = resolve(None, text).about
    assert about is not None
    assert about.code == "511722"


def test_a_short_name_said_again_and_again_is_its_place() -> None:
    text = "瑞丽人等来“有序解封”的消息。当天，瑞丽解除居家隔离。不只是瑞丽，别的边城也守着国门。瑞丽的民警照常值勤。"
    about = resolve(None, text).about
    assert about is not None
    assert about.code == "533102"


def test_a_name_within_a_persons_is_not_said_again() -> None:
    text = "护士王瑞丽第一个报名。王瑞丽说，穿上防护服就不怕。夜里，王瑞丽还在采样。王瑞丽的女儿七岁。"
    assert resolve(None, text).about is None


@pytest.mark.parametrize("words", ["示范县", "响应县委", "信息县里", "新冠县级", "省和县"])
def test_counties_of_one_character_are_not_read_in_other_words(words: str) -> None:
    assert resolve(None, f"各村按要求登记，这里是{words}的安排。{SHIFT}").about is None


def test_a_headline_said_again_does_not_outweigh_the_county() -> None:
    title = "陕西汉中新增一个高风险区"
    text = f"导读 {title}。{title}。自10月6日起，将宁强县部分区域划定为高风险区。宁强县阳平关镇擂鼓台村一组。宁强县其他区域为低风险区。"
    about = resolve(title, text).about
    assert about is not None
    assert about.code == "610726"


def test_a_place_that_another_is_compared_with_is_not_the_story() -> None:
    text = "湖北孝感的确诊人数超过黄冈。2月6日，孝感新增多于黄冈。孝感的志愿者把菜送到楼下，远高于黄冈的数字让人揪心。"
    about = resolve("湖北孝感为何超越黄冈", text).about
    assert about is not None
    assert about.code == "420900"


def test_a_number_that_is_none_names_no_regiment() -> None:
    assert resolve(None, "连队的职工群众说起二十零团的事。").about is None


@pytest.mark.parametrize(
    ("title", "text", "code"),
    [
        (None, "2月3日，焦作市修武县新增1例新冠肺炎确诊病例，患者有湖北省武汉市旅居史。", "410821"),
        (None, f"遂宁市大英县蓬莱镇网格员挨家挨户摸排湖北、浙江旅居史人员。{SHIFT}", "510923"),
        (None, "连日来，修武县郇封镇的网格员对湖北、浙江旅居史人员逐户登记。", "410821"),
        (None, "四川省遂宁市大英县的村干部挨家挨户走访，把有湖北省武汉市旅居史的返乡人员登记在册。", "510923"),
        (None, "大英县有关部门通报，一名来自广东省深圳市、浙江省温州市旅居史人员已登记。", "510923"),
        (
            None,
            "3月20日，上海市浦东新区一名有吉林省长春市旅居史的居民核酸检测阳性，浦东新区川沙新镇划为中风险地区。",
            "310115",
        ),
    ],
)
def test_a_notice_keeps_its_own_place_beside_where_people_had_been(title: str | None, text: str, code: str) -> None:
    about = resolve(title, text).about
    assert about is not None
    assert about.code == code


@pytest.mark.parametrize(
    "text",
    [
        "山东省青岛市被确定为中风险地区，请有广东省深圳市旅居史的人员报告。",
        "排查有山东省青岛市旅居史和广东省深圳市旅居史的人员。",
        "山东省青岛市、广东省深圳市被确定为中风险地区，请有关人员报告。",
    ],
)
def test_a_list_of_where_people_had_been_tells_no_place(text: str) -> None:
    assert resolve(None, text).about is None


@pytest.mark.parametrize(
    ("title", "text", "code"),
    [
        ("全省首例！网格员送药上门", f"焦作市修武县郇封镇的网格员送药上门。{SHIFT}", "410821"),
        ("获全省表彰的村支书", "焦作市修武县郇封镇的村支书守在村口。修武县委宣传部介绍，他三天没有回家。", "410821"),
        ("全省首列复工专列开出", "2月10日，达州市渠县的务工人员坐上专列。渠县人社局组织了登记。", "511725"),
        ("全区各地织密疫情防控网", "连日来，南京市江宁区东山街道、秣陵街道闻令而动。江宁区各社区设卡登记。", "320115"),
        ("全区各地织密疫情防控网", "连日来，重庆市万州区各镇乡党员干部闻令而动。万州区委要求守好门。", "500101"),
        ("我县多地开展消杀", "四川省遂宁市大英县蓬莱镇、隆盛镇组织消杀，大英县各村都行动起来。", "510923"),
        ("多地返乡高峰将至", "麻城市的党员守好村口，麻城市网格员入户排查。麻城市委要求。", "421181"),
        ("多地联动！大别山下的防线", "湖北省黄冈市麻城市的党员守好村口，麻城市网格员入户排查。", "421181"),
        # of the whole province, which the body bears out
        ("全区各地织密疫情防控网", f"广西南宁市、柳州市的社区设卡登记，广西要求守好门。{SHIFT}", "450000"),
        ("多地开行返岗专车", f"四川达州市的务工人员坐上专车。在四川南充市，百人到岗。{SHIFT}", "510000"),
        # words of the city, not of the province
        (
            "我市各市直部门下沉社区",
            "河南省焦作市各市直单位下沉社区。市委要求各市直单位、各市场主体落实责任。"
            "按照河南省要求，河南省疫情防控指挥部部署，焦作市设卡登记。",
            "410800",
        ),
    ],
)
def test_words_of_the_whole_need_a_body_of_the_whole(title: str, text: str, code: str) -> None:
    about = resolve(title, text).about
    assert about is not None
    assert about.code == code
