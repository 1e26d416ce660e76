"""Files and databases as they are, understood column by column."""

from idealfit.sources.inspection import inspection
from idealfit.sources.mapping import Mapping, TableName, load_mapping
from idealfit.sources.opening import TableLike, where_is
from idealfit.sources.outcomes import Outcome, outcome_of, outcomes
from idealfit.sources.reading import Progress, read

__all__ = [
    "Mapping",
    "Outcome",
    "Progress",
    "TableLike",
    "TableName",
    "inspection",
    "load_mapping",
    "outcome_of",
    "outcomes",
    "read",
    "where_is",
]
