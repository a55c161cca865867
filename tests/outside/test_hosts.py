"""What the files for hosts say, and what real servers answer: nginx and Caddy, at a root and below one."""

from __future__ import annotations

import gzip
import http.client
import random
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

import brotli
import pytest

from mujaz.config.settings import load_config
from mujaz.hosting import server_config
from tests.support import needs, servers
from tests.support.needs import program
from tests.support.sites import REPOSITORY, Site, article

MakeSite = Callable[..., Site]
CHARSET = {".html": "text/html", ".css": "text/css", ".js": "javascript", ".xml": "xml"}  # JSON has none
TYPE = {"feed.xml": "application/rss+xml", "atom.xml": "application/atom+xml", "feed.json": "application/feed+json"}

BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")  # where Debian puts it


def told(site: Site, *names: str, **more: str) -> Site:
    """The site with these hosts, and perhaps other settings, in its config."""
    config = (site.root / "config.yaml").read_text()
    for key, value in {"hosting": f"[{', '.join(names)}]", **more}.items():
        config = re.sub(rf"(?m)^{key}:.*\n", "", config) + f"{key}: {value}\n"
    site.write({"config.yaml": config})
    return site


# ---------------------------------------------------------------- the files


def test_without_a_host_there_are_no_such_files(make_site: MakeSite) -> None:
    site = make_site({"content/a.md": article("قصة")})
    site.build()
    assert not {"_redirects", "_headers", ".nojekyll", ".hosting/"} & set(site.paths())


def test_each_host_has_its_own_files(make_site: MakeSite) -> None:
    site = make_site({"content/a.md": article("قصة")})
    files = {
        "github-pages": {".nojekyll"},
        "netlify": {"_headers", "_redirects"},
        "cloudflare": {"_headers", "_redirects"},
        "nginx": {".hosting/", ".hosting/nginx.conf"},
        "caddy": {".hosting/", ".hosting/Caddyfile"},
    }
    every = set().union(*files.values())
    for host, wanted in files.items():
        told(site, host).build()
        assert every & set(site.paths()) == wanted, host


def test_old_addresses_come_first_and_netlify_alone_is_told_to_go_before_the_page(make_site: MakeSite) -> None:
    site = make_site({"content/a.md": article("قصة", id="a", slug="a", aliases="[/قديم/, /old.html]")})
    told(site, "netlify").build()
    new = "/news/2021/10/18/a/"
    assert site.read("_redirects").splitlines() == [
        f"/news/{quote('قديم')}/ {new} 301!",
        f"/news/old.html {new} 301!",
        f"/news/s/a/ {new} 301!",
    ]
    told(site, "netlify", "cloudflare").build()
    assert site.read("_redirects").count(" 301\n") == 3


def test_an_old_address_that_ends_as_an_index_does_is_itself(make_site: MakeSite) -> None:
    """`/my-index.html` was taken for `/my-`: the rule led on from there, and one of two such addresses was left out."""
    site = make_site(
        {"content/a.md": article("قصة", id="a", slug="a", aliases="[/my-index.html, /my-/, /b/index.html]")}
    )
    told(site, "netlify").build()
    assert [line.split()[0] for line in site.read("_redirects").splitlines()] == [
        "/news/my-index.html",
        "/news/my-/",
        "/news/b/",
        "/news/s/a/",
    ]


@pytest.mark.parametrize("old", ["/news/2021/10/18/a.html", "/news/2021/10/18/a"])
def test_no_rule_of_netlify_leads_to_itself(old: str, make_site: MakeSite) -> None:
    """It matches `/a` and `/a/` by one rule, and one with `!` goes before the page that is there."""
    config = load_config(told(make_site(), "netlify").root / "config.yaml").config
    moved = ((old, "/news/2021/10/18/a/"), ("/news/old.html", "/news/2021/10/18/a/"))
    first, second = server_config.redirects(config, server_config.Traffic(moved=moved, gone=())).splitlines()
    assert first.endswith(" 301") and second.endswith(" 301!")


