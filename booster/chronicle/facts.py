"""The chronicle announces nothing of its own: it keeps what others announce."""
