"""The print edition of a page as a tagged PDF (PDF/UA-1)."""

import logging
from hashlib import sha256

import weasyprint
from weasyprint.urls import URLFetcher

logging.getLogger("weasyprint").setLevel(logging.ERROR)
logging.getLogger("fontTools").setLevel(logging.ERROR)


def pdf(html: str) -> bytes:
    """The PDF of a page. The same page gives the same bytes; nothing is fetched but what the page itself holds."""
    own = URLFetcher(allowed_protocols=("data",), allow_redirects=False)
    identifier = sha256(html.encode()).hexdigest()[:32].encode()
    made: bytes = weasyprint.HTML(string=html, url_fetcher=own).write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=identifier)
    return made
