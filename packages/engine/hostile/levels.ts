import type { Mechanism, MechanismId, SandboxSupport } from "@mayfly/sandbox";
import type { Starved } from "./case.ts";

/** The mechanisms any of which bounds each, the first of which doctor names, and what doctor must say is lost without. */
const bounds: Readonly<Record<Starved, { readonly mechanisms: readonly [MechanismId, ...MechanismId[]]; readonly lost: RegExp }>> = {
  memory: { mechanisms: ["memory"], lost: /memory is measured/ },
  processes: { mechanisms: ["memory"], lost: /number of processes is not bounded/ },
  files: { mechanisms: ["fileCount", "memory"], lost: /fill the machine's memory with empty files/ },
};

const mechanism = (support: SandboxSupport, id: MechanismId): Mechanism | undefined => support.mechanisms.find((one) => one.id === id);

/** Whether this machine bounds it, by one of these or, processes, by their user. */
export function boundedBy(support: SandboxSupport, starved: Starved): boolean {
  const isUsed = bounds[starved].mechanisms.some((id) => mechanism(support, id)?.used === true);
  return isUsed || (starved === "processes" && lostTo(support, starved) === "");
}

/** Doctor's words for what is lost without the bound; empty if they don't name it. */
export function lostTo(support: SandboxSupport, starved: Starved): string {
  const said = mechanism(support, bounds[starved].mechanisms[0])?.lost ?? "";
  return bounds[starved].lost.test(said) ? said : "";
}
