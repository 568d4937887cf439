"""What all tests share: the same examples of hypothesis in every run, and none judged by the clock."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("same", derandomize=True, deadline=None)
settings.load_profile("same")
