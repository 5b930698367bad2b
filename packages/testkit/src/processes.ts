import { readdirSync, readFileSync } from "node:fs";

/** Processes of this machine whose environment holds `text`, as far as this user may see them. */
export function processesWithEnvironment(text: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => environmentOf(pid).includes(text))
    .map(Number);
}

/** Processes end while one looks, and others' are closed to us: both have no environment here. */
function environmentOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8");
  } catch {
    return "";
  }
}
