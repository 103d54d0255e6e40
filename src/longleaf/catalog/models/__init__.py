from longleaf.catalog.models.among import Among
from longleaf.catalog.models.demand import Sought, Wish
from longleaf.catalog.models.draft import CoAuthor, Draft, DraftComment
from longleaf.catalog.models.micro_credential import Family, MicroCredential
from longleaf.catalog.models.need import Need
from longleaf.catalog.models.sample import SampleFile
from longleaf.catalog.models.search_entry import SearchEntry
from longleaf.catalog.models.stack import Stack, StackMember
from longleaf.catalog.models.version import Alignment, Version, VersionFacet

__all__ = [
    "Alignment",
    "Among",
    "CoAuthor",
    "Draft",
    "DraftComment",
    "Family",
    "MicroCredential",
    "Need",
    "SampleFile",
    "SearchEntry",
    "Sought",
    "Stack",
    "StackMember",
    "Version",
    "VersionFacet",
    "Wish",
]
