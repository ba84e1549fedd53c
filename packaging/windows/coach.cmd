@echo off
"%~dp0venv\Scripts\python.exe" -m coach practise --lang id %*
if errorlevel 2 pause
