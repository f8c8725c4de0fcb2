"""Other words for the same thing, to widen a query."""

from collections.abc import Callable, Collection, Iterable, Iterator
from importlib.resources import files

from knowledge.tokens import fold, terms


class Synonyms:
    """Groups of forms that mean the same: those that this package knows, and those that are given."""

    def __init__(self, groups: Iterable[Collection[str]] = ()):
        lines = files("knowledge").joinpath("synonyms.txt").read_text(encoding="utf-8").splitlines()
        known = (line.split("=") for line in lines if line and not line.startswith("#"))
        self._known = [[form.strip() for form in group] for group in known]
        self._groups = [[(form, _plain(form)) for form in group] for group in (*self._known, *groups)]

    def widen(self, query: str) -> Iterator[list[str]]:
        """Yield, for each thing that a query names, the other forms of it."""
        asked = _plain(query)
        for group in self._groups:
            others = [form for form, plain in group if plain not in asked]
            if 0 < len(others) < len(group):
                yield others

    def spoken_by(self, count: Callable[[str], int]) -> dict[str, str]:
        """Map each form known here that a corpus lacks to the form that it uses most, given how often it uses one."""
        spoken: dict[str, str] = {}
        for group in self._known:
            used = {form: count(form) for form in group}
            most = max(used, key=lambda form: used[form])
            if used[most]:
                spoken |= {fold(form): most for form, times in used.items() if not times}
        return spoken


def _plain(text: str) -> str:
    return f" {' '.join(terms(text))} "
