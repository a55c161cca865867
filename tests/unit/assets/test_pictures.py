"""A picture is shown the right way up, in true colours, at honest sizes, and tells nothing about who took it."""

from __future__ import annotations

import io
import zlib
from typing import Any

import pytest
from PIL import Image, ImageCms, PngImagePlugin, features

from mujaz.assets import pictures
from mujaz.assets.pictures import Measure, PictureError, measure
from mujaz.assets.variants import Variant, for_card, plan, recipes_of, view, widths_for

WIDTHS = (480, 960, 1440)
NEEDS_AVIF = pytest.mark.skipif(not features.check("avif"), reason="this Pillow writes no AVIF")
RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)


def saved(image: Image.Image, format: str = "JPEG", **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, format, **options)
    return buffer.getvalue()


def opened(raw: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(raw))
    image.load()
    return image


def halves(width: int = 640, height: int = 320) -> Image.Image:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (width // 2, 0, width, height))
    return image


def near(colour: Any, wanted: tuple[int, ...], within: int = 12) -> bool:
    return len(colour) == len(wanted) and all(
        abs(one - other) <= within for one, other in zip(colour, wanted, strict=True)
    )


def make(raw: bytes, width: int, format: str) -> bytes:
    """One file of a picture that has no wider one."""
    recipe = f"{format} {width}"
    return pictures.make(raw, [recipe])[recipe]


def told(raw: bytes) -> str:
    """What an editor reads of a refused picture."""
    with pytest.raises(PictureError) as refused:
        measure(raw)
    with pytest.raises(PictureError) as also:
        make(raw, 100, "jpeg")
    assert refused.value.message == also.value.message
    assert refused.value.help
    return str(refused.value)


# ---------------------------------------------------------------- sizes and names


@pytest.mark.parametrize(
    ("width", "sizes"),
    [
        (4000, (480, 960, 1440)),
        (1440, (480, 960, 1440)),
        (1439, (480, 960, 1439)),
        (1000, (480, 960)),
        (800, (480, 800)),
        (500, (480,)),
        (480, (480,)),
        (300, (300,)),
        (1, (1,)),
    ],
)
def test_no_size_is_wider_than_its_source_and_there_is_always_one(width: int, sizes: tuple[int, ...]) -> None:
    assert widths_for(width, WIDTHS) == sizes
    assert widths_for(width, reversed(WIDTHS)) == sizes


def planned(
    source: str = "content/2021/10/NATO Mission.jpg", digest: str = "a" * 32, **more: Any
) -> tuple[Variant, ...]:
    size = Measure(width=1200, height=800, format="JPEG")
    return plan(source, digest, more.pop("measure", size), widths=WIDTHS, formats=more.pop("formats", ("webp",)))


def test_a_view_lists_every_file_and_names_the_widest() -> None:
    shown = view(planned(), "/news/assets/pictures/")
    stem = shown.src.removesuffix("-1200.jpg")
    assert stem.startswith("/news/assets/pictures/nato-mission-")
    assert shown.srcset == f"{stem}-480.jpg 480w, {stem}-960.jpg 960w, {stem}-1200.jpg 1200w"
    assert shown.webp == shown.srcset.replace(".jpg", ".webp")
    assert (shown.width, shown.height) == (1200, 800)


def test_without_webp_there_is_no_webp() -> None:
    only = planned(formats=())
    assert {variant.format for variant in only} == {"jpeg"}
    assert view(only, "/").webp == ""


def test_a_card_stops_at_960_but_has_a_picture_even_if_all_are_wider() -> None:
    shown = view(for_card(planned()), "/")
    assert (shown.width, shown.height) == (960, 640)
    wide = plan("a.jpg", "b", Measure(width=3000, height=10, format="PNG"), widths=(1440, 2000), formats=())
    assert [variant.width for variant in for_card(wide)] == [1440]


@pytest.mark.parametrize(
    ("source", "stem"),
    [
        ("content/2021/قمة المناخ.jpg", "picture"),
        ("content/صورة-2021.jpg", "2021"),
        ("Éléphant & Co__.PNG", "elephant-co"),
        ("a/.hidden", "hidden"),
        ("x" * 90 + ".jpg", "x" * 40),
        ("a\u202eb'\"<>.jpg", "ab"),
        ("bare", "bare"),
    ],
)
def test_names_are_ascii_and_need_no_escape(source: str, stem: str) -> None:
    name = planned(source)[0].name
    assert name.rpartition("-")[0].rpartition("-")[0] == stem
    assert name.isascii() and not set(name) & set(" \"'<>&%?#/")


def test_a_name_changes_with_content_and_recipe_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    before = planned()
    assert planned() == before
    assert not {one.name for one in before} & {one.name for one in planned(digest="b" * 32)}
    monkeypatch.setattr(pictures, "RECIPE", (*pictures.RECIPE, "sharper"))
    assert not {one.name for one in before} & {one.name for one in planned()}


# ---------------------------------------------------------------- orientation, metadata, colour


def described(turn: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = turn
    exif[0x010F] = "CAMERAMAKER"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (25.0, 17.0, 11.0)
    return exif


def corners(image: Image.Image) -> list[str]:
    """The colours of the four corners, from the top left, clockwise."""
    names = {"red": RED, "green": GREEN, "blue": BLUE, "white": WHITE}
    image = image.convert("RGB")
    right, bottom = image.width - 9, image.height - 9
    spots = [image.getpixel(spot) for spot in ((8, 8), (right, 8), (right, bottom), (8, bottom))]
    return [next(name for name, colour in names.items() if near(spot, colour, 40)) for spot in spots]


UPRIGHT = ["red", "green", "blue", "white"]
STORED = {  # how the corners must lie in the file for each orientation, so that they are upright after it
    1: (0, 1, 2, 3),
    2: (1, 0, 3, 2),
    3: (2, 3, 0, 1),
    4: (3, 2, 1, 0),
    5: (0, 3, 2, 1),
    6: (1, 2, 3, 0),
    7: (2, 1, 0, 3),
    8: (3, 0, 1, 2),
}


@pytest.mark.parametrize("turn", STORED)
@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_every_way_a_camera_is_held_ends_upright(turn: int, format: str) -> None:
    size = (400, 200) if turn < 5 else (200, 400)
    image = Image.new("RGB", size)
    boxes = [(0, 0), (size[0] // 2, 0), (size[0] // 2, size[1] // 2), (0, size[1] // 2)]
    colours = dict(zip(UPRIGHT, (RED, GREEN, BLUE, WHITE), strict=True))
    for corner, (left, top) in zip(STORED[turn], boxes, strict=True):
        image.paste(colours[UPRIGHT[corner]], (left, top, left + size[0] // 2, top + size[1] // 2))
    raw = saved(image, format, exif=described(turn))

    assert measure(raw) == Measure(width=400, height=200, format=format)
    for made_as in ("jpeg", "webp"):
        made = opened(make(raw, 200, made_as))
        assert made.size == (200, 100)
        assert corners(made) == UPRIGHT


@pytest.mark.parametrize("format", ["JPEG", "WEBP"])
def test_a_picture_stands_as_browsers_show_it(format: str) -> None:
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description tiff:Orientation="6"/></x:xmpmeta>'
    assert measure(saved(halves(), format, xmp=xmp)) == Measure(width=640, height=320, format=format)


def test_broken_metadata_is_no_reason_to_refuse_a_picture() -> None:
    raw = saved(halves(), exif=b"Exif\x00\x00MM\x00\x2a\x00\x00\xff\xffbroken")
    assert measure(raw) == Measure(width=640, height=320, format="JPEG")
    assert opened(make(raw, 100, "jpeg")).size == (100, 50)


@pytest.mark.parametrize("format", ["jpeg", "webp"])
def test_place_camera_and_comments_are_not_published(format: str) -> None:
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">SECRETPLACE</x:xmpmeta>'
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "SECRETCOMMENT")
    sources = (
        saved(halves(), exif=described(1), comment=b"SECRETCOMMENT", xmp=xmp),
        saved(halves(), exif=described(1), comment=b"SECRETCOMMENT", xmp=xmp, icc_profile=srgb()),
        saved(halves(), "PNG", exif=described(1), pnginfo=notes),
    )
    for source in sources:
        assert b"SECRETCOMMENT" in source and b"CAMERAMAKER" in source
        made = make(source, 320, format)
        for secret in (b"SECRET", b"CAMERA", b"Exif", b"ICC_PROFILE", b"http://"):
            assert secret not in made
        assert not dict(opened(made).getexif())
        assert not {"exif", "xmp", "comment", "icc_profile"} & set(opened(made).info)


def srgb() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def swapped() -> bytes:
    """A colour profile in which red and green have changed places, so that what is done with it can be seen."""
    profile = bytearray(srgb())
    entries = {bytes(profile[at : at + 4]): at for at in range(132, 132 + 12 * profile[131], 12)}
    red, green = entries[b"rXYZ"], entries[b"gXYZ"]
    profile[red : red + 4], profile[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(profile)


@pytest.mark.parametrize("format", ["jpeg", "webp"])
def test_a_colour_profile_is_applied_before_it_is_dropped(format: str) -> None:
    image = Image.new("RGB", (64, 64), RED)
    assert near(opened(make(saved(image, "PNG"), 32, format)).getpixel((16, 16)), RED)
    assert near(opened(make(saved(image, "PNG", icc_profile=swapped()), 32, format)).getpixel((16, 16)), GREEN)


def test_a_profile_that_does_not_fit_is_ignored() -> None:
    raw = saved(Image.new("L", (64, 64), 200), "PNG", icc_profile=swapped())
    assert near((opened(make(raw, 32, "jpeg")).convert("L").getpixel((9, 9)),), (200,))
    raw = saved(Image.new("RGB", (64, 64), RED), "PNG", icc_profile=b"no profile at all")
    assert near(opened(make(raw, 32, "jpeg")).getpixel((9, 9)), RED)


def test_a_profile_keeps_transparency() -> None:
    raw = saved(Image.new("RGBA", (64, 64), (*RED, 128)), "PNG", icc_profile=swapped())
    assert near(opened(make(raw, 32, "webp")).getpixel((16, 16)), (*GREEN, 128))


# ---------------------------------------------------------------- kinds of source


def test_transparency_is_white_in_a_jpeg_and_kept_in_webp() -> None:
    image = Image.new("RGBA", (200, 100), (0, 0, 255, 0))
    image.paste((*RED, 255), (0, 0, 100, 100))
    raw = saved(image, "PNG")
    flat, clear = opened(make(raw, 100, "jpeg")), opened(make(raw, 100, "webp"))
    assert near(flat.getpixel((90, 25)), WHITE) and near(flat.getpixel((10, 25)), RED)
    assert clear.mode == "RGBA" and clear.getpixel((90, 25))[3] == 0 and clear.getpixel((10, 25))[3] == 255


@pytest.mark.parametrize("format", ["jpeg", "webp", pytest.param("avif", marks=NEEDS_AVIF)])
@pytest.mark.parametrize("width", [200, 100], ids=["as wide as its source", "half of it"])
def test_what_is_wholly_clear_hides_nothing(width: int, format: str) -> None:
    """An eraser leaves the colours of what it made clear, words too, in the file that it saves."""
    image = Image.new("RGBA", (200, 100), (*WHITE, 255))
    image.paste((*BLUE, 0), (60, 20, 140, 80))
    made = opened(make(saved(image, "PNG"), width, format)).convert("RGB")
    assert made.size == (width, width // 2)
    assert not any(near(colour, BLUE, 60) for _, colour in made.getcolors(20_000) or [])


def test_a_palette_with_a_transparent_colour() -> None:
    image = Image.new("P", (100, 100), 0)
    image.putpalette([*BLUE, *RED])
    image.paste(1, (0, 0, 50, 100))
    for format in ("PNG", "GIF"):
        made = opened(make(saved(image, format, transparency=0), 50, "jpeg"))
        assert near(made.getpixel((5, 25)), RED) and near(made.getpixel((45, 25)), WHITE)
        opaque = opened(make(saved(image, format), 50, "jpeg"))
        assert near(opaque.getpixel((45, 25)), BLUE)


def test_print_colours_become_screen_colours() -> None:
    made = opened(make(saved(Image.new("CMYK", (64, 64), (0, 255, 255, 0))), 32, "jpeg"))
    assert made.mode == "RGB" and near(made.getpixel((9, 9)), RED)


@pytest.mark.parametrize(
    ("mode", "colour", "grey"), [("L", 90, 90), ("1", 1, 255), ("LA", (90, 255), 90), ("I;16", 90 * 257, 90)]
)
def test_greys_stay_grey(mode: str, colour: Any, grey: int) -> None:
    raw = saved(Image.new(mode, (64, 64), colour), "PNG")
    for format in ("jpeg", "webp"):
        assert near(opened(make(raw, 32, format)).convert("RGB").getpixel((9, 9)), (grey, grey, grey))


def test_of_a_moving_picture_the_first_frame_is_shown() -> None:
    frames = [Image.new("RGB", (60, 40), colour) for colour in (RED, BLUE)]
    raw = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert measure(raw) == Measure(width=60, height=40, format="GIF", animated=True)
    assert near(opened(make(raw, 60, "jpeg")).getpixel((30, 20)), RED)


def test_a_phones_double_picture_is_a_jpeg() -> None:
    raw = saved(halves(), "MPO", save_all=True, append_images=[halves()])
    assert measure(raw) == Measure(width=640, height=320, format="JPEG")
    assert opened(make(raw, 64, "jpeg")).size == (64, 32)


# ---------------------------------------------------------------- what is refused


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    """Only the header claims so many pixels; they are not there, so decoding would find the file cut short."""
    for side in (7_100, 10_000, 15_000):  # above our cap, above Pillow's warning, above its error
        raw = bytearray(saved(Image.new("1", (8, 8)), "PNG"))
        raw[16:24] = side.to_bytes(4, "big") * 2
        raw[29:33] = zlib.crc32(raw[12:29]).to_bytes(4, "big")
        assert told(bytes(raw)) == "has more than 50,000,000 pixels, too many to hold in memory while it is resized"


def test_a_ribbon_is_refused() -> None:
    assert told(saved(Image.new("1", (16_001, 1)), "PNG")).startswith("is 16001×1 pixels")


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "GIF"])
@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_picture_cut_short_is_refused(format: str, share: float) -> None:
    noise = Image.effect_noise((300, 200), 90).convert("RGB")
    raw = saved(noise, format)
    assert measure(raw).width == 300
    assert told(raw[: int(len(raw) * share)]).startswith("is damaged or cut short")


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"", "is empty"),
        ("مجرد نص".encode(), "is not a picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "is an SVG drawing, which may carry scripts"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- a -->\n<svg/>", "is an SVG drawing, which may carry scripts"),
        (b"<!DOCTYPE html><title>404</title>", "is a web page, not a picture"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00", "is a HEIC picture, which few browsers show"),
        (b"%PDF-1.7", "is a PDF"),
        (b"GIF89a", "is not a picture"),
        (saved(halves(8, 8), "BMP"), "is a BMP picture"),
        (saved(halves(8, 8), "TIFF"), "is a TIFF picture, which browsers do not show"),
        (saved(halves(8, 8), "EPS"), "is not a picture"),
    ],
)
def test_what_is_no_picture_is_refused_by_name(raw: bytes, text: str) -> None:
    assert told(raw) == text


# ---------------------------------------------------------------- what is made


@pytest.mark.parametrize("format", ["jpeg", "webp"])
def test_a_picture_is_the_same_bytes_each_time(format: str) -> None:
    raw = saved(halves(1000, 700))
    assert make(raw, 480, format) == make(raw, 480, format)


@pytest.mark.slow
def test_a_file_has_the_bytes_of_its_recipe_whatever_is_made_with_it() -> None:
    raw = saved(Image.effect_noise((130, 90), 90).resize((1300, 900)).convert("RGB"))
    all_of_it = recipes_of(plan("a.jpg", "d", measure(raw), widths=WIDTHS, formats=("webp",)), card=True)
    assert len(all_of_it) == 7
    together = pictures.make(raw, all_of_it)
    assert list(map(pictures.make(raw, reversed(all_of_it)).get, all_of_it)) == list(map(together.get, all_of_it))
    for recipe in all_of_it:
        assert pictures.make(raw, [recipe]) == {recipe: together[recipe]}, recipe


def test_other_widths_are_other_files_for_each_width_is_made_of_the_next() -> None:
    size = Measure(width=1500, height=800, format="JPEG")
    some, fewer = (plan("a.jpg", "d", size, widths=widths, formats=()) for widths in (WIDTHS, WIDTHS[:2]))
    assert {one.recipe for one in some} == {"jpeg 480 960 1440", "jpeg 960 1440", "jpeg 1440"}
    assert not {one.name for one in some} & {one.name for one in fewer}


@pytest.mark.slow
def test_files_have_the_sizes_that_were_planned() -> None:
    for size in ((1333, 777), (1001, 3), (30, 2000)):
        raw = saved(Image.new("RGB", size, GREEN))
        for variant in plan("a.jpg", "d", measure(raw), widths=WIDTHS, formats=("webp",)):
            made = opened(pictures.make(raw, [variant.recipe])[variant.recipe])
            assert made.size == (variant.width, variant.height)
            assert made.format == variant.format.upper()


def test_nothing_is_enlarged() -> None:
    assert opened(make(saved(halves(300, 150)), 480, "jpeg")).size == (300, 150)


def test_an_unknown_format_is_our_mistake() -> None:
    with pytest.raises(ValueError, match="gif"):
        make(saved(halves()), 100, "gif")


@NEEDS_AVIF
def test_avif_is_made_where_it_is_asked_for() -> None:
    all_of_it = planned(formats=("avif", "webp"))
    assert [one.format for one in all_of_it[:3]] == ["jpeg", "webp", "avif"]
    shown = view(all_of_it, "/")
    assert shown.avif == shown.srcset.replace(".jpg", ".avif")
    made = opened(make(saved(halves()), 320, "avif"))
    assert (made.format, made.size) == ("AVIF", (320, 160))
    assert near(made.getpixel((9, 9)), RED, 20)


def test_a_pillow_without_avif_is_named_not_crashed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(features, "check", lambda name: False)
    with pytest.raises(PictureError, match="cannot be made as AVIF") as refused:
        make(saved(halves()), 100, "avif")
    assert "pictures.formats" in str(refused.value.help)
