"""Many clients in one go."""
