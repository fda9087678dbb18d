"""The pure engine: facts and the law go in, deadlines with their reasons come out. It knows no clock."""
