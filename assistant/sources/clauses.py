"""The clauses of a long sentence that are worth quoting by themselves."""

import re
from collections.abc import Callable
from itertools import combinations

from assistant.language.phrasings import Phrasings

_CLAUSE = re.compile(r"[^，；]+[，；]?")


def core(phrasings: Phrasings, kind: str, sentence: str, names: Callable[[str], bool], longest: float = 0) -> str:
    """Cut a sentence down to the fewest neighbouring clauses that name what is written of and say what is asked for.

    With them stand those behind them that there is room for.

    A clause that leans on the one before it stands with it; a first word that only links it to that one is left out.

    Parameters
    ----------
    kind : str
        The kind of question; without words that tell what it asks for, the sentence stays whole.
    names : function of str
        Whether a text names what is written of.
    longest : float
        How long a quotation of more than the fewest may be.

    Returns
    -------
    str
        An exact substring of the sentence.
    """
    telling = phrasings.telling.get(kind)
    clauses = _CLAUSE.findall(sentence)
    if telling is None:
        return sentence
    runs = [
        (start, end)
        for start, end in combinations(range(len(clauses) + 1), 2)
        if not phrasings.leaning.match(clauses[start])
        if names("".join(clauses[start:end])) and any(telling.search(clause) for clause in clauses[start:end])
    ]
    start, end = min(runs, key=lambda run: run[1] - run[0], default=(0, len(clauses)))
    while end < len(clauses) and len("".join(clauses[start : end + 1])) <= longest:
        end += 1
    quoted = "".join(clauses[start:end])
    link = phrasings.linking.match(quoted)
    return quoted[link.end() if link else 0 :].rstrip("，；。")
