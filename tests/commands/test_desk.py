"""`desk`: a story is written, scheduled, published, corrected and withdrawn by forms alone, without script."""

from __future__ import annotations

import contextlib
import fcntl
import json
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import pytest

from mujaz.desk.document import parse, values
from mujaz.desk.files import mark_of
from tests.support.cli_process import Served, served
from tests.support.desk import Client, form_of, path_of, wait_for_build, with_values
from tests.support.needs import program
from tests.support.sites import REPOSITORY, Site, article
from tests.support.whole_site import FONTS, picture

MakeSite = Callable[..., Site]
FILES = {
    **FONTS,
    "content/2021/10/a.md": article(
        "خبر أول", id="a", slug="a", tags="[روسيا, الناتو]", body="متن.\n\n[رابط](../11/b.md) ![صورة](quay.png)"
    ),
    "content/2021/11/b.md": article("خبر ثان", id="b", slug="b", date="2021-11-18", body="[رابط](../10/a.md)"),
    "content/2021/11/d.md": article("مسودة", id="d", slug="d", draft="true", section="sport"),
    "content/2021/11/h.md": article("خبر الغد البعيد", id="h", slug="h", date="2990-01-01 10:00"),
    "content/2021/11/w.md": article("خبر مسحوب", id="w", slug="w", withdrawn="سبب"),
    "content/2021/10/quay.png": picture(),
}
A, B = "content/2021/10/a.md", "content/2021/11/b.md"


@pytest.fixture
def site(make_site: MakeSite) -> Site:
    return make_site(FILES)


@pytest.fixture
def running(site: Site) -> Iterator[Served]:
    with served(site.root, "desk") as server:
        yield server


@pytest.fixture
def desk(running: Served, site: Site) -> Client:
    wait_for_build(site.root)
    return Client(running.url)


def built(site: Site, path: str) -> str:
    return (site.root / ".mujaz/serve/output" / path / "index.html").read_text(encoding="utf-8")


def read(site: Site, name: str) -> str:
    return (site.root / name).read_text(encoding="utf-8")


def desk_answers(desk: Client) -> None:
    """Raises OSError where the desk does not answer within a moment."""
    parts = urlsplit(desk.url)
    with contextlib.closing(HTTPConnection(parts.hostname or "", parts.port, timeout=0.4)) as connection:
        connection.request("GET", "/static/desk.css")
        connection.getresponse().read()


# ---------------------------------------------------------------- the list


def test_the_list_tells_the_state_of_each_article_and_finds_them(desk: Client) -> None:
    page = desk.get("/").page
    rows = {row.xpath("string(.//bdi)"): row.xpath("string(.//span)") for row in page.xpath("//ol[@class='rows']/li")}
    assert rows == {
        "خبر أول": "منشور",
        "خبر ثان": "منشور",
        "مسودة": "مسودة",
        "خبر الغد البعيد": "مؤجل",
        "خبر مسحوب": "مسحوب",
    }
    assert " ".join(page.xpath("string(//section[@class='next'])").split()).endswith(
        "خبر الغد البعيد الجمعة 1 يناير/كانون الثاني 2990، 10:00"
    )

    def found(**asked: str) -> set[str]:
        query = "&".join(f"{name}={quote(value)}" for name, value in asked.items())
        return set(desk.get(f"/?{query}").page.xpath("//ol[@class='rows']/li//bdi/text()"))

    assert found(state="draft") == {"مسودة"} and found(section="sport") == {"مسودة"}
    assert found(q="خبر اول") == found(q="رُوسيا") == {"خبر أول"}  # folded, and tags too
    assert found(q="لا شيء") == set() and found(page="99") == set(rows)
    assert "5 stories" in desk.get("/", Cookie="mujaz-language=en").words


def test_every_file_that_a_page_names_is_there(desk: Client) -> None:
    """Also its icon, which is drawn."""
    own = "//link/@href | //script/@src | //img/@src"
    named = {address for path in ("/", f"/edit?path={A}") for address in desk.get(path).page.xpath(own)}
    assert len(named) > 2 and {address: desk.get(address).status for address in named} == dict.fromkeys(named, 200)
    icon = desk.get("/static/favicon.svg")
    assert icon.headers["content-type"] == "image/svg+xml" and icon.text.startswith("<svg")


# ---------------------------------------------------------------- files


