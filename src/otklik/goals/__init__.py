"""Goals that measure themselves: progress, grading, arithmetic, forecast and the coach; pure."""
