"""Pictures: what a source measures, and the files that are made of it. `mujaz.assets.variants` says which.

A source is decoded whole and written anew, so nothing but its pixels is published: no place, no camera, no thumbnail,
and nothing that hides behind the picture. Only `measure` and `make` load Pillow.

All files of one picture are made together: it is decoded once, and each width is made of the next wider one. So the
bytes of a file depend on the widths above its own, and its recipe names them: "webp 480 960 1440" is a WebP, 480
pixels wide, made by way of 1440 and 960; "card 1440" is the crop for sharing of a picture whose widest file has 1440.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from mujaz.assets.repeats import too_many
from mujaz.frozen import Value
from mujaz.messages.message import Message, say

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")  # of sources; Pillow tries no other decoder
SUFFIXES = {"jpeg": "jpg", "webp": "webp", "avif": "avif"}  # of what is made

# A pixel takes up to four bytes while it is worked on: 200 MB at the cap, in each worker. Phones take up to 50 million.
MAX_PIXELS = 50_000_000
MAX_SIDE = 16_000  # WebP ends at 16,383
SHARED = (1200, 630)  # pixels of a picture for sharing, as Open Graph wants it
SHARED_LEAST = 600  # a picture of which less is left by the crop would be blurred

# Chosen by the table of docs/scale.md: progressive JPEGs are 2 % smaller and take three times as long, and WebP's
# method 4 saves 4 % for twice the time of method 2.
JPEG = {"quality": 80, "optimize": True, "subsampling": "4:2:0"}
WEBP = {"quality": 78, "method": 2}
AVIF = {"quality": 60, "speed": 8, "max_threads": 1, "autotiling": False}  # of one thread: the same bytes anywhere
GAP = 1.0  # a picture that is halved or more is first averaged in whole pixels
RECIPE = (
    "3",
    "bicubic, then hamming",
    str(GAP),
    str(JPEG),
    str(WEBP),
    str(AVIF),
)  # in every name: another recipe, other addresses

MADE_BY = (("assets/pictures",), ("pillow",))  # modules and libraries that shape the bytes

# EXIF's orientations; those from 5 on swap width and height.
TURNS = {
    2: "FLIP_LEFT_RIGHT",
    3: "ROTATE_180",
    4: "FLIP_TOP_BOTTOM",
    5: "TRANSPOSE",
    6: "ROTATE_270",
    7: "TRANSVERSE",
    8: "ROTATE_90",
}
ORIENTATION = 0x0112


class PictureError(Exception):
    """A file that cannot be shown: `message` says why, to stand after the file's name; `help` how to mend it."""

    def __init__(self, message: Message, help: Message) -> None:
        super().__init__(message, help)
        self.message = message
        self.help = help

    def __str__(self) -> str:
        return str(self.message)


class Measure(Value):
    """Pixels of a source as it is shown. `format` is one of `FORMATS`; of an `animated` one the first frame is used."""

    width: int
    height: int
    format: str
    animated: bool = False


def measure(raw: bytes) -> Measure:
    """Decode a source and measure it; raises PictureError if it is not a whole picture that can be shown."""
    with opened(raw) as image:
        width, height = image.size
        format = "JPEG" if image.format == "MPO" else str(image.format)  # a phone's JPEG with a second view in it
        animated = format != "JPEG" and bool(getattr(image, "is_animated", False))
        if _orientation(image) >= 5:
            width, height = height, width
        image.draft(None, (1, 1))  # an eighth of a JPEG tells as well as the whole whether it is cut short
        image.load()
        return Measure(width=width, height=height, format=format, animated=animated)


def make(raw: bytes, recipes: Iterable[str]) -> dict[str, bytes]:
    """The files of the source `raw` by their `recipes`: no wider than it is, the right way up, in sRGB, bare of
    metadata. Transparency turns white in a JPEG. Raises PictureError as `measure` does, ValueError for a recipe of
    another format.
    """
    from PIL.Image import Resampling

    wanted = {recipe: _read(recipe) for recipe in recipes}
    widths = sorted({width for _, widths in wanted.values() for width in widths}, reverse=True)
    with opened(raw) as image:
        turn = _orientation(image)
        least = 2 * max(widths[0], SHARED[0])  # a JPEG is decoded at a fraction; twice the size keeps it sharp
        image.draft(None, (least, 1) if turn < 5 else (1, least))
        image.load()
        profile = image.info.get("icc_profile")
        whole = _turned(_plain(image), turn)
        made: dict[str, bytes] = {}
        for recipe, (format, _) in wanted.items():
            if format == "card":
                shared = whole.resize(SHARED, Resampling.HAMMING, box=crop(*whole.size), reducing_gap=GAP)
                made[recipe] = _written(_in_srgb(shared, profile), "jpeg")
        shape = Measure(width=whole.width, height=whole.height, format="")
        shown = whole
        for width in widths:
            width = min(width, shape.width)
            # The widest is hardly smaller than its source, where the cheaper filter blurs; the others are far smaller.
            sharp = Resampling.BICUBIC if shown is whole else Resampling.HAMMING
            shown = shown.resize((width, height_for(width, shape)), sharp, reducing_gap=GAP)
            shown, profile = _in_srgb(shown, profile), None
            for recipe, (format, (own, *_)) in wanted.items():
                if format != "card" and min(own, shape.width) == width and recipe not in made:
                    made[recipe] = _written(shown, format)
        return made


def height_for(width: int, measure: Measure) -> int:
    """The height, in pixels, of a picture made `width` pixels wide: at least one."""
    return max(1, round(measure.height * width / measure.width))


