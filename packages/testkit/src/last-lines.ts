/** The last lines of an output, for a failure's message. */
export function lastLines(output: string, lines = 30): string {
  return output.trimEnd().split("\n").slice(-lines).join("\n");
}
