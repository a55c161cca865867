"""What a save at the desk takes: seconds from the sent form to the page that shows it.

    python -m bench.desk 100 10000

Each size is a made-up paper (`bench/corpus.py`), whose first build is not counted. A save changes the summary, the
title or the text of another story in turn; it ends when the preview's page has the new words.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

from bench import corpus
from tests.support.cli_process import served
from tests.support.desk import Client, form_of, with_values

ROUNDS = 9  # saves of each size


def first_build(desk: Client) -> None:
    """Wait for it: a list that is empty is not there yet."""
    while not desk.get("/").page.xpath("//ol[@class='rows']//bdi"):
        time.sleep(0.5)


def saved(desk: Client, name: str, number: int) -> float:
    """Seconds that one save takes. Raises AssertionError where its words are not in the page."""
    word = f"كلمة{number}"
    form = desk.edit(name)
    preview = urlsplit(form.xpath("string(//iframe/@src)"))
    changes = (
        {"summary": f"ملخص {word}"},
        {"title": f"عنوان {word}"},
        {"body": form.xpath("string(//textarea[@id='body'])").strip() + f"\n\nفقرة {word}."},
    )
    pairs = with_values(form_of(form, "/edit"), changes[number % len(changes)])
    begun = time.perf_counter()
    assert desk.post("/edit", pairs).status == 303
    page = Client(f"http://{preview.netloc}/").get(preview.path).text
    took = time.perf_counter() - begun
    assert word in page, (name, preview.path)
    return took


def measure(size: int, folder: Path) -> list[float]:
    articles = corpus.Corpus(size)
    folder.mkdir()
    (folder / "config.yaml").write_text(corpus.mujaz_config(), encoding="utf-8")
    corpus.write_content({"mujaz": folder}, articles)
    names = [corpus.mujaz_file(articles.article(number * size // ROUNDS))[0] for number in range(ROUNDS)]
    with served(folder, "desk") as server:
        desk = Client(server.url)
        first_build(desk)
        return [saved(desk, name, number) for number, name in enumerate(names)]


def main(sizes: list[int]) -> None:
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            took = sorted(measure(size, Path(folder, "site")))
        print(f"{size:>7,} stories: median {statistics.median(took):.2f} s, {took[0]:.2f} to {took[-1]:.2f}")


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [100])
