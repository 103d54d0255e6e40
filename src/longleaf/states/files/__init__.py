"""Reading the two kinds of file that a pack is written in, so that every value keeps its line."""

from longleaf.states.files.places import Flaw, PackFile, Spot, as_path, from_path
from longleaf.states.files.tables import read_table
from longleaf.states.files.yaml_files import read_yaml

__all__ = ["Flaw", "PackFile", "Spot", "as_path", "from_path", "read_table", "read_yaml"]
