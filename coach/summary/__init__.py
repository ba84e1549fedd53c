"""A session in the forms that people and programs read: checklist, feedback, JSON."""
