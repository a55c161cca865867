"""The page of an article: what it is made from, and its view."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from mujaz import addresses, sharing
from mujaz.arabic import name_key
from mujaz.frame import Frame
from mujaz.matter import ArticleMatter, story_meta
from mujaz.model import Article, Page
from mujaz.site import Named
from mujaz.typography import reading_minutes
from mujaz.views import ArticleView, CorrectionNote, Link, Part, SourceName


def page(frame: Frame, article: Article) -> Page:
    path = addresses.file_of(frame.site.addresses[article.source])
    layout = f"{article.layout or 'article'}.html"
    make = partial(matter_of, frame, article)
    return Page(path=path, layout=layout, make=make, finish=view_of, late=True, origin=article.source)


def matter_of(frame: Frame, article: Article) -> ArticleMatter:
    site = frame.site
    stories, nearby = site.stories, site.nearby
    before, after = site.neighbours[article.id]
    card, card_alt = sharing.card(frame, article)
    return ArticleMatter(
        section=frame.section_matter[article.section],
        article=article,
        story=stories[article.id],
        card=card,
        card_alt=card_alt,
        day=frame.day_head(site.day_of[article.source]),
        updated=site.calendar.when(article.updated) if article.updated else None,
        authors=_named(frame, site.authors, article.authors),
        tags=_named(frame, site.tags, article.tags),
        series=next(iter(_named(frame, site.series, (article.series,))), None) if article.series else None,
        parts=_parts(frame, article) if article.series else (),
        corrections=_notes(frame, article) if article.corrections else (),
        picture=site.figures.get(article.id),
        body=site.bodies[article.source],
        related=tuple([stories[id] for id in nearby.related.get(article.id, ())]),
        more=tuple([stories[id] for id in nearby.more[article.id]]),
        previous=frame.story_link(before) if before else None,
        next=frame.story_link(after) if after else None,
    )


def view_of(matter: ArticleMatter) -> ArticleView:
    article, story, section = matter.article, matter.story, matter.section
    return ArticleView(
        chrome=section.chrome,
        meta=story_meta(matter, section.origin, kind="article", index=True, feeds=(section.feed,)),
        day=matter.day,
        crumbs=section.crumbs,
        story=story,
        standfirst=story.summary if "summary" in article.places else "",
        authors=matter.authors,
        updated=matter.updated,
        minutes=reading_minutes(article.words),
        picture=matter.picture,
        body=matter.body,
        corrections=matter.corrections,
        sources=tuple(SourceName(name=credit.name, url=credit.url or "") for credit in article.sources),
        tags=matter.tags,
        series=matter.series,
        parts=matter.parts,
        related=matter.related,
        more=matter.more,
        previous=matter.previous,
        next=matter.next,
        share=f"{section.base_url}/s/{article.id}/",
        section_feed=section.feed,
        extra=frozen(article.extra),
    )


def _named(frame: Frame, found: Mapping[str, Named], names: Sequence[str]) -> tuple[Link, ...]:
    """Links to tags, authors or series. A name that can have no address is a problem already."""
    return tuple([frame.named(found[key]) for key in map(name_key, names) if key in found])


def frozen(value: Any) -> Any:
    """Lists as tuples, all the way down, and dicts in the order of their keys: a fingerprint tells no other order."""
    if isinstance(value, dict):
        return {key: frozen(value[key]) for key in sorted(value)}
    return tuple(frozen(inner) for inner in value) if isinstance(value, list | tuple) else value


def _notes(frame: Frame, article: Article) -> tuple[CorrectionNote, ...]:
    notes = sorted(article.corrections, key=lambda note: note.date)
    return tuple(CorrectionNote(when=frame.site.calendar.when(note.date), text=note.text) for note in notes)


def _parts(frame: Frame, article: Article) -> tuple[Part, ...]:
    """The series that the article belongs to, the first part first; nothing where it stands alone."""
    series = frame.site.series.get(name_key(article.series)) if article.series else None
    if series is None:
        return ()
    articles = sorted(series.articles, key=lambda a: (a.published, a.id))
    stories = frame.site.stories
    parts = tuple(
        Part(
            title=stories[part.id].title,
            url=stories[part.id].url,
            date=stories[part.id].published.date,
            current=part.id == article.id,
        )
        for part in articles
    )
    return parts if len(parts) > 1 else ()
