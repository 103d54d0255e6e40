"""What educators ask their school unit to decide: written, sent, decided, appealed once; and its desk."""
