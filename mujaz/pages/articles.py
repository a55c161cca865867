"""The page of an article."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from mujaz.arabic.slugs import name_key
from mujaz.arabic.typography import reading_minutes
from mujaz.frozen import replace
from mujaz.model import urls
from mujaz.model.content import Article
from mujaz.model.page import Page
from mujaz.model.views import ArticleView, CorrectionNote, FragmentView, Link, Live, Part, SourceName, When
from mujaz.pages import languages, share_cards
from mujaz.pages.common import Frame
from mujaz.site.site import Named, last_change

LIVE = "fragments/live/"
PARTS = 100  # of a series, that an article lists
NEWEST = 10  # entries of a live story that a fragment holds: an open page asks for it each minute


def page(frame: Frame, article: Article) -> Page:
    path = urls.file_of(frame.site.addresses[article.source])
    layout = f"{article.layout or 'article'}.html"
    return Page(path=path, layout=layout, view=view_of(frame.of(article.lang), article), origin=article.source)


def view_of(frame: Frame, article: Article) -> ArticleView:
    """The page of an article; `frame` is in its language, where its words are there."""
    site, calendar = frame.site, frame.calendar
    story, feed = frame.story(article.id), frame.section_feeds[article.section][0]
    before, after = site.neighbours[article.id]
    return ArticleView(
        chrome=frame.chrome,
        meta=frame.story_meta(
            story,
            kind="article",
            index=True,
            card=share_cards.card(frame, article),
            feeds=(*languages.language_feeds(frame, article.lang)[:1], feed),
            alternates=languages.alternates(frame, article),
        ),
        day=frame.day_head(site.day_of[article.source]),
        crumbs=frame.section_crumbs[article.section],
        story=story,
        standfirst=story.summary if "summary" in article.places else "",
        authors=_named(frame, site.authors, article.authors),
        updated=_updated(frame, article),
        modified=calendar.when(last_change(article, site.zone)).iso,
        minutes=reading_minutes(article.words),
        picture=site.figures.get(article.id),
        body=languages.body_of(frame, article),
        corrections=_notes(frame, article) if article.corrections else (),
        sources=tuple([SourceName(name=credit.name, url=credit.url or "") for credit in article.sources]),
        tags=_named(frame, site.tags, article.tags),
        series=next(iter(_named(frame, site.series, (article.series,))), None) if article.series else None,
        parts=_parts(frame, article) if article.series else (),
        related=tuple([frame.story(id) for id in site.related.get(article.id, ())]),
        more=tuple([frame.story(id) for id in site.more[article.id]]),
        previous=frame.story_link(before) if before else None,
        next=frame.story_link(after) if after else None,
        share=f"{frame.config.base_url}/s/{article.id}/",
        section_feed=feed,
        extra=story.extra,
        data=site.data.get(article.source, ()),
        live=live_of(frame, article),
        translations=languages.translations(frame, article),
    )


def live_of(frame: Frame, article: Article) -> Live | None:
    """How the coverage of a live story stands; None of any other."""
    if article.live_until is None:
        return None
    calendar = frame.calendar
    first = next((entry.moment for entry in article.entries if entry.moment), article.published)
    return Live(
        start=calendar.when(min(first, article.published)),
        end=calendar.when(article.live_until),
        ended=article.live_over,
        newest_first=article.live_order == "newest",
        count=len(article.entries),
        fragment=frame.url(f"{LIVE}{article.id}/"),
    )


def fragments(frame: Frame) -> Iterator[Page]:
    """What a script asks of a live story that is open: its opening and its newest entries, in its language.

    It stays when the coverage has ended, and says so: who has the page open learns it there.
    """
    for article in frame.site.selection.published:
        own = frame.of(article.lang)
        if live := live_of(own, article):
            body, story = languages.body_of(own, article), own.story(article.id)
            entries = body.entries[:NEWEST] if live.newest_first else body.entries[-NEWEST:]
            view = FragmentView(
                language=own.language,
                lang=story.lang,
                dir=story.dir,
                body=replace(body, entries=entries),
                live=live,
                updated=_updated(own, article),
            )
            path = urls.file_of(f"{LIVE}{article.id}/")
            yield Page(path=path, layout="fragment.html", view=view, origin=article.source)


def _updated(frame: Frame, article: Article) -> When | None:
    if article.updated is None:
        return None
    return frame.calendar.when(article.updated, timed="updated" not in article.days)


def _named(frame: Frame, found: Mapping[str, Named], names: Sequence[str]) -> tuple[Link, ...]:
    """Links to tags, authors or series. A name that can have no address is a problem already."""
    return tuple([frame.named(found[key]) for key in map(name_key, names) if key in found])


def _notes(frame: Frame, article: Article) -> tuple[CorrectionNote, ...]:
    notes = sorted(article.corrections, key=lambda note: note.date)
    return tuple(frame.note(note) for note in notes)


def _moment(article: Article) -> tuple[datetime, str]:
    return article.published, article.id


def _parts(frame: Frame, article: Article) -> tuple[Part, ...]:
    """The series that the article belongs to, the first part first; nothing where it stands alone.

    Of a long one the parts around the article: each page with all of them would grow with the square of their number.
    """
    key = name_key(article.series) if article.series else ""
    if key not in frame.site.series:
        return ()
    if key not in frame.parts:
        frame.parts[key] = sorted(frame.site.series[key].articles, key=_moment)
    articles = frame.parts[key]
    first = max(0, min(bisect_left(articles, _moment(article), key=_moment) - PARTS // 2, len(articles) - PARTS))
    articles = articles[first : first + PARTS]
    stories = {part.id: frame.story(part.id) for part in articles}
    parts = tuple(
        Part(
            title=stories[part.id].title,
            url=stories[part.id].url,
            date=stories[part.id].published.date,
            current=part.id == article.id,
            lang=stories[part.id].lang,
            dir=stories[part.id].dir,
        )
        for part in articles
    )
    return parts if len(parts) > 1 else ()
