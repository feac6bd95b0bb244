"""What Datasette reads beside an SQLite file: titles, descriptions, licence, and a time limit."""

from collections.abc import Mapping
from typing import Any

from peftshop_db import metadata
from peftshop_db.metadata import Catalog, Relation

FILE_NAMES = ("metadata.json", "settings.json")
# the slowest view takes most of Datasette's own limit of one second
_SETTINGS = {"sql_time_limit_ms": 10_000}


def files(catalog: Catalog) -> dict[str, Mapping[str, Any]]:
    """The content of the files that Datasette finds in a folder, by their names."""
    return dict(zip(FILE_NAMES, (_describe(catalog), _SETTINGS), strict=True))


def _describe(catalog: Catalog) -> dict[str, Any]:
    return {
        "title": metadata.TITLE,
        "description": catalog.description,
        "license": metadata.LICENCE_TITLE,
        "license_url": metadata.LICENCE_URL,
        "source": f"{metadata.UPSTREAM}, huggingface/peft",
        "source_url": metadata.SOURCE_URL,
        "databases": {
            metadata.NAME: {
                "tables": {
                    name: _describe_relation(relation)
                    for name, relation in catalog.by_flat_name.items()
                }
            }
        },
    }


def _describe_relation(relation: Relation) -> dict[str, Any]:
    return {
        "description": relation.comment,
        "columns": {column.name: column.comment for column in relation.columns},
    }
