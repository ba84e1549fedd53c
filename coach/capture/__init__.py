"""A camera or a video file → frames, and frames → a video file. Edge: libav (by ``av``) and ``cv2`` live here."""