def test_saving_without_a_change_leaves_the_files_of_the_sample(make_site: MakeSite) -> None:
    """Every third goes through the pages; unit/desk/test_form asks each of them."""
    site = make_site(FONTS)
    shutil.copytree(REPOSITORY / "content", site.root / "content")
    config = (REPOSITORY / "config.yaml").read_text(encoding="utf-8")
    site.write({"config.yaml": config.replace("cards: true", "cards: false").replace("search: true", "search: false")})
    names = sorted(path.relative_to(site.root).as_posix() for path in (site.root / "content/2021").rglob("*.md"))[::3]
    before = {name: (site.root / name).read_bytes() for name in names}
    with served(site.root, "desk") as server:
        desk = Client(server.url)
        for name in names:
            assert desk.save(name).status == 303
        for name in names[::3]:
            assert desk.post("/edit", form_of(desk.get(f"/edit?path={quote(name)}&text=1").page, "/edit")).status == 303
        assert {name: (site.root / name).read_bytes() for name in names} == before
        assert len(names) > 25 and not [path for path in (site.root / ".mujaz-desk").rglob("*") if path.is_file()]


def test_a_save_is_built_and_its_problems_stand_at_their_fields(site: Site, desk: Client) -> None:
    before = read(site, A)
    answer = desk.save(A, title="عنوان جديد", summary="ملخص")
    assert answer.status == 303 and path_of(answer.address) == A
    new = before.replace("title: خبر أول\n", "title: عنوان جديد\n")
    assert read(site, A) == new.replace("tags: [روسيا, الناتو]\n", "tags: [روسيا, الناتو]\nsummary: ملخص\n")
    assert "عنوان جديد" in built(site, "2021/10/18/a")
    desk.save(A, section="sprot", body="سطر\n\n![](quay.png)")
    page = desk.edit(A)
    assert "القسم" in page.xpath("string(//*[@id='section-trouble-1'])")
    assert page.xpath("//*[@id='section']/@aria-invalid") == ["true"]
    assert page.xpath("//*[@id='field-body']//a/@data-line") == ["3"]
    assert "عنوان جديد" in built(site, "2021/10/18/a")  # the last good page stays
    assert "فيه مشكلة" in desk.get("/?state=problem").words
    desk.save(A, section="sport", body="متن سليم.")
    assert not desk.edit(A).xpath("//*[@role='alert']") and "متن سليم" in built(site, "2021/10/18/a")


def test_a_mistake_in_the_front_matter_is_mended_as_text(site: Site, desk: Client) -> None:
    site.write({A: "---\ntitle: [\n---\n\nمتن\n"})
    page = desk.edit(A)
    assert page.xpath("//textarea[@id='text']") and page.xpath("//*[@role='alert']")
    assert desk.post("/edit", [*form_of(page, "/edit")[:3], ("title", "x")]).status == 409
    assert desk.save(A, text=article("خبر أول", id="a", slug="a")).status == 303
    assert desk.post("/undo", form_of(desk.edit(A), "/undo")).status == 303 and "title: [" in read(site, A)
    assert desk.post("/undo", []).status == 403
    assert desk.save(A, text=article("خبر أول", id="a", slug="a")).status == 303
    assert desk.edit(A).xpath("//*[@id='body']")


def test_what_changed_on_the_disk_is_not_overwritten(site: Site, desk: Client) -> None:
    form = form_of(desk.edit(A), "/edit")
    theirs = read(site, A).replace("متن.", "متن من غيري.")
    site.write({A: theirs})
    answer = desk.post("/edit", with_values(form, {"title": "عنواني"}))
    assert answer.status == 409 and read(site, A) == theirs
    both = [area.text for area in answer.page.xpath("//textarea")]
    assert "متن من غيري" in both[0] and "عنواني" in both[1]
    assert desk.post("/edit", form_of(answer.page, "/edit")).status == 303
    assert "عنواني" in read(site, A)
    (site.root / A).unlink()
    gone = desk.post("/edit", with_values(form, {"title": "عنواني", "summary": "ملخصي", "body": "متني."}))
    assert gone.status == 409 and not (site.root / A).exists()
    mine = gone.page.xpath("string(//textarea)")
    assert "title: عنواني\n" in mine and "summary: ملخصي\n" in mine and mine.endswith("متني.\n")
    assert not gone.page.xpath("//main//button")


def test_what_the_form_left_alone_stays_as_another_made_it(site: Site, desk: Client) -> None:
    """A story was taken back while somebody mended a word of it: his version did not publish it anew."""
    form = form_of(desk.edit(B), "/edit")
    assert desk.do("draft", B).status == 303
    answer = desk.post("/edit", with_values(form, {"summary": "ملخصي"}))
    mine = form_of(answer.page, "/edit")
    assert answer.status == 409 and desk.post("/edit", mine).status == 303
    assert "draft: true" in read(site, B) and "ملخصي" in read(site, B)
    theirs = read(site, B).replace("[رابط]", "[رابط من غيري]").replace("خبر ثان", "خبر ثالث")
    form = form_of(desk.edit(B), "/edit")
    site.write({B: theirs})
    mine = form_of(desk.post("/edit", with_values(form, {"summary": "غيره", "section": "sport"})).page, "/edit")
    assert desk.post("/edit", mine).status == 303
    now, rest = read(site, B), theirs.replace("ملخصي", "غيره").replace("section: politics", "section: sport")
    assert now == rest


