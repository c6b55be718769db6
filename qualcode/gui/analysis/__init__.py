"""The tables screen: theme by group, and the quotations behind a cell."""
