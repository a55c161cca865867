"""Addresses of films, sounds and posts elsewhere: which are known, where they become cards, what a card would load."""

from __future__ import annotations

import pytest

from mujaz.markdown_body.body import parse
from mujaz.markdown_body.embeds import embed_of
from mujaz.markdown_body.parser import Dialect
from mujaz.markdown_body.placeholders import HOLE
from mujaz.model.content import Body
from tests.unit.markdown_body.test_body import page

YOUTUBE, NOCOOKIE = "https://www.youtube.com/watch?v=4czjS9h4Fpg", "https://www.youtube-nocookie.com/embed/4czjS9h4Fpg"
HOSTS = ("www.youtube-nocookie.com", "player.vimeo.com", "w.soundcloud.com", "platform.twitter.com")
ALL = Dialect(iframes=HOSTS)


def body(text: str, dialect: Dialect = ALL) -> Body:
    made, problems = parse(text, dialect, path="content/a.md")
    assert problems == ()
    return made


@pytest.mark.parametrize(
    ("written", "provider", "url", "frame"),
    [
        (YOUTUBE, "youtube", YOUTUBE, f"{NOCOOKIE}?autoplay=1&rel=0"),
        ("https://youtu.be/4czjS9h4Fpg?si=abc", "youtube", YOUTUBE, f"{NOCOOKIE}?autoplay=1&rel=0"),
        ("http://m.youtube.com/watch?list=x&v=4czjS9h4Fpg", "youtube", YOUTUBE, f"{NOCOOKIE}?autoplay=1&rel=0"),
        ("https://www.youtube.com/shorts/4czjS9h4Fpg", "youtube", YOUTUBE, f"{NOCOOKIE}?autoplay=1&rel=0"),
        ("https://www.youtube.com/embed/4czjS9h4Fpg", "youtube", YOUTUBE, f"{NOCOOKIE}?autoplay=1&rel=0"),
        (f"{YOUTUBE}&t=1m30s", "youtube", f"{YOUTUBE}&t=90s", f"{NOCOOKIE}?autoplay=1&rel=0&start=90"),
        (
            "https://vimeo.com/76979871/0123456789",
            "vimeo",
            "https://vimeo.com/76979871/0123456789",
            "https://player.vimeo.com/video/76979871?autoplay=1&dnt=1&h=0123456789",
        ),
        (
            "https://player.vimeo.com/video/76979871",
            "vimeo",
            "https://vimeo.com/76979871",
            "https://player.vimeo.com/video/76979871?autoplay=1&dnt=1",
        ),
        (
            "https://soundcloud.com/forss/flickermood?in=x",
            "soundcloud",
            "https://soundcloud.com/forss/flickermood",
            "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fforss%2Fflickermood"
            "&auto_play=true&show_teaser=false",
        ),
        (
            "https://twitter.com/jack/status/20?s=20",
            "x",
            "https://x.com/jack/status/20",
            "https://platform.twitter.com/embed/Tweet.html?id=20&dnt=true",
        ),
    ],
)
def test_an_address_is_known_with_its_page_and_its_frame(written: str, provider: str, url: str, frame: str) -> None:
    found = embed_of(written)
    assert found and (found.provider, found.url, found.frame) == (provider, url, frame)
    assert found.host in HOSTS


@pytest.mark.parametrize(
    "written",
    [
        "https://www.youtube.com/@nasa", "https://youtu.be/short", "https://youtube.com.evil.example/watch?v=4czjS9h4Fpg",
        "https://evil.example/https://youtu.be/4czjS9h4Fpg", "https://x.com/jack", "https://vimeo.com/about",
        "https://soundcloud.com/forss", "javascript:alert(1)//youtu.be/4czjS9h4Fpg", "https://youtu.be/4czjS9h4Fpg x",
        "https://youtu.be@evil.example/4czjS9h4Fpg", "https://www.youtube.com/embed/videoseries?list=PLx",
        "https://www.youtube.com/embed/live_stream?channel=UCx",
    ],
)  # fmt: skip
def test_no_other_address_is(written: str) -> None:
    assert embed_of(written) is None


@pytest.mark.parametrize(
    "text",
    [YOUTUBE, f"<{YOUTUBE}>", f"  {YOUTUBE}  ", f"![عنوان]({YOUTUBE})", f"[![عنوان]({YOUTUBE})](https://e.org/)"],
)
def test_alone_on_its_line_it_is_a_card(text: str) -> None:
    assert page(text, ALL) == f"<player {YOUTUBE}>"


