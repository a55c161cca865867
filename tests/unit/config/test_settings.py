"""config.yaml: what it may say, what it is when it says nothing, and what is said about a mistake."""

from __future__ import annotations

import zoneinfo
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

from mujaz.config import settings as module
from mujaz.config.settings import load_config
from mujaz.messages.errors import SiteError, UsageError
from mujaz.model.settings import Config, FeedSettings, Publisher, RelatedSettings, Section

SHIPPED = Path(__file__).parents[3] / "config.yaml"

LEAST = """\
site:
  title: الميناء
  base_url: https://example.net
  tag: example.net,2024
sections:
  local: {name: محليات}
"""

EVERYTHING = """\
site:
  title: الميناء
  tagline: أخبار المدينة
  base_url: https://Example.net:8443/news/
  language: fa
  timezone: Asia/Tehran
  tag: example.net,2024-05
  publisher: {name: دار الميناء, logo: img/logo.png, principles: /about/}
sections:
  local: {name: محليات, description: ما يجري في المدينة}
  world-2: {name: العالم}
paths: {content: text, layouts: faces/ours, output: public}
dates: {months: maghreb, digits: arabic, hijri: true}
quotes: curly
home: {count: 12}
related: {count: 3, newer: false, same_section: true, within_days: 90}
feed: {limit: 20, content: summary, tags: true, authors: true, archive: true, websub: https://hub.example.org/}
editions: {day: false, week: false, email: false}
most_read: {source: hits.csv, count: 7}
iframes: [WWW.youtube-nocookie.com, player.vimeo.com]
names: {Reuters: رويترز, Wi-Fi: واي فاي}
pictures: {widths: [960, ٤٨٠], formats: []}
cards: false
search: false
precompress: true
hosting: [caddy, netlify]
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "config.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def told(folder: Path, text: str) -> list[str]:
    with pytest.raises(SiteError) as raised:
        load_config(write(folder, text))
    return [str(problem) for problem in raised.value.problems]


def test_only_title_address_and_sections_have_no_default(tmp_path: Path) -> None:
    loaded = load_config(write(tmp_path, LEAST))
    assert loaded.warnings == ()
    assert loaded.config == Config(
        title="الميناء",
        tagline="",
        base_url="https://example.net",
        base_path="",
        language="ar",
        timezone="UTC",
        tag="example.net,2024",
        publisher=Publisher(name="الميناء"),
        sections=(Section(key="local", name="محليات"),),
    )


def test_every_key_reaches_its_field(tmp_path: Path) -> None:
    assert load_config(write(tmp_path, EVERYTHING)).config == Config(
        title="الميناء",
        tagline="أخبار المدينة",
        base_url="https://example.net:8443/news",
        base_path="/news",
        language="fa",
        timezone="Asia/Tehran",
        tag="example.net,2024-05",
        publisher=Publisher(name="دار الميناء", logo="img/logo.png", principles="/about/"),
        sections=(
            Section(key="local", name="محليات", description="ما يجري في المدينة"),
            Section(key="world-2", name="العالم"),
        ),
        content="text",
        layouts="faces/ours",
        output="public",
        months="maghreb",
        digits="arabic",
        hijri=True,
        quotes="curly",
        home_count=12,
        related=RelatedSettings(count=3, newer=False, same_section=True, within_days=90),
        feed=FeedSettings(
            limit=20, content="summary", tags=True, authors=True, archive=True, websub="https://hub.example.org/"
        ),
        edition_day=False,
        edition_week=False,
        edition_email=False,
        most_read_source="hits.csv",
        most_read_count=7,
        iframes=("www.youtube-nocookie.com", "player.vimeo.com"),
        picture_widths=(480, 960),
        picture_formats=(),
        cards=False,
        search=False,
        precompress=True,
        hosting=("caddy", "netlify"),
        names=(("Reuters", "رويترز"), ("Wi-Fi", "واي فاي")),
    )


def test_the_shipped_file_names_every_key_and_has_no_warning() -> None:
    loaded = load_config(SHIPPED)
    assert loaded.warnings == ()
    assert [(section.key, section.name) for section in loaded.config.sections] == [
        ("politics", "سياسة"),
        ("economy", "اقتصاد"),
        ("sport", "رياضة"),
        ("science", "علوم"),
        ("culture", "ثقافة"),
    ]
    written = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    assert tuple(written) == tuple(sorted(module.KEYS, key=list(written).index))
    for group, keys in module.GROUPS.items():
        assert set(written[group]) == set(keys)


def test_a_site_without_a_tag_gets_one_and_a_warning(tmp_path: Path) -> None:
    loaded = load_config(write(tmp_path, LEAST.replace("  tag: example.net,2024\n", "")))
    assert loaded.config.tag == "example.net,2000"
    assert [str(problem) for problem in loaded.warnings] == [
        "config.yaml:2:3: warning: 'site.tag' is missing, so the site's stories are named with 'example.net,2000' "
        "in feeds\n  help: write it down, so that a new address does not make all stories new: tag: example.net,2000"
    ]


def test_the_command_line_may_name_another_address(tmp_path: Path) -> None:
    path = write(tmp_path, LEAST)
    config = load_config(path, base_url="http://localhost:8000/preview/").config
    assert (config.base_url, config.base_path, config.tag) == (
        "http://localhost:8000/preview",
        "/preview",
        "example.net,2024",
    )
    with pytest.raises(UsageError, match=r"^--base-url 'localhost:8000' does not start with https:// and a host$"):
        load_config(path, base_url="localhost:8000")


def test_another_address_does_not_change_the_tag_that_is_made_from_the_first(tmp_path: Path) -> None:
    path = write(tmp_path, LEAST.replace("  tag: example.net,2024\n", ""))
    assert load_config(path, base_url="http://localhost:8000").config.tag == "example.net,2000"


def test_a_folder_without_config_is_no_site(tmp_path: Path) -> None:
    with pytest.raises(SiteError) as raised:
        load_config(tmp_path / "config.yaml")
    assert str(raised.value) == (
        "config.yaml: there is no config.yaml\n"
        "  help: a site is a folder with config.yaml and content/; name another with --site"
    )


def test_all_problems_are_told_at_once_in_the_order_of_their_places(tmp_path: Path) -> None:
    text = LEAST.replace("title: الميناء", "titel: الميناء") + "quotes: single\nhome: {count: 99}\nsearch: نعم\n"
    assert told(tmp_path, text) == [
        "config.yaml:2:3: 'site.title' is missing\n  help: add a line: title: …",
        "config.yaml:2:3: unknown key 'site.titel'\n  help: did you mean 'title'?",
        "config.yaml:7:9: 'quotes' is 'single', not one of guillemets, curly, as-is",
        "config.yaml:8:15: 'home.count' is '99', not a whole number from 1 to 32",
        "config.yaml:9:9: 'search' is '\u2068نعم\u2069', not true or false\n"
        "  help: write true or false, without quotes",
    ]


BASE_URLS = {
    "ftp://example.org": "does not start with https:// and a host",
    "example.org": "does not start with https:// and a host",
    "https://": "does not start with https:// and a host",
    "https://example.org/?a=1": "holds '?' or '#'",
    "https://example.org/#a": "holds '?' or '#'",
    "https://user:secret@example.org": "holds a user name or a password",
    "https://exa_mple.org": "has a host 'exa_mple.org' that cannot be",
    "https://example.org:99999": "is no web address",
    "https://example.org/a//b": "has a path that is more than Latin letters, digits, '-', '_', '.' and single '/'",
    "https://example.org/a/../b": "has a path that is more than Latin letters, digits, '-', '_', '.' and single '/'",
    "https://example.org/news/.old": "has a path with a name that begins with '.', which web servers hide",
    "https://مثال.قطر": "has a host in letters other than Latin; write its form that starts with xn--",
}


@pytest.mark.parametrize(("url", "trouble"), BASE_URLS.items())
def test_a_wrong_address_is_explained_in_the_file_and_on_the_command_line(
    tmp_path: Path, url: str, trouble: str
) -> None:
    problems = told(tmp_path, LEAST.replace("https://example.net", f"'{url}'"))
    assert len(problems) == 1
    assert problems[0].startswith("config.yaml:3:13: 'site.base_url' is ")
    assert f", which {trouble}\n  help: write it like https://example.org" in problems[0]
    with pytest.raises(UsageError) as raised:
        load_config(write(tmp_path, LEAST), base_url=url)
    assert str(raised.value).endswith(f" {trouble}")


RESERVED = (
    "archive, assets, authors, cards, corrections, editions, feeds, fragments, most-read, pages, s, search, series, "
    "sitemaps, tags"
)

MISTAKES = {
    "a section named like a page of the site": (
        LEAST + "  tags: {name: وسوم}\n",
        "config.yaml:7:3: section key 'tags' is taken by the site itself\n"
        f"  help: choose another; taken are: {RESERVED}",
    ),
    "a section named like a device": (
        LEAST + "  con: {name: جهاز}\n",
        "config.yaml:7:3: section key 'con' is taken by the site itself\n"
        f"  help: choose another; taken are: {RESERVED}",
    ),
    "an Arabic section key": (
        LEAST + "  رياضة: {name: رياضة}\n",
        "config.yaml:7:3: section key '\u2068رياضة\u2069' is not made of small Latin letters, digits and '-'\n"
        "  help: it stands in addresses; the name that readers see is its 'name'",
    ),
    "a year as a section": (
        LEAST + "  2021: {name: سنة}\n",
        "config.yaml:7:3: section key '2021' is not made of small Latin letters, digits and '-'\n"
        "  help: it stands in addresses; the name that readers see is its 'name'",
    ),
    "a section that is text": (
        LEAST + "  sport: رياضة\n",
        "config.yaml:7:10: 'sections.sport' is text, not a mapping\n  help: write it like sport: {name: …}",
    ),
    "a section without a name": (
        LEAST + "  sport: {description: كرة}\n",
        "config.yaml:7:10: 'sections.sport.name' is missing\n  help: add a line: name: …",
    ),
    "an empty section": (
        LEAST + "  sport:\n",
        "config.yaml:7:3: section 'sport' has no name\n  help: write it like sport: {name: …}",
    ),
    "two sections of one key": (
        LEAST + "  local: {name: آخر}\n",
        "config.yaml:7:3: key 'local' stands on lines 6 and 7\n  help: keep one of them",
    ),
    "no sections": (
        LEAST.split("sections")[0],
        "config.yaml:1:1: 'sections' is missing\n  help: add a line: sections: …",
    ),
    "a list of sections": (
        LEAST.split("  local")[0] + "  - local\n",
        "config.yaml:6:3: 'sections' is no mapping of keys to names\n"
        "  help: write it like sections: {politics: {name: سياسة}}",
    ),
    "an unknown time zone": (
        LEAST.replace("  tag:", "  timezone: Asia/Doha\n  tag:"),
        "config.yaml:4:13: 'site.timezone' is 'Asia/Doha', which is no time zone\n  help: did you mean 'Asia/Dhaka'?",
    ),
    "a time zone that leaves its folder": (
        LEAST.replace("  tag:", "  timezone: ../../etc/passwd\n  tag:"),
        "config.yaml:4:13: 'site.timezone' is '../../etc/passwd', which is no time zone\n"
        "  help: write a name like Asia/Qatar or Africa/Cairo",
    ),
    "an English name of a language": (
        LEAST.replace("  tag:", "  language: Arabic\n  tag:"),
        "config.yaml:4:13: 'site.language' is 'Arabic', not a language code\n"
        "  help: write a code like ar, fa, ur or he",
    ),
    "a tag without a year": (
        LEAST.replace("net,2024", "net"),
        "config.yaml:4:8: 'site.tag' is 'example.net', not a host and a year\n"
        "  help: write a host that was yours on that day, like example.org,2021",
    ),
    **{
        f"a tag of the host {host}": (
            LEAST.replace("tag: example.net", f"tag: '{host}'", 1).replace("',2024", ",2024'"),
            f"config.yaml:4:8: 'site.tag' is '{host},2024', not a host and a year\n"
            "  help: write a host that was yours on that day, like example.org,2021",
        )
        for host in ("@", "a@", ".", "a..b", "-a.b", "a@b@c")
    },
    "a logo elsewhere": (
        LEAST.replace("  tag:", "  publisher: {logo: ../logo.png}\n  tag:"),
        "config.yaml:4:21: 'site.publisher.logo' is '../logo.png', not a file\n"
        "  help: write a path below layouts/static/ or an https address",
    ),
    "an unknown key of a section": (
        LEAST.replace("name: محليات", "name: محليات, colour: red"),
        "config.yaml:6:25: unknown key 'sections.local.colour'\n"
        "  help: known keys: name, definite, description, count, names",
    ),
    "a group that is a list": (
        LEAST + "home: [24]\n",
        "config.yaml:7:7: 'home' is a list, not a mapping\n  help: write it like home: {count: …}",
    ),
    "a picture too wide": (
        LEAST + "pictures: {widths: [480, 5000]}\n",
        "config.yaml:7:26: 'pictures.widths' is '5000', not a whole number from 16 to 4000",
    ),
    "no width": (
        LEAST + "pictures: {widths: []}\n",
        "config.yaml:7:20: 'pictures.widths' has no width\n  help: write one at least",
    ),
    "an unknown format": (
        LEAST + "pictures: {formats: [webm]}\n",
        "config.yaml:7:22: 'pictures.formats' is 'webm', not one of webp, avif\n  help: did you mean 'webp'?",
    ),
    "an unknown host": (
        LEAST + "hosting: [github]\n",
        "config.yaml:7:11: 'hosting' is 'github', not one of github-pages, netlify, cloudflare, nginx, caddy\n"
        "  help: did you mean 'github-pages'?",
    ),
    "an address for a host name": (
        LEAST + "iframes: ['https://www.youtube.com/embed']\n",
        "config.yaml:7:11: 'iframes' has 'https://www.youtube.com/embed', which is no host name\n"
        "  help: write the host alone, like www.youtube-nocookie.com",
    ),
    "no days": (
        LEAST + "related: {within_days: 0}\n",
        "config.yaml:7:24: 'related.within_days' is '0', not a whole number from 1 to 100000",
    ),
    "a hub without https": (
        LEAST + "feed: {websub: hub.example.org}\n",
        "config.yaml:7:16: 'feed.websub' is 'hub.example.org', not an https address\n"
        "  help: write the address of the hub, or null",
    ),
    "an alias of YAML": (
        LEAST + "home: &a {count: 3}\n",
        "config.yaml:7:7: an anchor '&a' is not taken\n  help: if it is text it needs quotes: \"&a {count: 3}\"",
    ),
}


@pytest.mark.parametrize(("text", "expected"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_told_at_its_place(tmp_path: Path, text: str, expected: str) -> None:
    assert told(tmp_path, text) == [expected]


@pytest.mark.parametrize("name", ["localtime", "posixrules", "Factory"])
def test_no_site_is_in_the_time_zone_of_the_machine(name: str, tmp_path: Path) -> None:
    """Many systems have these names in their database, each for another zone."""
    zone = files("tzdata").joinpath("zoneinfo/Asia/Qatar").read_bytes()
    (tmp_path / name).write_bytes(zone)
    zoneinfo.reset_tzpath([str(tmp_path)])
    try:
        [problem] = told(tmp_path, LEAST.replace("  tag:", f"  timezone: {name}\n  tag:"))
    finally:
        zoneinfo.reset_tzpath()
        zoneinfo.ZoneInfo.clear_cache(only_keys=[name])
    assert problem.startswith(f"config.yaml:4:13: 'site.timezone' is '{name}', which is no time zone")


def test_a_tag_is_no_longer_than_a_host(tmp_path: Path) -> None:
    """The host stands in a line of each e-mail, which may have 998 bytes."""
    longest = ".".join(["a" * 62] * 4)
    assert load_config(write(tmp_path, LEAST.replace("example.net,2024", f"me@{longest[:200]},2024"))).warnings == ()
    [problem] = told(tmp_path, LEAST.replace("example.net,2024", f"{longest}.{longest},2024"))
    assert "not a host and a year" in problem


PATHS = {
    "..": "is not a plain relative path with '/'",
    ".": "is not a plain relative path with '/'",
    "/srv/www": "is not a plain relative path with '/'",
    "a/../..": "is not a plain relative path with '/'",
    ".git": "is not a plain relative path with '/'",
    "a//b": "is not a plain relative path with '/'",
    "C:\\www": "is not a plain relative path with '/'",
    "~": None,
    "~/www": "holds '~', '$', '%' or a backtick, which only a shell replaces",
    "$HOME": "holds '~', '$', '%' or a backtick, which only a shell replaces",
    "www/${USER}": "holds '~', '$', '%' or a backtick, which only a shell replaces",
    "con": "is a reserved name on Windows",
    "www/Nul.d": "is a reserved name on Windows",
    "www.": "ends in a dot or a space, which Windows leaves out of names",
    "w?w": "holds '?', which no file on Windows can have in its name",
    "other": "is the folder of a site",
    "away": "leaves the site's folder by a link",
    "itself": "leaves the site's folder by a link",
}


@pytest.mark.parametrize(("written", "trouble"), PATHS.items())
def test_output_never_leaves_the_folder_of_the_site(tmp_path: Path, written: str, trouble: str | None) -> None:
    site, foreign = tmp_path / "site", tmp_path / "foreign"
    for folder in (site, foreign, site / "other"):
        folder.mkdir()
    (site / "other" / "config.yaml").touch()
    (site / "away").symlink_to(foreign, target_is_directory=True)
    (site / "itself").symlink_to(site, target_is_directory=True)
    text = LEAST + f"paths:\n  output: {written}\n"
    quoted = told(site, LEAST + "paths:\n  output: '~'\n")[0]
    assert quoted.startswith("config.yaml:8:11: 'paths.output' is '~', which holds '~'")
    if trouble is None:
        assert load_config(write(site, text)).config.output == "output"
    else:
        expected = f"config.yaml:8:11: 'paths.output' is '{written}', which {trouble}\n  help: write it like output"
        assert told(site, text) == [expected]


@pytest.mark.parametrize("output", ["content", "content/site", "layouts"])
def test_no_folder_of_a_site_holds_another(tmp_path: Path, output: str) -> None:
    problems = told(tmp_path, LEAST + f"paths: {{output: {output}}}\n")
    other = output.split("/")[0]
    assert problems == [
        f"config.yaml:7:17: 'paths.{other}' and 'paths.output' are one folder, or one is inside the other\n"
        "  help: give each its own folder"
    ]


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_bytes(LEAST.encode("cp1256"))
    with pytest.raises(SiteError) as raised:
        load_config(path)
    assert str(raised.value).startswith(
        "config.yaml:2:10: byte 0xc7 is not UTF-8; the file is likely Windows-1256 (cp1256)"
    )
