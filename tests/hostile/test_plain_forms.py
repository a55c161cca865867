"""What looks at a text once gives what a plain expression gives, which goes back over it for each beginning."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mujaz.arabic import isolates
from mujaz.assets import css_js
from mujaz.build import moved
from mujaz.check import fix_front_matter, policy
from mujaz.importing import html as incoming
from mujaz.importing import markdown_text, templates
from mujaz.markdown_body import allowed_html, embeds, enclosed, extensions, galleries, removed, source
from tests.support.cpu_time import within

HELD = settings(max_examples=300, deadline=None, derandomize=True, database=None)


def texts(*parts: str, most: int = 30) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(parts), max_size=most).map("".join)


# ---------------------------------------------------------------- from a start to an end

ENCLOSED: dict[str, tuple[str, re.Pattern[str], enclosed.Ends, tuple[str, ...]]] = {
    "code that is made": (
        r"<(pre|code)\b.*?</\1>", removed._CODE_START, removed._CODE_END,
        ("<pre>", "<code", "<codex>", "</pre>", "</code>", "</code", ">", "x", "\n"),
    ),
    "comments of layouts": (
        r"\{#.*?#\}|<!--.*?-->", policy.COMMENT, policy.COMMENT_ENDS,
        ("{#", "#}", "{#}", "<!--", "-->", "<!-", "->", "x", "\n"),
    ),
    "galleries": (
        r'<ul class="gallery"[^<>]*>.*?</ul>', galleries._LIST, galleries._LIST_END,
        ('<ul class="gallery">', '<ul class="gallery"', ">", "<ul>", "</ul>", " x", "\n"),
    ),
    "code of Hugo": (
        r"\{\{<\s{0,9}highlight\s{1,9}[^<>{}]{0,200}>\}\}\n?.*?\{\{<\s{0,9}/highlight\s{0,9}>\}\}",
        templates._HIGHLIGHT, templates._HIGHLIGHT_END,
        ("{{< highlight go >}}", "{{< highlight ", ">}}", "{{< /highlight >}}", "{{<", "\n", "x"),
    ),
    "code of Jekyll": (
        r"\{%-?\s{0,9}highlight\s{1,9}[^%{}]{0,200}?\s{0,9}-?%\}\n?.*?\{%-?\s{0,9}endhighlight\s{0,9}-?%\}",
        templates._LIQUID_CODE, templates._LIQUID_CODE_END,
        ("{% highlight go %}", "{%- highlight ", "%}", "{% endhighlight -%}", "{%", "\n", "x"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ENCLOSED)
def test_pieces_are_those_of_one_expression(name: str) -> None:
    plain, start, ends, parts = ENCLOSED[name]

    @HELD
    @given(texts(*parts))
    def same(text: str) -> None:
        found = [text[opening.start() : closing.end()] for opening, closing in enclosed.pieces(text, start, ends)]
        assert found == [one[0] for one in re.finditer(plain, text, re.S)]

    same()


@pytest.mark.parametrize("name", ENCLOSED)
def test_an_end_that_stands_nowhere_is_looked_for_once(name: str) -> None:
    _, start, ends, (opening, *_) = ENCLOSED[name]
    with within(2):
        assert list(enclosed.pieces(opening * (500_000 // len(opening)), start, ends)) == []


# ---------------------------------------------------------------- code in Markdown

CODE = (
    r"^(?P<fence>`{3,}|~{3,})[^\n]*\n.*?^(?P=fence)[`~]*[ \t]*$"
    r"|(?<![`\\])(?P<ticks>`+)(?!`)(?:(?!\n[ \t>]*\n).)+?(?<!`)(?P=ticks)(?!`)|\\[^\n]"
)
MARKS = ("\n", "\n```", "\n~~~~", " ", "\t", *"` `` ``` ```` ~~~ ~~~~~ \\ x ]( ) <a >".split())


def blanked(plain: str, text: str, *, escaped: bool) -> str:
    def blank(part: re.Match[str]) -> str:
        return part[0] if part[0][0] == "\\" and not escaped else re.sub(r"[^\n]", " ", part[0])

    return re.sub(plain, blank, text, flags=re.M | re.S)


@HELD
@given(texts(*MARKS))
def test_code_is_where_one_expression_sees_it(text: str) -> None:
    assert source.Source(text, "", 1).read == blanked(CODE, text, escaped=True)
    plain = rf"{CODE}|\]\([^()\n]*\)|<[a-zA-Z/][^<>]*>"
    assert source._blanked(text, source._NOT_PROSE, escaped=False) == blanked(plain, text, escaped=False)


@pytest.mark.parametrize(
    "text",
    [
        "```x\n" * 100_000,
        "`" * 500_000 + "\nx\n" * 5,
        "".join("`" * length + "x" for length in range(1, 1000)),
        "".join("`" * length + "\nx\n" for length in range(1000, 2, -1)) + "```",
        "`````x\n```\n" * 40_000,
    ],
    ids=["fences without end", "a long fence", "rows of each length", "fences of each length", "shorter ends"],
)
def test_code_without_an_end_is_looked_through_once(text: str) -> None:
    with within(2):
        assert len(source.Source(text, "", 1).read) == len(text)


@HELD
@given(texts("[^", "]", "[", "x", "\n", "^"))
def test_references_to_footnotes_are_those_of_one_expression(text: str) -> None:
    found = [name for name, end in removed._REFERENCE.findall(text) if end]
    assert found == re.findall(r"\[\^([^\]\n]+)\]", text)


@HELD
@given(texts("\n", "— ", "—", " ", "  ", "x", "\t", "\n\n"))
def test_the_speaker_is_that_of_one_expression(text: str) -> None:
    found = extensions._SPEAKER.search(text)
    plain = re.search(r"(?:\A|\n)[ ]{0,3}([—–―][ \t]*[^\s—–―][^\n]*)\s*\Z", text)
    assert (found and (found.span(), found[1])) == (plain and (plain.span(), plain[1]))


FILM = "https://youtu.be/ https://www.youtube.com/watch? a& v= aBcDeFgHiJ- videoseries &t=1 #".split()


@HELD
@given(texts(*FILM, " ", "\n", most=8))
def test_an_address_of_a_film_is_that_of_one_expression(address: str) -> None:
    plain = (
        r"https?://(?:(?:www\.|m\.)?youtube(?:-nocookie)?\.com/(?:watch\?(?:[^\s#]*?&)?v=|shorts/|live/|embed/)"
        r"|youtu\.be/)((?!videoseries|live_stream)[A-Za-z0-9_-]{11})(?:[/?&#]\S*)?"
    )
    found, other = embeds._YOUTUBE.fullmatch(address), re.fullmatch(plain, address, re.I)
    assert (found and found[1]) == (other and other[1])


@HELD
@given(texts("-", "+", "1", "2.5", " = ", " ", "%", "A", "٣"))
def test_a_sum_is_that_of_one_expression(text: str) -> None:
    plain = isolates._NUMBERS.pattern.replace("{0,40}+", "*?")
    assert plain != isolates._NUMBERS.pattern
    found, other = isolates._NUMBERS.finditer(text), re.finditer(plain, text)
    assert [(one.span(), one.lastgroup) for one in found] == [(one.span(), one.lastgroup) for one in other]


@HELD
@given(texts("\n", "\n\n\n", "\x1c", "x"))
def test_lines_around_code_are_those_of_one_expression(text: str) -> None:
    found = [one.span() for one in markdown_text._AROUND.finditer(text)]
    assert found == [one.span() for one in re.finditer("\n{3,}(?=\x1c)|(?<=\x1c)\n{3,}", text)]


# ---------------------------------------------------------------- HTML, and files of layouts


@pytest.mark.parametrize("clean", [incoming._READER.clean, allowed_html._CLEANER.clean], ids=["imported", "published"])
def test_tags_of_cleaned_html_hold_no_other_tag(clean: Callable[[str], str]) -> None:
    """So that `<[^<>]*>`, which stops at the next beginning, finds what `<[^>]*>` finds."""
    parts = ("<p ", '<a title="', "<a href='", " x", *"< > \" ' </p> <!-- --> &lt; <img alt=<b> =".split())

    @HELD
    @given(texts(*parts))
    def same(text: str) -> None:
        safe = clean(text)
        assert re.split(r"(<[^<>]*>)", safe) == re.split(r"(<[^>]*>)", safe)

    same()


@HELD
@given(texts("<script", "<a", "<", " src", "=", " onclick", " style", '="', "json", ">", " ", "x", "\n"))
def test_what_a_tag_runs_is_found_where_one_expression_finds_it(text: str) -> None:
    plain = r"<script\b(?![^>]*\bsrc\s*=)(?![^>]*\bjson)[^>]*>|<[a-z][^>]*\s(?:style|on[a-z]+)\s*=\s*[\"']"
    assert list(policy._inline(text)) == [found.start() for found in re.finditer(plain, text, re.I)]


CSS = (
    r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|url\([^)]*\))|/\*.*?\*/\s*|\s*([{};,])\s*|(:)\s+|\s+"""
)  # fmt: skip
WHOLE = ('"a"', "'b\\''", '"\\""', "url(x y)", "/* x */", " ", "\n", "{", "}", ": ", ";", ",", "x", "*", "/ ")


