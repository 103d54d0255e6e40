"""The desk of those who judge: what waits for them, the evidence under neutral names, and the rubric beside it."""
