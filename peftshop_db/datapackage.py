"""datapackage.json: a folder of data files as a Data Package.

Version 2 of the standard, https://datapackage.org/standard/data-package/.
"""

from collections.abc import Mapping, Set
from typing import Any

from peftshop_db import metadata
from peftshop_db.definitions import Column
from peftshop_db.metadata import Catalog, ForeignKey, Relation

FILE_NAME = "datapackage.json"
_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_PARTITION = "/peft_version="  # in the path of a file that holds one version's rows of a table
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
            for a relation holds that relation's rows, or those of one version, whose files are one
            resource; any other holds several relations.
    """
    parts: dict[str, list[str]] = {}
    for path in files:
        parts.setdefault(_name(path), []).append(path)
    relations = catalog.by_flat_name
    present = parts.keys() & relations.keys()
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
            _resource(name, {path: files[path] for path in paths}, relations.get(name), present)
            for name, paths in parts.items()
        ],
    }


def _name(path: str) -> str:
    """The name of the resource that a file is, or is a part of."""
    folders, _, file = path.rpartition("/")
    if _PARTITION not in folders:
        return file.partition(".")[0]
    schema, table = folders.split("/")[-3:-1]
    return f"{schema}__{table}"


def _resource(
    name: str,
    files: Mapping[str, Mapping[str, Any]],
    relation: Relation | None,
    present: Set[str],
) -> dict[str, Any]:
    first, *more = files
    suffix = first.rpartition(".")[2]
    resource: dict[str, Any] = {
        "name": name,
        "path": [first, *more] if _PARTITION in first else first,
        "format": suffix,
        "mediatype": _MEDIA_TYPES[suffix],
        "bytes": sum(file["bytes"] for file in files.values()),
    }
    if not more:
        resource["hash"] = f"sha256:{files[first]['sha256']}"
    if relation is None:
        return resource
    resource |= {"title": relation.title, "description": relation.comment}
    if suffix in ("csv", "jsonl"):
        resource["encoding"] = "utf-8"
    left_out = _PARTITION.strip("/=") if _PARTITION in first else None
    return resource | {"type": "table", "schema": _schema(relation, present, left_out)}


def _schema(relation: Relation, present: Set[str], left_out: str | None) -> dict[str, Any]:
    fields = [_field(relation, column) for column in relation.columns if column.name != left_out]
    schema: dict[str, Any] = {"fields": fields}
    if relation.primary_key:
        schema["primaryKey"] = list(relation.primary_key)
    if keys := [_foreign_key(key) for key in relation.foreign_keys if key.table in present]:
        schema["foreignKeys"] = keys
    return schema


def _field(relation: Relation, column: Column) -> dict[str, Any]:
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
