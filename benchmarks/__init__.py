"""Workloads of the shapes in the program's speed budget, and how long they take beside public references."""
