"""What a school unit asks on top of the state's policy: more and never less, told beside what the licence needs."""
