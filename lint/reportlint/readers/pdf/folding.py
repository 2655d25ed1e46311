"""Characters as they are meant where a PDF names only their shape: radicals that look like whole characters."""

from __future__ import annotations

from unicodedata import normalize

_SUPPLEMENT = dict(
    zip(
        "⺁⺄⺆⺇⺈⺉⺋⺌⺎⺏⺐⺒⺓⺔⺕⺖⺗⺘⺙⺛⺝⺟⺠⺡⺢⺣⺥⺦⺨⺩⺬⺭⺮⺯⺰⺶⺹⺼⺽⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂乙冂几刀刂卩小兀尣尢巳幺彑彐忄心扌攵旡月母民氵水灬爪丬犭王示礻竹糸纟羊耂肉臼虎衤覀西见角角讠贝足车辶辶辶阝長镸长门阝雨青韦页风飞食飠饣首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)
"""The radicals of U+2E80 to U+2EFF and the characters that they stand for."""


def fold(char: str) -> str:
    """The character that a radical stands for; every other character as it is."""
    if not "\u2e80" <= char <= "\u2fdf":
        return char
    return _SUPPLEMENT.get(char) or normalize("NFKC", char)
