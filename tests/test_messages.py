"""Every message of the code has its Arabic twin, and a finished message finds it."""

from __future__ import annotations

import re

import pytest
from templates import templates

from mujaz.errors import FSI, PDI
from mujaz.messages import table, translated

# What click says is English, and so is what it is told to say.
USAGE = re.compile(r"options go after")


def test_every_message_has_an_arabic_twin() -> None:
    missing = {
        template: sorted(modules)
        for template, modules in templates().items()
        if template not in table() and not USAGE.match(template)
    }
    listed = "\n\n".join(f"{template}\n… ({', '.join(modules)})" for template, modules in sorted(missing.items()))
    assert not missing, f"add to mujaz/messages.ar.txt, each with its Arabic below:\n\n{listed}"


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
    for english, arabic in table().items():
        count = english.count("{}")
        plain, numbered = arabic.count("{}"), sorted(re.findall(r"\{([0-9])\}", arabic))
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
        ("there is no picture 'it's.jpg'", f"لا توجد صورة «{FSI}it's.jpg{PDI}»"),
        ("a sentence that nobody has translated", "a sentence that nobody has translated"),
        ("", ""),
    ],
)
def test_a_finished_message_finds_its_twin(english: str, arabic: str) -> None:
    assert translated(english) == arabic
    assert translated(english, "en") == english


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
