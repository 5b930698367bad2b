import { defaultLimits, type LambdaLimits } from "./limits.ts";

type Name = keyof LambdaLimits;

/**
 * The limits with some of them replaced.
 * @param given by name, in the unit that the name ends in
 * @throws Error that names what is no limit, or no bound of one
 */
export function overrideLimits(given: unknown): LambdaLimits {
  if (typeof given !== "object" || given === null || Array.isArray(given))
    throw new Error("Limits must be a JSON object of names and numbers.");
  for (const [name, bound] of Object.entries(given)) {
    if (!Object.hasOwn(defaultLimits, name)) throw new Error(`There is no limit ${name}.`);
    checkBound(name as Name, bound);
  }
  return { ...defaultLimits, ...given };
}

function checkBound(name: Name, bound: unknown): void {
  const usual: number | readonly number[] = defaultLimits[name];
  if (typeof usual === "number") {
    if (!isBound(bound, usual)) throw new Error(`The limit ${name} must be a number such as ${usual}.`);
  } else if (!Array.isArray(bound) || bound.length === 0 || !bound.every((one) => isBound(one, usual[0] ?? 1))) {
    throw new Error(`The limit ${name} must be a list of numbers such as ${JSON.stringify(usual)}.`);
  }
}

/** Only a part of something may be a fraction. */
const isBound = (value: unknown, usual: number): boolean =>
  typeof value === "number" && value >= 0 && (Number.isInteger(usual) ? Number.isSafeInteger(value) : value <= 1);
