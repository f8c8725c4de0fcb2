from pathlib import Path

import pytest

from assistant.settings import SettingsError, load_settings


def test_defaults_need_no_environment(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("EQI_HOME")
    settings = load_settings()
    assert (settings.data_dir, settings.eqi_home) == (Path("data"), Path("var"))


def test_an_env_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, foreign_folder: Path):
    (tmp_path / ".env").write_text(f"DATA_DIR={foreign_folder}\nUNKNOWN=1\n")
    monkeypatch.chdir(tmp_path)
    assert load_settings().data_dir == foreign_folder


def test_each_data_folder_has_a_store_of_its_own(foreign_folder: Path, monkeypatch: pytest.MonkeyPatch):
    shipped = load_settings().store_dir
    monkeypatch.setenv("DATA_DIR", str(foreign_folder))
    assert load_settings().store_dir != shipped


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("EMBEDDING_PROVIDER", "magic", "EMBEDDING_PROVIDER=magic 无效；可用：offline"),
        ("DATA_DIR", "/none", "DATA_DIR=/none"),
    ],
)
def test_a_wrong_setting_is_named_with_what_it_accepts(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=words):
        load_settings()
