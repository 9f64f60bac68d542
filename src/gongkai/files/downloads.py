"""Sending files out: always to be saved, never shown as a page of ours, whatever is in them."""

from django.http import Http404, StreamingHttpResponse
from django.utils.http import content_disposition_header

from gongkai.files.kinds import FACTS
from gongkai.files.queries import NoSuchFile, file_of, pieces_of


def download(public_id: str, *, owner: str) -> StreamingHttpResponse:
    """The file as a response, piece by piece. Raises Http404; whether it may be seen the caller has decided."""
    try:
        stored = file_of(public_id, owner=owner)
        pieces = pieces_of(public_id, owner=owner)
    except NoSuchFile as error:
        raise Http404 from error
    response = StreamingHttpResponse(pieces, content_type=FACTS[stored.kind].media_type)
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=stored.name) or "attachment"
    )
    response["Content-Length"] = str(stored.size)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    if stored.is_personal:
        response["Cache-Control"] = "private, no-store"
    return response
