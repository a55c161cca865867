"""A page's key tells two views apart if anything about them differs, and never if nothing does."""

from __future__ import annotations

import itertools
import types
import typing
from typing import Any, cast

import pytest

from mujaz.build.keys import SHARED, Keys
from mujaz.frozen import Struct, Value, names_of, replace
from mujaz.layouts.layouts import Layouts
from mujaz.model import archive_views, file_views, service_views, views
from mujaz.model.file_views import FileView, SitemapEntry
from mujaz.model.page import Page
from mujaz.model.views import Block, FragmentView, Link, Story, When

NOON = When(iso="2021-10-18T12:00:00+03:00", weekday="الاثنين", date="18 أكتوبر", short="18/10/2021", time="12:00")
WORLD = Link(text="العالم", url="/world/")
STORY = Story(id="a", url="/2021/10/18/a/", title="خبر", summary="", published=NOON, section=WORLD)


class _Layouts:
    """Layouts that say their name for their digest."""

    def of(self, view: object) -> _Layouts:
        return self

    def digest_of(self, name: str) -> str:
        return name


def keys(code: str = "") -> Keys:
    return Keys(cast(Layouts, _Layouts()), code, precompress=False)


def key(view: Value, layout: str = "") -> str:
    return keys().of(Page(path="x", layout=layout, view=view, origin=""))


def listed(*stories: Story) -> FragmentView:
    return FragmentView(most_read=stories)


VIEWS: list[Value] = [
    FragmentView(),
    listed(STORY),
    listed(STORY, STORY),
    FragmentView(breaking=(STORY,)),
    *(listed(replace(STORY, extra=extra)) for extra in ({"عدد": 1}, {"عدد": "1"}, {"عدد": 1.0}, {"عدد": True})),
    *(listed(replace(STORY, extra={"عدد": value})) for value in (None, (), (1,), ((1,),), {}, {"1": 1}, 0.0, -0.0)),
    listed(replace(STORY, title="خبرٌ")),
    listed(replace(STORY, title="", summary="خبر")),
    listed(replace(STORY, published=replace(NOON, hijri="12 ربيع الأول"))),
    listed(replace(STORY, section=replace(WORLD, url="/"))),
    Block(heading=WORLD, stories=(STORY,)),
    Block(heading=WORLD, stories=(replace(STORY, id="b"),)),
    FileView(source="a", digest="b", recipe="c"),
    FileView(source="a", digest="b", recipe="c", together=("c",)),
    FileView(source="a", digest="", recipe="bc"),
    Link(text="a", url=""),
    Link(text="", url="a"),
    SitemapEntry(permalink="a", modified=""),
]


def test_no_two_different_views_share_a_key() -> None:
    for one, other in itertools.combinations(VIEWS, 2):
        assert key(one) != key(other), (one, other)


def test_the_layout_and_the_code_are_in_the_key() -> None:
    assert len({key(WORLD), key(WORLD, "a.html"), key(WORLD, "b.html")}) == 3
    page = Page(path="x", layout="", view=WORLD, origin="")
    assert keys("1").of(page) != keys("2").of(page)


def test_equal_views_have_equal_keys_whatever_was_seen_before() -> None:
    many = keys()
    for view in VIEWS * 2:
        again = replace(view)
        found = {one.of(Page(path="x", layout="", view=again, origin="")) for one in (many, keys())}
        assert found == {key(view)}


def test_a_mapping_tells_no_order() -> None:
    one, other = ({"أ": 1, "ب": 2}, {"ب": 2, "أ": 1})
    assert key(listed(replace(STORY, extra=one))) == key(listed(replace(STORY, extra=other)))


def test_a_forgotten_story_is_not_taken_for_the_one_made_in_its_place() -> None:
    many = keys()
    pages = (Page(path="x", layout="", view=listed(replace(STORY, id=str(n))), origin="") for n in range(500))
    assert len({many.of(page) for page in pages}) == 500


def test_the_sums_tell_which_field_moved() -> None:
    one, other = keys().sums(STORY), keys().sums(replace(STORY, title="خبر آخر"))
    at = names_of(Story).index("title") * 4
    assert [n for n in range(0, len(one), 4) if one[n : n + 4] != other[n : n + 4]] == [at]


# ---------------------------------------------------------------- what makes a key exact

MODULES = (views, file_views, archive_views, service_views)
ALL_VIEWS = sorted(
    {kind for module in MODULES for kind in vars(module).values() if isinstance(kind, type) and issubclass(kind, Value)}
    - {Value},
    key=lambda kind: kind.__name__,
)


def _classes(said: Any) -> set[Any]:
    """What a field may hold besides None: classes, and those of a tuple's items."""
    if isinstance(said, types.UnionType) or typing.get_origin(said) is typing.Union:
        return set().union(*map(_classes, typing.get_args(said)))
    if typing.get_origin(said) is tuple:
        inner = {one for one in typing.get_args(said) if one is not ...}
        return set().union(*map(_classes, inner))
    return set() if said is type(None) else {said}


@pytest.mark.parametrize("kind", ALL_VIEWS, ids=lambda kind: kind.__name__)
def test_a_field_holds_values_of_one_class(kind: type[Struct]) -> None:
    """Views are written without the names of the classes within them."""
    for name, said in typing.get_type_hints(kind).items():
        classes = _classes(said)
        assert len(classes) == 1, (name, said)
        held = classes.pop()
        assert held in (str, int, float, bool, dict[str, Any]) or (isinstance(held, type) and issubclass(held, Value))
        assert kind.__struct_config__.frozen


def test_what_is_shared_is_among_the_views() -> None:
    assert set(ALL_VIEWS) >= SHARED
