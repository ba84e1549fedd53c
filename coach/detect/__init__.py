"""Frame → hand observations, and how the back moves. The edge to MediaPipe and OpenCV."""
