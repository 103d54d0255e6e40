"""What can only be seen when files are laid side by side: codes that lead nowhere, and rules between parts.

Each check takes what was gathered and gives the mistakes it finds. A check leaves alone whatever stands in a
file that is itself wrong, so that one mistake is not told as many.
"""
