"""Without a model, nothing of LangChain is imported."""

import subprocess
import sys

from ...conftest import ROOT


def test_the_path_of_a_question_imports_no_langchain_and_no_client():
    code = (
        "import sys, assistant.ask, assistant.__main__\n"
        "heavy = {'langchain', 'langchain_core', 'langchain_openai', 'langgraph', 'openai'}\n"
        "sys.exit(bool(heavy & sys.modules.keys()))"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
