const kinds = ["ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghijkmnpqrstuvwxyz", "23456789", "!@#$%^&*-_=+"] as const;
const length = 20;

/** A password that nobody guesses, of characters that nobody confuses. */
export function generatedPassword(): string {
  const all = kinds.join("");
  const random = crypto.getRandomValues(new Uint32Array(length * 2));
  const pick = (characters: string, index: number): string => characters[(random[index] ?? 0) % characters.length] ?? "";
  const password = Array.from({ length }, (_, index) => pick(kinds[index] ?? all, index));
  // One of each kind stands in front: it is moved to wherever chance says.
  for (let index = length - 1; index > 0; index--) {
    const other = (random[length + index] ?? 0) % (index + 1);
    [password[index], password[other]] = [password[other] ?? "", password[index] ?? ""];
  }
  return password.join("");
}
