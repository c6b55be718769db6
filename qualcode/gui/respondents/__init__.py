"""The respondents screen: who stands behind which label, in which group, with which attributes."""