@HELD
@given(texts(*WHOLE))
def test_a_stylesheet_is_packed_as_by_one_expression(css: str) -> None:
    plain = re.sub(
        CSS,
        lambda part: part[1] or part[2] or part[3] or ("" if part[0][:2] == "/*" else " "),
        css,
        flags=re.DOTALL,
    )
    assert css_js.with_asset_names(css.encode(), {}).decode() == plain.strip()


@pytest.mark.parametrize("end", ['"x  : {', "'x  : {\\", "url( x  ; y", "/* x  {  ", '"x  \\" y'])
def test_what_has_no_end_in_a_stylesheet_stays_as_it_is(end: str) -> None:
    assert css_js.with_asset_names(f"a  {{ b:  c }}\n{end}".encode(), {}).decode() == f"a{{b:c}}{end}".strip()


@HELD
@given(texts("url=", 'href="', "href='", '"', "'", "2021/10/18/", "x", "/", " ", "<", "https://a/", most=12))
def test_a_short_page_leads_where_one_expression_says(text: str) -> None:
    plain = re.search(r"""(?:url=|href=["'])[^"'\s<>]*?(\d{4}/\d\d/\d\d/[^"'\s<>/]+/)["']""", text)
    found = moved.TARGET.search(text)
    assert (found and found[1]) == (plain and plain[1])


@HELD
@given(texts("\u00a0", "\u202f", " ", "a", "title:", "-", ":", "é"))
def test_keys_at_no_break_spaces_are_those_of_one_expression(row: str) -> None:
    blanks = fix_front_matter.NO_BREAK
    starts = [0, *(at for at, c in enumerate(row) if at and row[at - 1] == " ")]  # where YAML lets a key begin
    for at in starts:
        for ours, plain in (
            (fix_front_matter.STUCK, rf"([A-Za-z_][\w-]*:)[{blanks}][{blanks} ]*"),
            (fix_front_matter.BEFORE_KEY, rf"[{blanks}]+(?=[A-Za-z_][\w-]*:)"),
        ):
            assert _span(ours.match(row, at)) == _span(re.compile(plain).match(row, at))


def _span(found: re.Match[str] | None) -> tuple[int, int] | None:
    return found.span() if found else None
