import type { Blueprint } from "./blueprint.ts";

/** Every file of every blueprint's folder, by its path from here: `./http-api-nodejs/index.mjs`. */
const sources = import.meta.glob<string>("./*/*", { query: "?raw", import: "default", eager: true });

const python = { family: "python", handler: "lambda_function.lambda_handler", timeoutSeconds: 3, templates: [] } as const;
const nodejs = { family: "nodejs", handler: "index.handler", timeoutSeconds: 3, templates: [] } as const;

/** The blueprints without what is in their folders. */
const facts: readonly Omit<Blueprint, "files" | "event">[] = [
  {
    ...python,
    id: "hello-world-python",
    name: "Hello world (Python)",
    description: "Greets the name in the event. The smallest function that does something.",
  },
  {
    ...nodejs,
    id: "hello-world-nodejs",
    name: "Hello world (Node.js)",
    description: "Greets the name in the event. The smallest function that does something.",
  },
  {
    ...nodejs,
    id: "http-api-nodejs",
    name: "JSON over HTTP",
    description: "Answers requests of an HTTP API: routes, JSON bodies, status codes, in two files.",
    timeoutSeconds: 10,
  },
  {
    ...python,
    id: "s3-events-python",
    name: "Log of S3 objects",
    description: "Writes a line of JSON for each S3 object that was made or removed, and sums them up.",
    timeoutSeconds: 10,
  },
  {
    ...python,
    id: "sqs-batch-python",
    name: "Batches of SQS messages",
    description: "Works on SQS messages one by one and reports the failed ones, so that only they come again.",
    timeoutSeconds: 30,
    templates: ["sqs-poller"],
  },
  {
    ...nodejs,
    id: "firehose-transform-nodejs",
    name: "Transform JSON records",
    description: "Changes, drops or fails the JSON records of a Firehose stream on their way.",
    timeoutSeconds: 60,
  },
];

/** The event that a blueprint is tried with; the other files of its folder are its code. */
const eventFile = "event.json";

function folderOf(id: string): Pick<Blueprint, "files" | "event"> {
  const prefix = `./${id}/`;
  const all = Object.entries(sources).flatMap(([path, text]) =>
    path.startsWith(prefix) ? [[path.slice(prefix.length), text] as const] : [],
  );
  const code = all.filter(([name]) => name !== eventFile).sort(([a], [b]) => Number(a === "README.md") - Number(b === "README.md"));
  return { files: Object.fromEntries(code), event: sources[`${prefix}${eventFile}`] ?? "{}" };
}

/** The blueprints to choose from. */
export const blueprints: readonly Blueprint[] = facts.map((blueprint) => ({ ...blueprint, ...folderOf(blueprint.id) }));
