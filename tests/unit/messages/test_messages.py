"""Every message stands in the catalogue in both languages, and prints as it should whatever fills it."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import click
import pytest

from mujaz.arabic.dates import plural_form
from mujaz.commands import click_words
from mujaz.messages.catalogue import BARS, COUNTED, HOLE, catalogue
from mujaz.messages.errors import SiteError, did_you_mean
from mujaz.messages.message import FSI, PDI, Message, Value, say
from tests.commands.test_cli import Run
from tests.commands.test_cli import run as run
from tests.commands.test_related import FILES
from tests.support.code import MODULES, PACKAGE, trees
from tests.support.sites import Site

CALLS = ("say", "said")
OURS = {"err"}  # what `said` takes for itself
KINDS = (
    "errno-",
    "picture-is-",
    "kept-off-",
    "click-",
    "the-",
    "desk-",
)  # ids that stand in tables, or are put together
COUNTS = (0, 1, 2, 3, 11, 100)


def calls() -> Iterator[tuple[str, ast.Call]]:
    """(module and line, call) of everything that makes a message."""
    for name, tree in trees().items():
        for part in ast.walk(tree):
            if isinstance(part, ast.Call) and getattr(part.func, "id", "") in CALLS:
                yield f"{name}:{part.lineno}", part


def ids(value: ast.expr) -> list[str]:
    """The ids that the first argument of a call may be; none where only a run tells."""
    if isinstance(value, ast.Constant):
        return [str(value.value)]
    if isinstance(value, ast.IfExp):
        return ids(value.body) + ids(value.orelse)
    return []


def holes(id: str, language: str) -> dict[str, set[str]]:
    """Name of a hole → the kinds in which it stands."""
    found: dict[str, set[str]] = {}
    for _, name, kind, _ in HOLE.findall(catalogue()[id][language]):
        found.setdefault(name, set()).add(kind)
    return found


def entries() -> list[str]:
    return [id for id in catalogue() if not id.startswith("click-")]


# ---------------------------------------------------------------- code and catalogue


def test_every_message_of_the_code_stands_in_the_catalogue_with_these_holes() -> None:
    wrong = []
    for place, call in calls():
        given = {keyword.arg for keyword in call.keywords} - OURS
        for id in ids(call.args[0]):
            if id not in catalogue():
                wrong.append(f"{place}: there is no '{id}'")
            elif BARS not in catalogue()[id]["en"] and None not in given and given != holes(id, "en").keys():
                wrong.append(f"{place}: '{id}' has the holes {sorted(holes(id, 'en'))}, not {sorted(map(str, given))}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.slow
def test_every_entry_of_the_catalogue_is_used() -> None:
    used = {id for _, call in calls() for id in ids(call.args[0])}
    used |= {kind for id in catalogue() for text in catalogue()[id].values() for kind in counted(text)}
    code = "\n".join(path.read_text(encoding="utf-8") for path in MODULES.values())
    unused = {id for id in catalogue() if id not in used and not id.startswith(KINDS) and f'"{id}"' not in code}
    assert not unused


def counted(text: str) -> set[str]:
    found = (COUNTED.fullmatch(kind) for _, _, kind, _ in HOLE.findall(text) if kind)
    return {match[1] for match in found if match}


def test_an_id_is_a_few_words_and_stands_once() -> None:
    lines = (PACKAGE / "messages" / "catalogue.txt").read_text(encoding="utf-8").splitlines()
    named = [line for line in lines if line and line[0] not in " #"]
    assert len(named) == len(set(named))
    assert all(re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*|errno-[A-Z]+", id) for id in named)
    assert all(re.fullmatch(r"  (en|ar|ar\.after|kind|mend|fix)  \S.*", line) for line in lines if line.startswith(" "))


PROBLEMS = {"error", "warning"}
KIND_OF = {"error", "warning", "usage", "reason"}  # what docs/problems.md has a table of
ADVICE = {"with-line": "help", "near-or-listed": "near"}  # help that holds another, in this hole


@pytest.mark.slow
def test_how_to_mend_a_problem_is_told_by_its_entry() -> None:
    """What stands next to each other in the code: a message and its help."""
    wrong, found = [], 0
    for tree in trees().values():
        for part in ast.walk(tree):
            beside = list(part.elts) if isinstance(part, ast.Tuple) else []
            if isinstance(part, ast.Call) and getattr(part.func, "id", "") not in CALLS:
                named = {keyword.arg: keyword.value for keyword in part.keywords}
                beside = [*part.args, *(named[name] for name in ("message", "help") if name in named)]
            for one, other in pairwise(beside):
                told = [id for id in said_by(one) if PROBLEMS & set(catalogue()[id].get("kind", "").split())]
                pairs = [(problem, mend) for problem in told for mend in said_by(other)]
                found += len(pairs)
                wrong += [pair for pair in pairs if pair[1] not in catalogue()[pair[0]].get("mend", "").split()]
    assert not wrong and found > 50


def said_by(value: ast.expr) -> list[str]:
    is_one = isinstance(value, ast.Call) and getattr(value.func, "id", "") == "say"
    return ids(value.args[0]) if is_one else []  # type: ignore[attr-defined]


def test_the_entries_that_the_page_of_problems_is_made_of_hold_together() -> None:
    for id, entry in catalogue().items():
        kinds = set(entry.get("kind", "").split())
        assert kinds <= KIND_OF, id
        assert all(mend in catalogue() for mend in entry.get("mend", "").split()), id
        assert "mend" not in entry or kinds & {"error", "warning"}, f"{id} is no problem, and has a mend"


# ---------------------------------------------------------------- both languages


def test_both_languages_have_the_same_holes() -> None:
    for id in entries():
        if BARS in catalogue()[id]["ar"]:
            continue
        english, arabic = holes(id, "en"), holes(id, "ar")
        assert english.keys() == arabic.keys(), id
        numbers = {name for name, kinds in english.items() if any(kinds)}
        assert numbers == {name for name, kinds in arabic.items() if any(kinds)}, f"{id}: a number, or not"


def test_what_is_counted_has_all_forms_of_a_language() -> None:
    for id in {kind for entry in catalogue().values() for text in entry.values() for kind in counted(text)}:
        assert catalogue()[id]["ar"].count(BARS) == 5, id
        assert catalogue()[id].get("ar.after", BARS * 5).count(BARS) == 5, id
    for id in entries():
        for language, count in (("en", 1), ("ar", 5)):
            assert catalogue()[id][language].count(BARS) in (0, count), id


def values(kinds: set[str]) -> tuple[Value, ...]:
    """What may fill a hole of these kinds."""
    if any(kinds):
        return (1.5,) if any(kind.endswith("f") for kind in kinds) else COUNTS
    nested = say("the-tag")
    return (
        "title",
        "أول «ثان»",
        "it's 3",
        "",
        ("one", "ثان"),
        ("a", "b", "c"),
        (),
        nested,
        did_you_mean("a", ["a"]) or "",
    )


def filled(id: str) -> Iterator[Message]:
    named = {name: values(kinds | holes(id, "ar").get(name, set())) for name, kinds in holes(id, "en").items()}
    if BARS in catalogue()[id]["ar"]:
        named["n"] = COUNTS
    for n in range(max(map(len, named.values()), default=1)):
        yield say(id, **{name: some[n % len(some)] for name, some in named.items()})


def test_every_message_prints_in_both_languages_whatever_fills_it() -> None:
    for id in entries():
        for message in filled(id):
            for language in ("en", "ar"):
                text = message.text(language)
                assert sum(map(text.count, "\u2066\u2068")) == text.count(PDI), (id, text)
                assert not HOLE.search(re.sub(f"{FSI}[^{PDI}]*{PDI}", "", text)), (id, text)


# What may never stand in Arabic, what is quoted or isolated left out.
NEVER = {
    "a blank after a letter that is written with the next word": r"(?<![\u0621-\u064a])[بلكو]ـ? (?=[«{\u2068])",
    "tanwin before a name": "[\u064b-\u064d]ا? ?«",
    "tanwin before a name, written without its mark": r"(?<![\u0621-\u064a])(وسما|كاتبا|ملفا|خبرا) «",
    "a Latin comma": "[\u0621-\u064a] ?,",
    "a Latin question mark": r"[\u0621-\u064a] ?\?",
    "a blank before a mark": "[^:] [،؛؟]",
    "another word for one thing": "نشرة|سلسلة|موجز الأخبار|الإخراج|الوِب|سمِّ|قصة|قصص|الصفحة الأولى|علة في",
    "the mark of a doubled letter before tanwin": "\u0651\u064b",
    "quotes of English": "['\"]\\{",
}
# Names that stand as they are: of formats and programs, and what is to be typed.
LATIN = re.compile(
    r"https?(://)?|WebVTT|WEBVTT|ISO|UTF-8|UTF-16|YAML|TOML|HTML|Markdown|JPEG|PNG|WebP|WebM|MP4|M4A|MP3|GIF|AVIF|SVG|HEIC|TIFF|BMP|PDF|XML|RSS|Atom|Tab"
    r"|IPv[46]|TLS|Git|Pillow|avif|pictures\.formats|Hugo|Ghost|Jekyll|Pelican|reStructuredText|Windows|EDITOR|SOURCE_DATE_EPOCH|Ctrl-C|mailto|tel|hub|slug|iframes"
    r"|--[a-z-]+( [a-z]+=[a-z]+| '\{section\}=KEY')?|build\.py( \w+)?|config\.yaml|docs/theming\.md|layouts/\S*"
    r"|content/\S*|/about/|/tags/|/2019/old/|\.mujaz/|\.md|git checkout layouts|xn--|null|true|false"
    r"|(site|most_read|editions)\.\w+"
    r"|Asia/Qatar|Africa/Cairo|\w+(-\w+)?(\.\w+)+(,2021)?|nato-mission|most_read: \{source:|2021-w42|name|article|date"
    r"|related|unrelated|related\.\w+|example|en-GB|\b(ar|fa|ur|he|en|json|news)\b|0x\{|U\+\{|<name>|UTC"
)


def test_what_may_never_stand_in_arabic() -> None:
    wrong = []
    for id in catalogue():
        for language in ("ar", "ar.after"):
            text = catalogue()[id].get(language, "")
            bare = re.sub("\u2066[^\u2069]*\u2069|‹[^›]*›", "…", text)
            wrong += [f"{id}: {why}: {text}" for why, shape in NEVER.items() if re.search(shape, bare)]
            words = re.sub(r"\{[a-z_]+(:[^\s{}]+)?\}", "", bare)
            if latin := re.findall("[A-Za-z]{2,}", LATIN.sub("", words)):
                wrong.append(f"{id}: English: {latin}: {text}")
    assert not wrong, "\n".join(wrong)


def test_no_number_stands_bare_in_arabic() -> None:
    """A number that counts something stands in the form of what it counts, so no word follows a bare one."""
    shape = re.compile(r"(?<!السطر )(?<!الصفحة )(?<!السطرين )\{\w+:[d,]\} (?!بكسل|كما هو|إلى|و\{)[\u0621-\u064a]")
    texts = {id: entry["ar"] for id, entry in catalogue().items() if BARS not in entry["ar"]}
    assert not {id: text for id, text in texts.items() if shape.search(text)}


# ---------------------------------------------------------------- examples


def ar(text: str) -> str:
    """With the isolates that quotes bring."""
    return text.replace("«", f"«{FSI}").replace("»", f"{PDI}»")


@pytest.mark.parametrize(
    ("message", "english", "arabic"),
    [
        (say("unknown-key", key="titel"), "unknown key 'titel'", ar("مفتاح غير معروف «titel»")),
        (
            say("unknown-key", key="عنوان"),
            f"unknown key '{FSI}عنوان{PDI}'",
            ar("مفتاح غير معروف «عنوان»"),
        ),
        (
            say(
                "near-or-listed",
                near=say("did-you-mean", word="sport"),
                listed=say("sections-are", keys=("sport", "art")),
            ),
            "did you mean 'sport'? sections: sport, art",
            ar("هل تقصد «sport»؟ ") + f"الأقسام: {FSI}sport{PDI} و{FSI}art{PDI}",
        ),
        (
            say("arabic-comma-in-entry", key=say("entry-of", key="tags"), value="روسيا، الناتو"),
            f"an entry of 'tags' is '{FSI}روسيا، الناتو{PDI}': an Arabic comma does not part entries",
            None,
        ),
        (say("later", days=2), "2 days later", "بعده بمدة يومين"),
        (
            say("alias-wrong", alias="old: path", why=say("no-single-slash")),
            "the alias 'old: path' does not start with one '/'",
            None,
        ),
        (
            say("no-such-picture", picture="it's.jpg"),
            "there is no picture 'it's.jpg'",
            ar("لا توجد صورة «it's.jpg»"),
        ),
        (say("problems-nothing-written", n=1), "1 problem; nothing was written", "مشكلة واحدة؛ لم يُكتب شيء"),
        (
            say("built", stories=12, files=2, folder="output", written=3, deleted=0, unchanged=9, seconds=0.049),
            "12 stories, 2 files in output: 3 written, 0 deleted, 9 unchanged, in 0.05 s",
            None,
        ),
    ],
)
def test_examples(message: Message, english: str, arabic: str | None) -> None:
    assert message.text() == english
    if arabic is not None:
        assert message.text("ar") == arabic


def test_a_control_character_in_a_value_cannot_act() -> None:
    assert say("unknown-key", key="a\x1b[2J\nb").text() == "unknown key 'a\\u001b[2J⏎b'"


def test_what_is_counted_stands_in_the_form_of_its_number() -> None:
    told = ("لا أخبار", "خبر واحد", "خبران", "3 أخبار", "10 أخبار", "11 خبرًا", "99 خبرًا", "100 خبر", "1,003 أخبار")
    assert tuple(say("stories", n=n).text("ar") for n in (0, 1, 2, 3, 10, 11, 99, 100, 1003)) == told
    assert [say("stories", n=n).text() for n in (0, 1, 2, 1003)] == [
        "0 stories",
        "1 story",
        "2 stories",
        "1003 stories",
    ]
    names = ("zero", "one", "two", "few", "many", "other")
    forms = dict(zip(names, catalogue()["files"]["ar"].split(BARS), strict=True))
    for n in range(320):
        assert say("files", n=n).text("ar") == forms[plural_form("ar", n)].replace("{n:,}", str(n))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("status", "--nww"), ar("لا خيار باسم «--nww».")),
        (("build", "--jobs", "x"), ar("قيمة غير مقبولة في «--jobs»: ليس «x» عددًا.")),
        (
            ("list", "heldd"),
            ar("قيمة غير مقبولة في «drafts|held|expired»: ليس «heldd» من: «drafts»، «held» و«expired»."),
        ),
        (("list",), ar("ينقص الوسيط")),
        (("status", "one"), ar("زائد في الأمر: «one»")),
    ],
)
def test_click_speaks_arabic(words: tuple[str, ...], expected: str, run: Run, tmp_path: Path) -> None:
    code, _, err = run(tmp_path, *words, "--lang=ar")
    assert code == 2 and expected in err
    assert click.exceptions._ is not click_words._gettext  # type: ignore[attr-defined]


# ---------------------------------------------------------------- runs


def advice(help: Message) -> str:
    """The id of what a help line says to do."""
    inner = dict(help.args).get(ADVICE.get(help.id, ""))
    return advice(inner) if isinstance(inner, Message) else help.id


def test_the_sample_of_wrong_front_matter_is_told_in_arabic(make_site: object) -> None:
    """No English is left but what stands between isolates: keys, values, names of files."""
    from tests.site.test_problems import FONTS, WRONG

    site = make_site(FONTS).write(WRONG)  # type: ignore[operator]
    with pytest.raises(SiteError) as raised:
        site.build()
    assert len(raised.value.problems) >= 12
    for problem in raised.value.problems:
        entry = catalogue()[problem.message.id]
        assert entry["kind"].split() and (problem.help is None or advice(problem.help) in entry["mend"].split()), (
            problem
        )
        text = f"{problem.message.text('ar')} {problem.help.text('ar') if problem.help else ''}"
        arabic = re.sub(f"{FSI}[^{PDI}]*{PDI}", "", text)
        assert not re.search(
            r"[A-Za-z]{2,}", re.sub(r"ISO|YAML|JPEG|content/|tags/|config\.yaml|slug|date", "", arabic)
        ), arabic


# Beside what is isolated: commands and options that are to be typed, and the lines for machines.
TYPED = re.compile(
    r"(build\.py|mujaz)( \w+)?|^next-build: .*|--[a-z]+|Ctrl-C|‹[a-z_.]+›|true|false|\.mujaz/", re.MULTILINE
)


@pytest.mark.slow
@pytest.mark.needs("rsync")
def test_the_results_of_all_verbs_are_told_in_arabic(make_site: Callable[..., Site], run: Run, tmp_path: Path) -> None:
    site = make_site(FILES | {"output/mine.txt": "x", "layouts/notes.md": "", "content/hits.csv": "storm,3\n"})
    settings = (site.root / "config.yaml").read_text(encoding="utf-8") + "most_read: {source: content/hits.csv}\n"
    site.write({"config.yaml": settings, "log.csv": "storm,9\nflood,2\nnobody,1\n?\n"})
    at = ("--now", "2021-12-01T12:00:00+00:00", "--lang", "ar")
    calls = [
        (0, ("build", *at, "--why")),
        (0, ("status", *at)),
        (0, ("most-read", "log.csv", *at)),
        (0, ("related", "storm", *at)),
        (0, ("check", *at, "--errors")),
        (0, ("deploy", str(tmp_path / "www"), "--lang", "ar", "--go")),
        (0, ("build", *at)),
        (0, ("build", *at)),
        (0, ("changes", "--lang", "ar")),
        (0, ("clean", "--lang", "ar")),
        (0, ("clean", "--lang", "ar", "--cache")),
        (2, ("changes", "--lang", "ar")),
        (2, ("edition", "--lang", "ar")),
        (2, ("status", "--lang", "ar", "--now", "soon")),
        (2, ("list", "--lang", "ar", "heldd")),
        (2, ("--lang", "ar", "statuss")),
        (2, ("status", "--nww", "--lang=ar")),
        (2, ("--output", "content", "--lang=ar")),
    ]
    for expected, words in calls:
        code, out, err = run(site.root, *words)
        told = re.sub(f"{FSI}[^{PDI}]*{PDI}", "", out + err)
        told = re.sub(r"^\S+: (?=تغيّر|جديد)|^([0-9]+\.|-)? *(storm|flood|again|match|bank) *$", "", told, flags=re.M)
        assert code == expected, (words, out, err)
        assert re.search("[\u0621-\u064a]", told), words
        assert not re.search("[A-Za-z]{2,}", TYPED.sub("", told)), (words, told)
