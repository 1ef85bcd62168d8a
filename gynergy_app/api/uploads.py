"""Pictures coming in, and going out to those who may see them."""

import re
from collections.abc import AsyncGenerator, AsyncIterator
from datetime import timedelta
from uuid import uuid4

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gynergy_app import clock
from gynergy_app.api.auth.posting import get_caller, own_cookie
from gynergy_app.api.requests import check_origin
from gynergy_app.db import as_member
from gynergy_app.domain.accounts import Member
from gynergy_app.domain.pictures import MOST_BYTES
from gynergy_app.errors import NotFound
from gynergy_app.integrations import supabase_storage
from gynergy_app.services import accounts, images, rate_limits, sessions

AROUND_THE_FILE = 16 * 1024
"""What a multipart body may weigh beside its file."""
MOST_PICTURES, PER = 30, timedelta(hours=1)
_KEY = re.compile(r"[0-9a-f-]{36}/[\w-]{1,80}\.webp")


class NoSuchPicture(NotFound):
    def __init__(self) -> None:
        super().__init__("This picture is not here any more, or it is not yours to see.")


async def keep_face(request: Request) -> Response:
    """The member's own picture, in place of the one before."""
    who = await get_caller(request)
    key = await receive_picture(request, who, field="picture")
    async with as_member(who.id) as db:
        replaced = await accounts.change_picture(db, who, key)
    if replaced:
        await supabase_storage.delete(await _token(request), replaced)
    return JSONResponse({"key": key, "url": f"/media/{key}"})


async def receive_picture(request: Request, who: Member, *, field: str) -> str:
    """Take one picture of a multipart form into the member's folder; the answer is its key.

    Raises `PictureRefused` with the sentence for the field.
    """
    check_origin(request)
    await rate_limits.allow(f"picture:{who.id}", MOST_PICTURES, PER, clock.now())
    upload = await images.receive(_file(request, field), field=field)
    picture = await images.remake(upload, field=field)
    key = f"{who.id}/{uuid4().hex}.webp"
    await supabase_storage.put(await _token(request), key, picture.content, images.CONTENT_TYPE)
    return key


async def _file(request: Request, field: str) -> AsyncIterator[bytes]:
    try:
        form = await MultiPartParser(
            request.headers, _capped(request, field), max_files=1, max_fields=5
        ).parse()
    except (MultiPartException, KeyError):
        raise images.PictureDamaged(field) from None
    sent = form.get(field)
    if not isinstance(sent, UploadFile):
        raise images.PictureEmpty(field)
    try:
        while chunk := await sent.read(1 << 18):
            yield chunk
    finally:
        await form.close()


async def _capped(request: Request, field: str) -> AsyncGenerator[bytes, None]:
    """Stop listening as soon as it is too heavy, whatever length was announced."""
    received = 0
    async for chunk in request.stream():
        received += len(chunk)
        if received > MOST_BYTES + AROUND_THE_FILE:
            raise images.PictureTooHeavy(field)
        yield chunk


async def show(request: Request) -> Response:
    """A file of the caller's own, or the face of somebody she shares a cohort with: the policies decide."""
    await get_caller(request)
    key = request.path_params["key"]
    if not _KEY.fullmatch(key):
        raise NoSuchPicture
    content = await supabase_storage.get(await _token(request), key)
    headers = {"Cache-Control": "private, max-age=600", "Content-Disposition": "inline", "Vary": "Cookie"}
    return Response(content, media_type=images.CONTENT_TYPE, headers=headers)


async def _token(request: Request) -> str:
    return await sessions.access_token(own_cookie(request), clock.now())


routes = [
    Route("/uploads/picture", keep_face, methods=["POST"]),
    Route("/media/{key:path}", show, methods=["GET"]),
]
