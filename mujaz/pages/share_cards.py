"""Which picture goes along when a page is shared.

A story's is its own, cropped, or a card with its headline, drawn; an edition's is a card with its first headlines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mujaz.arabic.direction import is_rtl_language
from mujaz.assets import pictures, variants
from mujaz.messages.message import Message
from mujaz.model.content import Article, File
from mujaz.model.file_views import CardView, FileView, Headline
from mujaz.model.page import Page
from mujaz.pages.common import Frame

FOLDER = "cards/"
OF_EDITION = "card.png"  # in the folder of its page
HEADLINES = 3  # of an edition, on its card


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
        view = _cropped(frame, file) if file else _drawn(frame, article)
        yield Page(path=_address(frame, article), layout="", view=view, origin=article.source)


def edition_card(frame: Frame, address: str, heading: str, articles: Sequence[Article]) -> tuple[str, str]:
    """(url, words) of the card of the edition at `address`, whose `articles` begin with the lead; or both empty."""
    if not frame.config.cards:
        return "", ""
    return frame.url(address + OF_EDITION), " · ".join([heading, *(one.title for one in articles[:HEADLINES])])


def plan_edition(
    frame: Frame, address: str, heading: str, date: str, articles: Sequence[Article], origin: Message
) -> Iterator[Page]:
    """The card of one edition, named `heading`; `date` stands in its masthead."""
    if not frame.config.cards:
        return
    first, *others = (
        Headline(text=one.title, rtl=_is_rtl(frame, frame.site.stories[one.id].lang)) for one in articles[:HEADLINES]
    )
    view = CardView(
        name=frame.config.title,
        date=date,
        kicker=heading,
        title=first.text,
        rtl=frame.site.rtl,
        title_rtl=first.rtl,
        others=tuple(others),
        scheme=frame.config.look.light,
    )
    yield Page(path=address + OF_EDITION, layout="", view=view, origin=origin)


def _is_rtl(frame: Frame, lang: str) -> bool:
    return is_rtl_language(lang or frame.config.language)


def _picture(frame: Frame, article: Article) -> File | None:
    """The story's picture, if it is large enough to be cropped."""
    file = frame.site.leads.get(article.id)
    return file if file and pictures.is_for_sharing(file.width, file.height) else None


def _address(frame: Frame, article: Article) -> str:
    """A photograph is a JPEG: as a PNG it would weigh ten times as much, and messengers drop what is too heavy."""
    return f"{FOLDER}{article.id}.{'jpg' if _picture(frame, article) else 'png'}"


def _cropped(frame: Frame, file: File) -> FileView:
    together = variants.recipes_of(variants.of_file(file, frame.config), card=True)
    return FileView(source=file.path, digest=file.digest, recipe=together[-1], together=together)


def _drawn(frame: Frame, article: Article) -> CardView:
    story = frame.site.stories[article.id]
    labels = frame.titles["labels"]
    return CardView(
        name=frame.config.title,
        date=story.published.date,
        kicker=" · ".join(filter(None, (labels.get(story.label, ""), story.section.text))),
        title=story.title,
        rtl=frame.site.rtl,
        title_rtl=_is_rtl(frame, story.lang),
        scheme=frame.config.look.light,
    )
