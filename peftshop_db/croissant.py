"""croissant.json: a folder of Parquet files in MLCommons' vocabulary for datasets.

Version 1.0, https://docs.mlcommons.org/croissant/docs/croissant-spec.html: a FileObject for each
file, a RecordSet for each table or view, a Field for each column.
"""

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from peftshop_db import metadata
from peftshop_db.definitions import Column
from peftshop_db.metadata import Catalog, Relation

FILE_NAME = "croissant.json"
_PARQUET = "application/x-parquet"
_TYPES = {
    "VARCHAR": "sc:Text",
    "BOOLEAN": "sc:Boolean",
    "BIGINT": "cr:Int64",
    "DOUBLE": "cr:Float64",
    "DATE": "sc:Date",
}
# the context that the specification prescribes
_CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    **{
        term: f"cr:{term}"
        for term in (
            *("citeAs", "column", "equivalentProperty", "extract", "field", "fileProperty"),
            *("fileObject", "fileSet", "format", "includes", "isLiveDataset", "jsonPath", "key"),
            *("md5", "parentField", "path", "recordSet", "references", "regex", "repeated"),
            *("replace", "samplingRate", "separator", "source", "subField", "transform"),
        )
    },
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "rai": "http://mlcommons.org/croissant/RAI/",
    "sc": "https://schema.org/",
}


def describe(catalog: Catalog, files: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The description of a folder.

    Args:
        catalog: what is known of the relations.
        files: bytes and sha256 of each relation's Parquet file by its path in the folder.
    """
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": metadata.NAME,
        "alternateName": metadata.TITLE,
        "description": catalog.description,
        "version": catalog.version,
        "license": metadata.LICENCE_URL,
        "url": metadata.SOURCE_URL,
        "creator": {"@type": "sc:Organization", "name": metadata.UPSTREAM},
        "keywords": list(metadata.KEYWORDS),
        "citeAs": metadata.CITATION,
        "isLiveDataset": False,
        "distribution": [
            {
                "@type": "cr:FileObject",
                "@id": path,
                "name": PurePosixPath(path).name,
                "contentUrl": path,
                "contentSize": f"{file['bytes']} B",
                "encodingFormat": _PARQUET,
                "sha256": file["sha256"],
            }
            for path, file in files.items()
        ],
        "recordSet": [
            _record_set(path, catalog.by_flat_name[PurePosixPath(path).stem]) for path in files
        ],
    }


def _record_set(path: str, relation: Relation) -> dict[str, Any]:
    key = [{"@id": f"{relation.flat_name}/{column}"} for column in relation.primary_key]
    return {
        "@type": "cr:RecordSet",
        "@id": relation.flat_name,
        "name": relation.flat_name,
        "description": relation.comment,
        **({"key": key} if key else {}),
        "field": [_field(path, relation.flat_name, column) for column in relation.columns],
    }


def _field(path: str, relation: str, column: Column) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": f"{relation}/{column.name}",
        "name": column.name,
        "description": column.comment,
        "dataType": _TYPES[column.type],
        "source": {"fileObject": {"@id": path}, "extract": {"column": column.name}},
    }
