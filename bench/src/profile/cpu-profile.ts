import { fileURLToPath } from "node:url";

/** V8's own form of a CPU profile, as `.cpuprofile` files hold it. https://chromedevtools.github.io/devtools-protocol/tot/Profiler/#type-Profile */
export interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
}

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  readonly children?: readonly number[];
}

/** What one function took: shares of the samples in which the thread worked. */
export interface FunctionCost {
  /** `name  packages/x/src/y.ts:12` */
  readonly where: string;
  /** In the function itself. */
  readonly self: number;
  /** With all that it called. */
  readonly total: number;
}

/** A profile by functions and by groups of files. */
export interface ProfileSummary {
  readonly functions: readonly FunctionCost[];
  /** By package of ours, package of npm, module of Node, or V8 itself; largest first. */
  readonly groups: readonly { readonly name: string; readonly self: number }[];
}

const root = fileURLToPath(new URL("../../../", import.meta.url));
const hook = "bench/src/profile/hook.mjs";

/** Where a function stands, short enough for a table. */
function fileOf(url: string): string {
  const path = url.startsWith("file:") ? fileURLToPath(url) : url;
  return (path.startsWith(root) ? path.slice(root.length) : path).replace(/^.*node_modules\//, "npm:");
}

function groupOf(file: string, functionName: string): string {
  if (file === "") return functionName === "(garbage collector)" ? functionName : "(native: system calls, V8)";
  if (file.startsWith("node:")) return file;
  const npm = /^npm:((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1];
  return npm === undefined ? file.split("/").slice(0, 2).join("/") : `npm:${npm}`;
}

/**
 * Adds a profile up. It counts samples and takes no notice of the time between them: on a machine with other work to do a thread waits for its turn in the
 * midst of any function, which then would seem to be slow.
 */
export function summarize({ nodes, samples }: CpuProfile): ProfileSummary {
  const hits = new Map<number, number>();
  for (const id of samples) hits.set(id, (hits.get(id) ?? 0) + 1);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const costs = new Map<string, { self: number; total: number }>();
  const groups = new Map<string, number>();

  /** @param above the functions on the stack: one that calls itself counts once */
  const visit = (id: number, above: ReadonlySet<string>): number => {
    const node = byId.get(id);
    if (node === undefined) return 0;
    const { functionName, url, lineNumber } = node.callFrame;
    const file = fileOf(url);
    if (functionName === "(idle)" || file === hook) return 0;
    const own = hits.get(id) ?? 0;
    const where = `${functionName || "(anonymous)"}${file === "" ? "" : `  ${file}:${lineNumber + 1}`}`;
    const stack = above.has(where) ? above : new Set(above).add(where);
    const total = own + (node.children ?? []).reduce((sum, child) => sum + visit(child, stack), 0);
    const cost = costs.get(where) ?? { self: 0, total: 0 };
    cost.self += own;
    if (stack !== above) cost.total += total;
    costs.set(where, cost);
    const group = groupOf(file, functionName);
    groups.set(group, (groups.get(group) ?? 0) + own);
    return total;
  };
  const [first] = nodes;
  const all = first === undefined ? 0 : visit(first.id, new Set());
  return {
    functions: [...costs].map(([where, { self, total }]) => ({ where, self: self / all, total: total / all })),
    groups: [...groups].map(([name, self]) => ({ name, self: self / all })).sort((a, b) => b.self - a.self),
  };
}
