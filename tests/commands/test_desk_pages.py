"""`desk`: standing pages and the lines about authors and tags are listed, edited and begun as stories are."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest

from tests.support.cli_process import served
from tests.support.desk import Client, form_of, path_of, wait_for_build, with_values
from tests.support.sites import Site, article
from tests.support.whole_site import FONTS, picture

MakeSite = Callable[..., Site]
ABOUT, CONTACT = "content/pages/about.md", "content/pages/contact.md"
LAILA, PRIZE = "content/authors/ليلى-الحسن.md", "content/tags/نوبل.md"
FILES = {
    **FONTS,
    "content/2021/10/a.md": article("خبر أول", id="a", slug="a", tags="[نوبل, قطر]", authors="[ليلى الحسن, هدى]"),
    ABOUT: "---\ntitle: 'من نحن' # عنوان\nweight: 2\n---\nصحيفة.\n",
    CONTACT: "---\ntitle: اتصل بنا\nweight: 1\n---\nاكتب إلينا.\n",
    LAILA: "---\ntitle: ليلى الحسن\n---\nمحررة.\n",
    PRIZE: "جوائز.\r\n\r\nكل عام.\r\n",
    "content/tags/لا-أحد.md": "وسم لا خبر له.\n",
}


@pytest.fixture
def site(make_site: MakeSite) -> Site:
    return make_site(FILES)


@pytest.fixture
def desk(site: Site) -> Iterator[Client]:
    with served(site.root, "desk") as server:
        wait_for_build(site.root)
        yield Client(server.url)


def built(site: Site, path: str) -> str:
    return (site.root / ".mujaz/serve/output" / path / "index.html").read_text(encoding="utf-8")


def raw(site: Site, name: str) -> str:
    return (site.root / name).read_bytes().decode()


def listed(desk: Client) -> dict[str, list[str]]:
    """Kind → what the list shows of it, in its order."""
    page = desk.get("/pages").page
    blocks = page.xpath("//section[contains(@class, 'block')]")
    return {block.get("aria-labelledby"): block.xpath("./ul/li/a/bdi/text()") for block in blocks}


def test_pages_authors_and_tags_are_listed_and_no_stories(site: Site, desk: Client) -> None:
    assert listed(desk) == {
        "kind-page": ["اتصل بنا", "من نحن"],
        "kind-author": ["ليلى الحسن"],
        "kind-tag": ["لا أحد", "نوبل"],
    }
    assert desk.get("/").page.xpath("//ol[@class='rows']//bdi/text()") == ["خبر أول"]
    site.write({ABOUT: "---\ntitle: [\n---\n"})
    desk.save("content/2021/10/a.md", title="خبر ثان")  # builds
    assert ABOUT in listed(desk)["kind-page"]
    assert desk.get("/").page.xpath("//ol[@class='rows']//bdi/text()") == ["خبر ثان"]
    assert desk.get("/").page.xpath("//*[@class='side']//a/@href")[0] == f"/edit?path={ABOUT}"
    assert desk.edit(ABOUT).xpath("//textarea[@id='text']")


def test_opening_and_saving_without_a_change_leaves_every_byte(site: Site, desk: Client) -> None:
    for name in (ABOUT, CONTACT, LAILA, PRIZE, "content/tags/لا-أحد.md"):
        before = raw(site, name)
        assert desk.save(name).status == 303
        assert raw(site, name) == before and not (site.root / ".mujaz-desk").exists()


def test_a_page_is_edited_by_its_own_keys_and_shown(site: Site, desk: Client) -> None:
    page = desk.edit(ABOUT)
    controls = set(page.xpath("//form[@id='story']//@name"))
    assert {"title", "weight", "layout", "lang", "extra", "data", "body"} <= controls
    assert not {"section", "date.day", "draft", "slug", "image.src"} & controls
    assert not page.xpath("//nav[@class='acts']") and not page.xpath("//*[@role='alert']")
    assert desk.save(ABOUT, title="من نكون", weight="0", body="صحيفة صغيرة.").status == 303
    assert raw(site, ABOUT) == "---\ntitle: 'من نكون' # عنوان\nweight: 0\n---\nصحيفة صغيرة.\n"
    assert "صحيفة صغيرة" in built(site, "about") and listed(desk)["kind-page"] == ["من نكون", "اتصل بنا"]
    assert desk.edit(ABOUT).xpath("string(//iframe/@src)").endswith("/about/")
    desk.save(ABOUT, weight="كثير")
    page = desk.edit(ABOUT)
    assert page.xpath("//*[@id='weight']/@aria-invalid") == ["true"] and page.xpath("//*[@id='weight-trouble-1']")
    assert "صحيفة صغيرة" in built(site, "about")  # the last good page stays
    assert desk.post("/undo", form_of(page, "/undo")).status == 303 and "weight: 0\n" in raw(site, ABOUT)


def test_what_no_page_can_have_is_not_written(site: Site, desk: Client) -> None:
    forged = [("section.here", "1"), ("section", "sport"), ("draft.here", "1"), ("draft", "true"), ("slug.here", "1")]
    before = {name: raw(site, name) for name in (ABOUT, LAILA)}
    for name, text in before.items():
        form = form_of(desk.edit(name), "/edit")
        assert desk.post("/edit", [*form, *forged, ("slug", "x")], [("picture", "x.png", picture())]).status == 303
        token = [pair for pair in form if pair[0] in ("token", "path", "base")]
        for action in ("draft", "withdraw", "publish"):
            assert desk.get(f"/do/{action}?path={quote(name)}").status == 404
            assert desk.post(f"/do/{action}", [*token, ("text", "سبب")]).status == 404
        assert raw(site, name) == text


def test_a_line_without_front_matter_keeps_its_form(site: Site, desk: Client) -> None:
    assert desk.save(PRIZE, body="جوائز سنوية.\n\nكل عام.").status == 303
    assert raw(site, PRIZE) == "جوائز سنوية.\r\n\r\nكل عام.\r\n"
    assert "جوائز سنوية" in built(site, "tags/نوبل")
    assert desk.save(PRIZE, title="جائزة نوبل").status == 303
    assert raw(site, PRIZE) == "---\r\ntitle: جائزة نوبل\r\n---\r\nجوائز سنوية.\r\n\r\nكل عام.\r\n"
    assert desk.edit("content/tags/لا-أحد.md").xpath("//section[@id='preview']/p[@class='hint']")
    assert not desk.edit(PRIZE).xpath("//section[@id='preview']/p[@class='hint']")


def test_a_picture_of_a_page_lies_beside_it(site: Site, desk: Client) -> None:
    form = form_of(desk.edit(ABOUT), "/upload")
    answer = desk.post("/upload", form, [("picture", "Quay.PNG", picture())], Accept="application/json")
    assert json.loads(answer.text)["path"] == ABOUT and json.loads(answer.text)["name"] == "quay.png"
    assert (site.root / "content/pages/quay.png").is_file() and raw(site, ABOUT) == FILES[ABOUT]
    desk.save(ABOUT, body="صحيفة.\n\n![رصيف](quay.png)")
    assert not desk.edit(ABOUT).xpath("//*[@role='alert']") and "رصيف" in built(site, "about")


def test_a_page_an_author_and_a_tag_are_begun(site: Site, desk: Client) -> None:
    for kind, title, name in (
        ("page", "سياسة الخصوصية", "content/pages/privacy.md"),
        ("author", "هدى", "content/authors/هدى.md"),
        ("tag", "قطر", "content/tags/قطر.md"),
    ):
        page = desk.get(f"/pages/new/{kind}").page
        assert page.xpath("//datalist/option/@value") == ([title] if kind != "page" else [])
        form = with_values(form_of(page, f"/pages/new/{kind}"), {"title": title, "slug": "privacy"})
        answer = desk.post(f"/pages/new/{kind}", form)
        assert answer.status == 303 and path_of(answer.address) == name
        assert raw(site, name) == f"---\ntitle: {title}\n---\n"
        again = desk.post(f"/pages/new/{kind}", form)
        assert again.status == 400 and name in again.words
        assert desk.save(name, body="نص جديد.").status == 303
    assert "نص جديد" in built(site, "privacy") and "نص جديد" in built(site, "authors/هدى")
    assert "نص جديد" in built(site, "tags/قطر")
    token = form_of(desk.get("/new").page, "/new")[:1]
    assert desk.get("/pages/new/article").status == desk.post("/pages/new/article", token).status == 404
    assert desk.post("/pages/new/page", [("title", "س")]).status == 403
