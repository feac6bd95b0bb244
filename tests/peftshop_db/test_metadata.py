"""datapackage.json, croissant.json and CITATION.cff, by their own validators and readers."""

import json
import math
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import jsonschema
import pyarrow.parquet as pq
import pytest

from peftshop_db import dataset, exports, metadata, sqlfiles
from peftshop_db.parquet import query
from tests.tools import install

ROOT = Path(__file__).parent.parent.parent
VALIDATOR = "check-datapackage==0.37.0"  # ships the standard's schema


@pytest.fixture(scope="module")
def package(shipped: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((shipped / "datapackage.json").read_text())
    return found


@pytest.fixture(scope="module")
def croissant(shipped: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((shipped / "croissant.json").read_text())
    return found


def test_the_catalog_knows_keys_and_required_columns(
    shipped_connection: duckdb.DuckDBPyConnection,
) -> None:
    catalog = metadata.read_catalog(shipped_connection)
    assert set(catalog.relations) == {*sqlfiles.tables(), *sqlfiles.views(), *sqlfiles.past()}
    features = catalog.relations["features"]
    assert features.primary_key == ("method", "feature")
    assert [(key.columns, key.table, key.referenced) for key in features.foreign_keys] == [
        (("method",), "methods", ("method",))
    ]
    assert features.required == {"method", "feature", "value", "state", "source"}
    assert catalog.origin["peft_version"] == "0.19.2.dev0"


def test_each_column_has_its_description_type_and_unit(
    package: dict[str, Any], shipped: Path
) -> None:
    assert len(package["resources"]) == len(list((shipped / "parquet").rglob("*.parquet")))
    types = {"string": "string", "int64": "integer", "double": "number", "bool": "boolean"}
    for resource in package["resources"]:
        paths = [resource["path"]] if isinstance(resource["path"], str) else resource["path"]
        (schema,) = (pq.read_schema(shipped / path) for path in paths)
        assert [field["name"] for field in resource["schema"]["fields"]] == schema.names
        for field in resource["schema"]["fields"]:
            stored = schema.field(field["name"])
            assert field["type"] == types[str(stored.type)]
            assert field["description"] == stored.metadata[b"description"].decode()
            assert field.get("unit", "") == stored.metadata.get(b"unit", b"").decode()


def test_keys_are_those_of_the_tables(package: dict[str, Any]) -> None:
    schemas = {item["name"]: item["schema"] for item in package["resources"]}
    assert schemas["benchmarks"]["primaryKey"] == ["method", "benchmark"]
    assert schemas["benchmarks"]["foreignKeys"] == [
        {"fields": ["method"], "reference": {"resource": "methods", "fields": ["method"]}}
    ]
    assert {name for name, schema in schemas.items() if "primaryKey" in schema} == set(
        sqlfiles.tables()
    )


def test_licence_and_source_are_upstream_s(
    package: dict[str, Any], croissant: dict[str, Any]
) -> None:
    (licence,) = package["licenses"]
    assert licence["name"] == "Apache-2.0"
    (source,) = package["sources"]
    assert source["path"] == "https://github.com/huggingface/peft/tree/main/method_comparison"
    assert source["version"] == "0.19.2.dev0"
    assert "8a5be7383cbd02d8" in package["description"] == croissant["description"]
    assert croissant["license"] == licence["path"]


def test_a_partial_export_refers_to_what_is_there(shipped: Path, tmp_path: Path) -> None:
    wanted = exports.Wanted(["benchmarks", "registry_benchmarks", "registry_metrics"])
    exports.export(shipped / dataset.FILE_NAME, tmp_path / "out", "csv", wanted)
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text())
    schemas = {item["name"]: item["schema"] for item in package["resources"]}
    assert "foreignKeys" not in schemas["benchmarks"]
    assert len(schemas["registry_benchmarks"]["foreignKeys"]) == 2


@pytest.mark.slow
def test_the_data_package_keeps_to_its_published_schema(shipped: Path, tmp_path: Path) -> None:
    # the validator itself wants a later Python
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", VALIDATOR]
    command += ["--ignore-requires-python", "--dest", str(tmp_path)]
    subprocess.run(command, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        schema = json.loads(archive.read("check_datapackage/schemas/data-package-2-0.json"))
    validator = jsonschema.Draft7Validator(schema)
    descriptors = [shipped / "datapackage.json"]
    for format_name in ("parquet", "csv", "jsonl", "sqlite", "duckdb", "xlsx"):
        exports.export(shipped / dataset.FILE_NAME, tmp_path / format_name, format_name)
        descriptors.append(tmp_path / format_name / "datapackage.json")
    for path in descriptors:
        descriptor = json.loads(path.read_text())
        assert [error.message for error in validator.iter_errors(descriptor)] == []
    descriptor["resources"][0]["path"] = "../outside"
    assert list(validator.iter_errors(descriptor))


def plain(value: Any) -> Any:
    """A value as mlcroissant gives it, as Python has it."""
    if isinstance(value, bytes):
        return value.decode()
    if hasattr(value, "item"):
        value = value.item()
    return None if isinstance(value, float) and math.isnan(value) else value


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("exported", [False, True], ids=["built", "exported"])
def test_croissant_is_valid_and_its_records_are_the_rows(
    shipped: Path, tmp_path: Path, exported: bool
) -> None:
    import mlcroissant

    folder = shipped
    if exported:
        folder = tmp_path / "out"
        exports.export(shipped / dataset.FILE_NAME, folder, "parquet")
    described = mlcroissant.Dataset(jsonld=folder / "croissant.json")
    assert described.metadata.issues.errors == set()
    # when a build is published is not known when it is made
    (warning,) = described.metadata.issues.warnings
    assert "datePublished" in str(warning)
    with dataset.connect(shipped / dataset.FILE_NAME) as connection:
        names = [name for name, kind, _ in dataset.relations(connection) if kind != "macro"]
        if not exported:  # the partitions of history are left to datapackage.json
            names = [name for name in names if not name.startswith("history.")]
        sets = {name.replace(".", "__"): name for name in names}
        assert sorted(item.id for item in described.metadata.record_sets) == sorted(sets)
        for record_set, name in sets.items():
            rows = connection.execute(f"from {name}")
            fields = [f"{record_set}/{column[0]}" for column in rows.description]
            records = described.records(record_set)
            found = [tuple(plain(record[field]) for field in fields) for record in records]
        assert found == rows.fetchall(), name


@pytest.mark.slow
def test_hugging_face_loads_every_config(
    shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exports.export(shipped / dataset.FILE_NAME, tmp_path / "folder", "parquet")
    code = (
        "import datasets, json, sys\n"
        "datasets.disable_progress_bars()\n"
        "for name in datasets.get_dataset_config_names(sys.argv[1]):\n"
        "    rows = datasets.load_dataset(sys.argv[1], name, split='train')\n"
        "    print(json.dumps([name, rows.to_dict()]))"
    )
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "home"))
    command = [sys.executable, "-c", code, str(tmp_path / "folder")]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    loaded = dict(json.loads(line) for line in done.stdout.splitlines())
    files = {path.stem: path for path in (tmp_path / "folder").rglob("*.parquet")}
    # datasets has no split without rows
    empty = {name for name, path in files.items() if not pq.read_metadata(path).num_rows}
    assert "unregistered" in empty
    assert set(files) - set(loaded) == empty
    for name, rows in loaded.items():
        assert rows == pq.read_table(files[name]).to_pydict(), name


def readers(path: Path) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    import pandas
    import polars

    yield "pyarrow", pq.read_table(path).to_pylist()
    yield "polars", polars.read_parquet(path).to_dicts()
    yield "pandas", pandas.read_parquet(path, dtype_backend="pyarrow").to_dict("records")


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_other_readers_read_the_same_values(
    shipped: Path, shipped_connection: duckdb.DuckDBPyConnection
) -> None:
    import pandas

    for path in (shipped / "parquet").rglob("*.parquet"):
        found = shipped_connection.execute(query(path.relative_to(shipped).as_posix()))
        names = [column[0] for column in found.description]
        expected = found.fetchall()
        for reader, rows in readers(path):
            values = [
                tuple(None if pandas.isna(row[name]) else row[name] for name in names)
                for row in rows
            ]
            assert values == expected, f"{reader} reads {path.stem}"


@pytest.mark.slow
def test_the_citation_is_valid(tmp_path: Path) -> None:
    commands = install(tmp_path / "cff", "cffconvert==2.0.0")
    arguments = ["--validate", "-i", str(ROOT / "CITATION.cff")]
    done = subprocess.run(
        [commands / "cffconvert", *arguments], check=True, capture_output=True, text=True
    )
    assert "valid according to schema version 1.2.0" in done.stdout


def test_the_citation_names_this_version() -> None:
    from peftshop_db import __version__

    text = (ROOT / "CITATION.cff").read_text()
    assert f"\nversion: {__version__}\n" in text
    assert f'\ntitle: "{metadata.TITLE}"\n' in text
