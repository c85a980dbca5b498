"""The catalogues: what people read, found in the code, and what it is called in the other languages of the Union."""
