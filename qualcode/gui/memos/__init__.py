"""Memos: the pad in which one is written, the card that holds it beside its subject, the screen with all of them."""
