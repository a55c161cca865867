"""docs/views.md, made from the code of the views: the fields of each, and what is said of them there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from mujaz.paths import data_file

MODULES = tuple(f"model/{name}.py" for name in ("views", "archive_views", "players", "service_views", "colours"))
LAYOUT_OF = {  # which layout gets which view; a partial gets that of its page
    "ArticleView": "article.html", "NoticeView": "notice.html", "HomeView": "home.html", "EditionView": "edition.html",
    "EmailView": "email.html and email.txt", "ListView": "list.html", "FragmentView": "fragment.html",
    "MonthView": "month.html", "IndexView": "index.html", "StandingView": "standing.html",
    "CorrectionsView": "corrections.html", "SearchView": "search.html", "NotFoundView": "notfound.html",
    "RedirectView": "redirect.html", "FeedsView": "feeds.html",
}  # fmt: skip
HEAD = """\
# What layouts see

Each page's layout gets one of these views as `view`; this page is made from the code, by `mujaz manual views`. A field
whose type ends in `| None` may be nothing. Texts are plain: write `{{ text|bidi }}`.
"""


def views() -> Iterator[str]:
    """The page, in pieces: views first, then the values in them."""
    yield HEAD
    found = [part for module in MODULES for part in _classes(module)]
    for name, text in sorted(found, key=lambda one: one[0] not in LAYOUT_OF):
        of = f": `{LAYOUT_OF[name].replace(' and ', '` and `')}`" if name in LAYOUT_OF else ""
        yield f"\n## {name}{of}\n\n{text}"


def _classes(module: str) -> Iterator[tuple[str, str]]:
    source = data_file(module).read_text(encoding="utf-8")
    rows = source.splitlines()
    for part in ast.parse(source).body:
        fields = [one for one in getattr(part, "body", ()) if isinstance(one, ast.AnnAssign)]
        if not isinstance(part, ast.ClassDef) or not fields:
            continue
        said = " ".join((ast.get_docstring(part) or "").split())
        lines = [f"{said}\n\n"] if said else []
        lines.append("| field | type | |\n|---|---|---|\n")
        for one in fields:
            comment = re.search(r"  # (.*)$", rows[one.lineno - 1])
            kind = ast.unparse(one.annotation).replace("|", "\\|")
            lines.append(f"| `{ast.unparse(one.target)}` | `{kind}` | {comment[1] if comment else ''} |\n")
        yield part.name, "".join(lines)
