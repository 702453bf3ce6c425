// xs:duration as WS-Management uses it: OperationTimeout, idle time-outs.

/** `PT60S`, `PT30M0S`, `P0DT0H1M40.5S` in milliseconds; null for what is negative, empty, in months, or no duration. */
export function parseDuration(text: string): number | null {
  const match = /^P(?:(\d{1,8})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,9})(\.\d{1,9})?S)?)?$/.exec(
    text.trim(),
  );
  if (match === null) return null;
  const [, days, hours, minutes, seconds, fraction] = match;
  if ([days, hours, minutes, seconds].every((part) => part === undefined)) return null;
  const whole = ((Number(days ?? 0) * 24 + Number(hours ?? 0)) * 60 + Number(minutes ?? 0)) * 60;
  return (whole + Number(seconds ?? 0)) * 1000 + Math.round(Number(`0${fraction ?? ''}`) * 1000);
}

/** With three digits of fraction, as Windows prints it: `PT60.000S`. */
export function formatDuration(milliseconds: number): string {
  return `PT${(milliseconds / 1000).toFixed(3)}S`;
}
