"""The post states no facts: what became of a letter is kept with the letter."""
