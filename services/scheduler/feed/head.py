"""The feed's head: how far places have been given. Givers lock it alone, subscribers with others."""

FIRST_HEAD = "INSERT INTO feed_head (authority_id, position) VALUES (:authority, 0) ON CONFLICT DO NOTHING"
