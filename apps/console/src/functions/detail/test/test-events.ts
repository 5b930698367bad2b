import { problemOf } from "../../../api/problem.ts";
import { send } from "../../../api/send.ts";

/** Who sees a saved event: its creator only, or everybody with access to the registry. */
export type Sharing = "private" | "shareable";

/** A saved event. */
export interface TestEvent {
  readonly name: string;
  readonly sharing: Sharing;
  /** JSON text. */
  readonly text: string;
}

/** What an event may be called, in words. */
export const eventNameRule = "Use 1 to 25 letters, numbers, dots, hyphens and underscores.";

/** Whether an event may be called so. */
export const isEventName = (name: string): boolean => /^[A-Za-z0-9._-]{1,25}$/.test(name);

/** Where AWS's consoles and tools keep shareable events: one schema a function. */
const registryName = "lambda-testevent-schemas";
const schemaName = (functionName: string): string => `_${functionName}-schema`;

interface EventsDocument {
  readonly openapi: "3.0.0";
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Record<never, never>;
  readonly components: {
    readonly schemas: { readonly Event: object };
    readonly examples: Readonly<Record<string, { readonly value: unknown }>>;
  };
}

/** The events in a document; none if it can't be read. */
function readEvents(document: string | undefined, sharing: Sharing): TestEvent[] {
  if (document === undefined) return [];
  try {
    const { components } = JSON.parse(document) as Partial<EventsDocument>;
    return Object.entries(components?.examples ?? {}).map(([name, { value }]) => ({ name, sharing, text: JSON.stringify(value, null, 2) }));
  } catch {
    return [];
  }
}

/** The document that holds the events, in the form of the EventBridge Schemas registry. */
function writeEvents(functionName: string, events: readonly TestEvent[]): string {
  const document: EventsDocument = {
    openapi: "3.0.0",
    info: { title: `Test events of ${functionName}`, version: "1.0.0" },
    paths: {},
    components: {
      schemas: { Event: { type: "object" } },
      examples: Object.fromEntries(events.map(({ name, text }) => [name, { value: JSON.parse(text) as unknown }])),
    },
  };
  return JSON.stringify(document);
}

async function sharedDocument(functionName: string): Promise<string | undefined> {
  try {
    return (await send("schemas", "DescribeSchema", { RegistryName: registryName, SchemaName: schemaName(functionName) })).Content;
  } catch (error) {
    if (problemOf(error).kind === "not-found") return undefined;
    throw error;
  }
}

/** All events that were saved for a function, by name. */
export async function loadEvents(functionName: string): Promise<TestEvent[]> {
  const [own, shared] = await Promise.all([
    send("mayfly", "GetPrivateTestEvents", { FunctionName: functionName }),
    sharedDocument(functionName),
  ]);
  return [...readEvents(own.Content, "private"), ...readEvents(shared, "shareable")].sort((a, b) => a.name.localeCompare(b.name));
}

/** Saves an event; one of the same name and sharing is replaced. */
export async function saveEvent(functionName: string, event: TestEvent): Promise<void> {
  await change(functionName, event.sharing, (events) => [...events.filter(({ name }) => name !== event.name), event]);
}

/** Removes a saved event. */
export async function deleteEvent(functionName: string, event: Pick<TestEvent, "name" | "sharing">): Promise<void> {
  await change(functionName, event.sharing, (events) => events.filter(({ name }) => name !== event.name));
}

/**
 * Gives a saved event another name. All events of a function and sharing are one document, so that this is one write: it is done, or
 * the event is still there under its old name.
 * @throws Error named ConflictException or NotFoundException, if other events were saved or deleted meanwhile
 */
export async function renameEvent(functionName: string, { name, sharing }: Pick<TestEvent, "name" | "sharing">, to: string): Promise<void> {
  await change(functionName, sharing, (events) => {
    if (!events.some((event) => event.name === name)) throw refusal("NotFoundException", `There is no event named ${name} any more.`);
    if (events.some((event) => event.name === to)) throw refusal("ConflictException", `There is an event named ${to} already.`);
    return events.map((event) => (event.name === name ? { ...event, name: to } : event));
  });
}

const refusal = (name: string, message: string): Error => Object.assign(new Error(message), { name });

async function change(functionName: string, sharing: Sharing, edit: (events: TestEvent[]) => TestEvent[]): Promise<void> {
  if (sharing === "private") {
    const { Content } = await send("mayfly", "GetPrivateTestEvents", { FunctionName: functionName });
    const edited = edit(readEvents(Content, sharing));
    await send("mayfly", "PutPrivateTestEvents", { FunctionName: functionName, Content: writeEvents(functionName, edited) });
    return;
  }
  const document = await sharedDocument(functionName);
  const edited = edit(readEvents(document, sharing));
  const schema = { RegistryName: registryName, SchemaName: schemaName(functionName) };
  if (edited.length === 0) {
    if (document !== undefined) await send("schemas", "DeleteSchema", schema);
    return;
  }
  const content = { ...schema, Type: "OpenApi3" as const, Content: writeEvents(functionName, edited) };
  if (document !== undefined) await send("schemas", "UpdateSchema", content);
  else {
    await makeRegistry();
    await send("schemas", "CreateSchema", content);
  }
}

async function makeRegistry(): Promise<void> {
  try {
    await send("schemas", "CreateRegistry", { RegistryName: registryName, Description: "Shareable test events of Lambda functions" });
  } catch (error) {
    if (problemOf(error).code !== "ConflictException") throw error;
  }
}
