@echo off
rem Installs coach for this user alone: no administrator, no internet.
setlocal
set "HERE=%~dp0"
set "HOME_=%LOCALAPPDATA%\Programs\coach"
set "PY="
if exist "%HOME_%\python\python.exe" set "PY=%HOME_%\python\python.exe"
if not defined PY for %%F in ("%HERE%python\python-@PYTHON@*-amd64.exe") do (
  echo Python @PYTHON@ ...
  "%%~fF" /quiet InstallAllUsers=0 TargetDir="%HOME_%\python" Include_launcher=0 Include_test=0 Include_doc=0 Shortcuts=0 AssociateFiles=0 PrependPath=0
)
if exist "%HOME_%\python\python.exe" set "PY=%HOME_%\python\python.exe"
if not defined PY for /f "delims=" %%P in ('py -@PYTHON@ -c "import sys; print(sys.executable)" 2^>nul') do set "PY=%%P"
if not defined PY (
  echo Python @PYTHON@ tidak ada. / Python @PYTHON@ is not there.
  echo Lihat / see: README.txt
  pause
  exit /b 2
)
echo Memasang coach, dua menit ... / Installing coach, two minutes ...
if exist "%HOME_%\venv" rmdir /s /q "%HOME_%\venv"
"%PY%" -m venv "%HOME_%\venv" || goto bad
"%HOME_%\venv\Scripts\python.exe" -m pip install --quiet --disable-pip-version-check --no-index --no-deps --require-hashes --find-links "%HERE%wheels" --requirement "%HERE%requirements.txt" || goto bad
for %%W in ("%HERE%wheels\coach-*.whl") do "%HOME_%\venv\Scripts\python.exe" -m pip install --quiet --disable-pip-version-check --no-index --no-deps "%%~fW" || goto bad
for %%F in (coach.cmd "coach pelatih.cmd" uninstall.cmd coach.ico README.txt) do copy /y "%HERE%%%~F" "%HOME_%\" >nul
xcopy /e /i /q /y "%HERE%licences" "%HOME_%\licences" >nul
powershell -NoProfile -ExecutionPolicy Bypass -Command "$s=New-Object -ComObject WScript.Shell; foreach($n in 'coach','coach pelatih'){$l=$s.CreateShortcut([IO.Path]::Combine([Environment]::GetFolderPath('Desktop'),$n+'.lnk')); $l.TargetPath=[IO.Path]::Combine($env:LOCALAPPDATA,'Programs\coach',$n+'.cmd'); $l.IconLocation=[IO.Path]::Combine($env:LOCALAPPDATA,'Programs\coach\coach.ico'); $l.WindowStyle=7; $l.Save()}"
echo Selesai. / Done.
if not "%~1"=="/quiet" pause
exit /b 0
:bad
echo Gagal; tidak ada yang berubah pada data. / It failed; no data was changed.
if not "%~1"=="/quiet" pause
exit /b 1
