"""The keys with which issuers sign: made, rotated, held in custody, and what happens when one is compromised."""
