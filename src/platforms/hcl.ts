// A piece of HCL2 as data: platforms say what stands in a block, render alone writes it (escaped, aligned as
// `packer fmt` does).

/** An expression that is written as it is, e.g. `local.host`: only ever a constant of our own source. */
export interface HclExpression {
  expression: string;
}

/** A text with expressions in it: its texts are literal, its expressions stand in `${}`. */
export interface HclTemplate {
  template: (string | HclExpression)[];
}

/** Keys in the order given; each key is a literal text. */
export interface HclMap {
  map: Record<string, HclValue>;
}

/** Strings are literal: `${` and `%{` in them never become templates. */
export type HclValue = string | number | boolean | HclExpression | HclTemplate | HclMap | HclValue[];

export type HclItem =
  | { attribute: string; value: HclValue }
  | { block: string; labels?: string[]; body: HclItem[] }
  /** A comment line, or several. */
  | { comment: string }
  | { blank: true };

export function expression(text: string): HclExpression {
  return { expression: text };
}

/** What the run says, by its name in run-values.ts, or a secret of the platform by its variable's. */
export function local(name: string): HclExpression {
  return expression(`local.${name}`);
}

export function template(...parts: (string | HclExpression)[]): HclTemplate {
  return { template: parts };
}

export function map(values: Record<string, HclValue>): HclMap {
  return { map: values };
}

/** Attributes in the order given. */
export function attributes(values: Record<string, HclValue>): HclItem[] {
  return Object.entries(values).map(([attribute, value]) => ({ attribute, value }));
}
