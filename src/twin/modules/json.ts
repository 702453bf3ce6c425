// JSON as the wrapper's payload carries it: a whole number may be a QWORD, which no double can hold, so numbers of
// sixteen and more digits are read as bigint and written back as they were.

const textOrNumber = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const wholeAndLong = /^-?\d{16,}$/;
/** No text that a task brings begins so. */
const mark = '\u0001big:';

export function parseJson(text: string): unknown {
  const marked = text.replace(textOrNumber, (token) =>
    wholeAndLong.test(token) ? `"\\u0001big:${token}"` : token,
  );
  return JSON.parse(marked, (_key, value: unknown) =>
    typeof value === 'string' && value.startsWith(mark) && wholeAndLong.test(value.slice(mark.length))
      ? BigInt(value.slice(mark.length))
      : value,
  );
}

/** One line, as ConvertTo-Json -Compress gives it. */
export function writeJson(value: unknown): string {
  const text = JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'bigint' ? `${mark}${item.toString()}` : item,
  );
  return text.replace(/"\\u0001big:(-?\d+)"/g, '$1');
}

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
