/** Each once, the first of those that say the same; what is compared is their JSON. */
export function distinct<T>(list: readonly T[]): T[] {
  const byText = new Map<string, T>();
  for (const one of list) {
    const text = JSON.stringify(one);
    if (!byText.has(text)) byText.set(text, one);
  }
  return [...byText.values()];
}
