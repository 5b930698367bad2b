/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const limits = {
  memoryMb: { min: 128, max: 10_240 },
  ephemeralStorageMb: { min: 512, max: 10_240 },
  timeoutSeconds: { min: 1, max: 900 },
  descriptionCharacters: 256,
  environmentBytes: 4_096,
  tags: 50,
  /** What must stay unreserved for all other functions. */
  unreservedConcurrency: 100,
  asyncRetries: { min: 0, max: 2 },
  asyncAgeSeconds: { min: 60, max: 21_600 },
  /** One vCPU's worth of memory. */
  memoryMbPerCpu: 1_769,
} as const;

/** Says what is wrong with a whole number, in a sentence; undefined if nothing is. */
export function numberProblem(
  text: string,
  what: string,
  { min, max }: { readonly min: number; readonly max: number },
  unit: string,
): string | undefined {
  const value = Number(text);
  if (text.trim() === "" || !Number.isInteger(value) || value < min || value > max)
    return `${what} must be between ${min} and ${max} ${unit}, a whole number.`;
  return undefined;
}
