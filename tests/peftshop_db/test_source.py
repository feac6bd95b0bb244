"""Reading strictly: what is no JSON in UTF-8 is refused with its place, and nothing is written."""

import gc
import gzip
import os
import subprocess
import sys
from pathlib import Path

import pytest

from peftshop_db import builder
from peftshop_db.errors import PeftshopError, SourceError, StorageError
from peftshop_db.source import MAX_DEPTH, Unacceptable, read_source

HEAD = b'{\n  "schema_version": 1,\n  '
# (what it is, the file's bytes, the message after the file's name)
NOT_JSON = [
    ("an empty file", b"", ": expected a JSON document, found an empty file"),
    ("white space alone", b" \r\n\t\n", ": expected a JSON document, found an empty file"),
    (
        "gzip",
        gzip.compress(b"{}"),
        ": expected JSON text, found gzip data; decompress it first",
    ),
    *(
        (
            name,
            mark + "{}".encode(encoding),
            ":1:1: expected UTF-8 without a byte order mark, found a byte order mark",
        )
        for name, mark, encoding in (
            ("UTF-8 with a mark", b"\xef\xbb\xbf", "utf-8"),
            ("little-endian UTF-16", b"\xff\xfe", "utf-16-le"),
            ("big-endian UTF-16", b"\xfe\xff", "utf-16-be"),
            ("little-endian UTF-32", b"\xff\xfe\x00\x00", "utf-32-le"),
        )
    ),
    ("Latin-1", HEAD + b'"caf\xe9": 1}', ":3:7: expected UTF-8, found the byte 0xe9"),
    ("an overlong form", b"\xc0\x80", ":1:1: expected UTF-8, found the byte 0xc0"),
    (
        "a surrogate in UTF-8",
        '{"é€𝄞": "'.encode() + b"\xed\xa0\x80",
        ":1:10: expected UTF-8, found the byte 0xed",
    ),
    ("UTF-8 cut short", b'{"a": "\xf0\x9f\x98', ":1:8: expected UTF-8, found the byte 0xf0"),
    *(
        (
            f"{MAX_DEPTH + 1} nested {name}",
            opened * (MAX_DEPTH + 1),
            f":1:{MAX_DEPTH * len(opened) + 1}: "
            f"expected at most {MAX_DEPTH} levels of nesting, found more",
        )
        for name, opened in (("lists", b"["), ("objects", b'{"\\"]": '.replace(b" ", b"")))
    ),
    (
        "a million nested lists",
        HEAD + b"[" * 1_000_000,
        f":3:{MAX_DEPTH + 2}: expected at most {MAX_DEPTH} levels of nesting, found more",
    ),
]
# (what it is, the file's bytes, line and column, the parser's word)
SYNTAX_ERRORS = [
    ("two documents", b"{}\n{}", "2:1", "Extra data"),
    ("JSON lines", b'{"a": 1}\n{"a": 2}\n', "2:1", "Extra data"),
    ("text after the document", b"{} x", "1:4", "Extra data"),
    ("NUL after the document", b"{}\x00", "1:3", "Extra data"),
    ("U+2028 after the document", "{}\u2028".encode(), "1:3", "Extra data"),
    ("a bracket too many", b"{}}", "1:3", "Extra data"),
    ("text before the document", b"data = {}", "1:1", "Expecting value"),
    ("a no-break space before the document", "\u00a0{}".encode(), "1:1", "Expecting value"),
    ("NUL alone", b"\x00", "1:1", "Expecting value"),
    ("UTF-16 without a mark", "{}".encode("utf-16-be"), "1:1", "Expecting value"),
    ("a block comment", b"/* made up */ {}", "1:1", "Expecting value"),
    ("a line comment", HEAD + b"// made up\n}", "3:3", "Expecting property name"),
    ("a hash comment", HEAD + b"# made up\n}", "3:3", "Expecting property name"),
    ("single quotes", b"{'schema_version': 1}", "1:2", "Expecting property name"),
    ("a key without quotes", b"{schema_version: 1}", "1:2", "Expecting property name"),
    ("a number as key", b"{1: 1}", "1:2", "Expecting property name"),
    ("a missing comma", HEAD[:-4] + b'\n"methods": {}}', "3:1", "Expecting ',' delimiter"),
    ("a missing colon", b'{"methods" {}}', "1:12", "Expecting ':' delimiter"),
    ("a file cut after a value", b'{"schema_version": 1', "1:21", "Expecting ',' delimiter"),
    ("a file cut after a key", b'{"schema_version":', "1:19", "Expecting value"),
    ("a file cut in a string", b'{"schema_ver', "1:2", "Unterminated string starting at"),
    ("a file cut in an escape", b'{"a": "\\', "1:7", "Unterminated string starting at"),
    ("the wrong bracket", b'{"a": [1}', "1:9", "Expecting ',' delimiter"),
    ("Python's None", b'{"a": None}', "1:7", "Expecting value"),
    ("Python's True", b'{"a": True}', "1:7", "Expecting value"),
    ("a leading zero", b'{"a": 01}', "1:8", "Expecting ',' delimiter"),
    ("a plus sign", b'{"a": +1}', "1:7", "Expecting value"),
    ("no digit before the point", b'{"a": .5}', "1:7", "Expecting value"),
    ("no digit after the point", b'{"a": 1.}', "1:8", "Expecting ',' delimiter"),
    ("a hexadecimal number", b'{"a": 0x10}', "1:8", "Expecting ',' delimiter"),
    ("digits with underscores", b'{"a": 1_000}', "1:8", "Expecting ',' delimiter"),
    ("a line break in a string", b'{"a": "x\ny"}', "1:9", "Invalid control character at"),
    ("NUL in a string", b'{"a": "\x00"}', "1:8", "Invalid control character at"),
    ("a tab in a key", b'{"a\tb": 1}', "1:4", "Invalid control character at"),
    ("an unknown escape", b'{"a": "\\x41"}', "1:8", "Invalid \\escape"),
    ("a short escape", b'{"a": "\\u12"}', "1:9", "Invalid \\uXXXX escape"),
]
# what Python 3.13 words in its own way, with another column
TRAILING_COMMAS = {"in an object": b'{"a": 1,\n}', "in a list": b'{"a": [1,\n]}'}
DOCUMENT = ": $: expected an object with schema_version, peft_version, baselines and methods"
TWICE = 'an object that repeats the key "a"'
KINDS = {
    "missing": "no such file",
    "folder": "expected a folder of JSON files, found none",
    "pipe": "expected a regular file, found a pipe or a device",
}


