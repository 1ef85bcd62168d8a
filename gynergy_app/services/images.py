"""A picture somebody uploaded becomes one we made ourselves.

Only the pixels survive: what comes out is a new WebP file, upright, at most 1600 pixels on its longer side,
without EXIF, place or camera. The file that came in is judged by its content, never by its name, and is not
kept.
"""

import asyncio
import warnings
from collections.abc import AsyncIterator
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from gynergy_app.domain.pictures import MOST_BYTES, MOST_MB
from gynergy_app.errors import Invalid

MAX_PIXELS = 40_000_000
LONGEST_SIDE = 1600
QUALITY = 82
FORMATS = ("JPEG", "PNG", "WEBP")
CONTENT_TYPE = "image/webp"

HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"}
_SRGB = ImageCms.createProfile("sRGB")
_at_once = asyncio.Semaphore(2)
"""Decoding is the costly part; more in parallel would only take memory from everybody else."""


@dataclass(frozen=True)
class Picture:
    content: bytes
    width: int
    height: int


class PictureRefused(Invalid):
    """`field` is the name of the upload field, so that the sentence appears beside it."""

    sentence = "This file could not be used. Please choose a JPEG, PNG or WebP picture."

    def __init__(self, field: str) -> None:
        super().__init__({field: self.sentence})


class PictureTooHeavy(PictureRefused):
    status = 413
    sentence = f"This file is larger than {MOST_MB} MB. Please choose a smaller picture."


class PictureTooLarge(PictureRefused):
    sentence = "This picture has more than 40 million pixels. Please choose a smaller one."


class PictureEmpty(PictureRefused):
    sentence = "This file is empty. Please choose a picture."


class NotAPicture(PictureRefused):
    sentence = "This file is not a JPEG, PNG or WebP picture, whatever its name says. Please choose another."


class PictureIsHeic(PictureRefused):
    sentence = (
        "This is a HEIC photo, which many browsers cannot show. Please save it as JPEG first, "
        "or set the camera to “Most Compatible”."
    )


class PictureDamaged(PictureRefused):
    sentence = "This picture is damaged or was not received whole. Please try again, or choose another."


async def receive(chunks: AsyncIterator[bytes], *, field: str = "photo") -> bytes:
    """Collect an upload, and stop listening as soon as it is too heavy."""
    received = bytearray()
    async for chunk in chunks:
        received += chunk
        if len(received) > MOST_BYTES:
            raise PictureTooHeavy(field)
    return bytes(received)


async def remake(upload: bytes, *, field: str = "photo") -> Picture:
    """Make our own picture of what was uploaded.

    Raises a `PictureRefused` whose sentence says what is wrong with the file.
    """
    if len(upload) > MOST_BYTES:
        raise PictureTooHeavy(field)
    async with _at_once:
        return await asyncio.to_thread(_remake, upload, field)


def _remake(upload: bytes, field: str) -> Picture:
    _check(upload, field)
    try:
        with Image.open(BytesIO(upload), formats=FORMATS) as image:
            return _encode(_upright(image))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise PictureDamaged(field) from error


def is_ours(content: bytes) -> bool:
    """Whether this is a picture as we make them: for files that left here and come back."""
    try:
        with Image.open(BytesIO(content), formats=("WEBP",)) as image:
            image.verify()
            return image.width * image.height <= MAX_PIXELS
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return False


def _check(upload: bytes, field: str) -> None:
    """Everything that can be known before a pixel is decoded."""
    if not upload:
        raise PictureEmpty(field)
    if upload[4:8] == b"ftyp" and upload[8:12] in HEIC_BRANDS:
        raise PictureIsHeic(field)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(upload), formats=FORMATS) as image:
                if image.width * image.height > MAX_PIXELS:
                    raise PictureTooLarge(field)
                image.verify()
    except (UnidentifiedImageError, Image.DecompressionBombError) as error:
        too_large = isinstance(error, Image.DecompressionBombError)
        raise (PictureTooLarge if too_large else NotAPicture)(field) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise PictureDamaged(field) from error


def _upright(image: Image.Image) -> Image.Image:
    """Shrink first, so that a JPEG is never decoded at full size, then turn as the camera was held."""
    profile = image.info.get("icc_profile")
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    image = ImageOps.exif_transpose(image)
    image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    return _in_srgb(image, profile) if profile else image


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """Keep the colours right once the profile is gone; a profile that does not fit the pixels is ignored."""
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(image, source, _SRGB, outputMode=image.mode) or image
    except (ImageCms.PyCMSError, OSError):
        return image


def _encode(image: Image.Image) -> Picture:
    clean = Image.new(image.mode, image.size)
    clean.paste(image)
    target = BytesIO()
    clean.save(target, "WEBP", quality=QUALITY, method=4)
    return Picture(target.getvalue(), image.width, image.height)
