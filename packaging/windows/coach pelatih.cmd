@echo off
"%~dp0venv\Scripts\python.exe" -m coach serve --lang id %*
if errorlevel 2 pause
