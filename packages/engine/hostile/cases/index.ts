import type { HostileGroup } from "../case.ts";
import { fileCases } from "./files.ts";
import { processCases } from "./processes.ts";

/** Every case, in the order of docs/isolation.md. */
export const hostileGroups: readonly HostileGroup[] = [
  { title: "What is others'", cases: fileCases },
  { title: "Other processes", cases: processCases },
];
