"""`booster solve`: the five questions of `booster.craft` on the command line. No Django, no database, no folder."""
