"""How Supabase Storage says no: always status 400, the real one inside."""

from starlette.responses import JSONResponse, Response


class StorageError(Exception):
    def __init__(self, status: int, error: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.error = error
        self.message = message


class ObjectNotFound(StorageError):
    def __init__(self) -> None:
        super().__init__(404, "not_found", "Object not found")


class TooLarge(StorageError):
    def __init__(self) -> None:
        super().__init__(413, "Payload too large", "The object exceeded the maximum allowed size")


class Refused(StorageError):
    def __init__(self, message: str = "new row violates row-level security policy") -> None:
        super().__init__(403, "Unauthorized", message)


def answer(error: StorageError) -> Response:
    status = error.status if error.status >= 500 else 400
    body = {"statusCode": str(error.status), "error": error.error, "message": error.message}
    return JSONResponse(body, status)
