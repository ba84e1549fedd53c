; One program that unpacks the bundle and runs its install.cmd, for this user alone.
Unicode true
Name "coach ${VERSION}"
OutFile "${OUT}"
RequestExecutionLevel user
SetCompressor /SOLID zlib
Icon "${SOURCE}/coach.ico"
InstallDir "$TEMP\coach-setup"
Page instfiles
Section
  SetOutPath "$INSTDIR"
  File /r "${SOURCE}/*.*"
  ExecWait '"$SYSDIR\cmd.exe" /c ""$INSTDIR\install.cmd" /quiet"' $0
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR"
  IntCmp $0 0 good
  MessageBox MB_OK "coach: $0"
  Abort
good:
SectionEnd
