"""The rules of a code: edited as text, with what they find beside them."""
