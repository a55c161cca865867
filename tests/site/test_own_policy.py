"""`policy` of config.yaml reaches pages and host files; `check` names what a layout asks of other hosts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mujaz.check.policy import refused
from mujaz.config.settings import load_config
from tests.support.sites import CONFIG, Site, article
from tests.support.whole_site import FONTS

MakeSite = Callable[..., Site]
POLICY = """\
policy: {script: [Stats.example], connect: [stats.example], frame: [talk.example]}
hosting: [netlify, nginx, caddy]
"""


def test_pages_and_the_files_of_hosts_follow_the_policy(make_site: MakeSite) -> None:
    site = make_site({**FONTS, "content/a.md": article(slug="a"), "config.yaml": CONFIG + POLICY})
    site.build()
    for path in ("index.html", "2021/10/18/a/index.html", "_headers", ".hosting/nginx.conf", ".hosting/Caddyfile"):
        text = site.read(path)
        for wanted in ("script-src 'self' https://stats.example", "connect-src 'self' https://stats.example"):
            assert wanted in text, path
        assert "frame-src https://talk.example" in text and "img-src 'self';" in text


PAGE = """\
{% extends "shipped/article.html" %}
{% block head_end %}
<script src="https://stats.example/count.js" defer></script>
<script src="//other.example/x.js"></script>
<link rel="stylesheet" href="https://fonts.example/a.css"><link rel="me" href="https://me.example/">
{# <img src="https://gone.example/x.png"> #}
{% endblock %}
{% block after_body %}
<img alt="" src="https://pixel.example/1.gif"><a href="https://link.example/">x</a>
<iframe src="https://talk.example/{{ view.story.id }}"></iframe>
<form action="https://mail.example/send"></form>
<script>go()</script><p onclick="go()">x</p>
<script type="application/ld+json">{}</script>
{% endblock %}
"""


def test_check_names_each_thing_that_a_browser_would_refuse_and_nothing_else(make_site: MakeSite) -> None:
    site = make_site(
        {
            "config.yaml": CONFIG + POLICY,
            "layouts/article.html": PAGE,
            "layouts/email.html": '<img src="https://mail.example/a.png">',
            "layouts/assets/custom.css": "p { background: url(https://bg.example/a.png) }\n@import 'https://css.example/b.css';\n",
            "layouts/assets/own.js": "// see https://docs.example/\nfetch('https://api.example/x');\nfetch('https://stats.example/y');\n",
        }
    )
    found = [str(one) for one in refused(site.root, load_config(site.root / "config.yaml").config)]
    told = [(one.partition(" warning")[0], one.partition("asks of ")[2].partition(":")[0]) for one in found]
    assert sorted(told) == sorted(
        [
            ("layouts/article.html:4:1:", "other.example"), ("layouts/article.html:5:1:", "fonts.example"),
            ("layouts/article.html:9:1:", "pixel.example"), ("layouts/article.html:11:1:", "mail.example"),
            ("layouts/article.html:12:1:", ""), ("layouts/article.html:12:1:", ""),
            ("layouts/assets/custom.css:1:1:", "bg.example"), ("layouts/assets/custom.css:2:1:", "css.example"),
            ("layouts/assets/own.js:2:1:", "api.example"),
        ]
    )  # fmt: skip
    assert "policy: script: [other.example]" in "".join(found)


@pytest.mark.parametrize("host", ["https://a.example", "a.example/x", "localhost", "*"])
def test_what_is_no_host_is_refused(make_site: MakeSite, host: str) -> None:
    [problem] = make_site(
        {"config.yaml": CONFIG + f"policy: {{img: ['{host}']}}\n", "content/a.md": article()}
    ).problems()
    assert "'policy.img'" in problem
