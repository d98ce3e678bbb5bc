"""Names of people that nobody bears on purpose: a surname and one or two characters, drawn."""

import random

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "明辉静丽强磊洋艳勇杰娟涛超霞平刚桂英建华文玉兰飞红波宁婷慧雪梅琳倩颖博宇轩浩然思远志鹏"


def person(rng: random.Random) -> str:
    """A name of two or three characters."""
    given = rng.sample(GIVEN, rng.choice((1, 2, 2, 2)))
    return rng.choice(SURNAMES) + "".join(given)


def people(rng: random.Random, most: int = 2) -> list[str]:
    """One to `most` different names."""
    found: list[str] = []
    wanted = rng.randint(1, most)
    while len(found) < wanted:
        name = person(rng)
        if name not in found:
            found.append(name)
    return found
