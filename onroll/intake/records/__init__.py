"""A pupil's record has four shapes, each with one use; these modules turn one into the next.

- as sent: `formats.PupilRecord` with its parts, all that a file says, in the file's own codes;
- as stored: the JSON of `Row.said`, which `Row.record` reads back once (`stored`, `fingerprints`);
- as facts: `children.ChildFacts` with its parts, what goes onto the child's record (`facts`);
- as compared: `matching.Person`, what the matcher reads (`people`).

An address and a contact have two types: `formats.PostalAddress` and `Contact` as sent, and
`AddressFacts` and `AdultFacts` as facts. Only the second fit the columns of the database, hold no
placeholder such as ZZ99 3VZ, and are what an officer enters by hand, who sends no file; the first
have dates and codes of which no fact is made. One type for both would be checked everywhere.

Nothing here reads or writes a row.
"""
