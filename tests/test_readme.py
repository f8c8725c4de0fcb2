"""What the README shows is what the program says."""

import re
import subprocess
import sys

import pytest

from .command import run
from .conftest import ROOT, Ask


@pytest.mark.parametrize(
    ("readme", "question"),
    [("README.md", "2021年质量水平为什么下降？"), ("README.en.md", "why did the quality level fall in 2021?")],
)
def test_the_answer_shown_is_the_answer_given(ask: Ask, readme: str, question: str):
    text = (ROOT / readme).read_text("utf-8")
    assert f"{question}**" in text
    shown = re.search(r"<!-- answer -->\n(.*?)\n<!-- /answer -->", text, re.DOTALL)
    assert shown is not None
    lines = [line.removeprefix(">").strip() for line in shown[1].split("\n")]
    assert ask(question).text.startswith("\n".join(lines))


@pytest.mark.parametrize("readme", ["README.md", "README.en.md"])
def test_every_file_that_is_linked_is_there(readme: str):
    text = (ROOT / readme).read_text("utf-8")
    links = re.findall(r'\]\(([^)#:]+)\)|src="([^"]+)"', text)
    assert links
    for link in (first or second for first, second in links):
        assert (ROOT / link).exists(), link


def test_every_direct_dependency_has_its_reason():
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = [re.match(r"[\w-]+", requirement) for requirement in project["dependencies"]]
    readme = (ROOT / "README.md").read_text("utf-8")
    table = readme[readme.index("| 直接依赖") :]
    assert all(name and name[0] in table for name in names)


def test_requirements_are_a_part_of_the_lock():
    lock = set(re.findall(r"(?m)^([\w.-]+==[\w.]+)", (ROOT / "requirements.lock").read_text("utf-8")))
    pins = set(re.findall(r"(?m)^([\w.-]+==[\w.]+)", (ROOT / "requirements.txt").read_text("utf-8")))
    assert pins <= lock
    assert not {pin for pin in pins if pin.startswith(("kubernetes", "onnxruntime"))}


@pytest.mark.parametrize("readme", ["README.md", "README.en.md"])
def test_the_notebook_example_runs(readme: str):
    text = (ROOT / readme).read_text("utf-8")
    [example] = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert "attribute_change" in example
    subprocess.run([sys.executable, "-c", example], cwd=ROOT, check=True)


@pytest.mark.parametrize("readme", ["README.md", "README.en.md"])
def test_every_command_shown_is_one(readme: str):
    text = (ROOT / readme).read_text("utf-8")
    commands = set(re.findall(r"-m scoring +(\w+)", text))
    assert commands >= {"explain", "whatif", "target", "robustness", "audit"}
    for command in commands:
        assert run("scoring", command, "--help").returncode == 0, command
