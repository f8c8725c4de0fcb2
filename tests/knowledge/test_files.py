from pathlib import Path

import pytest

from knowledge.files import name_of


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("年　报.txt", "年　报.txt"),
        ("a\nb\x1b[31m.txt", "a�b�[31m.txt"),
        ("a\u2028b.txt", "a�b.txt"),
        ("gpj.\u202etxt", "gpj.�txt"),
        ("\udcff.txt", "�.txt"),
    ],
)
def test_a_name_stays_on_its_line_and_reads_as_it_is(name: str, shown: str):
    assert name_of(Path(name)) == shown
