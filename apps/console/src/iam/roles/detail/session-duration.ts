/** What IAM allows, and gives where nothing is said. Seconds. */
const hourSeconds = 3_600;
const mostHours = 12;

/** `1 hour`, `1 hour 30 minutes`. @param seconds IAM's default if there are none */
export function sessionInWords(seconds = hourSeconds): string {
  const hours = Math.floor(seconds / hourSeconds);
  const minutes = Math.round((seconds % hourSeconds) / 60);
  return [counted(hours, "hour"), ...(minutes > 0 ? [counted(minutes, "minute")] : [])].join(" ");
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** The durations to choose from, in seconds: whole hours, and what the role has. */
export function sessionChoices(current = hourSeconds): number[] {
  const hours = Array.from({ length: mostHours }, (_, at) => (at + 1) * hourSeconds);
  return [...new Set([...hours, current])].sort((a, b) => a - b);
}
