"""coach: a computer-vision coach for the oxytocin massage and other hands-on protocols."""

__version__ = "1.0.0"