def test_what_cannot_be_compared_with_what_a_form_began_with_can_only_be_copied(site: Site, desk: Client) -> None:
    """A draft of long ago came back: as a whole it would publish a story that was taken back since."""
    form = with_values(form_of(desk.edit(B), "/edit"), {"base": "0" * 32, "summary": "ملخصي"})
    assert desk.do("draft", B).status == 303
    answer = desk.post("/edit", form)
    assert answer.status == 409 and "ملخصي" in answer.page.xpath("string(//textarea[@id='mine'])")
    assert not answer.page.xpath("//main//button") and "draft: true" in read(site, B)


def test_lines_of_a_text_that_were_left_alone_stay_as_another_made_them(site: Site, desk: Client) -> None:
    """Of a line that both changed the page of both versions has mine in mine."""
    form = form_of(desk.get(f"/edit?path={B}&text=1").page, "/edit")
    typed = dict(form)["text"] + "\r\nسطر مني\r\n"
    assert desk.do("draft", B).status == 303
    mine = form_of(desk.post("/edit", with_values(form, {"text": typed})).page, "/edit")
    assert desk.post("/edit", mine).status == 303
    assert "draft: true" in read(site, B) and read(site, B).endswith("\nسطر مني\n")
    form = form_of(desk.get(f"/edit?path={B}&text=1").page, "/edit")
    assert desk.save(B, title="عنوان من غيري").status == 303
    assert desk.do("publish", B).status == 303
    typed = dict(form)["text"].replace("خبر ثان", "عنوان مني")
    mine = dict(form_of(desk.post("/edit", with_values(form, {"text": typed})).page, "/edit"))["text"]
    assert "عنوان مني" in mine and "من غيري" not in mine and "draft" not in mine


def test_what_a_form_left_alone_is_known_where_the_desk_was_started_again(site: Site) -> None:
    """A browser keeps what was typed: it comes back with what it began with, which is an old version meanwhile."""
    with served(site.root, "desk") as server:
        desk = Client(server.url)
        before = form_of(desk.edit(B), "/edit")
        assert desk.do("draft", B).status == 303
    with served(site.root, "desk") as server:
        desk = Client(server.url)
        token = dict(form_of(desk.edit(B), "/edit"))["token"]
        answer = desk.post("/edit", with_values(before, {"token": token, "summary": "ملخصي"}))
        assert answer.status == 409 and desk.post("/edit", form_of(answer.page, "/edit")).status == 303
    assert "draft: true" in read(site, B) and "ملخصي" in read(site, B)


def test_a_form_that_is_sent_twice_is_no_conflict(site: Site, desk: Client) -> None:
    """A button is pressed twice: the browser shows what the second press gives."""
    form = with_values(form_of(desk.edit(A), "/edit"), {"title": "عنوان مرتين"})
    assert [desk.post("/edit", form).status for _ in range(2)] == [303, 303]
    assert "عنوان مرتين" in read(site, A)
    assert len(desk.get(f"/versions?path={A}").page.xpath("//ol[@class='rows']//a")) == 1


def test_undo_brings_back_what_was_there_step_by_step(site: Site, desk: Client) -> None:
    texts = [read(site, A)]
    for title in ("أول", "ثان"):
        desk.save(A, title=title)
        texts.append(read(site, A))
    for text in reversed(texts[:-1]):
        assert desk.post("/undo", form_of(desk.edit(A), "/undo")).status == 303
        assert read(site, A) == text
    assert not desk.edit(A).xpath("//form[@action='/undo']")
    desk.save(A, title="ثالث")
    listed = desk.get(f"/versions?path={A}").page.xpath("//ol[@class='rows']//a/@href")
    page = desk.get(listed[0]).page
    assert page.xpath("string(//textarea[@id='old'])").strip() == texts[0].strip()
    assert desk.post("/undo", form_of(page, "/undo")).status == 303 and read(site, A) == texts[0]