def _read(recipe: str) -> tuple[str, tuple[int, ...]]:
    """Format and widths of a recipe, its own first. Raises ValueError for a format that is not made."""
    format, *widths = recipe.split()
    if format not in SUFFIXES and format != "card":
        raise ValueError(f"no pictures are made as {format}")
    return format, tuple(map(int, widths))


def crop(width: int, height: int) -> tuple[float, float, float, float]:
    """The part of a picture, left, top, right and bottom, that has the shape of `SHARED`: the middle of a wide one,
    and of a tall one the upper third, where faces are.
    """
    across = min(width, height * SHARED[0] / SHARED[1])
    down = across * SHARED[1] / SHARED[0]
    left, top = (width - across) / 2, (height - down) / 3
    return (left, top, min(left + across, width), min(top + down, height))


def is_for_sharing(width: int, height: int) -> bool:
    """Whether a picture of this size is sharp enough when it is cropped to `SHARED`."""
    left, _, right, _ = crop(width, height)
    return right - left >= SHARED_LEAST


@contextmanager
def opened(raw: bytes) -> Iterator[Image]:
    """A source within the caps. Whatever Pillow says against it, there or later, is a PictureError."""
    from PIL import Image, UnidentifiedImageError

    if repeated := too_many(raw):
        raise PictureError(repeated, say("export-again"))
    bombs = (Image.DecompressionBombError, Image.DecompressionBombWarning)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of broken metadata, which is dropped
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(io.BytesIO(raw), formats=FORMATS) as image:
                _check_caps(*image.size)
                yield image
        except PictureError:
            raise
        except bombs as error:
            raise _too_large() from error
        except UnidentifiedImageError as error:
            raise _unknown(raw) from error
        except Exception as error:  # decoders raise a dozen kinds, and a broken picture is an editor's problem
            raise PictureError(say("picture-damaged", why=str(error)), say("export-again")) from error


def _check_caps(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise _too_large()
    if max(width, height) > MAX_SIDE:
        raise PictureError(say("picture-too-wide", width=width, height=height, most=MAX_SIDE), say("crop-or-shrink"))


def _too_large() -> PictureError:
    return PictureError(say("too-many-pixels", n=MAX_PIXELS), say("save-smaller"))


# What stands in (?>…) is matched once: without it forty comments take a time that doubles with each.
KINDS = (
    (rb"(?s)\s*+(?>(?:<\?xml.*?\?>\s*)?)(?>(?:<!--.*?-->\s*)*)(<!DOCTYPE svg|<svg)", "picture-is-svg"),
    (rb"(?s)....ftyp(hei|hev|mif|msf)", "picture-is-heic"),
    (rb"(?s)....ftyp", "picture-is-film"),
    (rb"(?s)II\*\x00|MM\x00\*", "picture-is-tiff"),
    (rb"BM", "picture-is-bmp"),
    (rb"%PDF", "picture-is-pdf"),
    (rb"(?is)\s*+<(!doctype html|html)", "picture-is-page"),
    (rb"\Z", "picture-is-empty"),
)


def _unknown(raw: bytes) -> PictureError:
    start = raw[:4096].removeprefix(b"\xef\xbb\xbf")
    kind = next((kind for pattern, kind in KINDS if re.match(pattern, start)), "no-picture")
    return PictureError(say(kind), say("save-as-known-kind"))


def _orientation(image: Image) -> int:
    """1 to 8 as in EXIF; 1, upright, where it is missing or broken. Pillow would ask XMP too, as no browser does."""
    for elsewhere in ("xmp", "XML:com.adobe.xmp", "Raw profile type exif"):
        image.info.pop(elsewhere, None)
    try:
        turn = image.getexif().get(ORIENTATION, 1)
    except Exception:  # broken metadata is no reason to refuse a whole picture
        return 1
    return turn if turn in TURNS else 1


def _plain(image: Image) -> Image:
    """The picture in a mode that can be resized and converted: L, RGB, RGBA or CMYK."""
    if image.mode.startswith("I"):  # 16 bits of grey; the upper eight are what a screen shows
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if "transparency" in image.info or image.mode in ("LA", "PA", "La", "RGBa"):
        return image.convert("RGBA")
    if image.mode == "1":
        return image.convert("L")
    return image if image.mode in ("L", "RGB", "RGBA", "CMYK") else image.convert("RGB")


def _in_srgb(image: Image, profile: bytes | None) -> Image:
    """The colours of `profile` in sRGB, so that the profile can be left out. One that does not fit is ignored."""
    from PIL import ImageCms

    if profile:
        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            made = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
        except (ImageCms.PyCMSError, OSError):
            made = None
        if made is not None:
            return made
    return image.convert("RGB") if image.mode == "CMYK" else image


def _turned(image: Image, turn: int) -> Image:
    from PIL.Image import Transpose

    return image.transpose(Transpose[TURNS[turn]]) if turn in TURNS else image


def _written(image: Image, format: str) -> bytes:
    image.info.clear()  # a JPEG's comment would be written again
    if image.mode == "RGBA":  # what an eraser made wholly clear may still have its colours, and AVIF would keep them
        image = image.convert("RGBa").convert("RGBA")
    buffer = io.BytesIO()
    if format == "webp":
        image.save(buffer, "WEBP", **WEBP)
    elif format == "avif":
        _check_avif()
        image.save(buffer, "AVIF", **AVIF)
    else:
        _on_white(image).save(buffer, "JPEG", **JPEG)
    return buffer.getvalue()


def _check_avif() -> None:
    from PIL import features

    if not features.check("avif"):
        raise PictureError(say("no-avif-here"), say("take-avif-out"))


def _on_white(image: Image) -> Image:
    from PIL import Image as images

    if image.mode != "RGBA":
        return image
    white = images.new("RGBA", image.size, "white")
    return images.alpha_composite(white, image).convert("RGB")
