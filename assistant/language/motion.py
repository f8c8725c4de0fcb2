"""The words by which a text says that something rose or fell."""

import re

_RISING = (
    r"上升|上涨|上扬|增长|增加|提高|提升|回升|升高|升至|拉高|推高|走高|抬高|抬升|攀升|跃升|反弹|上行|增至|[略微小猛骤陡]升|好转|变好|向好|改善|涨了?"
    r"|rose|risen|rises?|rising|increas(?:e|es|ed|ing)|grew|grown|growing|gain(?:ed|s)?|improv(?:e|es|ed|ing)|raised"
    r"|boost(?:ed|s|ing)?|lift(?:ed|s|ing)?|jump(?:ed|s|ing)?|rebound(?:ed|s|ing)?|climb(?:ed|s|ing)?|soar(?:ed|s|ing)?|surg(?:ed|es|ing)|strengthen(?:ed|s|ing)?"
    r"|(?:was|is) higher(?! than (?:the actual )?\d)"
    r"|(?:went|gone|goes|was|is|edged|inched|ticked|crept|moved) up|up(?=\s+(?:by\s+)?\d)"
)
_FALLING = (
    r"下降|下跌|下滑|滑落|降低|降至|降了|减少|回落|拉低|拖累|走低|下挫|下行|减至|[略微小猛骤陡]降|恶化|变差|跌"
    r"|fell|fallen|falls?|falling|drop(?:ped|s|ping)?|declin(?:e|es|ed|ing)|decreas(?:e|es|ed|ing)|lowered"
    r"|plung(?:ed|es|ing)|dip(?:ped|s|ping)?|sank|sunk|slid|tumbl(?:ed|es|ing)|shrank|deteriorat(?:ed|es|ing)|slip(?:ped|s)|worsen(?:ed|s|ing)?|weaken(?:ed|s|ing)?"
    r"|(?:was|is) lower(?! than (?:the actual )?\d)"
    r"|(?:went|gone|goes|was|is|edged|inched|ticked|crept|moved) down|down(?=\s+(?:by\s+)?\d)"
)
# Looked for once at every place, before each of the words is.
_ANY_OF_THEIRS = "".join(sorted(set(re.findall(r"[\u3400-\u9fff]", _RISING + _FALLING))))
DIRECTION = re.compile(
    rf"(?=[a-z{_ANY_OF_THEIRS}])(?<![a-z])(?:(?P<rise>(?:{_RISING})(?![a-z]))|(?P<fall>(?:{_FALLING})(?![a-z])))",
    re.IGNORECASE,
)
"""A claim of rise or fall."""
PULLING = re.compile("拉高|推高|抬高|拉低|拖累|raised|lowered|boost(?:ed|s)|lift(?:ed|s)", re.IGNORECASE)
"""Said of a part that moves the whole: a contribution to the subject bears it out."""
UNMOVED = "没有变化|持平|不变|did not (?:move|change)|unchanged"
"""The words by which a text says that something stood still, behind how many did."""
CAUSING = "(?:使得?|令|致使|导致|带动|推动|拉动|拉升|推升)"
"""The words between a part and the whole that it moves."""
MOVES = rf"(?:得分)?(?:{_RISING}|{_FALLING})了?\s*"
"""What stands behind that whole, before the number."""
