// A piece of HCL2 as data: platforms say what stands in a block, render alone writes it (escaped, aligned as
// `packer fmt` does).

/** An expression that is written as it is, e.g. `var.host`: only ever a constant of our own source. */
export interface HclExpression {
  expression: string;
}

/** Strings are literal: `${` and `%{` in them never become templates. */
export type HclValue = string | number | boolean | HclExpression | HclValue[];

export type HclItem =
  | { attribute: string; value: HclValue }
  | { block: string; labels?: string[]; body: HclItem[] }
  /** A comment line, or several. */
  | { comment: string }
  | { blank: true };

export function expression(text: string): HclExpression {
  return { expression: text };
}

/** Attributes in the order given. */
export function attributes(values: Record<string, HclValue>): HclItem[] {
  return Object.entries(values).map(([attribute, value]) => ({ attribute, value }));
}
