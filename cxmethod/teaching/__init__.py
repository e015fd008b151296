"""Simulated engagements with a known truth, and the demo made from one of them."""
