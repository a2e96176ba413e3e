"""What somebody says in the body of a request, as JSON held to a schema."""

from typing import TypeVar

from pydantic import ValidationError
from starlette.requests import Request

from app.bodies import must_be_json
from app.operations.asked import read_json, wrong
from app.schemas import Wire
from app.sentences import refusal_of

Said = TypeVar("Said", bound=Wire)


async def said(
    request: Request,
    schema: type[Said],
    *,
    not_json: str = "spec-not-json",
    too_large: str = "spec-too-large",
) -> Said:
    """
    Read the body of a request.

    Parameters
    ----------
    not_json, too_large
        Which sentences refuse it.

    Raises
    ------
    RefusalError
        Whatever is wrong with it, in sentences.
    """
    must_be_json(request)
    async with request.state.uploads.body(request, image=False, too_large=too_large) as body:
        document = read_json(body, not_json)
    if not isinstance(document, dict):
        raise wrong("no-object", "#")
    try:
        return schema.model_validate(document)
    except ValidationError as error:
        raise refusal_of(error, schema) from None
