const letters = "abcdefghijklmnopqrstuvwxyz0123456789";
const longestRoleName = 64;

/** Random lower-case letters and digits. */
export const randomLetters = (count: number): string =>
  Array.from(crypto.getRandomValues(new Uint32Array(count)), (value) => letters[value % letters.length]).join("");

/** The name of a role made for a function, cut to what IAM allows: `HelloWorld-role-1a2b3c4d`. */
export function roleNameFor(functionName: string, suffix: string): string {
  const end = `-role-${suffix}`;
  return `${functionName.slice(0, longestRoleName - end.length)}${end}`;
}
