"""What becomes of a picture somebody uploads."""

from collections.abc import AsyncIterator
from io import BytesIO

import pytest
from PIL import Image

from gynergy_app.domain.pictures import MOST_BYTES
from gynergy_app.services import images

TURNED_RIGHT = 6
ORIENTATION, GPS, CAMERA = 0x0112, 0x8825, 0x0110


def a_picture(
    kind: str = "JPEG", size: tuple[int, int] = (64, 32), mode: str = "RGB", **save: object
) -> bytes:
    target = BytesIO()
    Image.new(mode, size, "teal").save(target, kind, **save)
    return target.getvalue()


def opened(picture: images.Picture) -> Image.Image:
    return Image.open(BytesIO(picture.content))


def with_exif() -> bytes:
    exif = Image.Exif()
    exif[ORIENTATION] = TURNED_RIGHT
    exif[CAMERA] = "Ana's phone"
    exif.get_ifd(GPS)[1] = "N"
    return a_picture(exif=exif)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
async def test_every_kind_we_take_becomes_webp(kind: str):
    picture = await images.remake(a_picture(kind))

    assert opened(picture).format == "WEBP"
    assert (picture.width, picture.height) == (64, 32)


async def test_a_photo_is_turned_upright_and_forgets_where_it_was_taken():
    upload = with_exif()
    assert Image.open(BytesIO(upload)).getexif().get_ifd(GPS), "the photo must have a place to forget"

    picture = await images.remake(upload)

    assert (picture.width, picture.height) == (32, 64)
    assert not opened(picture).getexif()
    assert b"Ana's phone" not in picture.content


async def test_a_large_photo_is_made_small_enough_to_show():
    picture = await images.remake(a_picture(size=(4000, 3000)))

    assert (picture.width, picture.height) == (1600, 1200)


async def test_a_transparent_drawing_stays_transparent():
    target = BytesIO()
    Image.new("RGBA", (8, 8), (0, 128, 128, 90)).save(target, "PNG")

    picture = await images.remake(target.getvalue())

    assert opened(picture).mode == "RGBA"


@pytest.mark.parametrize("mode", ["CMYK", "L"])
async def test_a_print_or_grey_photo_is_taken_too(mode: str):
    assert opened(await images.remake(a_picture(mode=mode))).mode == "RGB"


async def test_a_png_called_jpg_is_simply_taken():
    """Names are not looked at, so there is nothing to be wrong about."""
    assert await images.remake(a_picture("PNG"))


HEIC = b"\x00\x00\x00\x18ftypheic" + b"\x00" * 64
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("upload", "refusal"),
    [
        (b"", images.PictureEmpty),
        (b"Dear diary, this is no picture.", images.NotAPicture),
        (SVG, images.NotAPicture),
        (a_picture("GIF"), images.NotAPicture),
        (HEIC, images.PictureIsHeic),
        (a_picture(size=(900, 900))[:2500], images.PictureDamaged),
        (a_picture("PNG", size=(900, 900))[:1500], images.PictureDamaged),
        (a_picture("PNG", size=(8001, 5000), mode="1"), images.PictureTooLarge),
        (a_picture("PNG", size=(20_000, 10_000), mode="1"), images.PictureTooLarge),
        (b"\xff" * (MOST_BYTES + 1), images.PictureTooHeavy),
    ],
    ids=[
        "empty",
        "text",
        "svg",
        "gif",
        "heic",
        "cut jpeg",
        "cut png",
        "41 megapixels",
        "a bomb",
        "too heavy",
    ],
)
async def test_what_cannot_be_used_is_refused_with_its_own_sentence(upload: bytes, refusal: type):
    with pytest.raises(refusal) as refused:
        await images.remake(upload, field="avatar")

    assert refused.value.problems == {"avatar": refusal.sentence}


async def test_an_endless_upload_is_cut_off_at_the_limit():
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        while True:
            taken += 2**20
            yield b"\0" * 2**20

    with pytest.raises(images.PictureTooHeavy):
        await images.receive(endless())

    assert taken == MOST_BYTES + 2**20
