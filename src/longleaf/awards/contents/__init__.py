"""What a badge says: its achievement and issuer, its earner, its evidence, how it was judged, and when."""
