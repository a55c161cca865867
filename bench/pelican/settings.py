"""What Pelican is asked for: the same pages as Hugo. Content and output are given on the command line."""

from __future__ import annotations

SITENAME = "صحيفة القياس"
SITESUBTITLE = "أخبار مصنوعة"
SITEURL = "https://example.org"
TIMEZONE = "Asia/Qatar"
DEFAULT_LANG = "ar"
THEME = "theme"
PLUGIN_PATHS = ["plugins"]
PLUGINS = ["related"]
RELATED_COUNT = 5

SLUGIFY_USE_UNICODE = True
ARTICLE_URL = "{date:%Y}/{date:%m}/{date:%d}/{slug}/"
ARTICLE_SAVE_AS = ARTICLE_URL + "index.html"
CATEGORY_URL, CATEGORY_SAVE_AS = "{slug}/", "{slug}/index.html"
TAG_URL, TAG_SAVE_AS = "tags/{slug}/", "tags/{slug}/index.html"
AUTHOR_URL, AUTHOR_SAVE_AS = "authors/{slug}/", "authors/{slug}/index.html"
DRAFT_SAVE_AS = PAGE_SAVE_AS = ARCHIVES_SAVE_AS = CATEGORIES_SAVE_AS = ""
TAGS_SAVE_AS, AUTHORS_SAVE_AS = "tags/index.html", "authors/index.html"
DIRECT_TEMPLATES = ["index", "tags", "authors", "sitemap"]
SITEMAP_SAVE_AS = "sitemap.xml"
# Lists of 48, but for the home page and the indexes.
DEFAULT_PAGINATION = 48
PAGINATED_TEMPLATES = {"category": None, "tag": None, "author": None}
PAGINATION_PATTERNS = [
    (1, "{base_name}/", "{base_name}/index.html"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
]

FEED_ALL_RSS, CATEGORY_FEED_RSS = "feed.xml", "{slug}/feed.xml"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
FEED_MAX_ITEMS, RSS_FEED_SUMMARY_ONLY = 60, False

SECTION_NAMES = {
    "politics": "سياسة",
    "economy": "اقتصاد",
    "sport": "رياضة",
    "science": "علوم",
    "culture": "ثقافة",
    "health": "صحة",
    "technology": "تقنية",
    "society": "مجتمع",
}
MONTH_NAMES = [
    *("يناير/كانون الثاني", "فبراير/شباط", "مارس/آذار", "أبريل/نيسان", "مايو/أيار", "يونيو/حزيران", "يوليو/تموز"),
    *("أغسطس/آب", "سبتمبر/أيلول", "أكتوبر/تشرين الأول", "نوفمبر/تشرين الثاني", "ديسمبر/كانون الأول"),
]
STATIC_PATHS: list[str] = []
