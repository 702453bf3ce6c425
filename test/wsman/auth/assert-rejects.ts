import { expect } from 'chai';

/** The promise is rejected with an error of this class that says this. */
export async function assertRejects(
  promise: Promise<unknown>,
  type: abstract new (...rest: never[]) => Error,
  words: string,
): Promise<void> {
  const caught: unknown = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  expect(caught).to.be.instanceOf(type);
  expect((caught as Error).message).to.include(words);
}
