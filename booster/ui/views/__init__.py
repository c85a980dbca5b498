from booster.ui.views.gallery import gallery
from booster.ui.views.pages import accent, accessibility, privacy

__all__ = ["accent", "accessibility", "gallery", "privacy"]
