"""What is not the piece itself: menus, share bars, counters, disclaimers, teasers, spam, residue.

Each pattern is a kind of line seen on pages of many sites; none names a site. Words that real
sentences use too (二维码, 扫一扫, 微信) count only in short lines.
"""

from __future__ import annotations

import re

#: Share, contact and menu words decide only in lines up to this length: a sentence may say 二维码.
SHORT = 45

_DISCLAIMER = re.compile(
    r"(?:版权|免责|版权与免责|版权及免责|网站|郑重|特别|法律|转载)[与及和]?(?:免责)?声明(?:\s?[::]|$|\s*\|)"
    r"|^\s*(?:[①-⑨]|\(?[1-9一二三四][).、])?\s*(?:凡本(?:网|站|报)|凡注明|本[网站](?:站)?(?:所有|所?刊载|转载|未注明|注明|发布|部分|文章|登载)|鉴于本[网站]|如因(?:作品|版权))"
    r"|未经(?:本[网站报]|书面|许可|授权)[^。]{0,12}(?:不得|禁止|严禁)|(?:仅供参考|不代表本[网站])|并不(?:代表|意味着)(?:本[网站]|赞同)"
    r"|(?:文章|观点|内容)[^。]{0,6}仅代表[^。]{0,8}(?:作者|本人|个人|网友)|本[网站](?:站)?只是转载|本[网站]系信息发布平台|(?:版权|内容|信息)[^。,]{0,10}的?声明\s?[::]?$"
    r"|^\W{0,3}\d[、.)]\s?“[^”]{2,16}”由[^。]{2,24}主办|独家负责“[^”]{2,12}”|全权代理"
    r"|^本文(?:为|系)[^。]{0,24}原创[^。]{0,30}转载|转载[请须需](?:附上|标明|联系|注明)|任何转载的稿件|本报的原创文章|转载时务必|^(?:声明|免责|郑重声明)\s?[::]|侵[权犯][^。]{0,20}(?:删除|联系)|版权(?:均?属于|归[^。]{0,12}所有|所有)"
)
_FOOTER = re.compile(
    r"[Cc]opyright|©|ICP[备证]|公网安备|许可证(?:编?号)?\s?[::]|许可证(?=[^,。]{0,12}\d)|^(?:主办|主管|承办|协办|技术支持|运营|鸣谢)(?:单位|方)?\s?[::]|网站(?:地图|标识码)|"
    r"(?:投稿|联系)(?:邮箱|信箱|电话|热线)|(?:新闻|广告|客服|发行|订报|举报)(?:热线|电话)\s?[::]?\s?[\d(]|客服(?:电话)?\s?[::]|不良信息举报(?:中心|平台|网站)?(?:电话|邮箱|热线|[::]|$)|"
    r"(?:地址|邮编|联系地址|邮政编码)\s?[::]|数字报网址|转载请注明|当前时间\s?[::]|友情链接|关于我们"
)
_TEASER = re.compile(
    r"^(?:[■▲●◆★>>#·•【\[\s]*)(?:新闻推荐|推荐(?:阅读|新闻|文章)|相关(?:阅读|新闻|文章|链接|报道|推荐|专题|内容)|延伸阅读|热门(?:新闻|文章|推荐|点击|阅读|评论)|"
    r"猜你喜欢|精彩(?:推荐|图集|图片)|最新(?:文章|新闻|资讯|推荐)|更多(?:新闻|精彩|内容|>)|(?:本周|今日|点击|阅读|[日周月]?新闻)?排行(?:榜)?|往期(?:回顾|推荐)|为您推荐|"
    r"相关标签|网友评论|最新评论|热点(?:推荐|新闻|专题)|图片新闻|同类文章|大家都在看|编辑推荐|频道推荐|今日(?:热点|推荐)|随机(?:文章|推荐)|您可能(?:也)?(?:感)?兴趣)\s*[】\]]?\s*[::>>]*\s*(?:$|[||])"
)
#: The call to read on, at the end of what tells of another piece, cut or a picture: 再次出访...[详细], 记者某某摄[详细].
_MORE = re.compile(r"(?:…|\.{3}|摄)\s?[\[【(]\s?(?:详细|查看详情|阅读全文)\s?[\]】)]$")
_SHARE = re.compile(
    r"扫一扫|扫码(?=关注|下载|查看|阅读|观看|收听|加入|进群|入群|添加|分享|看|领|[。!]?$)|二维码|微信扫|分享(?:到|至|此|本文|给)|打印(?:本页|此页|文章)?$|关闭(?:本页|窗口|页面)|返回(?:首页|顶部|列表|上页)|"
    r"上一[篇条页版]|下一[篇条页版]|点击(?:查看|阅读|进入|下载|量|数|率|次数|上方|视频|图片|链接)|下载(?:客户端|APP|app)|关注(?:我们|公众号|微信)|关注[^。,]{2,14}(?:微信)?(?:公众号|订阅号|官方微博)\s?[::]?$|长按(?:识别)?|"
    r"字[体号]\s?[::]?\s?[\[【(]?(?:大|小|默认)|我要(?:评论|投稿|纠错|分享)|发表评论|登录后|注册后|密码登录|还没有[账帐]号|立即(?:注册|登录)|忘记密码|还没有(?:添加)?(?:任何)?评论|暂无评论|抢沙发|评论\s?[(\[]?\d|^\d+\s?条评论|还没有人评论|阅读原文|本文(?:共|篇)?\d+字|本篇文章\d+字|"
    r"加入收藏|设为首页|^(?:下载附件|附件下载)\s?[::]?$|(?:复制|收藏)(?:链接|本文)|手机(?:版|看新闻|浏览)|网站(?:首页|导航)|繁體|用户(?:登录|注册)|听新闻|朗读|字体"
)
_MENU = re.compile(
    r"感谢您?(?:浏览|访问)|欢迎(?:您)?(?:访问|来到|光临|投稿)|(?:当前|您(?:现在)?(?:所在)?|所在|现在)的?位置|^首页(?:$|\s|[>>|»-])|首页\s·\s|[>»]\s?(?:正文|文章|内容|详细|浏览)"
)
_SECTION = re.compile(
    r"^(?:\d{4}年)?(?:[一-鿿]{0,6})专题(?:区|栏目|报道)?$|^(?:首页|正文|展开通版|收缩通版|通版阅读请点击:|要闻|新闻|新闻中心|新闻资讯|本地新闻|本地要闻|国内|国内新闻|社会|社会新闻|时政|综合|综合新闻|"
    r"公益|教育|文化|图片|视频|直播|专题|导航|全部|收藏|分享|打印|纠错|举报|返回|关闭|更多|热点|头条|头条新闻|原创|评论|来源|作者|编辑|目录|版面|搜索|登录|注册|字号|大|中|小|微博|微信|朋友圈|QQ空间)(?:>>|>)?$"
)
#: The headline of a forum's thread with its button: 某事 [复制链接].
_THREAD = re.compile(r"^[^\[\]|]{8,60}\s\[复制链接\]")
_SEPARATORS = re.compile(r"[|_>»/]|\s{2,}|,(?=\S{2,12},)")
_SPAM = re.compile(
    r"娱乐(?:城|场(?!所))|博彩|棋牌(?!室)|无码|[亚欧]洲?[一二三]区|[Aa][Vv](?![a-z])|官网登录|体育(?:官网|app|平台)|精品(?:国产|视频)|在线(?:观看|播放)|代[写开孕]|[Ss][Ee][Oo]"
)
#: Words that news of lotteries, welfare and vaccination use too: two of them in a line make it spam.
_SPAM_TOO = re.compile(r"彩票|赌|成人|激情|福利|国产|视频|网站|免费|在线")
#: Chrome that may end like a sentence: the pieces before and behind this one, buttons in brackets, thanks of an app.
_NEIGHBOUR = re.compile(
    r"^[【\[(]?(?:原文链接|查看原文|阅读原文|责任纠错|我要纠错)[】\])]?$|^(?:上|下)一[篇条页则]\s?[:：>》]|^(?:[【\[(](?:打印|关闭|收藏|返回|分享|纠错|评论|举报|投稿|大|中|小)[^【】\[\]()]{0,6}[】\])]\s*)+$|点(?:个|亮|击)?[“\"']?在看[”\"']?[!。~]?$|^(?:[^,。]{0,8},)?(?:请|快|欢迎|记得|顺手|别忘了?|来|戳)?[^,。]{0,6}(?<![纷被频获受得])点(?:个|亮|击)?[“\"']?赞[”\"']?[!。~]?$"
)
_RESIDUE = re.compile(
    r"^[\s|?/<>p.!#*\-_=~·,、:;()\[\]{}&]*$|^<[^>]{0,80}>?$|^&[a-z#0-9]+;$|^!\[.*\]\(.*\)[\s|]*$|^\??/?p>$"
)
_COUNT = re.compile(
    r"^[(\[]?\d{1,4}[)\]]?$|^(?:第?\d{1,3}\s?/\s?\d{1,3}\s?页?|\d+\s?(?:次|人|阅读|浏览|评论|点赞))$|^(?:阅读|浏览|点击|访问|评论|点赞|人气)(?:次?数|量)?\s?[::]?\s?\d*\s?次?$"
)
#: Calls to load a program or to hand in news, between brackets behind a piece.
_CALL = re.compile(
    r"^[(\[【]?[^。]{0,8}(?:下载[^。]{2,12}[,,]|报料|爆料|[^。]{0,8}新闻热线)[^。]{0,40}(?:有奖|热线|投稿|微信|QQ|邮箱)?[^。]{0,90}[)\]】!]$"
)
_CONTACT = re.compile(r"^[(\[](?=.{0,40}(?:热线|投稿|邮箱))(?=.*\d{7}).{8,140}[)\]]$")
_URL = re.compile(r"https?://[\w./?=&%#~:\-]+|www\.[\w./?=&%#~:\-]+")
_ADDRESS = re.compile(r"^(?:https?://|www\.)\S+$|^\[email\s?protected\]$")


