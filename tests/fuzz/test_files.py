"""Files of schools, spoilt in any way: a refusal in words or a whole answer, never a fault."""

import io
import random
import zipfile
from contextlib import suppress
from datetime import date
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onroll.formats import Unreadable
from onroll.formats.archive import unzip_safely
from onroll.formats.check import Checked, as_dict, check
from tests.formats.files import SAM, file
from tests.fuzz.examples import examples

ON = date(2026, 11, 23)
WHOLE = file(SAM, data="CML")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
NAMES = st.sampled_from(
    ["a.xml", "3102001_CML_310LLLL_001.xml", "a.csv", "a.xlsx", "a.zip", "", "a"]
)


def told(content: bytes, name: str) -> Checked:
    """Check a file, and word whatever is wrong with it for everyone."""
    one = check(content, name=name, on=ON)
    assert "read-failed" not in [problem.rule for problem in one.problems], one.problems
    for audience in ("school", "council"):
        assert as_dict(one, audience)  # type: ignore[arg-type]  # the two there are
    assert one.status in (0, 1, 2)
    return one


@examples(60)
@given(st.binary(max_size=400), NAMES)
def test_bytes_that_are_nothing(content, name):
    told(content, name)


@examples(150)
@given(st.sampled_from(["Surname", "Forename", "UPN", "DOB", "Sex", "PostCode", "LeavingDate",
                        "DateTime", "Estab", "LEA", "AcademicYear", "CTFversion", "PhoneNo",
                        "RemovalGrounds", "Relationship", "URN", "NCyearActual"]),
       TEXTS)  # fmt: skip
def test_any_text_in_any_part(tag, text):  # a pupil is never lost for it
    before, _, rest = WHOLE.partition(f"<{tag}>")
    after = rest.partition(f"</{tag}>")[2]
    one = told(f"{before}<{tag}>{escape(text)}</{tag}>{after}".encode(), "a.xml")
    assert one.pupils == 1 or not one.is_readable


@examples(150)
@given(st.integers(0, 10**6), st.integers(1, 12))
def test_pieces_cut_out_doubled_and_moved(seed, times):
    chance, text = random.Random(seed), WHOLE.encode()  # spoils files, hides nothing
    for _ in range(times):
        at, until = sorted(chance.choices(range(len(text) + 1), k=2))
        piece = text[at : min(until, at + 200)]
        to = chance.randrange(len(text) + 1)
        text = chance.choice([
            text[:at] + text[at + len(piece) :],
            text[:to] + piece + text[to:],
            text[:to] + bytes([chance.randrange(256)]) + text[to + 1 :],
        ])  # fmt: skip
    told(text, "a.xml")


@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
@examples(80)
@given(
    st.dictionaries(
        TEXTS | st.sampled_from(["a.xml", "../a.xml", "b.zip", "Thumbs.db"]),
        st.binary(max_size=40) | st.just(WHOLE.encode()),
        max_size=4,
    ),
    st.integers(0, 10**6),
    st.booleans(),
)
def test_zips_of_anything_spoilt_anywhere(members, seed, is_spoilt):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            # The writer cuts a name at NUL and has no word for an empty one.
            archive.writestr(name.partition("\0")[0] or "0", content)
    content = bytearray(packed.getvalue())
    if is_spoilt:
        content[seed % len(content)] ^= 1 + seed % 255
    with suppress(Unreadable):
        for name, inside in unzip_safely(bytes(content)):
            told(inside, name)
