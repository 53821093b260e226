"""A made-up borough, and the files its schools would send. No person or school in it is real.

year = tell(pupils=38_000, seed=310)      # the borough, and a year of movement in it
lists = write_rolls(year, folder)         # schools, terms and opening rolls
truth = write_files(year, folder)         # the files, and what is true of them
lost(truth, cases, reviews)               # which vanished children the system lost: none
"""

from onroll.demo.defects import Defect
from onroll.demo.destiny import Destiny
from onroll.demo.files import SentFile, sent_files, write_files
from onroll.demo.movement import Arrival, Departure, Year
from onroll.demo.rolls import Lists, write_rolls
from onroll.demo.story import tell
from onroll.demo.truth import Truth, lost, read_truth, write_truth

__all__ = [
    "Arrival",
    "Defect",
    "Departure",
    "Destiny",
    "Lists",
    "SentFile",
    "Truth",
    "Year",
    "lost",
    "read_truth",
    "sent_files",
    "tell",
    "write_files",
    "write_rolls",
    "write_truth",
]
