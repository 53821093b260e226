"""NUL (U+0000) in a file: dropped, and no record is lost for it. PostgreSQL keeps none."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onroll.formats import read
from onroll.formats.nul import WithoutNul
from onroll.formats.problems import Unreadable
from onroll.formats.sheets import read_sheet
from onroll.tables import is_text
from tests.formats.files import file

HEAD = "UPN,Surname,Forename,Date of Birth,Sex\n"


@pytest.mark.parametrize("nul", ["\0", "&#0;", "&#x0;", "&#00;", "&#x00;", "\0\0&#0;"])
def test_a_file_with_nul_in_a_name_is_read_as_one_without(nul: str) -> None:
    plain = file()
    document = read(plain.replace("<Surname>", f"<Surname>{nul}").encode(), name="a.xml")
    expected = read(plain.encode(), name="a.xml")
    assert (document.pupils, document.problems) == (expected.pupils, expected.problems)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_csv_with_nul_in_a_cell_is_read_as_one_without(encoding: str) -> None:
    content = f"{HEAD},Sam\0ple,No\0ë,2015-03-04\0,F\n".encode(encoding)
    (row,) = read_sheet(content, name="roll.csv")
    said = row.values
    assert (said["surname"], said["forename"], said["born"]) == ("Sample", "Noë", "2015-03-04")


@pytest.mark.parametrize(
    "content",
    [b"MZ\x90\0\x03\0\0\0\x04\0\0\0" * 20, b"\0" * 100],
    ids=["a program", "nothing but NUL"],
)
def test_what_is_no_text_is_still_called_so(content: bytes) -> None:
    assert not is_text(content)
    with pytest.raises(Unreadable):
        read_sheet(content, name="roll.csv")


@given(
    st.lists(st.sampled_from([b"a", b"&", b"#", b"0", b"x", b";", b"\0", b"&#0;"]), max_size=12),
    st.data(),
)
def test_wherever_the_file_is_cut_the_same_is_dropped(
    parts: list[bytes], data: st.DataObject
) -> None:
    content = b"".join(parts)
    whole = read_by(1 << 20, content)
    assert read_by(data.draw(st.integers(1, 5)), content) == whole
    assert b"\0" not in whole


def read_by(size: int, content: bytes) -> bytes:
    reader = WithoutNul(io.BytesIO(content))
    return b"".join(iter(lambda: reader.read(size), b""))
