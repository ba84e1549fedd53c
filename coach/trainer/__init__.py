"""The trainer's side: sessions listed, corrected, rated, imported and printed. Joins the house as a page asks."""
