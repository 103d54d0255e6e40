"""What the state does after a recognition: suspend, withdraw, lift, hear complaints, and have samples read anew."""
