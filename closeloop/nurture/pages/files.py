"""Files of the library at their public addresses; that one was read is noted."""

from typing import IO
from urllib.parse import quote

from django.http import FileResponse, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from closeloop.behaviour import actions as behaviour
from closeloop.behaviour import bots, links
from closeloop.behaviour.actions import Act
from closeloop.edge import problems, work
from closeloop.engine.refusals import Refusal
from closeloop.files import formats, store
from closeloop.identity.actor import SYSTEM
from closeloop.nurture import composing, errors, tokens
from closeloop.nurture.models import Item


@require_GET
def file(request: HttpRequest, token: str) -> HttpResponse | FileResponse:
    """A file of the library, for whoever has its address."""
    try:
        item = _item(tokens.read_file(token))
    except Refusal as refusal:
        return problems.answer(request, refusal)
    record_id = links.read_person(request.GET.get(links.PERSON_PARAMETER, ""))
    if record_id is not None and not bots.is_bot(request.headers.get("User-Agent", "")):
        title = composing.title_of(item, "zh-CN")[:200]
        data = {"file": title, **({"topic": item.topic} if item.topic else {})}
        act = Act("download", data)
        work.perform(lambda: behaviour.note(record_id, [act], actor=SYSTEM))
    answer = answer_with(item, store.open_stored(item.stored_as))
    answer["X-Robots-Tag"] = "noindex"
    return answer


def answer_with(item: Item, content: IO[bytes]) -> FileResponse:
    """The bytes, shown where browsers show them safely, else saved."""
    known = formats.BY_CONTENT_TYPE.get(item.content_type)
    is_inline = known is not None and known.is_inline
    answer = FileResponse(content, content_type=item.content_type)
    how = "inline" if is_inline else "attachment"
    answer["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(item.file_name)}"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "private, max-age=3600"
    return answer


def _item(item_id: int) -> Item:
    found = Item.objects.filter(pk=item_id).exclude(stored_as="").first()
    if found is None:
        raise errors.LinkInvalid
    return found
