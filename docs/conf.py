"""The handbook: Sphinx reads this once for each language (``tools/build_handbook.py``)."""

from coach import __version__

project = "coach"
version = release = __version__
copyright = "coach, Apache-2.0"
extensions = ["myst_parser"]
myst_enable_extensions = ["tasklist"]
html_theme = "furo"
html_title = "coach"
html_copy_source = html_show_sphinx = html_show_sourcelink = False
html_static_path = ["_static"]
html_css_files = ["print.css"]
html_theme_options = {"source_repository": ""}
nitpicky = True
