// Where the guest finds its discs: the media at drive M:, whichever letter Windows gave them.
//
// By mountvol, which moves a letter from one volume to another, CD-ROMs among them, and needs no WMI at a time when that
// may not be up. The label comes from VOL, whose words are in the guest's language and whose label is not.
import { driveLetters, step } from './script.js';

export const drives = step({
  title: 'drive M: for the media',
  command: 'call :drives',
  why: [
    'Playbooks name the media by M: at every start. Drive letters stay with a drive and not with its disc, so the layer',
    'below may have left M: to a drive that now has another one.',
  ],
  logged: false,
});

/** Changes ANSWER with the letters. Ends with 2 where the media have no volume, else as the look at M: ended. */
export const drivesRoutine = [
  ':drives',
  'rem Where there is no disc LYNCIMG_MEDIA, the answer disc holds the media too.',
  'set "MEDIA=%ANSWER%"',
  `for %%D in (${driveLetters}) do if exist %%D:\\ (vol %%D: | find "LYNCIMG_MEDIA" >nul && set "MEDIA=%%D:")`,
  'if /i "%MEDIA%"=="M:" exit /b 0',
  'rem Source: Microsoft, Windows commands, mountvol: /l lists the name of a volume, /d takes its letter away.',
  'set HELD=',
  `for /f %%V in ('mountvol M: /l 2^>nul ^| find "\\\\?\\Volume{"') do set "HELD=%%V"`,
  'set VOLUME=',
  `for /f %%V in ('mountvol %MEDIA% /l 2^>nul ^| find "\\\\?\\Volume{"') do set "VOLUME=%%V"`,
  'if not defined VOLUME exit /b 2',
  'if defined HELD mountvol M: /d',
  'mountvol %MEDIA% /d',
  'mountvol M: %VOLUME%',
  'if defined HELD mountvol %MEDIA% %HELD%',
  'set "OLD=%ANSWER%"',
  'if /i "%OLD%"=="%MEDIA%" set "ANSWER=M:"',
  'if /i "%OLD%"=="M:" set "ANSWER=%MEDIA%"',
  'vol M: >nul 2>nul',
  'exit /b %ERRORLEVEL%',
];
