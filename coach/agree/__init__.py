"""How well raters agree: coach with a trainer, and trainers with each other."""
