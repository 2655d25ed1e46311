"""Every defect that is planted."""

from support.defects.prose import CONSISTENCY
from support.defects.statements import STATEMENTS
from support.defects.structure import STRUCTURE
from support.defects.sums import SUMS
from support.defects.tables import TABLES
from support.defects.wording import DATES, PRIVACY, WORDING

DEFECTS = (*STRUCTURE, *TABLES, *SUMS, *STATEMENTS, *CONSISTENCY, *WORDING, *PRIVACY, *DATES)