def furniture_kind(text: str) -> str:
    """Return the kind of furniture that a line is (simplified, plain marks), "" when it may be text.

    Kinds: residue, count, address, section, spam, menu, disclaimer, footer, teaser, share.
    """
    line = text.strip().strip("| ").strip()
    if _RESIDUE.match(line):
        return "residue"
    if _COUNT.match(line):
        return "count"
    if _ADDRESS.match(line):
        return "address"
    if (
        ("://" in line or "www." in line)
        and _URL.search(line)
        and len(_URL.sub("", line)) <= 30
        and "。" not in line
        and ":" not in _URL.sub("", line)
    ):
        return "address"
    if _CALL.match(line) or _CONTACT.match(line) or re.match(r"^\([^()]{0,30}下载次数", line):
        return "share"
    if len(line) <= (SHORT if "。" in line else SHORT * 2) and _NEIGHBOUR.search(line):
        return "share"
    if _SECTION.match(line):
        return "section"
    sentence = "。" in line
    if not sentence and _is_spam(line) and (len(_SEPARATORS.findall(line)) >= 2 or len(line) <= SHORT):
        return "spam"
    if (len(line) <= SHORT or (len(line) <= 130 and (not sentence or _greets(line)))) and _MENU.search(line):
        return "menu"
    if not sentence and len(line) > 12 and _is_menu(line):
        return "menu"
    if not _is_prose(line) and _DISCLAIMER.search(line):
        return "disclaimer"
    if _TEASER.match(line) or _MORE.search(line):
        return "teaser"
    if len(line) <= 90 and not sentence and _FOOTER.search(line):
        return "footer"
    if len(line) <= SHORT and not line.endswith(("。", "”")) and _SHARE.search(line) and not _THREAD.match(line):
        return "share"
    return ""