def test_cloudflare_is_given_no_line_that_it_drops(make_site: MakeSite) -> None:
    site = told(make_site(), "cloudflare")
    hosts = ", ".join(f"frames-{n}.example.org" for n in range(90))
    path = site.root / "config.yaml"
    path.write_text(path.read_text(encoding="utf-8") + f"policy: {{frame: [{hosts}]}}\n", encoding="utf-8")
    config = load_config(path).config
    lines = server_config.headers(config).splitlines()
    assert max(map(len, lines)) <= 2000
    assert "  Content-Security-Policy: frame-ancestors 'none'" in lines
    moved = (("/news/" + "م" * 400 + "/", "/news/a/"), ("/news/old/", "/news/a/"))
    text = server_config.redirects(config, server_config.Traffic(moved=moved, gone=()))
    assert text == "/news/old/ /news/a/ 301\n"


def test_nginx_is_given_no_word_that_it_refuses(make_site: MakeSite, tmp_path: Path) -> None:
    program("nginx")
    hosts = ", ".join(f"pictures-{n}.example.org" for n in range(200))
    path = told(make_site(), "nginx").root / "config.yaml"
    path.write_text(path.read_text(encoding="utf-8") + f"policy: {{img: [{hosts}]}}\n", encoding="utf-8")
    file = tmp_path / "site.conf"
    file.write_text(server_config.nginx(load_config(path).config, server_config.Traffic(moved=(), gone=())))
    with servers.nginx(tmp_path, tmp_path / "nginx", f"include {file};") as address:
        host = Host(kind="nginx", address=address, base="", output=tmp_path, site=Site(tmp_path))
        assert host.get("/none")[1]["content-security-policy"] == "frame-ancestors 'none'"


def test_cloudflare_is_given_no_more_rules_than_it_reads(make_site: MakeSite) -> None:
    config = load_config(told(make_site(), "cloudflare").root / "config.yaml").config
    moved = tuple((f"/news/s/{n}/", f"/news/2021/10/18/{n}/") for n in range(5000))
    text = server_config.redirects(config, server_config.Traffic(moved=moved, gone=()))
    assert text.count("\n") == 2000 and len(text) <= 100_000
    long = tuple((f"/news/s/{n}/", f"/news/2021/10/18/{'x' * 300}{n}/") for n in range(5000))
    text = server_config.redirects(config, server_config.Traffic(moved=long, gone=()))
    assert 99_000 < len(text) <= 100_000 and text.endswith(" 301\n")


def test_no_header_is_set_by_two_rules_that_match_one_address(make_site: MakeSite) -> None:
    config = load_config(told(make_site(), "cloudflare").root / "config.yaml").config
    rules = [block.splitlines() for block in server_config.headers(config).strip().split("\n\n")]
    assert len(rules) <= 100 and max(len(line) for rule in rules for line in rule) <= 2000  # Cloudflare's limits
    for address in ("/news/", "/news/assets/main.css", "/news/feed.xml", "/news/politics/feed.json"):
        matching = [rule for rule in rules if re.fullmatch(re.escape(rule[0]).replace(r"\*", ".*"), address)]
        names = [line.split(":")[0] for rule in matching for line in rule[1:]]
        assert len(names) == len(set(names)) and len(matching) >= 1 + (address != "/news/"), address


