import re

import pytest

from assistant.evidence import Form
from assistant.guard.check import check
from assistant.language.wording import LANGUAGES, statement_forms, statement_keys, wording

from ..guarded import evidence

FORMS = (Form("没有印出", re.compile(r"报告没有印出[^。\n]+?年[^。\n]+?的数。")),)
STATED = evidence(statements=("报告没有印出**2020**年空气的数[1]。",), forms=FORMS)


def test_a_statement_of_a_tool_may_be_repeated():
    assert check("报告没有印出2020年空气的数。", STATED) == []


@pytest.mark.parametrize("text", ["报告没有印出2019年空气的数。", "报告没有印出2020年水质的数。"])
def test_one_that_was_altered_is_found(text: str):
    assert "与工具给出的说明不符" in {finding.reason for finding in check(text, STATED)}


def test_every_statement_has_a_sentence_in_each_language():
    for language in LANGUAGES:
        for key in statement_keys():
            assert wording(language).form(key).words
    assert len(statement_forms()) == len(LANGUAGES) * len(statement_keys())
