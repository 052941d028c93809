"""Pages as they look: the picture of each, and where the characters of the text stand on it.

The reading of a document is recorded once, when the reader is opened with its whole text; its pages show the same again. So they
are given only to whoever shows the signature that came with that opening: what was never opened on record is not served. An
event a page would say no more, and would bury what the log is read for.
"""

from array import array

from django.core.signing import BadSignature, TimestampSigner
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from casereview.casebook import page_images
from casereview.casebook.models import TextVersion
from casereview.documents import DocumentRefused
from casereview.workbench.guard import who

LASTS = 12 * 60 * 60
"""Seconds for which an opened reader is given its pages."""

_signer = TimestampSigner(salt="casereview.reader.opened")


def opening(handle: str, text: TextVersion) -> str:
    """The signature that somebody has opened a text, which is on record, and when."""
    return _signer.sign(_said(handle, text)).removeprefix(_said(handle, text) + ":")


def image(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The picture of a page."""
    text = _opened(request, key)
    try:
        return HttpResponse(page_images.picture(text, number), content_type="image/webp")
    except (DocumentRefused, page_images.Busy) as reason:
        return _not_now(reason)


def where(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Eight 32-bit figures (the page's size in points, its frame), then the boxes, as in `page_images.PageMap`."""
    text = _opened(request, key)
    try:
        found = page_images.page_map(text, number)
    except (DocumentRefused, page_images.Busy) as reason:
        return _not_now(reason)
    head = array("f", (*found.size, *found.frame)).tobytes()
    return HttpResponse(head + found.boxes, content_type="application/octet-stream")


def _opened(request: HttpRequest, key: str) -> TextVersion:
    """The text that this person has opened, if it is still the document's. Http404 without a signature that says so."""
    texts = TextVersion.objects.select_related("document").filter(document__key=key, document__current=True, current=True)
    text = texts.defer("text").first()
    if text is None:
        raise Http404
    try:
        _signer.unsign(f"{_said(who(request).handle, text)}:{request.GET.get('opened', '')}", max_age=LASTS)
    except BadSignature as error:
        raise Http404 from error
    return text


def _said(handle: str, text: TextVersion) -> str:
    return "\n".join((handle, text.document.key, text.text_sha256))


def _not_now(reason: Exception) -> HttpResponse:
    """Why a page is not shown: 503 to ask again, 409 in words."""
    if not isinstance(reason, DocumentRefused):
        return HttpResponse(status=503, headers={"Retry-After": "1"})
    told = [{"code": one.code, "cause": one.cause, "remedy": one.remedy} for one in reason.problems]
    return JsonResponse({"problems": told}, status=409)
