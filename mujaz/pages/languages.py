"""A story in several languages, and the feeds of those that are not the site's. Pure."""

from __future__ import annotations

from mujaz.arabic.direction import direction_of
from mujaz.frozen import replace
from mujaz.model.content import Article
from mujaz.model.views import Alternate, BodyView, FeedLink, Translation
from mujaz.pages.common import Frame


def alternates(frame: Frame, article: Article) -> tuple[Alternate, ...]:
    """Every language of a story with its page, for search engines; who reads none of them gets the site's own.

    Empty where the story is in one language.
    """
    group = frame.site.translations.get(article.id, ())
    if not group:
        return ()
    own = frame.config.language
    found = [(one.lang or own, frame.origin + frame.site.stories[one.id].url) for one in group]
    default = dict(found).get(own, found[0][1])
    return tuple(Alternate(lang=lang, url=url) for lang, url in (*found, ("x-default", default)))


def translations(frame: Frame, article: Article) -> tuple[Translation, ...]:
    """The links to the story's other languages."""
    group = frame.site.translations.get(article.id, ())
    return tuple(_translation(frame, other) for other in group if other.id != article.id)


def _translation(frame: Frame, article: Article) -> Translation:
    """The link to another language's page, in its words; in those of this page where we have none of it."""
    lang = article.lang or frame.config.language
    url = frame.site.stories[article.id].url
    if lang in frame.others or lang == frame.config.language:
        titles = frame.others[lang][0] if lang in frame.others else frame.site_titles
        return Translation(text=titles["in_this_language"], url=url, language=lang, lang=lang, dir=direction_of(lang))
    text = frame.titles["in_that_language"].format(language=frame.titles["languages"].get(lang, lang))
    return Translation(text=text, url=url, language=lang, lang=frame.language, dir=frame.titles["direction"])


def body_of(frame: Frame, article: Article) -> BodyView:
    """The body of an article, its entries with their times in the words of the frame's pages."""
    body = frame.site.bodies[article.source]
    if not frame.is_foreign or not body.entries:
        return body
    moments = {entry.number: entry.moment for entry in article.entries if entry.moment is not None}
    told = [replace(entry, when=frame.calendar.when(moments[entry.number])) for entry in body.entries]
    return replace(body, entries=tuple(told))


def language_feeds(frame: Frame, lang: str | None) -> tuple[FeedLink, ...]:
    """The feeds of the stories in a language that is not the site's."""
    if not lang or lang == frame.config.language:
        return ()
    return frame.of(lang).feeds(f"{lang.lower()}/", language_name(frame, lang))


def language_name(frame: Frame, lang: str) -> str:
    """What a language calls itself, else what this page's calls it."""
    if lang in frame.others:
        return str(frame.others[lang][0]["language_name"])
    return str(frame.titles["languages"].get(lang, lang))
