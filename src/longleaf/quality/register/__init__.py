"""The public register: what the state decided of micro-credentials, for everybody to read, follow and take along."""
