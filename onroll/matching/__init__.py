"""Is this the same child? Records in, explained answers out. The one face of this package.

Other packages import from here and from nowhere below. Three answers only: the same child, a new
child, or unsure, which an officer settles. The stages, each a folder: `records`, `blocking`,
`comparison`, `scoring`, `assignment`; over them `adjudication` for one child or file, and `lists`
and `files` for `onroll link`. docs/words.md has the terms.
"""

from argparse import Namespace

from onroll.matching.adjudication.answering import (
    MatchRequest,
    explain_pair,
    match_record,
    match_records,
    rank_candidates,
)
from onroll.matching.adjudication.exact import compare_fields, decide_exactly, is_swapped
from onroll.matching.adjudication.fast_path import fast_answers
from onroll.matching.answers import Answer, Candidate, Kind, Reason, Verdict
from onroll.matching.blocking.search_keys import (
    birthday_halves,
    pair_keys,
    pairs_of_sounds,
    search_keys,
    sorted_written_keys,
    sound_keys,
    sounds_of_spellings,
    written_keys,
)
from onroll.matching.files.problems import (
    SHOWN_PROBLEMS,
    BadValue,
    refusal_to_write,
    unwritten,
    write_problems,
)
from onroll.matching.frequencies.of_register import (
    RegisterFrequencies,
    birthday_key,
    both_names_key,
    frequency_keys,
    name_frequency_keys,
    postcode_key,
)
from onroll.matching.lists.comparison import ABSENCE_MEANS, Finding, FindingKind, compare_lists
from onroll.matching.lists.entries import ListEntry, ListLink, may_be_one_child
from onroll.matching.lists.school_names import SchoolName, are_same_school
from onroll.matching.names.folding import compact, fold
from onroll.matching.people import Person
from onroll.matching.scoring.waterfall import Waterfall, waterfall

__all__ = [
    "ABSENCE_MEANS",
    "SHOWN_PROBLEMS",
    "Answer",
    "BadValue",
    "Candidate",
    "Finding",
    "FindingKind",
    "Kind",
    "ListEntry",
    "ListLink",
    "MatchRequest",
    "Person",
    "Reason",
    "RegisterFrequencies",
    "SchoolName",
    "Verdict",
    "Waterfall",
    "are_same_school",
    "birthday_halves",
    "birthday_key",
    "both_names_key",
    "compact",
    "compare_fields",
    "compare_lists",
    "decide_exactly",
    "explain_pair",
    "fast_answers",
    "fold",
    "frequency_keys",
    "is_swapped",
    "link_command",
    "match_record",
    "match_records",
    "may_be_one_child",
    "name_frequency_keys",
    "pair_keys",
    "pairs_of_sounds",
    "postcode_key",
    "rank_candidates",
    "refusal_to_write",
    "search_keys",
    "sorted_written_keys",
    "sound_keys",
    "sounds_of_spellings",
    "unwritten",
    "waterfall",
    "write_problems",
    "written_keys",
]


def link_command(args: Namespace) -> int:
    """Run `onroll link` as it was asked for; return its exit code."""
    # DuckDB takes half a second to import, which only the command needs.
    from onroll.matching import command

    return command.run(args)
