from longleaf.directory.models.organisation import Organisation, State
from longleaf.directory.models.person import Person, PersonManager, RoleHeld

__all__ = ["Organisation", "Person", "PersonManager", "RoleHeld", "State"]
