import { readFileSync } from "node:fs";

/** A process id and when it started: ids come again, in containers at every start. Of one that has ended the second part is missing. */
export function incarnation(pid: number): string {
  const stat = readStat(pid);
  // The name, in brackets, may hold anything; the state follows it, the start time is the 20th field from there.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const hasEnded = fields[0] === "Z" || fields[0] === "X";
  return `${pid}-${hasEnded ? "" : (fields[19] ?? "")}`;
}

/** Whether a name was made of `prefix` and the incarnation of a process that is no more. */
export function isOfTheDead(name: string, prefix: string): boolean {
  const tag = name.startsWith(prefix) ? name.slice(prefix.length) : "";
  return /^\d+-\d+$/.test(tag) && tag !== incarnation(Number(tag.split("-")[0]));
}

function readStat(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return "";
  }
}
