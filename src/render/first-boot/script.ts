// The form of a script for cmd.exe: steps that are logged, and that nothing goes on without.

export interface Step {
  /** What the log calls it. */
  title: string;
  command: string;
  /** Exit codes that it may end with; `any` where a later step shows whether it did what it had to. */
  codes?: readonly number[] | 'any';
  /** Remarks above it: the reason, and the document that the command is from. */
  why: readonly string[];
  /** False where what it prints may not be kept, or is its answer. */
  logged?: boolean;
}

/** Each drive that a disc may have. */
export const driveLetters = 'D E F G H I J K L M N O P Q R S T U V W X Y Z';

export function step({ title, command, codes = [0], why, logged = true }: Step): string[] {
  return [
    ...remarks(why),
    `${command}${logged ? ' >>"%LOG%" 2>&1' : ''}`,
    'set "CODE=%ERRORLEVEL%"',
    ...judged(title, codes),
  ];
}

/** CODE says how it ended. */
export function judged(title: string, codes: readonly number[] | 'any' = [0]): string[] {
  const accepted = codes === 'any' ? '%CODE%' : codes.join(' ');
  return [`call :done "${title}" "${accepted}"`, 'if errorlevel 1 goto failed'];
}

export function remarks(lines: readonly string[]): string[] {
  return lines.map((line) => `rem ${line}`);
}

/** What a restart must not bring again. `then` follows the first time only. */
export function once(name: string, lines: readonly string[], then: readonly string[] = []): string[] {
  return [
    `if exist "%LYNCIMG%\\done-${name}" goto after-${name}`,
    ...lines,
    `>"%LYNCIMG%\\done-${name}" echo done`,
    ...then,
    `:after-${name}`,
  ];
}

export const folderAndLog = [
  'setlocal EnableExtensions DisableDelayedExpansion',
  'set "LYNCIMG=C:\\ProgramData\\lyncimg"',
  'set "LOG=%LYNCIMG%\\first-boot.log"',
];

/** To the log, and to the first serial port, which a hypervisor can keep in a file. */
export const say = [
  ':say',
  ...remarks(['To the log and to the first serial port; without that port it is no error.']),
  '>>"%LOG%" echo %DATE% %TIME% %~1',
  '(>COM1 echo lyncimg %~1) 2>nul',
  'exit /b 0',
];

/** Ends with 0 where the step ended with one of the codes. */
export const done = [
  ':done',
  'set "STEP=%~1"',
  'call :say "%STEP%: exit code %CODE%"',
  'for %%C in (%~2) do if "%%C"=="%CODE%" exit /b 0',
  'exit /b 1',
];

/** As cmd.exe must have it: CR LF, or it may miss a label; ASCII, because its code page is the guest's own. */
export function script(lines: readonly string[]): string {
  const text = lines.map((line) => `${line}\r\n`).join('');
  if (!/^[\r\n -~]*$/.test(text)) throw new Error('a script of first boot holds more than ASCII');
  return text;
}
