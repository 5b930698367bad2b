// Run as a process of its own and killed: prints the id of each write that the database has acknowledged.
import { writeSync } from "node:fs";
import { openDatabase } from "../src/index.ts";
import { asyncEvent } from "./rows.ts";

const db = await openDatabase({ folder: process.argv[2] ?? "" });
let count = 0;
async function writeForever(): Promise<never> {
  for (;;) {
    const id = `e${++count}`;
    await db.asyncEvents.put(asyncEvent(id));
    writeSync(1, `${id}\n`);
    await db.models.serverFact.create({ data: { name: id, value: "x" } });
    writeSync(1, `row ${id}\n`);
  }
}
await Promise.all(Array.from({ length: 16 }, writeForever));
