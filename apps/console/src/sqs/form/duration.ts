/** A stretch of time as it is typed. */
export interface Duration {
  readonly amount: string;
  readonly unit: DurationUnit;
}

/** Seconds of each unit. */
export const unitSeconds = { Seconds: 1, Minutes: 60, Hours: 3600, Days: 86_400 } as const;
export type DurationUnit = keyof typeof unitSeconds;

/** In the largest unit that holds it as a whole number. */
export function durationOf(seconds: number): Duration {
  const unit = (["Days", "Hours", "Minutes"] as const).find((one) => seconds > 0 && seconds % unitSeconds[one] === 0) ?? "Seconds";
  return { amount: String(seconds / unitSeconds[unit]), unit };
}

/** NaN: no whole number. */
export const secondsOf = ({ amount, unit }: Duration): number => (/^\d+$/.test(amount.trim()) ? Number(amount) * unitSeconds[unit] : NaN);

/** `12 hours` */
export function durationText(seconds: number): string {
  const { amount, unit } = durationOf(seconds);
  return `${amount} ${amount === "1" ? unit.slice(0, -1).toLowerCase() : unit.toLowerCase()}`;
}
