"""Codings as W3C Web Annotations (w3.org/TR/annotation-model): where they stand, in code points and by their words."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from casereview.casebook import tree, tree_versions
from casereview.casebook.exchange.passages_out import live_documents, selection_guid
from casereview.casebook.seen import Seen
from casereview.interchange.refi.guids import guid
from casereview.study.study import Study

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_PLACE = ("passage__text__document__key", "passage__start", "passage__end")
_WORDS = ("passage__exact", "passage__prefix", "passage__suffix", "passage__text__text_sha256")


def annotations(study: Study, seen: Seen) -> bytes:
    """A collection of one page, in JSON-LD. The same content gives the same bytes."""
    items = list(_annotations(study, seen))
    collection = {
        "@context": CONTEXT,
        "id": f"urn:uuid:{guid('annotations', study.about.title)}",
        "type": "AnnotationCollection",
        "label": study.about.title,
        "total": len(items),
        "first": {"type": "AnnotationPage", "startIndex": 0, "items": items},
    }
    return json.dumps(collection, ensure_ascii=False, indent=1).encode()


def count(seen: Seen) -> int:
    """How many there would be."""
    return seen.codings().filter(passage__text__current=True, passage__text__document__in=live_documents()).count()


def _annotations(study: Study, seen: Seen) -> Iterator[dict[str, Any]]:
    codes = tree.codes(tree_versions.current(study))
    live = seen.codings().filter(passage__text__current=True, passage__text__document__in=live_documents())
    rows = live.values_list(*_PLACE, "code", "coder", "source", *_WORDS)
    for document, start, end, code, coder, source, exact, prefix, suffix, sha256 in sorted(rows):
        label = codes[code].label if code in codes else code
        creator = {"creator": {"type": "Person", "nickname": coder}} if coder else {}
        yield {
            "id": f"urn:uuid:{guid('annotation', selection_guid(document, start, end), code, coder, source)}",
            "type": "Annotation",
            "motivation": "tagging",
            **creator,
            "body": [
                {"type": "TextualBody", "purpose": "tagging", "format": "text/plain", "value": label},
                {"type": "SpecificResource", "purpose": "classifying", "source": f"urn:casereview:code:{code}"},
            ],
            "target": {
                "type": "SpecificResource",
                "source": {
                    "id": f"urn:casereview:document:{quote(document, safe='')}",
                    "type": "Text",
                    "format": "text/plain",
                    "via": f"urn:sha256:{sha256}",
                },
                "selector": [
                    {"type": "TextPositionSelector", "start": start, "end": end},
                    {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix},
                ],
            },
        }
