"""Benchmarks: the floor, the peers in plain networkx, and the runner that writes docs/performance.md."""
