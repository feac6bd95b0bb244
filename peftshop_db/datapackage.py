"""datapackage.json: a folder of data files as a Data Package.

Version 2 of the standard, https://datapackage.org/standard/data-package/.
"""

from collections.abc import Mapping
from typing import Any

from peftshop_db import metadata
from peftshop_db.metadata import Catalog, ForeignKey, Relation

FILE_NAME = "datapackage.json"
_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_MEDIA_TYPES = {
    "parquet": "application/vnd.apache.parquet",
    "csv": "text/csv",
    "jsonl": "application/jsonl",
    "sqlite": "application/vnd.sqlite3",
    "duckdb": "application/vnd.duckdb",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_TYPES = {
    "VARCHAR": "string",
    "BOOLEAN": "boolean",
    "BIGINT": "integer",
    "DOUBLE": "number",
    "DATE": "date",
}


def describe(catalog: Catalog, files: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The descriptor of a folder.

    Args:
        catalog: what is known of the relations.
        files: bytes and sha256 of each data file by its path in the folder. A file that is named
            for a relation holds that relation's rows; any other holds several of them.
    """
    relations = {path: catalog.relations.get(_stem(path)) for path in files}
    present = {relation.name for relation in relations.values() if relation}
    return {
        "$schema": _PROFILE,
        "name": metadata.NAME,
        "title": metadata.TITLE,
        "description": catalog.description,
        "version": catalog.version,
        "keywords": list(metadata.KEYWORDS),
        "licenses": [
            {
                "name": metadata.LICENCE,
                "path": metadata.LICENCE_URL,
                "title": metadata.LICENCE_TITLE,
            }
        ],
        "sources": [
            {
                "title": f"huggingface/peft, method_comparison: {catalog.origin['source_file']}",
                "path": metadata.SOURCE_URL,
                "version": str(catalog.origin["peft_version"]),
            }
        ],
        "contributors": [{"title": metadata.UPSTREAM, "roles": ["creator"]}],
        "resources": [
            _resource(path, file, relations[path], present) for path, file in files.items()
        ],
    }


def _stem(path: str) -> str:
    return path.rpartition("/")[2].partition(".")[0]


def _resource(
    path: str, file: Mapping[str, Any], relation: Relation | None, present: set[str]
) -> dict[str, Any]:
    suffix = path.rpartition(".")[2]
    resource = {
        "name": _stem(path),
        "path": path,
        "format": suffix,
        "mediatype": _MEDIA_TYPES[suffix],
        "bytes": file["bytes"],
        "hash": f"sha256:{file['sha256']}",
    }
    if relation is None:
        return resource
    resource |= {"title": relation.title, "description": relation.comment}
    if suffix in ("csv", "jsonl"):
        resource["encoding"] = "utf-8"
    return resource | {"type": "table", "schema": _schema(relation, present)}


def _schema(relation: Relation, present: set[str]) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(relation, i) for i in range(len(relation.columns))]}
    if relation.primary_key:
        schema["primaryKey"] = list(relation.primary_key)
    if keys := [_foreign_key(key) for key in relation.foreign_keys if key.table in present]:
        schema["foreignKeys"] = keys
    return schema


def _field(relation: Relation, position: int) -> dict[str, Any]:
    column = relation.columns[position]
    definition = column.definition
    described = {
        "name": column.name,
        "type": _TYPES[column.type],
        "description": definition.description,
    }
    if definition.unit:
        described["unit"] = definition.unit
    required = {"constraints": {"required": True}} if column.name in relation.required else {}
    return described | required


def _foreign_key(key: ForeignKey) -> dict[str, Any]:
    return {
        "fields": list(key.columns),
        "reference": {"resource": key.table, "fields": list(key.referenced)},
    }