@pytest.mark.parametrize("each", [5, pytest.param(25, marks=pytest.mark.long)])
def test_saves_by_two_windows_at_once_lose_nothing(site: Site, running: Served, each: int) -> None:
    kept, lock = [], threading.Lock()

    def window(name: str) -> None:
        desk = Client(running.url)
        for number in range(each):
            while True:
                page = desk.edit(A)
                body = page.xpath("string(//textarea[@id='body'])").strip()
                line = f"{name}-{number}."
                answer = desk.post("/edit", with_values(form_of(page, "/edit"), {"body": f"{body}\n\n{line}"}))
                assert answer.status in (303, 409)
                if answer.status == 303:
                    with lock:
                        kept.append(line)
                    break

    windows = [threading.Thread(target=window, args=(name,)) for name in ("one", "two")]
    for thread in windows:
        thread.start()
    for thread in windows:
        thread.join()
    text = read(site, A)
    assert len(kept) == 2 * each and all(text.count(line) == 1 for line in kept)


@pytest.mark.slow
def test_a_desk_that_is_killed_while_it_saves_leaves_whole_files(site: Site) -> None:
    big = "\n\n".join(f"فقرة {number}." for number in range(3000))
    site.write({A: article("خبر", id="a", slug="a", body=big)})
    for _ in range(2):
        with pytest.raises(AssertionError), served(site.root, "desk") as server:  # it does not end by itself
            desk = Client(server.url)
            form = form_of(desk.edit(A), "/edit")
            saving = threading.Thread(target=lambda d=desk, f=form: _sent(d, with_values(f, {"body": big[::-1]})))
            saving.start()
            saving.join(0.03)
            server.process.kill()
            saving.join()
        body = parse((site.root / A).read_bytes()).body
        assert body in (big, big[::-1])
        site.write({A: article("خبر", id="a", slug="a", body=big)})
    with served(site.root, "desk") as server:
        assert Client(server.url).get("/").status == 200
        assert not list((site.root / "content").rglob(".*.tmp"))


def _sent(desk: Client, pairs: list[tuple[str, str]]) -> None:
    with contextlib.suppress(OSError, HTTPException):
        desk.post("/edit", pairs)


# ---------------------------------------------------------------- a story's life


def test_a_story_is_begun_scheduled_published_corrected_and_withdrawn(site: Site, desk: Client) -> None:
    new = with_values(form_of(desk.get("/new").page, "/new"), {"title": "افتتاح المكتبة: غدا", "section": "science"})
    answer = desk.post("/new", new)
    assert answer.status == 303
    name = path_of(answer.address)
    assert "draft: true" in read(site, name) and 'title: "افتتاح المكتبة: غدا"' in read(site, name)
    assert desk.post("/new", new).status == 400  # it is there already
    answer = desk.save(
        name,
        files=[("picture", "لقطة Quay.PNG", picture())],
        image__alt="رصيف",
        body='قال "نعم".\n\n> اقتباس\n> — الاسم\n\n[رابط](../../2021/11/b.md)',
        related=["b", ""],
        tags=["روسيا", ""],
    )
    name = path_of(answer.address)
    assert name.endswith("/index.md") and (site.root / name).with_name("لقطة-quay.png").is_file()
    assert values(parse((site.root / name).read_bytes()))["image"] == {"src": "لقطة-quay.png", "alt": "رصيف"}  # type: ignore[index]
    preview = desk.edit(name).xpath("string(//iframe/@src)")
    address = preview.split("/news/")[1]
    page = built(site, unquote(address))
    assert "«نعم»" in page and "خبر ثان" in page and "رصيف" in page
    assert desk.do("hold", name, day="2021-01-01", time="10:00").status == 400
    assert desk.do("hold", name, day="2990-02-03", time="10:00").status == 303
    assert "date: 2990-02-03 10:00\n" in read(site, name) and "draft" not in read(site, name)
    assert desk.do("publish", name).status == 303 and "date: 2990" not in read(site, name)
    address = unquote(desk.edit(name).xpath("string(//iframe/@src)").split("/news/")[1])
    assert desk.do("correct", name, text="").status == 400
    assert desk.do("correct", name, text="كان الاسم خطأ: صوابه هدى").status == 303
    assert "كان الاسم خطأ" in built(site, address)
    assert desk.do("withdraw", name, text="لم يصح الخبر").status == 303
    assert "لم يصح الخبر" in built(site, address) and "«نعم»" not in built(site, address)
    assert desk.do("restore", name).status == 303 and "«نعم»" in built(site, address)
    assert desk.do("draft", name).status == 303 and "draft: true\n" in read(site, name)


