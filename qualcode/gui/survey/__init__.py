"""The survey grid: answers as rows, closed answers and group beside them, codes as chips."""
