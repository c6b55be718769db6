"""What leaves the program: tables, workbooks and charts that can be handed in."""
