"""The Jinja environment: escaping, lookups, filters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import Any

import jinja2
import markupsafe
from markupsafe import Markup, escape

from mujaz.arabic.dates import native_digits, plural_form
from mujaz.arabic.isolates import isolate
from mujaz.arabic.typography import cut_at_word
from mujaz.layouts.json_ld import json_ld
from mujaz.layouts.references import BLANKS, COMPILED
from mujaz.model.settings import Config
from mujaz.model.urls import origin_of

_DICT_NAMES = frozenset(dir(dict))  # which Jinja prefers to a key of the same name
_compiled: dict[tuple[str, str, str, str], Any] = {}
# What `escape` calls for a text, before it wraps the result into a Markup.
_escape_text: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escape)


def _escape(value: Any) -> str:
    """`value` as markupsafe's own `escape` writes it, but as a plain str: it is only joined with others."""
    kind = type(value)
    return _escape_text(value) if kind is str else value if kind is Markup else escape(value)


class _Template(jinja2.Template):
    """A layout whose globals are looked up in one dict, not in a chain, and whose output is escaped faster."""

    @classmethod
    def from_code(cls, environment: Any, code: Any, globals: Any, uptodate: Any = None) -> jinja2.Template:
        template = super().from_code(environment, code, dict(globals), uptodate)
        # Jinja's compiler calls the name `escape` for nothing but what is put out.
        template.root_render_func.__globals__["escape"] = _escape
        return template


class _Environment(jinja2.Environment):
    """Jinja's, which compiles each text once and looks templates and keys up faster."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._found: dict[Any, jinja2.Template] = {}
        self.ground = ""  # digest of what the filters depend on: Jinja filters constants when it compiles

    template_class = _Template

    def compile(self, source: Any, name: Any = None, filename: Any = None, *rest: Any, **options: Any) -> Any:
        """As Jinja's, but a text that this process has compiled before is not compiled again.

        Raises TemplateSyntaxError, of line 0 where the line is not known.
        """
        if rest or options or not self.ground:
            return super().compile(source, name, filename, *rest, **options)
        key = (self.ground, source, name, filename)
        if key not in _compiled:
            if len(_compiled) >= COMPILED:
                _compiled.clear()
            try:
                _compiled[key] = super().compile(source, name, filename)
            except jinja2.TemplateError:
                raise
            except Exception as error:  # what Jinja parses may still be no program: loops in twenty loops
                said = error.msg if isinstance(error, SyntaxError) else str(error)
                raise jinja2.TemplateSyntaxError(said, 0, name, filename) from error
        return _compiled[key]

    def get_template(self, name: Any, parent: Any = None, globals: Any = None) -> jinja2.Template:
        """As Jinja's, without its look at each call whether the file has changed."""
        if name not in self._found:
            self._found[name] = super().get_template(name, parent, globals)
        return self._found[name]

    def getattr(self, obj: Any, attribute: str) -> Any:
        """As Jinja's, without the AttributeError that each string of `t` would cost."""
        if type(obj) is dict and attribute in obj and attribute not in _DICT_NAMES:
            return obj[attribute]
        try:
            return getattr(obj, attribute)
        except AttributeError:
            return super().getattr(obj, attribute)


# Ours, beside Jinja's own.
NAMES = ("bidi", "number", "plural", "clock", "cut", "named", "fill", "absolute")


def known_filters() -> frozenset[str]:
    """The names of the filters that come along."""
    return frozenset((*jinja2.Environment().filters, *NAMES))


def make_environment(
    config: Config,
    strings: Mapping[str, Any],
    load: Callable[[str], tuple[str, str, Callable[[], bool]]],
    filters: Mapping[str, Callable[..., Any]],
) -> _Environment:
    """`filters` are the paper's own."""
    env = _Environment(
        loader=jinja2.FunctionLoader(load),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        auto_reload=False,
        optimized=False,  # layouts have hardly a constant to fold, and the search takes a sixth of compiling them
        cache_size=-1,
        **BLANKS,
    )
    rtl, origin = strings["direction"] == "rtl", origin_of(config)
    del env.filters["random"], env.globals["lipsum"]  # law 1
    env.globals |= {"t": strings, "params": config.params, "json_ld": lambda view: Markup(json_ld(view))}
    ways = {"": rtl, "rtl": True, "ltr": False}  # the direction that the text's own element names
    env.filters["bidi"] = lru_cache(maxsize=1 << 16)(lambda text, way="": Markup(isolate(text, rtl=ways[way])))
    digits = native_digits(config.language) if config.digits == "arabic" else {}
    env.filters["number"] = partial(_number, digits)
    env.filters["clock"] = partial(_clock, digits)
    env.filters["plural"] = partial(_plural, config.language, digits)
    env.filters["cut"] = cut_at_word
    definite = {section.name: section.definite for section in config.sections}
    env.filters["named"] = lambda name: definite.get(name) or strings["section_named"].format(name=name)
    env.filters["fill"] = lambda text, **values: text.format(**values)
    env.filters |= filters
    env.filters["absolute"] = lambda url: origin + url if url.startswith("/") else url
    return env


def _number(digits: Mapping[int, int], value: int) -> str:
    return str(value).translate(digits)


def _clock(digits: Mapping[int, int], seconds: int) -> str:
    """How long something plays: 1:02:05, or 2:05."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return (f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}").translate(digits)


def _plural(language: str, digits: Mapping[int, int], forms: Mapping[str, str], count: int) -> str:
    """The form of `forms` for `count`, with `{n}` in the site's digits; a form that is not there is `other`."""
    form = forms.get(plural_form(language, count), forms["other"])
    return form.format(n=_number(digits, count))
