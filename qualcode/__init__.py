"""Qualcode: qualitative coding and template analysis on one's own machine."""

import os

__version__ = "0.1.0"

# NumPy reads this when it loads. Our matrices are narrow: with several threads each product waits for a core that
# another program may have, a fit took up to ten times as long, and its last digits depended on the machine.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
