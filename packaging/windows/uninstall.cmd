@echo off
rem Takes coach away; the sessions only where the person types so.
setlocal
set "HOME_=%LOCALAPPDATA%\Programs\coach"
set "DATA=%LOCALAPPDATA%\coach"
set "ANSWER="
if exist "%DATA%" set /p "ANSWER=Hapus juga semua sesi di %DATA%? Ketik hapus / type hapus to delete all sessions too: "
if /i "%ANSWER%"=="hapus" rmdir /s /q "%DATA%"
del "%USERPROFILE%\Desktop\coach.lnk" "%USERPROFILE%\Desktop\coach pelatih.lnk" 2>nul
cd /d "%TEMP%"
start "" /b cmd /c ping -n 3 127.0.0.1 ^>nul ^& rmdir /s /q "%HOME_%"
echo Selesai. / Done.
