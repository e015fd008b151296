"""Kernels: plain ones, and warm ones that a fork server lends."""