def refused(path: Path, out: Path, **options: int) -> PeftshopError:
    """The error of a build that must fail before it writes anything."""
    with pytest.raises(PeftshopError) as caught:
        builder.build(path, out, **options)
    assert not out.exists()
    return caught.value


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "input.json"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        *(pytest.param(data, message, id=name) for name, data, message in NOT_JSON),
        *(
            pytest.param(data, f":{place}: expected JSON, found a syntax error: {word}", id=name)
            for name, data, place, word in SYNTAX_ERRORS
        ),
    ],
)
def test_what_is_not_json_is_refused(data: bytes, message: str, file: Path, tmp_path: Path) -> None:
    file.write_bytes(data)
    error = refused(file, tmp_path / "out")
    assert isinstance(error, SourceError)
    # Python says more after this one word
    assert str(error).removesuffix(" enclosed in double quotes") == file.name + message


@pytest.mark.parametrize("data", TRAILING_COMMAS.values(), ids=TRAILING_COMMAS)
def test_a_trailing_comma_is_refused(data: bytes, file: Path, tmp_path: Path) -> None:
    file.write_bytes(data)
    message = str(refused(file, tmp_path / "out"))
    place = data.index(b",") + 1 if sys.version_info >= (3, 13) else 1
    line = 1 if sys.version_info >= (3, 13) else 2
    assert message.startswith(f"input.json:{line}:{place}: expected JSON, found a syntax error: ")


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_a_file_is_refused(kind: str, file: Path, tmp_path: Path) -> None:
    if kind == "folder":
        file.mkdir()
    if kind == "pipe":
        os.mkfifo(file)
    error = refused(file, tmp_path / "out")
    assert (str(error), error.exit_status) == (f"{file}: {KINDS[kind]}", 3)


