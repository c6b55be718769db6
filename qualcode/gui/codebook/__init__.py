"""The codebook panel: the codes in their tree, with marks and counts."""
