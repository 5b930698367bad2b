import { writeFile } from "node:fs/promises";
import { arch, cpus, platform, totalmem } from "node:os";
import { parseArgs } from "node:util";
import { measure } from "./measure.ts";
import { formatTable, ratioOf } from "./table.ts";

const { values } = parseArgs({ options: { json: { type: "string" } } });
const machine = { cpu: cpus()[0]?.model ?? "unknown", cpus: cpus().length, memoryMb: Math.round(totalmem() / 1_048_576), system: `${platform()} ${arch()}`, node: process.version };
const measurements = await measure((line) => process.stderr.write(`${line}\n`));
process.stdout.write(`${formatTable(measurements)}\n`);
if (values.json !== undefined) {
  const rows = measurements.map((measurement) => ({ ...measurement, floor: measurement.floor ?? null, ratio: ratioOf(measurement) ?? null }));
  await writeFile(values.json, `${JSON.stringify({ at: new Date().toISOString(), machine, measurements: rows }, undefined, 2)}\n`);
}
