import type { Bench } from "./bench.ts";
import { measureBurst } from "./measure-burst.ts";
import { measureCold } from "./measure-cold.ts";
import { measureConsole } from "./measure-console.ts";
import { measureEvents } from "./measure-events.ts";
import { measureMessages } from "./measure-messages.ts";
import { measureMemory } from "./measure-memory.ts";
import { measureObjects } from "./measure-objects.ts";
import { measurePayload } from "./measure-payload.ts";
import { measureQueues } from "./measure-queues.ts";
import { measureStarts } from "./measure-starts.ts";
import { measureStreaming } from "./measure-streaming.ts";
import { measureTrail } from "./measure-trail.ts";
import { measureUploads } from "./measure-uploads.ts";
import { measureUrls } from "./measure-urls.ts";
import { measureWarm } from "./measure-warm.ts";
import type { Measurements } from "./report.ts";
import { measureRivals } from "./rivals/measure-rivals.ts";

/** The parts of the bench, in their order. Each can be run alone: `--only warm,cold`. */
export const parts: Readonly<Record<string, (bench: Bench) => Promise<Measurements>>> = {
  starts: measureStarts,
  memory: measureMemory,
  cold: measureCold,
  warm: measureWarm,
  urls: measureUrls,
  payload: measurePayload,
  streaming: measureStreaming,
  burst: measureBurst,
  console: measureConsole,
  events: measureEvents,
  messages: measureMessages,
  queues: measureQueues,
  objects: measureObjects,
  uploads: measureUploads,
  trail: measureTrail,
  rivals: measureRivals,
};

/** @param only names with commas between; absent: all. @throws Error for a name that there is not */
export function chooseParts(only: string | undefined): readonly string[] {
  const all = Object.keys(parts);
  const wanted = only?.split(",").map((name) => name.trim()) ?? all;
  const unknown = wanted.find((name) => !all.includes(name));
  if (unknown !== undefined) throw new Error(`There is no part ${unknown}; there are ${all.join(", ")}.`);
  return all.filter((name) => wanted.includes(name));
}