def test_a_lone_file_becomes_a_bundle_and_all_that_it_names_is_found(site: Site, desk: Client) -> None:
    answer = desk.post("/upload", form_of(desk.edit(A), "/upload"), [("picture", "x.jpg", picture())])
    assert answer.status == 303 and "added=x.png" in answer.address
    name = "content/2021/10/a/index.md"
    assert path_of(answer.address) == name and not (site.root / A).exists()
    assert "[رابط](../../11/b.md) ![صورة](../quay.png)" in read(site, name)
    desk.save(name, title="خبر أول بصورة")
    assert not desk.edit(name).xpath("//*[@role='alert']") and not desk.edit(B).xpath("//*[@role='alert']")
    assert "خبر أول بصورة" in built(site, "2021/10/18/a") and 'href="/news/2021/10/18/a/"' in built(
        site, "2021/11/18/b"
    )


def test_a_lone_file_whose_ending_is_in_capitals_becomes_a_bundle_too(site: Site, desk: Client) -> None:
    name = "content/2021/10/c.MD"
    site.write({name: article("خبر بحروف كبيرة", id="cc", slug="cc")})
    answer = desk.post("/upload", form_of(desk.edit(name), "/upload"), [("picture", "x.png", picture())])
    assert path_of(answer.address) == "content/2021/10/c/index.md" and not (site.root / name).exists()
    assert sorted(one.name for one in (site.root / "content/2021/10/c").iterdir()) == ["index.md", "x.png"]


def test_a_picture_for_the_text_does_not_hide_what_changed_meanwhile(site: Site, desk: Client) -> None:
    """Script puts what the upload answers into the form that waits: it must not take another's save for its own."""
    page = desk.edit(A)
    upload, picture_sent = form_of(page, "/upload"), [("picture", "x.png", picture())]

    def base_after(base: str) -> str:
        answer = desk.post("/upload", with_values(upload, {"base": base}), picture_sent, Accept="application/json")
        return str(json.loads(answer.text)["base"])

    theirs = article("عنوان غيري", id="a", slug="a")
    site.write({A: theirs})
    stale = dict(upload)["base"]
    assert base_after(stale) == stale
    upload = with_values(upload, {"path": "content/2021/10/a/index.md"})
    new = mark_of((site.root / "content/2021/10/a/index.md").read_bytes())
    assert base_after(new) == new