def _is_spam(line: str) -> bool:
    return bool(_SPAM.search(line)) or len(set(_SPAM_TOO.findall(line))) >= 2


def _greets(line: str) -> bool:
    return bool(re.match(r".{0,24}(?:感谢您?|欢迎您?)", line))


def names_pages(line: str) -> bool:
    """Whether a row of short words (simplified, plain marks) is one of links by its words: 首页, 要闻."""
    return any(_MENU.search(word) or _SECTION.match(word) for word in map(str.strip, line.split("|")))


def _is_menu(line: str) -> bool:
    """A row of short words between bars, arrows or wide blanks."""
    barred = [" ".join(word.split()) for word in line.split("|") if word.strip()]
    odd = sum(len(word) > 12 or re.search(r"[,。;!?:“]", word) is not None for word in barred)
    if len(barred) >= 5 and odd <= (len(barred) >= 7 and max(map(len, barred)) <= 40):
        return True
    words = [word for word in re.split(r"\s*[|_>»/·]\s*|\s{2,}|\s(?=\S{1,6}\s)", line) if word]
    return (
        len(words) >= 5
        and sum(len(word) <= 7 for word in words) >= 0.8 * len(words)
        and not re.search(r"[,。;!?:“]", line)
    )


def _is_prose(line: str) -> bool:
    """A long sentence that only happens to hold a word of disclaimers."""
    return len(line) > 160 and not re.match(r"\s*(?:[①-⑨]|.{0,14}声明|凡本|本[网站])", line)
