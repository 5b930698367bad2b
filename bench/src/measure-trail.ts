import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { openDatabase } from "@mayfly/db";
import { createKeptTrail } from "@mayfly/event-sources";
import { systemClock } from "@mayfly/kernel";
import { overrideLimits } from "@mayfly/lambda";
import type { Bench } from "./bench.ts";
import type { Measurements } from "./report.ts";

const steps = [
  { kind: "received", receiveCount: 1 },
  { kind: "delivered", requestId: "8d6ab1c2-5e16-4a2c-9f7b-0d3b4c1e2f3a" },
  { kind: "deleted" },
] as const;

/** What it costs to keep what became of events: processor time of all threads, told of in memory and then written down. No server takes part. */
export async function measureTrail(bench: Bench): Promise<Measurements> {
  bench.say("the trail of events");
  const folder = mkdtempSync(join(bench.folder, "trail-"));
  const db = await openDatabase({ folder });
  const {
    trailEventCount: eventCount,
    trailProducedCount: producedCount,
    trailStepCount: stepCount,
    trailMs: keptMs,
    trailSaveMs,
    trailSaveCount: saveCount,
  } = overrideLimits({});
  const onProblem = (line: string): void => bench.note(line);
  const trail = createKeptTrail(
    { eventCount, stepCount, producedCount, keptMs, saveMs: trailSaveMs, saveCount },
    { store: db.trailEvents, clock: systemClock, onProblem },
  );
  const place = {
    accountId: "123456789012",
    region: "us-east-1",
    sourceArn: "arn:aws:sqs:us-east-1:123456789012:orders",
    mappingUuid: "0b6c5c5e-9f0e-4d57-8a59-6d1d0d3c8b1a",
    functionArn: "arn:aws:lambda:us-east-1:123456789012:function:orders",
  };
  try {
    const before = process.cpuUsage();
    for (let id = 0; id < eventCount; id++) for (const step of steps) trail.note(place, String(id), step);
    const told = process.cpuUsage(before);
    await trail.close();
    const kept = process.cpuUsage(before);
    const each = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / eventCount;
    const measure = "trail of an event, three steps, processor time";
    return {
      rows: [
        { measure, figure: "told", unit: "us", mayfly: each(told) },
        { measure, figure: "told and written down", unit: "us", mayfly: each(kept) },
      ],
    };
  } finally {
    await db.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