def test_what_comes_while_a_picture_is_written_stays_a_conflict(site: Site, desk: Client) -> None:
    """A pull holds the lock of saves: the article that the form shows is not the one that is there afterwards."""
    name = "content/2021/10/a/index.md"
    desk.post("/upload", form_of(desk.edit(A), "/upload"), [("picture", "x.png", picture())])
    page, answers = desk.edit(name), []
    sent = form_of(page, "/upload"), [("picture", "y.png", picture(9, 9))]
    ask = threading.Thread(target=lambda: answers.append(desk.post("/upload", *sent, Accept="application/json")))
    with open(site.root / ".mujaz-desk/lock", "rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ask.start()
        with contextlib.suppress(HTTPException, OSError):  # until it waits for the lock, and answers nobody
            for _ in range(50):
                desk_answers(desk)
        site.write({name: article("عنوان غيري", id="a", slug="a")})
    ask.join()
    assert (site.root / "content/2021/10/a/y.png").exists()
    form = with_values(form_of(page, "/edit"), {"base": json.loads(answers[0].text)["base"], "summary": "ملخصي"})
    assert desk.post("/edit", form).status == 409 and "عنوان غيري" in read(site, name)


def test_what_is_typed_while_a_picture_is_sent_follows_into_the_bundle(site: Site, desk: Client) -> None:
    """Script asks once more, without the picture and by the old name."""
    upload = form_of(desk.edit(A), "/upload")
    first = desk.post("/upload", upload, [("picture", "x.png", picture())], Accept="application/json")
    base = json.loads(first.text)["base"]
    more = [*with_values(upload, {"base": base}), ("body", "![ر](quay.png) جديد"), ("after", ""), ("src", "quay.png")]
    answer = json.loads(desk.post("/upload", more, Accept="application/json").text)
    assert answer == {
        "path": "content/2021/10/a/index.md",
        "name": "",
        "base": base,
        "src": "../quay.png",
        "body": "![ر](../quay.png) جديد",
        "after": "",
    }


def test_a_form_follows_its_article_into_the_bundle_that_another_made(site: Site, desk: Client) -> None:
    """A colleague puts a picture into it; the form that was open before still has the old name."""
    site.write({A: article("خبر أول", id="a", slug="a")})  # names no neighbour, so the bytes stay
    site.write({"content/2021/10/quay.png": picture()})
    form = form_of(desk.edit(A), "/edit")
    desk.post("/upload", form_of(desk.edit(A), "/upload"), [("picture", "x.png", picture())])
    name = "content/2021/10/a/index.md"
    assert path_of(desk.get(f"/edit?path={A}").address) == name
    typed = {"summary": "كُتب قبل النقل", "body": "نص\n\n![ر](quay.png)"}
    saved = desk.post("/edit", with_values(form, typed))
    assert saved.status == 303 and path_of(saved.address) == name and "كُتب قبل النقل" in read(site, name)
    assert "![ر](../quay.png)" in read(site, name)
    behind = desk.post("/edit", with_values(form, {"summary": "كُتب من قديم"}))
    assert behind.status == 409 and "كُتب من قديم" in behind.page.xpath("string(//*[@id='mine'])")
    assert "كُتب قبل النقل" in read(site, name)


def test_what_stands_in_a_form_follows_into_the_bundle_too(site: Site, desk: Client) -> None:
    """Script sends what is typed with the picture: it names the neighbours of the old folder."""
    body = '![ر](quay.png) <img src="quay.png" alt="ر"> ![ر](<my quay.png>) [ب](b.md#h) [خ](https://a.example/)'
    site.write({A: article("خبر أول", id="a", slug="a", body=body + "\n"), "content/2021/10/quay.png": picture()})
    site.write({"content/2021/10/my quay.png": picture(), "content/2021/10/b.md": article("ب", id="bb", slug="bb")})
    moved = body.replace("(quay", "(../quay").replace('"quay', '"../quay').replace("<my", "<../my")
    moved = moved.replace("(b.md", "(../b.md")
    sent = [*form_of(desk.edit(A), "/upload"), ("body", body + " جديد"), ("after", body), ("src", "quay.png")]
    answer = json.loads(desk.post("/upload", sent, [("picture", "x.png", picture())], Accept="application/json").text)
    assert (answer["body"], answer["after"], answer["src"]) == (moved + " جديد", moved, "../quay.png")
    assert moved in read(site, answer["path"])
    again = [*form_of(desk.edit(answer["path"]), "/upload"), ("body", moved), ("src", "../quay.png")]
    answer = json.loads(desk.post("/upload", again, [("picture", "y.png", picture())], Accept="application/json").text)
    assert "body" not in answer and "src" not in answer


def test_what_was_typed_stands_on_the_page_of_a_refusal(site: Site, desk: Client) -> None:
    """The browser does not keep it: the pages of the desk are not stored."""
    before = read(site, A)
    for new, files in (({"extra": "["}, []), ({}, [("picture", "x.jpg", b"no picture")])):
        refused = desk.save(A, files, title="عنوان كتبته", body="متن كتبته\n\nوفقرة", **new)
        typed = refused.page.xpath("//textarea[@id='mine']")[0].text
        assert refused.status in (400, 409) and "عنوان كتبته" in typed and "متن كتبته\n\nوفقرة" in typed
        assert typed.lstrip().startswith("---") == bool(files)
    old = desk.save(A, token="x", title="عنوان كتبته", body="متن كتبته\n\nوفقرة")  # of a desk that was begun anew
    typed = old.page.xpath("//textarea[@id='mine']")[0].text
    assert old.status == 403 and "عنوان كتبته" in typed and "متن كتبته\n\nوفقرة" in typed and "token" not in typed
    assert read(site, A) == before
    withdraw = with_values(
        form_of(desk.get(f"/do/withdraw?path={quote(A)}").page, "/do/withdraw"), {"text": "سبب كتبته"}
    )
    (site.root / A).unlink()
    gone = desk.post("/do/withdraw", withdraw)
    assert gone.status == 404 and "سبب كتبته" in gone.page.xpath("//textarea[@id='mine']")[0].text


def test_a_correction_outlives_what_another_saved_meanwhile(site: Site, desk: Client) -> None:
    pairs = form_of(desk.get(f"/do/correct?path={quote(A)}").page, "/do/correct")
    site.write({A: read(site, A).replace("متن.", "متن آخر.")})
    answer = desk.post("/do/correct", with_values(pairs, {"text": "صوّبنا الاسم"}))
    assert answer.status == 409 and "corrections" not in read(site, A)
    desk.post("/do/correct", form_of(answer.page, "/do/correct"))
    assert "صوّبنا الاسم" in read(site, A) and "متن آخر." in read(site, A)


def test_a_key_that_no_field_has_is_told_in_the_form(site: Site, desk: Client) -> None:
    site.write({A: article("خبر أول", id="a", slug="a", sumary="ملخص")})
    desk.save(B, title="حتى يُبنى")
    page = desk.edit(A)
    assert "sumary" in page.xpath("string(//*[@role='alert'])") and page.xpath("//input[@id='title']")


def test_a_slug_too_long_for_a_file_is_mended_in_the_form(site: Site, desk: Client) -> None:
    assert desk.save(A, slug="s" * 300).status == 303
    page = desk.edit(A)
    assert "180" in page.xpath("string(//*[@role='alert'])") and page.xpath("//input[@id='slug']")
    assert desk.save(A, slug="a").status == 303 and "\nslug: a\n" in read(site, A)


def test_a_title_without_a_letter_is_told_in_words_of_the_form(desk: Client) -> None:
    new = form_of(desk.get("/new").page, "/new")
    for title, words in (("؟!", "اكتب اسم الصفحة في الرابط بنفسك"), ("خبر", "موجود؛ اختر اسمًا آخر")):
        desk.post("/new", with_values(new, {"title": title}))
        refused = desk.post("/new", with_values(new, {"title": title}))
        assert refused.status == 400 and words in refused.words and "--" not in refused.page.xpath("string(//main)")


def test_the_desk_has_the_colours_of_the_paper(site: Site) -> None:
    config = read(site, "config.yaml")
    site.write({"config.yaml": config + "look: {accent: '#7a1f4b', dark: {paper: '#101010'}}\n"})
    with served(site.root, "desk") as server:
        desk = Client(server.url)
        assert "/static/look.css" in desk.get("/").page.xpath("//link/@href")
        light, dark = desk.get("/static/look.css").text.split("@media")
        assert "--accent: #7a1f4b;" in light and "--paper: #101010;" in dark


def test_what_the_form_cannot_show_stays(site: Site, desk: Client) -> None:
    text = article("خبر أول", id="a", slug="a").replace("slug: a\n", "slug: a\ntags: {a: b} # ملاحظة\n")
    site.write({A: text})
    desk.save(A, title="عنوان")
    assert read(site, A) == text.replace("خبر أول", "عنوان")
    # A browser drops the line breaks of these, and joins the words.
    lines = {"tags": r'["أ\nب"]', "sources": r'[{name: "وكالة\nثانية"}, ب]', "weight": r'"1\n2"'}
    lines |= {"updated": r'"غدًا\nصباحًا"', "image": r'{src: "أ\nب.png", alt: ر}'}
    text = article("خبر أول", id="a", slug="a", **lines)
    site.write({A: text})
    form = [(key, value.replace("\r", "").replace("\n", "")) for key, value in form_of(desk.edit(A), "/edit")]
    desk.post("/edit", with_values(form, {"title": "عنوان", "body": "متن."}))
    now = read(site, A)
    assert all(f"{key}: {value}\n" in now for key, value in lines.items()) and "title: عنوان\n" in now
    refused = desk.save(A, title="آخر", extra="a: [")
    assert refused.status == 409 and "YAML" in refused.words and "آخر" not in read(site, A)


# ---------------------------------------------------------------- titles, names, git


def test_titles_are_found_by_folded_words(desk: Client) -> None:
    hits = json.loads(desk.get(f"/titles?q={quote('خبر اول')}&path={B}").text)
    assert hits == [{"id": "a", "title": "خبر أول", "day": "2021-10-18", "link": "../10/a.md"}]
    known = desk.edit(B).xpath("//datalist[@id='known-tags']/option/@value")
    assert sorted(known) == sorted(["روسيا", "الناتو"])


def test_changes_are_committed_by_the_editors_own_git(site: Site) -> None:
    git = program("git")

    def run(*words: str) -> str:
        done = subprocess.run([git, *words], cwd=site.root, check=True, capture_output=True, text=True)
        return done.stdout

    run("init", "-q", "-b", "main", ".")
    run("config", "user.name", "المكتب")
    run("config", "user.email", "desk@example.org")
    run("add", "content", "config.yaml")
    run("commit", "-q", "-m", "أول")
    other = site.root.with_name("other.git")
    run("init", "-q", "--bare", str(other))
    run("remote", "add", "origin", str(other))
    run("push", "-q", "-u", "origin", "main")
    with served(site.root, "desk") as server:
        desk = Client(server.url)
        desk.save(A, title="عنوان للإيداع")
        page = desk.get("/git").page
        assert "تغيّر: عنوان للإيداع" in " ".join(page.xpath("string(//main)").split())
        wish = {"message": "تعديل العنوان", "name": "هدى", "mail": "huda@example.org"}
        assert desk.post("/git/commit", with_values(form_of(page, "/git/commit"), wish)).status == 303
        assert run("log", "-1", "--format=%an %ae %s").strip() == "هدى huda@example.org تعديل العنوان"
        page = desk.get("/git").page
        assert desk.post("/git/push", form_of(page, "/git/push")).status == 303
        assert run("rev-parse", "origin/main") == run("rev-parse", "main")
        nothing = desk.post("/git/commit", [*form_of(page, "/git/push"), ("message", "x")])
        assert nothing.status == 409 and "Git" in nothing.words
        run("checkout", "-q", "--detach")  # the next checkout would take away what is committed here
        desk.save(A, title="عنوان بلا فرع")
        before, wish = run("rev-parse", "HEAD"), {"message": "بلا فرع"}
        refused = desk.post("/git/commit", with_values(form_of(desk.get("/git").page, "/git/commit"), wish))
        assert refused.status == 409 and "فرع" in refused.words and run("rev-parse", "HEAD") == before
        forged = desk.post("/git/commit", [*form_of(page, "/git/push"), ("message", "x"), ("name", "--x <y>")])
        assert forged.status == 400


def test_a_site_below_the_top_of_its_repository_has_its_changes_by_name(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    git = program("git")
    top = site.root.parent

    def run(*words: str) -> None:
        own = ("-c", "user.name=هدى", "-c", "user.email=huda@example.org")
        subprocess.run([git, *own, *words], cwd=top, check=True)

    run("init", "-q", ".")
    run("add", site.root.name)
    run("commit", "-q", "-m", "أول")
    monkeypatch.setenv("GIT_DIR", str(top / "other"))  # a hook that starts the desk has set it
    with served(site.root, "desk") as server:
        desk = Client(server.url)
        desk.save(A, title="عنوان في مجلد")
        (link,) = desk.get("/git").page.xpath("//main//ul[@class='rows']//a")
        assert link.text_content() == "عنوان في مجلد" and desk.get(link.get("href")).status == 200


@pytest.mark.parametrize("rebase", ["true", "false"])  # git stashes by another setting where it merges
def test_what_others_pushed_is_pulled_and_what_cannot_be_is_told(site: Site, rebase: str) -> None:
    git = program("git")

    def run(folder: Path, *words: str) -> str:
        own = ("-c", "user.name=هدى", "-c", "user.email=huda@example.org")
        return subprocess.run([git, *own, *words], cwd=folder, check=True, capture_output=True, text=True).stdout

    bare, other = site.root.with_name("bare.git"), site.root.with_name("other")
    run(site.root, "init", "-q", "-b", "main", ".")
    run(site.root, "add", "content", "config.yaml")
    run(site.root, "commit", "-q", "-m", "أول")
    run(site.root, "clone", "-q", "--bare", ".", str(bare))
    run(site.root, "remote", "add", "origin", str(bare))
    run(site.root, "fetch", "-q")
    run(site.root, "branch", "-q", "--set-upstream-to", "origin/main")
    run(site.root, "config", "pull.rebase", rebase)
    for key in ("rebase.autostash", "merge.autostash"):  # common, and git would call a conflict done
        run(site.root, "config", key, "true")
    run(site.root.parent, "clone", "-q", str(bare), str(other))

    def theirs(title: str) -> None:
        (other / A).write_text(article(title, id="a", slug="a"), encoding="utf-8")
        run(other, "commit", "-q", "-a", "-m", title)
        run(other, "push", "-q")

    with served(site.root, "desk") as server:
        desk = Client(server.url)
        theirs("عنوان من زميل")
        assert desk.post("/git/pull", form_of(desk.get("/git").page, "/git/pull")).status == 303
        assert "عنوان من زميل" in read(site, A)
        theirs("عنوان ثان من زميل")
        desk.save(A, title="عنواني")
        refused = desk.post("/git/pull", form_of(desk.get("/git").page, "/git/pull"))
        assert refused.status == 409 and "يقول Git" in refused.words and "عنواني" in read(site, A)
        run(bare, "branch", "-q", "-m", "main", "new")
        refused = desk.post("/git/pull", form_of(desk.get("/git").page, "/git/pull"))
        assert refused.status == 409, "a pull that brings nothing is told, where the branch is gone"


def test_a_desk_without_git_has_no_such_page(desk: Client) -> None:
    assert desk.get("/git").status == 404 and not desk.get("/").page.xpath("//a[@href='/git']")


def test_the_desk_is_there_in_english(site: Site) -> None:
    with served(site.root, "desk", "--lang", "en", loaded=False) as server:
        desk = Client(server.url)
        assert desk.edit(A).xpath("string(/html/@dir)") == "ltr" and "Permanent identity" in desk.edit(A).text_content()
        form = with_values(form_of(desk.get("/").page, "/language"), {"language": "ar"})
        assert desk.post("/language", form).status == 303
        assert desk.get("/").page.get("dir") == "rtl"
