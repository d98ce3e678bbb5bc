"""Who took, gave, drew or sent a picture, as lines below pictures say it; on lines with plain marks, simplified."""

from __future__ import annotations

import re

#: What was done with the picture that a line lends or sends: (某县政府提供/甲乙丙某地传真).
_SENT = "(?:提供|翻摄|传真)"
#: A line that begins or ends as captions do.
CAPTION = re.compile(
    r"(?:摄|供图|资料图|制图|视频截图)\s?[)\]]?\s*$|^(?:图为|[上下左右]图[\s::,]|图[::]|图\d|配图|资料图)|[一-鿿]\s?/\s?[摄图]\s*$"
    r"|(?:摄影|摄影者|拍摄)[\s::]+[一-鿿·]{2,4}\s?[)\]]?$|[(\[](?:左|右|中|前|后|[左右][一二三四1-4]|前[左右中排]|后排)[)\]]"
)
#: Who took the picture, at the end of a line: a caption even where a role stands before the name.
TAKEN = re.compile(r"(?<![文图/])\s?摄\s?[)\]]?$|[一-鿿]{4}\s+(?:摄影|拍摄)[\s::]+[一-鿿·]{2,4}\s?[)\]]?$")
ONLY_CREDIT = re.compile(
    r"^[(\[]?(?:[一-鿿·]{2,4}\s+)?\S{0,10}(?:记者|通讯员)?\s?[一-鿿·]{2,4}\s?摄[)\]]?$|^[一-鿿]{2,12}供图$"
)
#: A whole paragraph in brackets that ends in who took the picture.
BRACKETED = re.compile(r"^[(\[].{20,200}[。\s][一-鿿 、]{2,20}\s?摄[)\]]$")
#: Whose picture it is, behind what it shows.
LENT = re.compile(r"。\s?(?:图片)?来源:[一-鿿]{2,10}$")
#: The picture library, in Latin letters and brackets, behind what it shows: (图片来源:STR/AFP). A Chinese house there may end a paragraph.
SOURCED = re.compile(r"\((?:图片来源|图源|图片提供)\s?[:/]\s?[A-Z][A-Za-z /.,·]{2,40}\)$")
#: Who gave the picture, in brackets behind what it shows: (某县政府提供/甲乙丙某地传真).
GIVEN = re.compile(rf"\([^(),。由文]{{2,14}}{_SENT}(?:/[^(),。]{{2,14}})?\)$")
#: A credit tells that a picture stood here, which the capture lost: who took, gave, drew or sent it.
CREDIT_BELOW = re.compile(
    r"(?:(?<!拍)摄|供图|制图|资料图片?|视频截图|翻摄|传真)\s?[)\]]?\s*$|(?:摄影|拍摄)[\s:]+[一-鿿·]{2,4}\s?[)\]]?$|图片来源:|/\s?[摄图]\s?[)\]]?$"
)
#: A line that tells what a picture shows: who stands where in it, or who took or sent it.
OF_PICTURE = re.compile(
    rf"[(\[](?:左|右|中|前|后|左[一二三1-3]|右[一二三1-3]|前[左右排]|资料图)[)\]]|图为|^[▲▼△▽]{1, 4}|[摄影图][)\]]?$|\([图摄]/[^()]*\)$|{_SENT}(?:/[^()]*)?\)$"
)
