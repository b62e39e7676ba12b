from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge import yaml_file


def read(folder: Path, text: str | bytes) -> object:
    path = folder / "file.yml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return yaml_file.read(path)


@pytest.mark.parametrize("written", ["2008-10-15", "2008-10", "2001-01-01"])
def test_yaml_file_keeps_dates_as_written(tmp_path: Path, written: str) -> None:
    assert read(tmp_path, f"date: {written}") == {"date": written}


def test_yaml_file_keeps_the_order_of_keys(tmp_path: Path) -> None:
    assert list(read(tmp_path, "z: 1\na: 2\nm: 3\n")) == ["z", "a", "m"]  # type: ignore[call-overload]


@pytest.mark.parametrize("text", ["a: 1\nb: 2\na: 3\n", "outer:\n  a: 1\n  a: 2\n", "- {a: 1, a: 1}\n"])
def test_yaml_file_refuses_a_duplicate_key(tmp_path: Path, text: str) -> None:
    with pytest.raises(ValueError, match="'a' occurs twice"):
        read(tmp_path, text)


def test_yaml_file_gives_the_line_of_a_duplicate_key(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="line 3, column 1"):
        read(tmp_path, "a: 1\nb: 2\na: 3\n")


@pytest.mark.parametrize(
    "text",
    [
        "a: [1, 2",
        "a: 'open",
        "a: 1\n b: 2",
        "a: b: c",
        "\tkey: 1",
        "a: *nowhere",
        "a: !!python/object/apply:os.getcwd []",
        "a: !unknown 1",
        "a: \x07",
        "--- 1\n--- 2\n",
        "[list, as, key]: value",
        "? {a: 1}\n: value",
    ],
)
def test_yaml_file_refuses_broken_yaml_in_one_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(ValueError, match=r"\A[^\n]+\Z"):
        read(tmp_path, text)


@pytest.mark.parametrize(("content", "byte"), [(b"a: caf\xe9 noir", 6), (b"\xff\xfea\x00", 0)])
def test_yaml_file_refuses_what_is_not_utf_8(tmp_path: Path, content: bytes, byte: int) -> None:
    with pytest.raises(ValueError, match=rf"not UTF-8 text \(byte {byte}\)"):
        read(tmp_path, content)


def test_yaml_file_raises_os_error_for_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        yaml_file.read(tmp_path / "none.yml")
