"""Recognising what people type about themselves: country, ecosystem, address, organisation, region. Pure."""
