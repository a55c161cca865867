"""Which picture goes along when a story is shared: its own, cropped, or a card with its headline, drawn."""

from __future__ import annotations

from collections.abc import Iterator

from mujaz import pictures
from mujaz.arabic import is_rtl_language
from mujaz.frame import Frame
from mujaz.machineviews import CardView, FileView
from mujaz.model import Article, File, Page

FOLDER = "cards/"


def card(frame: Frame, article: Article) -> tuple[str, str]:
    """(url, words) of the picture for sharing of a published article; both empty where the site has none."""
    if not frame.config.cards:
        return "", ""
    figure = frame.site.figures.get(article.id) if _picture(frame, article) else None
    return frame.url(_address(frame, article)), figure.alt if figure else article.title


def plan(frame: Frame) -> Iterator[Page]:
    """A card for each published story, which moves when what it shows does."""
    if not frame.config.cards:
        return
    for article in frame.site.selection.published:
        file = _picture(frame, article)
        view = FileView(source=file.path, digest=file.digest, recipe="card") if file else _drawn(frame, article)
        yield Page(path=_address(frame, article), layout="", view=view, origin=article.source)


def _picture(frame: Frame, article: Article) -> File | None:
    """The story's picture, if it is large enough to be cropped."""
    file = frame.site.leads.get(article.id)
    return file if file and pictures.is_for_sharing(file.width, file.height) else None


def _address(frame: Frame, article: Article) -> str:
    """A photograph is a JPEG: as a PNG it would weigh ten times as much, and messengers drop what is too heavy."""
    return f"{FOLDER}{article.id}.{'jpg' if _picture(frame, article) else 'png'}"


def _drawn(frame: Frame, article: Article) -> CardView:
    story = frame.site.stories[article.id]
    labels = frame.titles["labels"]
    return CardView(
        name=frame.config.title,
        date=story.published.date,
        kicker=" · ".join(filter(None, (labels.get(story.label, ""), story.section.text))),
        title=story.title,
        rtl=frame.site.rtl,
        title_rtl=is_rtl_language(story.lang or frame.config.language),
    )
