"""What every page shares: base layouts, components, static files, form rendering, paging and the words of dates.

The kit owns no tables and knows nobody's business: no model is defined here and no word of the field is used.
Every other app may import it; it imports none of them.
"""
