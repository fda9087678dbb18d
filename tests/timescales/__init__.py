"""The pure engine against worked examples, a second count, and stories of children's reviews."""