def test_lines_above_and_below_stay_paragraphs() -> None:
    made = page(f"قالت ناسا:\n{YOUTUBE}\nوهذا ما جرى.", ALL)
    assert made == f"<p>قالت ناسا:</p>\n<player {YOUTUBE}>\n<p>وهذا ما جرى.</p>"
    assert page(f"> قول\n> {YOUTUBE}", ALL) == f"<blockquote>\n<p>قول</p>\n<player {YOUTUBE}>\n</blockquote>"


@pytest.mark.parametrize(
    "text",
    [f"شاهد {YOUTUBE}", f"- {YOUTUBE}", f"    {YOUTUBE}", f"```\n{YOUTUBE}\n```", f"[نص]({YOUTUBE})", f"`{YOUTUBE}`"],
)  # fmt: skip
def test_within_a_line_a_list_or_code_it_is_none(text: str) -> None:
    assert body(text).players == ()


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        (f"نص[^أ].\n\n[^أ]: حاشية\n    {YOUTUBE}\n", "حاشية", "footnote-backref"),
        (f"نص[^أ].\n\n[^أ]: {YOUTUBE}\n", "نص", "footnote-backref"),
        (f"نص\n\n[^أ]: حاشية\n\n    {YOUTUBE}\n", "حاشية", ""),
        (f"{YOUTUBE}\n: تعليق", "", "<p>: تعليق</p>"),
        (f"سبق\n{YOUTUBE}\n\n:   تعليق\n    ثان", "<p>سبق</p>", ": تعليق ثان"),
        (f"- بند\n\n{YOUTUBE}\n: تعليق", "بند", "<p>: تعليق</p>"),
    ],
)
def test_notes_and_colons_are_read_beside_an_address(text: str, before: str, after: str) -> None:
    made, problems = parse(text, ALL, path="content/a.md")
    assert [problem.message.id for problem in problems if problem.message.id != "footnote-unused"] == []
    above, player, below = made.html.partition(f"{HOLE}M0{HOLE}")
    assert player and before in above
    assert after in " ".join(below.split())


def test_underlines_in_an_address_are_no_marks() -> None:
    assert body("https://youtu.be/__a_b-c_d1Q").players[0].src.endswith("v=__a_b-c_d1Q")


def test_title_caption_and_credit_are_set_in_type() -> None:
    (player,) = body(f'![هبوط "برسيفيرنس"]({YOUTUBE} "من المريخ | ناسا")').players
    assert (player.title, player.caption, player.credit) == ("هبوط «برسيفيرنس»", "من المريخ", "ناسا")


def test_a_host_that_is_not_allowed_is_named_with_the_line_to_write() -> None:
    made, problems = parse(
        f"نص\n\n{YOUTUBE}", Dialect(iframes=("maps.example.org",)), path="content/a.md", first_line=9
    )
    assert made.players[0].frame == "" and made.players[0].src == YOUTUBE
    assert [str(problem) for problem in problems] == [
        f"content/a.md:11:1: warning: '{YOUTUBE}' is shown as a plain link: its frame comes from"
        " 'www.youtube-nocookie.com', which is not among 'iframes' in config.yaml\n"
        "  help: if pages may show its frames, write in config.yaml:"
        " iframes: [maps.example.org, www.youtube-nocookie.com]"
    ]
    _, problems = parse('<iframe src="https://tv.example.org/1"></iframe>', ALL, path="content/a.md")
    assert f"iframes: [{', '.join((*HOSTS, 'tv.example.org'))}]" in str(problems[0])


def test_a_frame_of_youtube_sets_no_cookies() -> None:
    made = body('<iframe src="https://www.youtube.com/embed/4czjS9h4Fpg?start=3"></iframe>')
    assert f'src="{NOCOOKIE}?start=3"' in made.html


def test_a_file_is_a_player_wherever_it_stands() -> None:
    assert page("قبل ![فيلم](a.mp4) بعد") == "<p>قبل</p>\n<player a.mp4>\n<p>بعد</p>"
    assert page("- ![صوت](a.MP3)") == "<ul>\n<li><player a.MP3></li>\n</ul>"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("![](a.mp4)", "player-without-title"),
        ("![فيلم](https://e.org/a.mp4)", "file-elsewhere"),
        ("## ![فيلم](a.mp4)", "player-misplaced"),
    ],
)
def test_what_no_player_can_be_made_of_is_told(text: str, message: str) -> None:
    _, problems = parse(text, ALL, path="content/a.md")
    assert [(problem.message.id, problem.warning) for problem in problems] == [(message, False)]
