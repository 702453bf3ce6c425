// start, end and delta as win_command and win_shell give them (.NET's `yyyy-MM-dd HH:mm:ss.ffffff`, UTC).

export function commandTimes(start: Date, end: Date): { start: string; end: string; delta: string } {
  const passed = new Date(Math.max(0, end.getTime() - start.getTime()));
  const hours = Math.floor(passed.getTime() / 3_600_000);
  return {
    start: stamp(start),
    end: stamp(end),
    delta: `${hours}:${passed.toISOString().slice(14, 23)}000`,
  };
}

function stamp(moment: Date): string {
  return `${moment.toISOString().replace('T', ' ').replace('Z', '')}000`;
}
