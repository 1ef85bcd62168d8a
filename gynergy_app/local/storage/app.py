"""The storage server as an ASGI application, to be mounted at `/storage/v1`."""

from starlette.applications import Starlette
from starlette.routing import Route

from gynergy_app.local.storage import reading, writing
from gynergy_app.local.storage.call import StorageServer, answering

ROUTES = [
    Route("/object/list/{bucket}", answering(reading.list_folder), methods=["POST"]),
    Route("/object/info/{bucket}/{name:path}", answering(reading.info), methods=["GET"]),
    Route("/object/sign/{bucket}/{name:path}", answering(reading.sign), methods=["POST"]),
    Route("/object/sign/{bucket}/{name:path}", answering(reading.download_signed), methods=["GET"]),
    Route("/object/sign/{bucket}", answering(reading.sign_many), methods=["POST"]),
    Route("/object/authenticated/{bucket}/{name:path}", answering(reading.download), methods=["GET"]),
    Route("/object/{bucket}/{name:path}", answering(reading.download), methods=["GET"]),
    Route("/object/{bucket}/{name:path}", answering(writing.upload), methods=["POST", "PUT"]),
    Route("/object/{bucket}/{name:path}", answering(writing.remove_one), methods=["DELETE"]),
    Route("/object/{bucket}", answering(writing.remove), methods=["DELETE"]),
]


def storage_app(server: StorageServer) -> Starlette:
    app = Starlette(routes=ROUTES)
    app.state.server = server
    return app
