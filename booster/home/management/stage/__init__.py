"""The demo academy: four editions at four moments of their lives, filled through the rooms' own actions."""
