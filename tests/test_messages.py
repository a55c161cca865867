"""Every message of the code has its Arabic twin, and a finished message finds it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Site
from templates import templates, untold
from test_cli import Run
from test_cli import run as run
from test_related_command import FILES

from mujaz.dates import plural_form
from mujaz.errors import FSI, PDI
from mujaz.messages import table, translated


def test_every_message_has_an_arabic_twin() -> None:
    missing = {template: sorted(modules) for template, modules in templates().items() if template not in table()}
    listed = "\n\n".join(f"{template}\n… ({', '.join(modules)})" for template, modules in sorted(missing.items()))
    assert not missing, f"add to mujaz/messages.ar.txt, each with its Arabic below:\n\n{listed}"


# What machines read, steps of the pipeline told to engineers, and a name before a message.
MACHINES = set("next-build: |none|written |deleted |index.html|html|all| s wall | s CPU|build.py".split("|"))


def test_no_verb_prints_words_that_have_not_been_through_the_table() -> None:
    assert {line.partition(": ")[2].removesuffix(": ") for line in untold()} - MACHINES == {"next-build"}


def test_the_search_for_messages_finds_them() -> None:
    """The test above rests on it: some of each way in which a message is made."""
    found = templates()
    assert len(found) > 250
    assert {
        "section {} is not in config.yaml",
        "did you mean {}?",
        "the body has {} {}; at most {} are built",
        "is it {}? write the year first{}",
        "holds percent signs that are not UTF-8",
    } <= found.keys()


def test_both_twins_have_the_same_holes() -> None:
    counted = {english.split("{} ")[-1] for english, arabic in table().items() if " | " in arabic}
    for english, arabic in table().items():
        if " | " in arabic:
            forms = arabic.split(" | ")
            assert len(forms) == 6 and all("{}" in form for form in forms[3:]), english
            continue
        assert counted.issuperset(re.findall(r"\{[0-9] ([a-z]+)\}", arabic)), arabic
        count = english.count("{}")
        plain, numbered = arabic.count("{}"), sorted(re.findall(r"\{([0-9])(?: [a-z]+)?\}", arabic))
        assert (plain, numbered) in ((count, []), (0, [str(n + 1) for n in range(count)])), english
        assert re.search("[\u0621-\u064a]", arabic) or not re.search("[a-z]{3}", english.replace("slug", "")), english


@pytest.mark.parametrize(
    ("english", "arabic"),
    [
        ("unknown key 'titel'", f"مفتاح غير معروف «{FSI}titel{PDI}»"),
        (
            "did you mean 'sport'? sections: politics, sport",
            f"هل تقصد «{FSI}sport{PDI}»؟ الأقسام: {FSI}politics, sport{PDI}",
        ),
        (
            "'date' is '7/10/2021': it is not an ISO date",
            f"«{FSI}date{PDI}» هو «{FSI}7/10/2021{PDI}»: ليس تاريخًا بصيغة ISO",
        ),
        ("is it 2021-10-07 or 2021-07-10? write the year first", "أهو 2021-10-07 أو 2021-07-10؟ اكتب السنة أولًا"),
        (
            f"an entry of 'tags' is '{FSI}روسيا، الناتو{PDI}': an Arabic comma does not part entries",
            f"عنصر في «{FSI}tags{PDI}» هو «{FSI}روسيا، الناتو{PDI}»: والفاصلة العربية لا تفصل بين العناصر",
        ),
        (
            "the picture 'x.svg' is an SVG file, which can carry code",
            f"الصورة «{FSI}x.svg{PDI}»: ملف SVG، وقد يحمل شيفرة",
        ),
        ("1 problem; nothing was written", "مشكلة واحدة؛ لم يُكتب شيء"),
        (
            "12 stories, 2 files in output: 3 written, 0 deleted, 9 unchanged, in 0.05 s",
            f"12 خبرًا، ملفان في {FSI}output{PDI}: كُتب 3، حُذف 0، بقي 9 كما هو، في 0.05 ث",
        ),
        (
            "2 future (next in 2h 14m, 2021-12-03T16:00:00+03:00)",
            f"خبران مؤجلان (التالي بعد ساعتين و14 دقيقة، {FSI}2021-12-03T16:00:00+03:00{PDI})",
        ),
        ("the headline has 111 letters; search engines show 110", "العنوان طوله 111 حرفًا؛ ومحركات البحث تعرض 110"),
        (
            "Invalid value for '--now': 'soon' is no moment; write it like 2021-10-18T14:00:00+03:00",
            f"قيمة غير مقبولة في «{FSI}--now{PDI}»: ليس «{FSI}soon{PDI}» لحظة زمنية؛ اكتبها مثل "
            "2021-10-18T14:00:00+03:00",
        ),
        (
            "'x' is not one of 'drafts', 'held'.",
            f"ليس «{FSI}x{PDI}» من: «{FSI}drafts{PDI}»، «{FSI}held{PDI}».",
        ),
        ("the value of 'title' holds a colon", f"في قيمة «{FSI}title{PDI}» نقطتان"),
        (
            "Invalid value for '--jobs': 'x' is not a valid number.",
            f"قيمة غير مقبولة في «{FSI}--jobs{PDI}»: ليس «{FSI}x{PDI}» عددًا.",
        ),
        ("there is no picture 'it's.jpg'", f"لا توجد صورة «{FSI}it's.jpg{PDI}»"),
        ("a sentence that nobody has translated", "a sentence that nobody has translated"),
        ("", ""),
    ],
)
def test_a_finished_message_finds_its_twin(english: str, arabic: str) -> None:
    assert translated(english) == arabic
    assert translated(english, "en") == english


def test_what_is_counted_stands_in_the_form_of_its_number() -> None:
    told = ("لا أخبار", "خبر واحد", "خبران", "3 أخبار", "10 أخبار", "11 خبرًا", "99 خبرًا", "100 خبر", "1,003 أخبار")
    assert tuple(translated(f"{n} stories") for n in "0 1 2 3 10 11 99 100 1,003".split()) == told
    forms = dict(
        zip(("zero", "one", "two", "few", "many", "other"), table()["{} file | {} files"].split(" | "), strict=True)
    )
    for n in range(320):
        assert translated(f"{n} {'file' if n == 1 else 'files'}") == forms[plural_form("ar", n)].replace("{}", str(n))


def test_the_sample_of_wrong_front_matter_is_told_in_arabic(make_site: object) -> None:
    """No English is left but what stands between isolates: keys, values, names of files."""
    from test_problems import FONTS, WRONG

    site = make_site(FONTS).write(WRONG)  # type: ignore[operator]
    told = site.problems()
    assert len(told) >= 12
    for line in (row for problem in told for row in problem.split("\n")):
        message = line.partition("  help: ")[2] or re.sub(r"^\S+ (warning: )?", "", line)
        arabic = re.sub(f"{FSI}[^{PDI}]*{PDI}", "", translated(message))
        assert not re.search(
            r"[A-Za-z]{2,}", re.sub(r"ISO|YAML|JPEG|content/|tags/|config\.yaml|slug|date", "", arabic)
        ), arabic


# Beside what is isolated: commands and options that are to be typed, and the lines for machines.
LATIN = re.compile(r"build\.py( \w+)?|^next-build: .*|--[a-z]+|Ctrl-C|‹[a-z_.]+›|true|false|\.mujaz/", re.MULTILINE)


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
        assert not re.search("[A-Za-z]{2,}", LATIN.sub("", told)), (words, told)
