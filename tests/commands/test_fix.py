"""`fix`: what a machine can mend is shown, then written; every other byte and all that is read stay."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from mujaz.build.request import BuildRequest
from mujaz.check import fixes as module
from mujaz.check.fixes import fixable, fixes
from mujaz.content.rewriting import with_text
from mujaz.yaml_values.encoding import decode
from tests.commands.test_cli import Run
from tests.commands.test_cli import run as run
from tests.support.sites import CONFIG, NOW, Site, article

MakeSite = Callable[..., Site]
AT = ("--now", NOW.isoformat())
KEPT = {"id": "a", "slug": "a"}
LONG = "خبر من سبع كلمات لا أكثر هنا"
TUBE = "iframes: [www.youtube-nocookie.com]\n"

# id → what is written, and what becomes of it.
CASES: dict[str, tuple[str, str]] = {
    "holds-colon": (article("روسيا: رد", **KEPT), article('"روسيا: رد"', **KEPT)),
    "starts-with": (article("@حساب يعود", **KEPT), article('"@حساب يعود"', **KEPT)),
    "text-after-quote": (article('"نص" ثم نص', **KEPT), article("'\"نص\" ثم نص'", **KEPT)),
    "no-break-after-colon": (
        article(**KEPT).replace("section: ", "section:\u00a0"),
        article(**KEPT),
    ),
    "no-break-before-key": (
        article(image="{src: a.jpg, alt: س, \u00a0credit: و}", **KEPT),
        article(image="{src: a.jpg, alt: س, credit: و}", **KEPT),
    ),
    "no-space-after-colon": (article(**KEPT).replace("section: ", "section:"), article(**KEPT)),
    "tab-indents": (
        article(image="\n\tsrc: a.jpg\n\talt: س", **KEPT),
        article(image="\n  src: a.jpg\n  alt: س", **KEPT),
    ),
    "directional-left-out": (article("خبر\u202b جديد", **KEPT), article("خبر جديد", **KEPT)),
    "invisible-character": (article(tags="[قطر\u2067]", **KEPT), article(tags="[قطر]", **KEPT)),
    "arabic-comma-in-entry": (
        article(tags="[قطر، كرة القدم, دبي]  # وسوم", **KEPT),
        article(tags="[قطر, كرة القدم, دبي]  # وسوم", **KEPT),
    ),
    "wrong-kind": (article(tags="قطر، دبي", **KEPT), article(tags="[قطر, دبي]", **KEPT)),
    "no-id": (article(slug="a"), article(slug="a", id="ID")),
    "no-slug": (
        article(LONG, id="a"),
        article(LONG, slug="خبر-من-سبع-كلمات-لا-أكثر", id="a"),
    ),
    "names-written-in-two-ways": (
        article(tags="[كوفيد – 19]", **KEPT),
        article(tags="[كوفيد - 19]", **KEPT),
    ),
    "list-mark-not-read": (
        article(body="مقدمة.\n\nالنقاط:\n1- أولى\n2- ثانية\n\n٣- ثالثة\n٤- رابعة\n\n• حمراء\n• خضراء", **KEPT),
        article(body="مقدمة.\n\nالنقاط:\n1. أولى\n2. ثانية\n\n٣. ثالثة\n٤. رابعة\n\n- حمراء\n- خضراء", **KEPT),
    ),
    "frame-sets-cookies": (
        article(body='<iframe src="https://www.youtube.com/embed/x?a=1"></iframe>', **KEPT),
        article(body='<iframe src="https://www.youtube-nocookie.com/embed/x?a=1"></iframe>', **KEPT),
    ),
    "straight-quote": (
        article(body='قال «النص" ثم “نصا" و"آخر».'.replace("“", "«"), **KEPT),
        article(body="قال «النص» ثم «نصا» و«آخر».", **KEPT),
    ),
}
# What may be meant in another way.
LEFT = (
    article(tags="[القدس، عاصمة دولة فلسطين المحتلة منذ سنين, دبي]", **KEPT),
    article(tags='["قطر، دبي"]', **KEPT),
    article(authors="[ليلى الحسن، رئيسة التحرير]", **KEPT),
    article(body="3- أولا وحدها", **KEPT),
    article(body="فاز الفريق 2-1\n3-1 في المباراة", **KEPT),
    article(body="1- أولى\n3- ثالثة", **KEPT),
    article(body="1- أولى\n2- ثانية\nوتتمة لها", **KEPT),
    article(body="```\n1- أولى\n2- ثانية\n```", **KEPT),
    article(body="متن\n\n    1- كود\n    2- كود", **KEPT),
    article(body='متن\n\n    print("كود»)', **KEPT),
    article(body="أ | ب\n--|--\n•أ | س\n•ب | س", **KEPT),
    article(body="مصطلح\n: معنى\n•أولى\n•ثانية", **KEPT),
    article(body='قال "النص ثم مضى.', **KEPT),
    article(body='قال «النص "الآخر» ثم.', **KEPT),
    article(body='`<iframe src="https://www.youtube.com/embed/x">`', **KEPT),
    article(body="1- أولى\n2- ثانية", **KEPT),  # the summary is made of them
    article(draft="true", id="a"),  # no reader knows its address
    # What may be a comment of the editors' is never made words of the paper, nor taken away.
    *(article(title, **KEPT) for title in ("روسيا: رد # راجع المصدر", "@حساب # سري", '"نص" ثم نص # سري')),
    article(tags="\n  - @قطر # سري", **KEPT),
    article(tags="\n  - قطر، دبي # سري\n  - عمان", **KEPT),
    article(tags="[قطر، دبي, # سري\n  عمان]", **KEPT),
)


def paper(make_site: MakeSite, text: str) -> Site:
    usual = {f"content/u{n}.md": article(f"خبر {n}", id=f"u{n}", slug=f"u{n}", tags="[كوفيد - 19]") for n in range(3)}
    return make_site({"config.yaml": CONFIG + TUBE, "content/a.md": text, **usual})


def text_of(site: Site) -> str:
    return (site.root / "content/a.md").read_text(encoding="utf-8")


def test_there_is_a_case_for_every_problem_that_fix_mends() -> None:
    assert CASES.keys() == set(fixable())


@pytest.mark.parametrize("id", CASES)
def test_a_problem_is_shown_then_mended_and_then_there_is_nothing_left(make_site: MakeSite, run: Run, id: str) -> None:
    before, after = CASES[id]
    site = paper(make_site, before)
    (one,) = fixes(BuildRequest(root=site.root, now=NOW))
    assert id in {mend.id for mend in one.fixes}
    code, out, _ = run(site.root, "fix", *AT)
    assert code == 0 and "--- a/content/a.md" in out and "nothing is written" in out
    assert text_of(site) == before
    assert run(site.root, "fix", "--write", *AT)[0] == 0
    if id == "no-id":
        after = after.replace("ID", next(row[4:] for row in text_of(site).split("\n") if row.startswith("id: ")))
    assert sorted(text_of(site).split("\n")) == sorted(after.split("\n")), text_of(site)
    assert "nothing here" in run(site.root, "fix", *AT)[1]


@pytest.mark.parametrize("id", [id for id in CASES if id not in ("no-break-before-key", "tab-indents")])
def test_what_is_mended_builds_with_the_address_it_had(make_site: MakeSite, run: Run, id: str) -> None:
    site = paper(make_site, CASES[id][0])
    run(site.root, "fix", "--write", *AT)
    assert run(site.root, "check", "--errors", *AT)[0] == 0


@pytest.mark.parametrize("text", LEFT)
def test_what_may_be_meant_in_another_way_stays(make_site: MakeSite, text: str) -> None:
    assert list(fixes(BuildRequest(root=paper(make_site, text).root, now=NOW))) == []


@pytest.mark.parametrize("id", CASES)
def test_line_ends_and_a_byte_order_mark_stay(make_site: MakeSite, id: str) -> None:
    before, _ = CASES[id]
    raw = b"\xef\xbb\xbf" + before.replace("\n", "\r\n").encode()
    site = paper(make_site, "")
    (site.root / "content/a.md").write_bytes(raw)
    (one,) = fixes(BuildRequest(root=site.root, now=NOW))
    assert one.after.startswith(b"\xef\xbb\xbf---\r\n") and one.after.count(b"\r\n") == one.after.count(b"\n")


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n\r\n", "\r\r\n"])
def test_many_lines_that_are_alike_cost_their_number_alone(ends: str) -> None:
    """They were compared one with another: 20 kB took five seconds, 1 MB would take hours."""
    rows = article(slug="a").split("\n")
    raw = "\r\n".join(rows).encode() + f"أ{ends}{ends}".encode() * 60_000
    text = decode(raw, "")[0]
    before = time.process_time()
    made = with_text(raw, text.replace("slug: a", "id: a\nslug: a"))
    assert time.process_time() - before < 3
    assert made == raw.replace(b"slug: a", b"id: a\r\nslug: a")


def test_where_line_ends_are_of_several_kinds_each_line_keeps_its_own() -> None:
    raw = b"---\r\ntitle: a\n---\r\n\nb\r\nc\rd\n"
    made = with_text(raw, "---\ntitle: x\n---\n\nb\nnew\nd\nlast\n")
    assert made == b"---\r\ntitle: x\r\n---\r\n\nb\r\nnew\r\nd\nlast\r\n"


def test_ids_and_slugs_move_no_address_and_change_no_page(make_site: MakeSite, run: Run) -> None:
    site = paper(make_site, article("خبر من غير معرّف"))
    site.build()
    before = site.digest()
    run(site.root, "fix", "--write", *AT)
    assert not site.build().moved
    assert site.digest() == before


def test_names_stay_where_their_page_would_move(make_site: MakeSite) -> None:
    site = paper(make_site, article(tags="[كوفيد19]", date="2020-01-01", **KEPT))  # the oldest gives the address
    assert list(fixes(BuildRequest(root=site.root, now=NOW))) == []


def test_a_frame_of_a_host_that_is_allowed_stays(make_site: MakeSite) -> None:
    site = paper(make_site, CASES["frame-sets-cookies"][0])
    site.write({"config.yaml": CONFIG + "iframes: [www.youtube.com]\n"})
    assert list(fixes(BuildRequest(root=site.root, now=NOW))) == []


def test_files_folders_and_ids_can_be_chosen(make_site: MakeSite, run: Run) -> None:
    site = paper(make_site, article("روسيا: رد"))
    site.write({"content/b/b.md": article("خبر")})
    assert "1 mend in 1 file" in run(site.root, "fix", "--only", "no-id", *AT)[1]  # a.md has errors yet
    assert "content/a.md" not in run(site.root, "fix", "content/b", *AT)[1]
    for words, why in (
        (("--only", "no-idd"), "did you mean"),
        (("--only", "x"), "it mends:"),
        (("config.yaml",), "no file or folder"),
        (("content/none.md",), "no file or folder"),
        (("../x",), "no file or folder"),
    ):
        code, _, err = run(site.root, "fix", *words, *AT)
        assert code == 2 and why in err
    assert "روسيا: رد" in text_of(site)


def test_check_says_that_fix_can_mend(make_site: MakeSite, run: Run) -> None:
    site = paper(make_site, article("روسيا: رد", **KEPT))
    assert "'fix' can mend 1 of them" in run(site.root, "check", *AT)[1]
    site.write({"content/a.md": article(**KEPT)})
    assert "can mend" not in run(site.root, "check", *AT)[1]


def test_check_tells_of_a_frame_that_pages_ask_of_another_host(make_site: MakeSite, run: Run) -> None:
    body = 'نص.\n\n<iframe src="https://m.youtube.com/embed/x"></iframe>'
    site = paper(make_site, article(body=body, **KEPT))
    assert site.build().warnings == ()
    page = site.read("2021/10/18/a/index.html")
    assert 'src="https://www.youtube-nocookie.com/embed/x"' in page
    out = run(site.root, "check", *AT)[1]
    assert "content/a.md:11:14: warning: the frame 'https://m.youtube.com/embed/x' is written with a host" in out
    assert "'fix' can mend 1 of them" in out
    run(site.root, "fix", "--write", *AT)
    site.build()
    assert site.read("2021/10/18/a/index.html") == page
    assert "sets cookies" not in run(site.root, "check", *AT)[1]


def test_a_file_that_changed_meanwhile_is_not_written_over(make_site: MakeSite) -> None:
    site = paper(make_site, CASES["holds-colon"][0])
    (one,) = fixes(BuildRequest(root=site.root, now=NOW))
    newer = article("خبر أحدث", **KEPT)
    site.write({"content/a.md": newer})
    with pytest.raises(OSError, match="meanwhile"):
        module.write(site.root, one)
    assert text_of(site) == newer and not list(site.root.glob("content/.*"))


def test_a_write_that_is_cut_off_leaves_the_old_file(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    before = CASES["holds-colon"][0]
    site = paper(make_site, before)
    (one,) = fixes(BuildRequest(root=site.root, now=NOW))

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", full)
        with pytest.raises(OSError, match="No space"):
            module.write(site.root, one)
    assert text_of(site) == before and not list(site.root.glob("content/.*"))


def test_what_stops_after_the_first_file_does_not_deny_it(
    make_site: MakeSite, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = paper(make_site, CASES["holds-colon"][0])
    site.write({"content/b.md": CASES["holds-colon"][0].replace("\nid: ", "\nid: b")})
    real = module.replace_whole

    def full(path: Path, raw: bytes, was: bytes) -> None:
        if path.name == "b.md":
            raise OSError(28, "No space left on device", str(path))
        real(path, raw, was)

    monkeypatch.setattr(module, "replace_whole", full)
    code, out, err = run(site.root, "fix", "--write", *AT)
    assert code == 1 and "content/a.md" in out and "a part was written before" in err, err
