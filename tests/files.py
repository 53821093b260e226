"""School files written by hand for tests. Every child in them is made up."""

from datetime import date

HEAD = """<?xml version="1.0" encoding="utf-8"?>
<CTfile><Header><DocumentName>Common Transfer File</DocumentName><CTFversion>25.0</CTFversion>
<DateTime>{made}T09:00:00</DateTime><DocumentQualifier>{qualifier}</DocumentQualifier>{data}
<SupplierID>Made up</SupplierID>
<SourceSchool><LEA>{la}</LEA><Estab>{estab}</Estab><SchoolName>{school}</SchoolName>
<AcademicYear>2026</AcademicYear></SourceSchool>
<DestSchool><LEA>{to_la}</LEA><Estab>{to_estab}</Estab></DestSchool></Header><CTFpupilData>"""


def pupil(
    *,
    surname: str,
    forename: str,
    born: date,
    sex: str = "F",
    upn: str = "",
    postcode: str = "HA1 2AB",
    la: str = "310",
    estab: str = "2001",
    entry_on: date | str | None = None,
    left_on: date | None = None,
    reason: str = "",
    ground: str = "",
    extra: str = "",
    later: str = "",
) -> str:
    """Return one `Pupil` element; empty parts are left out, as good files do."""

    def part(name: str, value: object) -> str:
        return f"<{name}>{value}</{name}>" if value else ""

    return (
        f"<Pupil>{part('UPN', upn)}<Surname>{surname}</Surname><Forename>{forename}</Forename>"
        f"<DOB>{born}</DOB><Sex>{sex}</Sex>"
        f"<Address><AddressLines><AddressLine1>1 Invented Road</AddressLine1></AddressLines>"
        f"{part('PostCode', postcode)}</Address>{extra}"
        f"<SchoolHistory><School><LEA>{la}</LEA><Estab>{estab}</Estab>"
        f"{part('EntryDate', entry_on)}{part('LeavingDate', left_on)}"
        f"{part('LeavingReason', reason)}{part('RemovalGrounds', ground)}</School>{later}"
        "</SchoolHistory></Pupil>"
    )


def _file(kind: str, pupils: tuple[str, ...], made: date, estab: str, to: str) -> bytes:
    head = HEAD.format(
        made=made,
        qualifier="partial" if kind in {"CML", "CMJ"} else "full",
        data=f"<DataQualifier>{kind}</DataQualifier>" if kind in {"CML", "CMJ"} else "",
        la="310",
        estab=estab,
        school="Made-up School",
        to_la=to[:3],
        to_estab=to[3:],
    )
    return (head + "".join(pupils) + "</CTFpupilData></CTfile>").encode()


def cml(*pupils: str, made: date, estab: str = "2001") -> bytes:
    """Return a leavers' file from a school to its authority."""
    return _file("CML", pupils, made, estab, "310LLLL")


def cmj(*pupils: str, made: date, estab: str = "2002") -> bytes:
    """Return a joiners' file from a school to its authority."""
    return _file("CMJ", pupils, made, estab, "310LLLL")


def lost(*pupils: str, made: date, estab: str = "2001") -> bytes:
    """Return a lost-pupil CTF."""
    return _file("CTF", pupils, made, estab, "XXXXXXX")


def ctf(*pupils: str, made: date, to: str, estab: str = "2001") -> bytes:
    """Return a CTF to a known school."""
    return _file("CTF", pupils, made, estab, to)
