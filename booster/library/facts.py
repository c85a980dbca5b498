"""The library states no facts: the room that owns a file tells its story."""
