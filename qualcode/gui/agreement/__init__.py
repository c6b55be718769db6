"""How far coders agree, and how far suggestions agree with codings that were made elsewhere."""
