"""What the roof announces."""

from booster.kit.facts import Kind

EDITION_COPIED_WHOLE = Kind("home.edition_copied_whole", "{actor} copied {source} with its calls as {thing}")
