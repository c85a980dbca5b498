"""Who may: the post has no rights of its own. The room that shows an outbox asks whether one organises the edition."""

from booster.kit.access import Rules, anybody

RULES: Rules = {
    "post.post_box": anybody,
    "post.read_letter": anybody,
    "post.read_calendar": anybody,
}