def test_twins_stand_beside_what_is_worth_it_and_go_with_it(make_site: MakeSite) -> None:
    site = make_site({"content/a.md": article("قصة", id="a", slug="a", body="متن طويل. " * 200)})
    site.write({"content/clip.txt": "a" * 5000, "content/b.md": article("خبر", id="b", slug="b", body="متن.")})
    without = site.build().pages
    told(site, precompress="true")
    site.build()
    page = "2021/10/18/a/index.html"
    raw = (site.root / "output" / page).read_bytes()
    assert gzip.decompress((site.root / f"output/{page}.gz").read_bytes()) == raw
    assert brotli.decompress((site.root / f"output/{page}.br").read_bytes()) == raw
    paths = site.paths()
    for path in paths:
        if not path.endswith(("/", ".gz", ".br", ".mujaz-manifest")):
            text = path.endswith((".html", ".css", ".js", ".xml", ".json", ".txt", ".svg"))
            worth = text and (site.root / "output" / path).stat().st_size > 1024
            assert (f"{path}.gz" in paths) == (f"{path}.br" in paths) == worth, path
    (site.root / f"output/{page}.br").unlink()
    site.write({"content/b.md": article("خبر آخر", id="b", slug="b", body="متن.")})
    assert f"{page}.br" in site.build().written
    (site.root / f"output/{page}.gz").write_bytes(b"no")
    site.write({"content/b.md": article("خبر ثالث", id="b", slug="b", body="متن.")})
    assert f"{page}.gz" in site.build().written
    warm = site.digest()
    shutil.rmtree(site.root / "output")
    shutil.rmtree(site.root / ".mujaz")
    site.build()
    assert site.digest() == warm
    (site.root / "content/a.md").unlink()
    assert {page, f"{page}.gz", f"{page}.br"} <= set(site.build().deleted)
    site.write({"content/a.md": article("قصة", id="a", slug="a", body="متن طويل. " * 200)})
    told(site, precompress="false")
    site.build()
    assert not [path for path in site.paths() if path.endswith((".gz", ".br"))] and without


@pytest.mark.parametrize("host, file", [("nginx", ".hosting/nginx.conf"), ("caddy", ".hosting/Caddyfile")])
def test_a_withdrawn_story_moves_the_file_of_its_host_and_equals_a_cold_build(
    make_site: MakeSite, host: str, file: str
) -> None:
    site = told(make_site({"content/a.md": article("قصة", id="a"), "content/b.md": article("خبر", id="b")}), host)
    site.build()
    before = site.read(file)
    site.write({"content/a.md": article("قصة", id="a", withdrawn="خطأ في المصدر")})
    site.build()
    assert "410" in site.read(file) and site.read(file) != before
    warm = site.digest()
    shutil.rmtree(site.root / "output")
    shutil.rmtree(site.root / ".mujaz")
    site.build()
    assert site.digest() == warm


def odd_addresses() -> list[str]:
    """Addresses with each printable character of ASCII, with pairs, and what a syntax takes for its own."""
    signs = [chr(code) for code in range(0x20, 0x7F) if chr(code) not in "/?#"]
    pairs = random.Random(1).sample([one + other for one in signs for other in signs], 300)
    known = ["{$U}", "{$", "{$U:a}", "${U}", "$uri", "{path}", "{http.request.uri}", '";', '\\"', "~^.*$", "%7B", "€{"]
    found = [f"/old/{number}x{text}y/" for number, text in enumerate([*signs, *pairs, *known])]
    return [*found, *("/old/" + f"{sign * 170}/" * 5 for sign in "a {$&"), "/old/" + "ب" * 200, "/old/aaa"]


def test_no_address_acts_on_the_file_of_a_host(tmp_path: Path, make_site: MakeSite) -> None:
    """Nor do a line of `_redirects` and its words hang on what an address holds."""
    config = load_config(make_site().root / "config.yaml").config
    traffic = server_config.Traffic(moved=tuple((one, "/news/b/") for one in odd_addresses()), gone=())
    for line in server_config.redirects(config, traffic).splitlines():
        source, target, status = line.split(" ")
        assert (target, status) == ("/news/b/", "301!") and re.fullmatch(r"[\w/.~%-]+", source), line
    assert "{$" not in server_config.caddy(config, traffic)


