"""What whoever leads a pool looks at: how far its readers agree, what they did and are paid, whether it keeps up."""
