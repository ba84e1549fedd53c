"""Segments and protocol → checklist items with evidence, one file for each kind of criterion. Pure."""
