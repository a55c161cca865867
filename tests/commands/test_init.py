"""`init`: a paper in a new folder that builds at once, with nothing to complain of."""

from __future__ import annotations

import json
import re
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import click
import pytest
import yaml

from mujaz import VERSION
from mujaz.cli import VERBS
from mujaz.commands import init
from mujaz.config.settings import GROUPS, KEYS, load_config
from tests.commands.test_cli import Run
from tests.commands.test_cli import run as run

FLAGS = ["--title", "المرفأ: أخبار", "--address", "https://example.net/daily", "--zone", "Asia/Muscat"]
FLAGS += ["--section", "local=محليات", "--section", "sea-life=حياة، البحر", "--yes"]


def test_a_paper_by_options_builds_at_once_without_a_warning(tmp_path: Path, run: Run) -> None:
    code, out, err = run(tmp_path, "init", "paper", *FLAGS)
    assert (code, err) == (0, "") and out == "9 files in paper. Next: cd paper, then mujaz serve\n"
    paper = tmp_path / "paper"
    config = load_config(paper / "config.yaml").config
    assert (config.title, config.base_url, config.timezone) == (
        "المرفأ: أخبار",
        "https://example.net/daily",
        "Asia/Muscat",
    )
    assert config.publisher.name == config.title
    assert [(one.key, one.name) for one in config.sections] == [("local", "محليات"), ("sea-life", "حياة، البحر")]
    assert re.fullmatch(r"example\.net,20\d\d", config.tag)
    [article] = (paper / "content").glob("20*/*/*.md")
    assert re.search(r"^slug: \S+$", article.read_text(), re.M) and re.search(r"^id: \S+$", article.read_text(), re.M)

    code, out, err = run(paper)
    assert (code, err) == (0, "") and out.startswith("1 story, ")
    run(paper)  # what is built within a tick of its writing is looked at once more
    code, out, err = run(paper, "check", "--strict")
    assert (code, out, err) == (0, "0 errors, 0 warnings\n", "")
    home = (paper / "output/index.html").read_text()
    assert "محليات" in home
    ignored = (paper / ".gitignore").read_text().split()
    assert {"/.mujaz/", "/.mujaz-desk/", "/output/"} <= set(ignored)  # old versions hold what was taken back


