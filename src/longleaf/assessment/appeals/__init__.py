"""Appeals against a decision of *not yet*: lodged by the earner, looked at by a lead, read anew by others, answered."""
