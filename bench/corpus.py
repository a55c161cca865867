"""Made-up Arabic news in any number, and as folders of content for Mujaz, Hugo and Pelican.

Bodies are written as newsrooms write them, with subheads, quotes and their speakers, lists, links, stress, footnotes;
a third of the articles has a picture, and front matter has all usual keys.

Words are made by rule: roots put into patterns, then prefixes and suffixes. Their frequencies follow Zipf's law (Zipf
1949: the r-th most frequent word has a frequency near 1/r). Each article belongs to one of 120 topics that have words,
names and tags of their own and rise and fall from month to month, so that related stories exist and can be found.
Article `n` depends on the seed and on `n` alone: a corpus of 1,000 is the start of no other, but is the same each time.
"""

from __future__ import annotations

import argparse
import bisect
import itertools
import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

SECTIONS = {
    "politics": "سياسة",
    "economy": "اقتصاد",
    "sport": "رياضة",
    "science": "علوم",
    "culture": "ثقافة",
    "health": "صحة",
    "technology": "تقنية",
    "society": "مجتمع",
}
TOPICS, TAGS, AUTHORS, ROOTS, STEMS = 120, 400, 60, 900, 12_000
SMALL, LARGE = 400, 1600  # widths of pictures: one that is nearly kept, one that is resized to all widths
PICTURES = 40  # different ones; each is in many articles
LAST_DAY = datetime(2021, 10, 31)
ZONE = "+03:00"
FEWEST_WORDS, MOST_WORDS = 250, 600

