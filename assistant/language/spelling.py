"""Names written with one character wrong, missing or too many; a long one also with two that sound right.

Of a Latin name each word may be so.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import takewhile

_HAN = re.compile(r"[\u3400-\u9fff]+")
_LATIN = re.compile(r"[a-z][a-z ]*")
_INSIDE_LATIN = re.compile(r"[a-z]{2}")
# A shorter name with one character changed is soon another word, unless it sounds the same.
_LONG_HAN = 5
_SHORTEST_HAN = 3
_SHORTEST_LATIN, _SHORTEST_WORD = 9, 4
# Whatever one mistake does to the characters before this place, or two, one of them is still near where it belongs.
_NEAR = 4
# A name of so many characters may hold two mistakes.
_LONGER_HAN, _MISTAKES = 6, 2
# A character for its opposite is no mistake: the name is another one.
_OPPOSITES = ("昼夜", "日夜", "内外", "上下", "进出", "城乡", "南北", "东西", "左右", "前后", "高低", "大小", "新旧")
# At the end of a short name such a character is a word of its own: "公交到" before "底" is no "公交道".
_OWN_WORDS = "到在的和是有也就都了得地过"
# What joins two names is no character too many in one.
_JOINING = re.compile("[和与及或跟、]")
# The common characters of GB 2312 stand in the order of their sounds: 94 in a row, the first row and its last place.
_ROW, _FIRST, _LAST = 94, 0xB0A1, 0xD7F9
_SAME_SOUND = 24


class Spelling:
    """Finds where a text nearly writes one of some names. The first character must be right, or sound right."""

    def __init__(self, names: Iterable[str]):
        self._by_first: defaultdict[str, list[str]] = defaultdict(list)
        self._by_rest: defaultdict[str, list[str]] = defaultdict(list)
        ordered = sorted(names, key=len, reverse=True)
        self._names = set(ordered)
        for name in ordered:
            if len(name) >= (_SHORTEST_LATIN if _LATIN.fullmatch(name) else _SHORTEST_HAN):
                self._by_first[name[0]].append(name)
                if len(name) > _SHORTEST_HAN and _HAN.fullmatch(name):
                    self._by_rest[name[1]].append(name)

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield where a folded text nearly writes a name, and that name; the longest wins and none overlap."""
        end = 0
        for start, first in enumerate(text):
            if start < end or _is_inside_latin(text, start):
                continue
            following = frozenset(text[start + 1 : start + _NEAR])
            for name in self._by_first.get(first, ()):
                if following.isdisjoint(name[1:_NEAR]):
                    continue
                stretch = text[start : start + len(name) + 1 + name.count(" ")]
                lengths = filter(None, (_length(stretch, name), _length_of_words(stretch, name)))
                if length := next((each for each in lengths if not _is_inside_latin(text, start + each)), 0):
                    written = text[start : start + length]
                    if self._is_meant(written, name):
                        end = start + length - _goes_on_otherwise(written, name)
                        yield start, end, name
                    break
            for name in self._by_rest.get(text[start + 1 : start + 2], ()) if start >= end else ():
                rest = text[start + 1 : start + len(name)]
                if first != name[0] and rest == name[1:] and _sound_alike(first, name[0]):
                    end = start + len(name)
                    yield start, end, name
                    break

    def _is_meant(self, written: str, name: str) -> bool:
        """Whether a name with a mistake in it is no other words: a short one, or one before a name that is right.

        An uncommon character in it is a mistake.
        """
        if len(written) > len(name) and _JOINING.search(written) and not _JOINING.search(name):
            return False
        if not _HAN.fullmatch(name) or len(written) != len(name):
            return len(written) >= _SHORTEST_HAN
        if any({typed, meant} == {*pair} for typed, meant in zip(written, name, strict=True) for pair in _OPPOSITES):
            return False
        right = next(place for place, (typed, meant) in enumerate(zip(written, name, strict=True)) if typed != meant)
        if right == len(name) - 1 and written[right] in _OWN_WORDS and len(name) < _LONG_HAN:
            return False
        if _sound_alike(written[right], name[right]) or not _place_by_sound(written[right]):
            return True
        rest = name[right + 1 :]
        return len(name) >= _LONG_HAN and not (len(rest) >= _SHORTEST_HAN and rest in self._names)


def _goes_on_otherwise(written: str, name: str) -> bool:
    """Whether all but the last character of a name is written, and what follows is likely the next word."""
    is_cut = _HAN.fullmatch(name) and len(written) == len(name) and written[:-1] == name[:-1]
    return bool(is_cut) and not _sound_alike(written[-1], name[-1])


def _sound_alike(first: str, second: str) -> bool:
    places = [_place_by_sound(character) for character in (first, second)]
    return 0 not in places and abs(places[0] - places[1]) <= _SAME_SOUND


def _place_by_sound(character: str) -> int:
    """Tell the place of a common character among those in the order of their sounds; 0 for any other."""
    code = int.from_bytes(character.encode("gb2312", "ignore"), "big")
    if not _FIRST <= code <= _LAST:
        return 0
    return ((code >> 8) - (_FIRST >> 8)) * _ROW + (code & 0xFF) - (_FIRST & 0xFF) + 1


def _length(text: str, name: str) -> int:
    """Give how much of the beginning of a text is a name with one mistake; 0 where that is none of it."""
    right = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(text, name, strict=False)))
    if right == len(name):
        return 0
    if _sounds_like(text[: len(name)], name):
        return len(name)
    kind = _LATIN if _LATIN.fullmatch(name) else _HAN
    is_letter = bool(kind.fullmatch(text[right : right + 1]))
    if is_letter and text[right + 1 : len(name)] == name[right + 1 :]:
        return len(name)
    if right + 1 < len(name) and text[right : len(name) - 1] == name[right + 1 :]:
        return len(name) - 1
    if is_letter and text[right + 1 :] == name[right:]:
        return len(name) + 1
    return 0


def _length_of_words(text: str, name: str) -> int:
    """Give how much of the beginning of a text is a Latin name of several words, each with one mistake at most."""
    words = name.split()
    written = text.split(" ")[: len(words)]
    is_meant = len(words) == len(written) > 1 and all(map(is_slip, written, words))
    return len(" ".join(written)) if is_meant and _LATIN.fullmatch(name) else 0


def is_slip(written: str, word: str) -> bool:
    """Whether a Latin word is another, or that with one letter wrong, missing, too many, or two letters swapped."""
    if written == word or len(word) < _SHORTEST_WORD or written[:1] != word[:1]:
        return written == word
    right = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(written, word, strict=False)))
    swapped = word[:right] + word[right + 1 : right + 2] + word[right : right + 1] + word[right + 2 :]
    edited = (
        written[right + 1 :] == word[right + 1 :],
        written[right + 1 :] == word[right:],
        written[right:] == word[right + 1 :],
    )
    return written == swapped or any(edited)


def _sounds_like(text: str, name: str) -> bool:
    """Whether a long name is written with mistakes that sound the same."""
    wrong = [pair for pair in zip(text, name, strict=False) if pair[0] != pair[1]]
    is_long = len(text) == len(name) >= _LONGER_HAN and bool(_HAN.fullmatch(name))
    return is_long and len(wrong) <= _MISTAKES and all(_sound_alike(*pair) for pair in wrong)


def _is_inside_latin(text: str, at: int) -> bool:
    """Whether a place in a text is inside a Latin word."""
    return _INSIDE_LATIN.fullmatch(text, max(0, at - 1), at + 1) is not None
