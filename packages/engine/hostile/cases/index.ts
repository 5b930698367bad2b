import type { HostileGroup } from "../case.ts";
import { extensionCases } from "./extensions.ts";
import { fileCases } from "./files.ts";
import { kernelCases } from "./kernel.ts";
import { networkCases } from "./network.ts";
import { privilegeCases } from "./privileges.ts";
import { processCases } from "./processes.ts";
import { outputCases } from "./output.ts";
import { resourceCases } from "./resources.ts";
import { runtimeApiCases } from "./runtime-api.ts";
import { writeCases } from "./writes.ts";
import { zygoteCases } from "./zygote.ts";

/** Every case, in the order of docs/isolation.md. */
export const hostileGroups: readonly HostileGroup[] = [
  { title: "What is others'", cases: fileCases },
  { title: "Other processes", cases: processCases },
  { title: "The process that it is a copy of", cases: zygoteCases },
  { title: "More privileges", cases: privilegeCases },
  { title: "The kernel and the machine", cases: kernelCases },
  { title: "Writing", cases: writeCases },
  { title: "The network", cases: networkCases },
  { title: "The Runtime API", cases: runtimeApiCases },
  { title: "External extensions", cases: extensionCases },
  { title: "The log", cases: outputCases },
  { title: "Resources", cases: resourceCases },
];