@pytest.mark.parametrize("kind", ["nginx", "caddy"])
def test_a_server_reads_each_old_address_as_it_is(
    kind: str, tmp_path: Path, make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(kind)
    monkeypatch.setenv("U", "environment")
    site = make_site()
    config = load_config(site.root / "config.yaml").config
    moved = tuple((address, f"/news/{number}/") for number, address in enumerate(odd_addresses()))
    traffic = server_config.Traffic(moved=moved, gone=("/news/2021/10/18/gone/",))
    file, root = tmp_path / "site.conf", tmp_path / "www"
    root.mkdir()
    write, start, inside = {
        "nginx": (server_config.nginx, servers.nginx, f"include {file};"),
        "caddy": (server_config.caddy, servers.caddy, f"import {file}"),
    }[kind]
    file.write_text(write(config, traffic), encoding="utf-8")
    with start(root, tmp_path / kind, inside) as server:
        host = Host(kind=kind, address=server, base="", output=root, site=site)
        for address, target in moved:
            status, found, _ = host.get(quote(address))
            assert (status, urlsplit(found.get("location", "")).path) == (301, target), address


# ---------------------------------------------------------------- the servers


@dataclass(frozen=True, kw_only=True)
class Host:
    """A running server: where the site is, and its output."""

    kind: str
    address: str
    base: str
    output: Path
    site: Site

    def get(self, url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers (names in lower case) and body of one request; no redirect is followed."""
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=20)
        connection.request("GET", url, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        raw = answer.read()
        connection.close()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, raw

    def url(self, path: str) -> str:
        return f"{self.base}/{quote(path.removesuffix('index.html'))}"


def paper(folder: Path, base: str) -> Site:
    """The sample paper, on all hosts, in a folder from which a server can serve it below `base`."""
    site = Site(folder)
    shutil.copytree(REPOSITORY / "content", folder / "content")
    config = (REPOSITORY / "config.yaml").read_text()
    config = re.sub(r"(?m)^  base_url:.*$", f"  base_url: https://example.org{base}", config)
    config = re.sub(r"(?m)^  widths:.*$", "  widths: [480]", config)  # one size of each picture is enough here
    site.write({"config.yaml": config, "layouts/static/.well-known/security.txt": "Contact: mailto:desk@example.org\n"})
    told(site, "nginx", "caddy", "netlify", precompress="true" if base else "false")  # both ways are tried
    site.build(jobs=0)
    return site


@pytest.fixture(scope="module", params=["", "/news"], ids=["root", "below"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, str]:
    return paper(tmp_path_factory.mktemp("paper"), request.param), request.param


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def host(
    request: pytest.FixtureRequest, built: tuple[Site, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Host]:
    site, base = built
    folder = tmp_path_factory.mktemp(request.param)
    root, output = folder / "www", site.root / "output"
    if base:
        root.mkdir()
        (root / base[1:]).symlink_to(output)
    else:
        root = output
    if request.param == "nginx":
        config = (output / ".hosting/nginx.conf").read_text()
        modules = f"load_module {BROTLI};" if BROTLI.exists() else ""
        if needs.full() and not modules:
            needs.missing("nginx's module for Brotli")
        if modules:
            config = config.replace("# brotli_static", "brotli_static")
        (folder / "site.conf").write_text(config)
        running = servers.nginx(root, folder / "nginx", f"include {folder}/site.conf;", modules)
    else:
        running = servers.caddy(root, folder / "caddy", inside=f"import {output}/.hosting/Caddyfile")
    with running as address:
        yield Host(kind=request.param, address=address, base=base, output=output, site=site)


def test_every_file_is_answered_with_its_type_charset_and_cache(host: Host) -> None:
    moved = {line.split()[0] for line in host.site.read("_redirects").splitlines()}
    withdrawn = [page for page in host.site.paths() if page.endswith(".html") and _is_notice(host.site.read(page))]
    wrong = []
    for path in host.site.paths():
        url = host.url(path)
        if path.endswith(("/", ".gz", ".br")) or path.startswith((".", "_")) or url in moved or path in withdrawn:
            continue
        status, headers, raw = host.get(url)
        kind = headers.get("content-type", "")
        if status != 200 or raw != (host.output / path).read_bytes():
            wrong.append((path, status))
        name = path.rpartition("/")[2]
        if name in TYPE and kind != f"{TYPE[name]}; charset=utf-8":
            wrong.append((path, kind))
        ending = "." + name.rpartition(".")[2]
        if ending in CHARSET and not (CHARSET[ending] in kind and "charset=utf-8" in kind.lower()):
            wrong.append((path, kind))
        seconds = 31536000 if path.startswith("assets/") else 300 if name in server_config.TYPES else 60
        if f"max-age={seconds}" not in headers.get("cache-control", ""):
            wrong.append((path, headers.get("cache-control", "")))
        if headers.get("x-content-type-options") != "nosniff" or "content-security-policy" not in headers:
            wrong.append((path, "no security headers"))
    assert not wrong, wrong[:10]


def _is_notice(text: str) -> bool:
    return 'name="robots" content="noindex' in text and 'http-equiv="refresh"' not in text and "404" not in text


def test_of_hidden_files_those_are_answered_that_others_ask_for(host: Host) -> None:
    for path in (".mujaz-build.json", ".well-known/security.txt"):
        status, _, raw = host.get(host.url(path))
        assert (status, raw) == (200, (host.output / path).read_bytes()), path
    for path in (".mujaz-manifest", ".hosting/nginx.conf", ".hosting/.well-known/a", "politics/.mujaz-build.json"):
        assert host.get(host.url(path))[0] == 404, path


def test_old_addresses_and_short_links_are_real_redirects(host: Host) -> None:
    rules = [line.split() for line in host.site.read("_redirects").splitlines()]
    assert len(rules) > 70
    for source, target, _ in rules:
        status, headers, _ = host.get(source)
        assert (status, urlsplit(headers["location"]).path) == (301, target)
    assert host.get(rules[0][1])[0] == 200


def test_a_withdrawn_story_is_gone_and_says_why(host: Host) -> None:
    config = (host.output / ".hosting/nginx.conf").read_text()
    gone = re.findall(r'location = "([^"]+)" \{\n    error_page 410', config)
    assert gone
    for address in gone:
        status, headers, raw = host.get(quote(address))
        assert status == 410 and "text/html" in headers["content-type"]
        assert raw == (host.output / address[len(host.base) + 1 :] / "index.html").read_bytes()


@pytest.mark.parametrize(
    "path",
    [
        *("/nothing/", "/.mujaz-manifest", "/.hosting/nginx.conf", "/2021/13/", "/s/nobody/"),
        *("/assets/gone.css", "/nothing/feed.xml", "/feed.json/"),
    ],
)
def test_what_is_not_there_is_answered_in_arabic(host: Host, path: str) -> None:
    status, headers, raw = host.get(host.base + path)
    assert status == 404
    assert headers["content-type"].lower() == "text/html; charset=utf-8"
    assert headers.get("cache-control", "max-age=60").endswith("max-age=60")  # the next build may bring it back
    assert raw == (host.output / "404.html").read_bytes()


def test_an_address_without_its_slash_leads_to_the_one_with_it(host: Host) -> None:
    status, headers, _ = host.get(f"{host.base}/politics")
    assert status in (301, 308) and urlsplit(headers["location"]).path == f"{host.base}/politics/"


def test_text_is_compressed(host: Host) -> None:
    status, headers, raw = host.get(host.url("index.html"), Accept_Encoding="gzip")
    assert (status, headers.get("content-encoding")) == (200, "gzip")
    assert len(raw) < len((host.output / "index.html").read_bytes()) / 2
    if host.base and (host.kind == "caddy" or BROTLI.exists()):
        assert host.get(host.url("index.html"), Accept_Encoding="gzip, br")[1]["content-encoding"] == "br"


def test_after_a_build_that_changes_nothing_what_a_reader_has_is_still_good(host: Host) -> None:
    paths = ["index.html", "feed.xml", "politics/atom.xml", "archive/index.html"]
    known = {path: host.get(host.url(path))[1] for path in paths}
    host.site.write({"content/.touched": ""})
    assert host.site.build(jobs=0).written == ()
    for path, headers in known.items():
        assert host.get(host.url(path), If_None_Match=headers["etag"])[0] == 304, path
        assert host.get(host.url(path), If_Modified_Since=headers["last-modified"])[0] == 304, path
