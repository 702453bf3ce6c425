@echo off
rem Runs as SYSTEM at every start of a layer (scheduled task \lyncimg\boot): looks for the answer disc of a build, the
rem one with lyncimg\key.cmd on it, and does what that says. Without such a disc it changes nothing.
rem For cmd.exe of Windows Server 2008 R2 to 2012 R2. Written by lyncimg.
setlocal EnableExtensions DisableDelayedExpansion
set "LYNCIMG=C:\ProgramData\lyncimg"
set "LOG=%LYNCIMG%\first-boot.log"
rem Nothing on a line without a reader may stop this: no handshake. Source: Microsoft, Windows commands, mode.
mode COM1: baud=115200 parity=n data=8 stop=1 to=off xon=off octs=off odsr=off >nul 2>nul
set ANSWER=
rem A disc may show up a little after the task starts; without one the wait costs a start 30 seconds.
for /l %%N in (1,1,6) do call :look
if defined ANSWER goto found
call :say "boot: no answer disc, nothing to do"
exit /b 0

:found
rem From the guest's own disk: drive letters of discs may change while it runs. TYPE, because a copy from a CD is
rem read-only and could not be replaced the next time.
type "%ANSWER%\lyncimg\key.cmd" >"%LYNCIMG%\key.cmd"
if errorlevel 1 goto unread
call "%LYNCIMG%\key.cmd" %ANSWER%
exit /b %ERRORLEVEL%

:unread
call :say "boot: the answer disc in %ANSWER% cannot be read"
exit /b 1

:look
if defined ANSWER exit /b 0
for %%D in (D E F G H I J K L M N O P Q R S T U V W X Y Z) do if exist %%D:\lyncimg\key.cmd set "ANSWER=%%D:"
rem PING waits where TIMEOUT cannot: that one needs a console to read from.
if not defined ANSWER ping -n 6 127.0.0.1 >nul
exit /b 0

:say
rem To the log and to the first serial port; without that port it is no error.
>>"%LOG%" echo %DATE% %TIME% %~1
(>COM1 echo lyncimg %~1) 2>nul
exit /b 0
