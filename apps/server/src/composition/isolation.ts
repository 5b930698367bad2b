import type { Mechanism, SandboxSupport } from "@mayfly/sandbox";
import type { ServerOptions } from "../config/options.ts";
import { isLoopbackAddress } from "../gateway/hosts.ts";

/** What is to be said of functions that are isolated less than fully, before any runs. */
export interface IsolationVerdict {
  /** Why the server must not start. */
  readonly refusal?: string;
  /** What is said when it does. */
  readonly warning?: string;
}

const inWords = ({ name, lost, remedy }: Mechanism): string => `${name}: ${lost}. To have it: ${remedy}`;

/** What isolation lacks, in a line; undefined if it is full. */
export const lackingText = ({ level, lacking }: SandboxSupport): string | undefined =>
  level === "full" ? undefined : lacking.map(inWords).join("; ");

/** Less than full isolation is for who chose it, or for who alone reaches the server. */
export function judgeIsolation(
  support: SandboxSupport,
  { host, isolation, sandbox }: Pick<ServerOptions, "host" | "isolation" | "sandbox">,
): IsolationVerdict {
  const { level, mechanisms, lacking } = support;
  const wanted = mechanisms.find(({ id }) => id === sandbox);
  if (level === "none" && wanted !== undefined)
    return { refusal: `Sandboxes can't be made by ${sandbox} here: ${wanted.lost}. To have it: ${wanted.remedy}.` };
  if (level === "full") return {};
  const missing = lacking.map((mechanism) => `\n  ${inWords(mechanism)}`).join("");
  if (isolation === "full") return { refusal: `Functions can't be isolated fully here, as --isolation full asks. Missing:${missing}` };
  if (isolation === undefined && !isLoopbackAddress(host))
    return {
      refusal: `The isolation of functions here is ${level}, not full, and at ${host} others reach the server. Missing:${missing}\nOr accept that: --isolation reduced.`,
    };
  if (isolation === level) return {};
  return { warning: `the isolation of functions is ${level}, not full. Missing:${missing.replaceAll("\n", "\n  ")}` };
}
