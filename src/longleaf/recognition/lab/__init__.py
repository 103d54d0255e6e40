"""The policy lab: a draft beside the policy in force over every educator, told in numbers that name nobody."""
