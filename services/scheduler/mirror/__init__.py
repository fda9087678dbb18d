"""The mirror of the feed in NATS JetStream. The feed is the record: what the mirror loses, it is given again."""
