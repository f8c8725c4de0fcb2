"""How two spellings of a name are known to be the same."""

import unicodedata


def fold(name: str) -> str:
    """Fold width, case and blanks away, so that `ＰＭ2.5 年均浓度` is `pm2.5年均浓度`."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
