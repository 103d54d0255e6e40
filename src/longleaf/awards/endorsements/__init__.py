"""The state's decisions as signed statements: made once per decision, published, and withdrawn with it."""
