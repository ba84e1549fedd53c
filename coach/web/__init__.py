"""The page in the laptop's own browser and the server behind it. Edge: starlette and uvicorn live here."""
