"""The public register: what the state decided, for everybody to read, follow and take along."""
