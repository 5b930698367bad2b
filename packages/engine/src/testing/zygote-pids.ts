import { readdirSync, readFileSync } from "node:fs";

/** Processes that hand out copies of themselves to the sandboxes of an engine. @param cgroupName first part of its control groups' names */
export function zygotePids(cgroupName: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const [command, groups] = [readFileSync(`/proc/${pid}/cmdline`, "utf8"), readFileSync(`/proc/${pid}/cgroup`, "utf8")];
        // Copies have its command line, in groups of their own.
        return command.includes("\0--zygote\0") && groups.includes(`/${cgroupName}-`) && groups.includes("/zygote-");
      } catch {
        return false;
      }
    });
}