# Roots in use first, so that frequent words look like words; the rest are made of letters that can stand together.
KNOWN_ROOTS = (
    "كتب درس علم سلم حكم عمل شرك قرر خبر نشر صدر ورد نقل بحث جمع فتح غلق دخل خرج رجع سفر وصل قطع رفع خفض زيد نقص كثر"
    " قلل كبر صغر طول قصر عرض بعد قرب شرق غرب شمل جنب وسط حدث قدم جدد حفظ ضبط نظم رتب حلل ركب صنع زرع حصد بني هدم سكن"
    " نزل صعد هبط رحل حمل وضع طلب عرف فهم ذكر نسي سمع نظر شهد رقب حرس دفع هجم حرب صلح عهد وفق خلف نزع ضغط ضرب قتل جرح"
    " سجن عفو عدل ظلم حقق شرع نفذ خطط مول صرف ربح خسر تجر سوق باع شري سعر ثمن قيم نقد بنك قرض دين ضرب رسم جمر صدق كذب"
    " وعد هدد حذر نذر امن خوف فرح حزن غضب صبر شكر لعب سبق فوز هزم سجل مرر درب نجم فلك فضو طير بحر نهر مطر روح حرر"
    " برد ثلج نار ضوء ظلم لون شكل صور مثل نحت رقص غني عزف شعر نثر قصص روي فكر ذهن عقل قلب جسم مرض شفي طبب دوي"
    " لقح عدي حجر فحص نتج ثمر غذا طعم شرب نوم صحف جرد وقع شبك حسب برمج رقم رمز حمي خرق سرق كشف بدع خلق ولد نشأ كبر"
    " شيخ طفل رجل اسر زوج طلق ورث وقف زكي صوم حجج عيد فقر غني عون خدم وظف عطل نقب ضمن حوض سدد كهر نفط غاز معد"
)
PATTERNS = (
    *("12ل3", "1ا23", "م12و3", "12ي3", "12ا3", "ت12ي3", "م1ا23ة", "ان12ا3", "ا1ت2ا3", "است12ا3", "ت1ا23", "ت12ي3ات"),
    *("م123", "مست123", "12ا3ة", "12و3", "م1ا2ي3", "أ12ا3", "1وا23", "م123ة", "12ي3ة", "123ان", "م1ت23", "ي123"),
    *("ت123", "ي1ا23", "ي1ت23", "سي123", "1123", "12ا3ي", "12ا3ية", "م12و3ات", "123ت", "123وا", "1ا23ون", "1ا23ين"),
)
# A prefix and a suffix, and how much of the stem's frequency the form has.
AFFIXES = (
    *(("", "", 30), ("ال", "", 28), ("وال", "", 7), ("بال", "", 6), ("لل", "", 6), ("و", "", 7), ("", "ها", 5)),
    *(("", "ه", 4), ("ب", "", 3), ("ل", "", 2), ("", "هم", 2), ("", "نا", 1), ("كال", "", 1), ("ف", "", 1)),
)
SMALL_WORDS = (
    "في من على إلى أن عن مع التي الذي هذا هذه ما لا كما بعد قبل بين خلال كان كانت قد لم لن إن ذلك تلك منذ حتى أو ثم عند"
    " لدى ضد نحو حول دون عبر ضمن كل بعض غير أكثر أقل أيضا حيث بينما لكن إذ إذا وقد وكان وأن وفي ومن وعلى وهو وهي"
    " قال وقال وأضاف وأوضح وأكد وأشار اليوم أمس الماضي المقبل الأول الثاني الجديد الذين فقط مثل نفسه أحد إحدى"
)
FIRST_NAMES = (
    "أحمد محمود خالد سامي ياسر عمر كمال نبيل فادي زياد مروان طارق هاني وليد باسم ليلى سعاد هدى مريم نور سلمى رنا دينا"
    " منى هالة ريم عبير نجلاء سمر جمانة"
)
LAST_NAMES = (
    "الحسن النجار السالم الخطيب الحداد القاضي الراوي الصباغ العطار البدري الشامي المغربي الكاتب الزين الأمين الناصر"
    " الجمال السعدي الرفاعي الهاشمي"
)
SOURCES = ("وكالات", "مراسلونا", "الجزيرة", "بيان رسمي")
LABELS = ("analysis", "opinion", "explainer", "breaking", "live")
MONTHS = (
    *("يناير/كانون الثاني", "فبراير/شباط", "مارس/آذار", "أبريل/نيسان", "مايو/أيار", "يونيو/حزيران", "يوليو/تموز"),
    *("أغسطس/آب", "سبتمبر/أيلول", "أكتوبر/تشرين الأول", "نوفمبر/تشرين الثاني", "ديسمبر/كانون الأول"),
)
LETTERS = "بتثجحخدذرزسشصضطظعغفقكلمنه"
SYLLABLES = "Nor Vel Tek Ran Sol Mer Dan Lux Aro Bel Cor Din Fen Gar Hel Kim".split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A made-up article. `date` is local time without an offset; `body` is Markdown that all three builders read."""

    number: int
    id: str
    slug: str
    title: str
    date: datetime
    section: str
    tags: tuple[str, ...]
    authors: tuple[str, ...]
    summary: str
    body: str
    sources: tuple[str, ...] = ()
    updated: datetime | None = None
    label: str = ""
    series: str = ""
    aliases: tuple[str, ...] = ()
    correction: str = ""
    picture: Picture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    name: str
    alt: str
    caption: str
    credit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    section: str
    words: list[str]
    sums: list[float]  # running sums of the words' weights
    names: list[str]
    tags: list[str]


def zipf_sums(count: int, shift: float = 2.7) -> list[float]:
    """Running sums of 1/(rank + shift), Mandelbrot's form of Zipf's law."""
    return list(itertools.accumulate(1 / (rank + shift) for rank in range(1, count + 1)))


class Corpus:
    """`count` articles over `years` years before the end of October 2021; `article(count)` is one more, the newest."""

    def __init__(self, count: int, *, years: int = 0, seed: int = 1) -> None:
        self.count, self.seed = count, seed
        self.days = 365 * (years or (20 if count > 50_000 else 2))
        rng = random.Random(f"{seed}/words")
        stems = _stems(rng)
        self.forms, self.form_sums = _forms(stems)
        self.small = SMALL_WORDS.split()
        self.small_sums = zipf_sums(len(self.small))
        self.authors = _authors(rng)
        self.author_sums = zipf_sums(len(self.authors), 8)
        tags = _tags(rng, stems)
        self.topics = [_topic(rng, number, stems, tags) for number in range(TOPICS)]
        self._months: dict[int, list[float]] = {}

    def __iter__(self) -> Iterator[Story]:
        return (self.article(number) for number in range(self.count))

    def article(self, number: int) -> Story:
        """Article `number`, counted from the oldest."""
        rng, date, topic = self._begin(number)
        write = _Writer(self, topic, rng)
        title = write.title()
        section = topic.section if rng.random() < 0.9 else rng.choice(list(SECTIONS))
        others = rng.choice(self.topics).tags[:2]
        tags = rng.sample(topic.tags, rng.randrange(2, 5)) + ([rng.choice(others)] if rng.random() < 0.3 else [])
        authors = rng.choices(self.authors, cum_weights=self.author_sums, k=1 if rng.random() < 0.85 else 2)
        return Story(
            number=number,
            id=f"a{number:06}",
            slug="-".join([*title.replace('"', "").lower().split()[:4], str(number)]),
            title=title,
            date=date,
            section=section,
            tags=tuple(dict.fromkeys(tags)),
            authors=tuple(dict.fromkeys(authors)),
            summary=write.sentence(rng.randrange(14, 26), plain=True),
            body=write.body(rng.randrange(FEWEST_WORDS, MOST_WORDS + 1), date),
            sources=tuple(rng.sample(SOURCES, rng.randrange(1, 3))),
            updated=date + timedelta(minutes=rng.randrange(5, 25)) if rng.random() < 0.3 else None,
            label=rng.choice(LABELS) if rng.random() < 0.12 else "",
            series=topic.tags[0] if rng.random() < 0.08 else "",
            aliases=(f"/old/{number}.html",) if rng.random() < 0.1 else (),
            correction=write.sentence(10, plain=True) if rng.random() < 0.03 else "",
            picture=write.picture() if rng.random() < 1 / 3 else None,
        )

    def with_new_body(self, story: Story) -> Story:
        """The story with a sentence more at its end, half of its words the topic's own."""
        _, _, topic = self._begin(story.number)
        rng = random.Random(f"{self.seed}/{story.number}/edit")
        words = rng.choices(topic.words, k=6) + rng.choices(self.forms, cum_weights=self.form_sums, k=6)
        return replace(story, body=f"{story.body} {' '.join(words)}.")

    def with_new_title(self, story: Story) -> Story:
        """The story with another word in its title; its slug stays."""
        rng = random.Random(f"{self.seed}/{story.number}/edit")
        word = rng.choices(self.forms, cum_weights=self.form_sums)[0]
        first, _, *rest = story.title.split()
        return replace(story, title=" ".join([first, word, *rest]))

    def _begin(self, number: int) -> tuple[random.Random, datetime, Topic]:
        rng = random.Random(f"{self.seed}/{number}")
        day = min(number * self.days // self.count, self.days - 1)
        minute = 300 + rng.randrange(1_020) if number < self.count else 1_430
        date = LAST_DAY - timedelta(days=self.days - 1 - day) + timedelta(minutes=minute)
        return rng, date, self._topic_of(rng, day)

    def _topic_of(self, rng: random.Random, day: int) -> Topic:
        """A topic, more likely one that is in the news that month."""
        month = day // 30
        if month not in self._months:
            order = list(range(TOPICS))
            random.Random(f"{self.seed}/month/{month}").shuffle(order)
            self._months[month] = list(itertools.accumulate(1 / (rank + 8) for rank in order))
        sums = self._months[month]
        return self.topics[bisect.bisect(sums, rng.random() * sums[-1])]


# ---------------------------------------------------------------- words


def _stems(rng: random.Random) -> list[str]:
    """Stems, the most frequent first, no two alike."""
    roots = dict.fromkeys(root for root in KNOWN_ROOTS.split() if len(root) == 3)
    while len(roots) < ROOTS:
        first, second, third = rng.choices(LETTERS, k=3)
        if first != second != third != first:
            roots[first + second + third] = None
    listed = list(roots)
    stems: dict[str, None] = {}
    while len(stems) < STEMS:
        # The product of two skewed draws: frequent roots have most of the frequent stems.
        root = listed[int(len(listed) * rng.random() ** 1.5)]
        pattern = PATTERNS[int(len(PATTERNS) * rng.random() ** 1.5)]
        stems[pattern.replace("1", root[0]).replace("2", root[1]).replace("3", root[2])] = None
    return list(stems)


def _forms(stems: Sequence[str]) -> tuple[list[str], list[float]]:
    """Every stem with every prefix and suffix, and the running sums of their weights."""
    forms, weights = [], []
    for rank, stem in enumerate(stems, 1):
        for prefix, suffix, share in AFFIXES:
            ending = stem.removesuffix("ة") + "ت" if suffix and stem.endswith("ة") else stem
            forms.append(prefix + ending + suffix)
            weights.append(share / (rank + 40))
    return forms, list(itertools.accumulate(weights))


def _authors(rng: random.Random) -> list[str]:
    names = [f"{first} {last}" for first in FIRST_NAMES.split() for last in LAST_NAMES.split()]
    return rng.sample(names, AUTHORS)


def _tags(rng: random.Random, stems: Sequence[str]) -> list[str]:
    tags: dict[str, None] = {}
    while len(tags) < TAGS:
        one, two = rng.sample(stems[:3_000], 2)
        tags["ال" + one if rng.random() < 0.6 else f"{one} ال{two}"] = None
    return list(tags)


def _topic(rng: random.Random, number: int, stems: Sequence[str], tags: Sequence[str]) -> Topic:
    own = rng.sample(stems[200:], 60)
    words = [word for stem in own for word in (stem, "ال" + stem, "وال" + stem)]
    latin = ["".join(rng.sample(SYLLABLES, 2)).capitalize() for _ in range(rng.randrange(3))]
    places = ["".join(rng.choices(LETTERS, k=2)) + "ا" + "".join(rng.choices(LETTERS, k=2)) for _ in range(4)]
    people = [f"{rng.choice(FIRST_NAMES.split())} {place}ي" for place in places]
    return Topic(
        section=list(SECTIONS)[number % len(SECTIONS)],
        words=words,
        sums=zipf_sums(len(words), 12),
        names=places + people + latin,
        tags=[tags[number * 3 % TAGS], *rng.sample(tags, 7)],
    )


class _Writer:
    """Writes the text of one article."""

    def __init__(self, corpus: Corpus, topic: Topic, rng: random.Random) -> None:
        self.corpus, self.topic, self.rng = corpus, topic, rng

    def words(self, count: int, small: float = 0.3, own: float = 0.3) -> list[str]:
        """`count` words, a share of them small and a share the topic's own; never two small ones in a row."""
        rng, corpus, topic = self.rng, self.corpus, self.topic
        smalls = iter(rng.choices(corpus.small, cum_weights=corpus.small_sums, k=count))
        owns = iter(rng.choices(topic.words, cum_weights=topic.sums, k=count))
        words = rng.choices(corpus.forms, cum_weights=corpus.form_sums, k=count)
        was_small = False
        for at in range(count):
            draw = rng.random()
            if draw < small and not was_small:
                words[at], was_small = next(smalls), True
                continue
            was_small = False
            if draw < small + own:
                words[at] = next(owns) if draw < small + own * 0.88 else rng.choice(topic.names)
            elif draw > 0.985:
                words[at] = str(rng.randrange(2, 3_000))
        return words

    def title(self) -> str:
        words = self.words(self.rng.randrange(5, 10), small=0.2, own=0.5)
        if self.rng.random() < 0.1:
            words[2] = f'"{words[2]}"'
        return " ".join(words)

    def sentence(self, count: int, *, plain: bool = False) -> str:
        """`count` words and a full stop, with quotes, stress or a link now and then unless it is to be plain."""
        words = self.words(count)
        if count > 12:
            words[count // 2] += "،"
        if plain:
            return " ".join(words) + "."
        draw = self.rng.random()
        if draw < 0.12:
            words[2], words[4] = '"' + words[2], words[4].rstrip("،") + '"'
        elif draw < 0.18:
            words[3] = f"**{words[3]}**"
        elif draw < 0.20:
            words[3] = f"*{words[3]}*"
        elif draw < 0.26:
            words[3] = f"[{words[3]}](https://example.com/{self.rng.randrange(10_000)})"
        return " ".join(words) + "."

    def paragraph(self, count: int) -> str:
        sentences = []
        while count > 0:
            length = min(max(count, 6), self.rng.randrange(9, 24))
            sentences.append(self.sentence(length))
            count -= length
        return " ".join(sentences)

    def picture(self) -> Picture:
        return Picture(
            name=f"pictures/p{self.rng.randrange(PICTURES):02}.jpg",
            alt=" ".join(self.words(7)),
            caption=self.sentence(9, plain=True),
            credit=self.rng.choice(SOURCES),
        )

    def shown(self) -> str:
        """A picture in the text."""
        picture = self.picture()
        return f'![{picture.alt}]({picture.name} "{picture.caption} | {picture.credit}")'

    def body(self, count: int, date: datetime) -> str:
        """Paragraphs of about `count` words in all, with subheads, quotes, lists, a picture or a footnote."""
        rng = self.rng
        dateline = f"{date.day} {MONTHS[date.month - 1]} {date.year}"
        parts = [f"{rng.choice(self.topic.names)}، {dateline}: " + self.paragraph(min(60, count))]
        count -= 60
        while count > 0:
            draw, length = rng.random(), min(count, rng.randrange(35, 80))
            if draw < 0.18:
                parts.append("## " + " ".join(self.words(rng.randrange(2, 6), own=0.6)))
            elif draw < 0.28:
                parts.append(f"> {self.sentence(18)}\n>\n> — {rng.choice(self.topic.names)}")
                count -= 18
            elif draw < 0.34:
                marks = ("1.", "2.", "3.") if draw < 0.30 else ("-", "-", "-")
                parts.append("\n".join(f"{mark} {self.sentence(8)}" for mark in marks))
                count -= 24
            elif draw < 0.37:
                parts.append(self.shown())
            parts.append(self.paragraph(length))
            count -= length
        if rng.random() < 0.1:
            parts[-1] += "[^1]"
            parts.append(f"[^1]: {self.sentence(9, plain=True)}")
        return "\n\n".join(parts)


# ---------------------------------------------------------------- folders of content


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _listed(texts: Sequence[str]) -> str:
    return "[" + ", ".join(_quoted(text) for text in texts) + "]"


def _shared_keys(story: Story) -> str:
    """The front matter that Mujaz and Hugo write alike."""
    front = (
        f"slug: {_quoted(story.slug)}\ntags: {_listed(story.tags)}\nauthors: {_listed(story.authors)}\n"
        f"summary: {_quoted(story.summary)}\nsources: {_listed(story.sources)}\n"
    )
    for key, text in (("label", story.label), ("series", story.series)):
        front += f"{key}: {_quoted(text)}\n" if text else ""
    if story.aliases:
        front += f"aliases: {_listed(story.aliases)}\n"
    if story.correction:
        front += f"corrections:\n  - {{date: {story.date:%Y-%m-%d}, text: {_quoted(story.correction)}}}\n"
    if story.picture:
        one = story.picture
        front += f"image:\n  src: {one.name}\n  alt: {_quoted(one.alt)}\n  caption: {_quoted(one.caption)}\n"
        front += f"  credit: {_quoted(one.credit)}\n"
    return front


def mujaz_file(story: Story) -> tuple[str, str]:
    """Path below the site and text."""
    front = (
        f"id: {story.id}\ntitle: {_quoted(story.title)}\ndate: {story.date:%Y-%m-%d %H:%M}\nsection: {story.section}\n"
    )
    if story.updated:
        front += f"updated: {story.updated:%Y-%m-%d %H:%M}\n"
    return f"content/{story.date:%Y/%m}/{story.id}.md", f"---\n{front}{_shared_keys(story)}---\n\n{story.body}\n"


def hugo_file(story: Story) -> tuple[str, str]:
    """Hugo takes the section from the folder; `desk` is the same as a field, for its related content."""
    front = f"title: {_quoted(story.title)}\ndate: {story.date:%Y-%m-%dT%H:%M:00}{ZONE}\ndesk: {story.section}\n"
    if story.updated:
        front += f"lastmod: {story.updated:%Y-%m-%dT%H:%M:00}{ZONE}\n"
    path = f"content/{story.section}/{story.date:%Y/%m}/{story.id}.md"
    return path, f"---\n{front}{_shared_keys(story)}---\n\n{story.body}\n"


def pelican_file(story: Story) -> tuple[str, str]:
    front = (
        f"Title: {story.title}\nDate: {story.date:%Y-%m-%d %H:%M}\nCategory: {story.section}\nSlug: {story.slug}\n"
        f"Tags: {', '.join(story.tags)}\nAuthors: {'; '.join(story.authors)}\nSummary: {story.summary}\n"
    )
    return f"content/{story.date:%Y/%m}/{story.id}.md", f"{front}\n{story.body}\n"


KINDS: dict[str, Callable[[Story], tuple[str, str]]] = {
    "mujaz": mujaz_file,
    "hugo": hugo_file,
    "pelican": pelican_file,
}


def mujaz_config(*, within_days: int | None = None, what: str = "core") -> str:
    """`core`: what Hugo's templates make too, pages, related stories, feeds, sitemaps. `usual`: Mujaz as it comes, with
    editions as pages and as e-mails, cards to share, the search. `everything`: compressed copies of files too.
    """
    sections = "".join(f"  {key}: {{name: {name}}}\n" for key, name in SECTIONS.items())
    config = (
        "site:\n  title: صحيفة القياس\n  tagline: أخبار مصنوعة\n  base_url: https://example.org\n  language: ar\n"
        f"  timezone: Asia/Qatar\n  tag: example.org,2021\nsections:\n{sections}"
        f"related: {{count: 5, within_days: {'null' if within_days is None else within_days}}}\n"
    )
    if what == "core":
        return config + "editions: {day: false, week: false, email: false}\ncards: false\nsearch: false\n"
    return config + ("precompress: true\n" if what == "everything" else "")


def draw_pictures(folder: Path, width: int) -> None:
    """Forty JPEGs of 3:2 with soft colours and some noise, as photographs have it."""
    import numpy as np  # the bench of text needs neither
    from PIL import Image

    folder.mkdir(parents=True, exist_ok=True)
    height = width * 2 // 3
    for number in range(PICTURES):
        rng = np.random.default_rng(number)
        soft = Image.fromarray(rng.integers(0, 256, (9, 13, 3), dtype=np.uint8)).resize((width, height), Image.BICUBIC)
        grain = rng.normal(0, 6, (height, width, 1))
        picture = np.clip(np.asarray(soft) + grain, 0, 255).astype(np.uint8)
        Image.fromarray(picture).save(folder / f"p{number:02}.jpg", quality=88)


def write_stylesheet(root: Path, kind: str, text: str) -> None:
    """Write the stylesheet of a site, over the one that is shipped."""
    path = root / ("assets/main.css" if kind == "hugo" else "layouts/assets/main.css")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def write_story(root: Path, kind: str, story: Story) -> Path:
    """Write one article into the site `root` of a builder; the path of its file."""
    name, text = KINDS[kind](story)
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def write_content(roots: dict[str, Path], corpus: Corpus, picture_width: int = SMALL) -> None:
    """Write all articles for each kind of `roots`, one at a time, and the pictures."""
    made: set[Path] = set()
    for kind, root in roots.items():
        draw_pictures(root / ("assets" if kind == "hugo" else "content") / "pictures", picture_width)
    for story in corpus:
        for kind, root in roots.items():
            name, text = KINDS[kind](story)
            path = root / name
            if path.parent not in made:
                path.parent.mkdir(parents=True, exist_ok=True)
                made.add(path.parent)
            path.write_text(text, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description="Write a folder of made-up articles.")
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kind", choices=sorted(KINDS), default="mujaz")
    parser.add_argument("--years", type=int, default=0, help="default: 2, and 20 above 50,000 articles")
    parser.add_argument("--within-days", type=int, default=None, help="related.within_days of the Mujaz site")
    given = parser.parse_args()
    corpus = Corpus(given.count, years=given.years)
    given.folder.mkdir(parents=True, exist_ok=True)
    if given.kind == "mujaz":
        (given.folder / "config.yaml").write_text(mujaz_config(within_days=given.within_days), encoding="utf-8")
    write_content({given.kind: given.folder}, corpus)


if __name__ == "__main__":
    main()
