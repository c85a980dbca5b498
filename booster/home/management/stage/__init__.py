"""The demo academy: three editions at three moments of their lives, filled through the rooms' own actions."""