def test_what_cannot_be_opened_is_a_storage_error(file: Path, tmp_path: Path) -> None:
    file.symlink_to(file)
    error = refused(file, tmp_path / "out")
    assert isinstance(error, StorageError)
    assert str(error) == f"{file}: can't be read: Too many levels of symbolic links"


def test_a_folder_is_no_input(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="expected a JSON file, found a directory"):
        read_source(tmp_path)


def test_size_has_a_cap(file: Path, tmp_path: Path) -> None:
    file.write_bytes(b'{"a": 1}')
    assert read_source(file, max_bytes=8).size == 8
    message = f"{file}: expected at most 7 bytes, found more; see --max-bytes"
    assert str(refused(file, tmp_path / "out", max_bytes=7)) == message


@pytest.mark.parametrize("is_enabled", [True, False])
def test_the_collector_of_cycles_stays_as_it_was(file: Path, is_enabled: bool) -> None:
    file.write_bytes(b"[}")
    switch = gc.enable if is_enabled else gc.disable
    switch()
    try:
        with pytest.raises(SourceError):
            read_source(file)
        assert gc.isenabled() == is_enabled
    finally:
        gc.enable()


def test_depth_counts_no_brackets_in_strings(file: Path) -> None:
    file.write_bytes(b"[" * (MAX_DEPTH - 1) + rb'["[[{{\"[{", "\\", "]"]' + b"]" * (MAX_DEPTH - 1))
    document = read_source(file).document
    for _ in range(MAX_DEPTH - 1):
        [document] = document
    assert document == ['[[{{"[{', "\\", "]"]


@pytest.mark.parametrize(
    "text", [b"[" * 33 + b"]" * 33, b'{"a": ' * 33 + b"1" + b"}" * 33, b'["]", [' + b"[" * 31]
)
def test_depth_has_a_cap(text: bytes, file: Path) -> None:
    file.write_bytes(text)
    with pytest.raises(SourceError, match="expected at most 32 levels of nesting, found more"):
        read_source(file)


@pytest.mark.parametrize("text", [b'"' + b"a" * 4_000_000, b'"' + b'\\"' * 2_000_000 + b"\\"])
def test_a_long_string_takes_linear_time(text: bytes, file: Path) -> None:
    file.write_bytes(text)
    with pytest.raises(SourceError, match="Unterminated string"):  # in hours, were it quadratic
        read_source(file)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (b"NaN", "NaN, which is not JSON"),
        (b"-Infinity", "-Infinity, which is not JSON"),
        (b"1e999", "1e999, which no double holds"),
        (b"-1" + b"0" * 80 + b"e400", f"-1{'0' * 57}…, which no double holds"),
        (b"9" * 5_000, "a number of 5000 digits"),
        (b'{"b": 1, "a": 1, "b": 2, "a": 3}', 'an object that repeats the key "b", "a"'),
        (b'{"a": 1, "\\u0061": 1}', 'an object that repeats the key "a"'),
    ],
)
def test_what_json_can_spell_but_nothing_holds(text: bytes, found: str, file: Path) -> None:
    file.write_bytes(b"[" + text + b"]")
    assert read_source(file).document == [Unacceptable(found)]


def test_a_file_name_reaches_messages_and_tables_printable(tmp_path: Path) -> None:
    file = tmp_path / os.fsdecode(b"\xff\n.json")
    file.write_bytes(b"[]")
    assert read_source(file).file == r"\udcff\n.json"
    message = str(refused(file, tmp_path / "out"))
    assert message == rf"\udcff\n.json{DOCUMENT}, found an empty list"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", ": expected a JSON document, found an empty file"),
        (b"\xff", ":1:1: expected UTF-8, found the byte 0xff"),
        (b"{} {}", ":1:4: expected JSON, found a syntax error: Extra data"),
        (b'{"a": "\\ud800", "a": "\\udfff"}', f"{DOCUMENT}, found {TWICE}"),
        (b"NaN", f"{DOCUMENT}, found NaN, which is not JSON"),
    ],
)
def test_the_command_ends_with_one_error_and_status_3(
    data: bytes, message: str, file: Path, tmp_path: Path
) -> None:
    file.write_bytes(data)
    command = [sys.executable, "-m", "peftshop_db", "build", str(file), "--out", "out"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (3, "")
    assert run.stderr == f"Error: input.json{message}\n"
    assert list(tmp_path.iterdir()) == [file]