def test_a_full_disk_leaves_no_half_paper(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.write_bytes

    def full(path: Path, raw: bytes) -> int:
        if path.name != "about.md":
            return real(path, raw)
        real(path, raw[:10])
        raise OSError(28, "No space left on device", str(path))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", full)
        code, _, err = run(tmp_path, "init", "paper", *FLAGS)
    assert code == 1 and "nothing was written" in err
    assert list((tmp_path / "paper").iterdir()) == []
    assert run(tmp_path, "init", "paper", *FLAGS)[0] == 0


def test_every_setting_stands_commented_in_its_config(tmp_path: Path, run: Run) -> None:
    run(tmp_path, "init", "paper", *FLAGS)
    text = (tmp_path / "paper/config.yaml").read_text()
    for key in KEYS:
        assert re.search(rf"^{key}:", text, re.M), key
    for group, keys in GROUPS.items():
        below = yaml.safe_load(text)[group]
        assert set(keys) <= below.keys()
    assert text.count("#") > 40 and "docs/schemas" not in text


def test_its_ci_files_are_yaml_and_call_verbs_that_exist(tmp_path: Path, run: Run) -> None:
    run(tmp_path, "init", "paper", *FLAGS)
    for name in (".github/workflows/site.yml", ".gitlab-ci.yml"):
        text = (tmp_path / "paper" / name).read_text()
        assert isinstance(yaml.safe_load(text), dict)
        assert set(re.findall(r"\bmujaz ([a-z][a-z-]*)", text)) <= set(VERBS)
        assert "requirements.txt" in text and ".mujaz" in text and "output" in text
        assert re.search(r"mujaz --base-url", text) and re.search(r"mujaz check", text)
    assert "schedule" in (tmp_path / "paper/.github/workflows/site.yml").read_text()


def test_what_no_option_says_is_asked_in_the_language_of_messages(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong answer is refused and asked for again."""
    answers = iter(
        ["الشراع", "كل يوم", "example", "https://example.net", "Asia/Muskat", "Asia/Muscat", "local=محليات،sea=بحر"]
    )
    asked = []

    def prompt(question: str, **options: object) -> str:
        asked.append(question)
        return next(answers)

    monkeypatch.setattr(click, "prompt", prompt)
    code, _, err = run(tmp_path, "init", "paper", "--lang", "ar")
    assert code == 0 and asked[0] == "اسم الصحيفة" and asked[2] == asked[3] and asked[4] == asked[5]
    assert len(asked) == 7 and "Asia/Muscat" in err
    config = load_config(tmp_path / "paper/config.yaml").config
    assert (config.title, config.tagline, config.base_url) == ("الشراع", "كل يوم", "https://example.net")
    assert [one.key for one in config.sections] == ["local", "sea"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--address", "example.org"], "does not start with https://"),
        (["--zone", "Asia/Muskat"], "did you mean 'Asia/Muscat'?"),
        (["--section", "Sport=رياضة"], "section key 'Sport' is not made of small Latin letters"),
        (["--section", "feed=رياضة", "--section", "search=بحث"], "is taken by the site itself"),
        (["--section", "رياضة"], "names no sections"),
    ],
)
def test_a_wrong_option_is_told_and_nothing_is_written(tmp_path: Path, run: Run, words: list[str], said: str) -> None:
    code, _, err = run(tmp_path, "init", "paper", "--yes", *words)
    assert code == 2 and said in err and not (tmp_path / "paper").exists()


def test_what_config_cannot_hold_is_left_out_of_names(tmp_path: Path, run: Run) -> None:
    """Bytes that are no UTF-8, as a terminal in another encoding sends them, and control characters."""
    words = ["--title", "المر\udcffفأ", "--tagline", "كل\x1b يوم", "--section", "local=مح\udce1ليات"]
    assert run(tmp_path, "init", "paper", "--yes", *words)[0] == 0
    config = load_config(tmp_path / "paper/config.yaml").config
    assert (config.title, config.tagline, config.sections[0].name) == ("المرفأ", "كل يوم", "محليات")


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path, run: Run) -> None:
    (tmp_path / "paper").mkdir()
    (tmp_path / "paper/notes.txt").write_text("ours")
    code, _, err = run(tmp_path, "init", "paper", "--yes")
    assert code == 2 and "is not empty" in err
    assert [path.name for path in (tmp_path / "paper").iterdir()] == ["notes.txt"]
    (tmp_path / "new").mkdir()
    (tmp_path / "new/.git").mkdir()
    assert run(tmp_path, "init", "new", "--yes")[0] == 0


@pytest.mark.parametrize(
    ("origin", "wanted"),
    [
        (None, f"mujaz=={VERSION}"),
        ({}, f"mujaz=={VERSION}"),
        ({"url": "https://example.org/mujaz-1.whl"}, "mujaz @ https://example.org/mujaz-1.whl"),
        (
            {"url": "https://example.org/mujaz.git", "vcs_info": {"vcs": "git", "commit_id": "0a1b"}},
            "mujaz @ git+https://example.org/mujaz.git@0a1b",
        ),
        ({"url": "file:///nowhere/mujaz-1.whl"}, f"mujaz=={VERSION}"),
    ],
)
def test_requirements_name_where_the_engine_came_from(
    origin: dict[str, object] | None, wanted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Installed:
        def read_text(self, name: str) -> str | None:
            assert name == "direct_url.json"
            return json.dumps(origin) if origin else None

    def found(name: str) -> Installed:
        if origin is None:
            raise PackageNotFoundError
        return Installed()

    monkeypatch.setattr(init, "distribution", found)
    assert init._engine() == (wanted, None)
