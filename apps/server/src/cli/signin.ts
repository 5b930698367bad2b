/** `mayfly signin`: the console does not exist yet, so there is nothing to sign in to; the command says so and fails. */
export function runSignin(): number {
  console.error(
    "This version of Mayfly has no console yet, so there is no page to sign in to. Use the aws CLI with DATA/credentials (see `mayfly start`).",
  );
  return 1;
}
