import type { SandboxSupport } from "@mayfly/sandbox";
import type { Starved } from "./case.ts";

/** The mechanism that bounds each, and what doctor must say is lost without it. */
const bounds: Readonly<Record<Starved, { readonly mechanism: string; readonly lost: RegExp }>> = {
  memory: { mechanism: "memory and process limits", lost: /memory is measured/ },
  processes: { mechanism: "memory and process limits", lost: /number of processes is not bounded/ },
};

const mechanismFor = (support: SandboxSupport, starved: Starved) =>
  support.mechanisms.find(({ name }) => name.startsWith(bounds[starved].mechanism));

/** Whether this machine bounds it, by a control group or, processes, by their user. */
export function boundedBy(support: SandboxSupport, starved: Starved): boolean {
  const mechanism = mechanismFor(support, starved);
  return mechanism?.available === true || (starved === "processes" && lostTo(support, starved) === "");
}

/** Doctor's words for what is lost without the bound; empty if they don't name it. */
export function lostTo(support: SandboxSupport, starved: Starved): string {
  const said = mechanismFor(support, starved)?.lost ?? "";
  return bounds[starved].lost.test(said) ? said : "";
}
