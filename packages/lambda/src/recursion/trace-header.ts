import { newUuid } from "@mayfly/kernel";
import { keyText, type FunctionKey } from "../function-name.ts";

/** Entries of a lineage at most: in a chain of more functions, those that were invoked least are forgotten. */
const mostFunctions = 32;

const rootPattern = /(?:^|;)\s*Root=(1-[0-9a-f]{8}-[0-9a-f]{24})(?:;|$)/;
const lineagePattern = /(?:^|;)\s*Lineage=([0-9a-f]{8}:\d{1,5}(?:\|[0-9a-f]{8}:\d{1,5})*)(?:;|$)/;
/** Longer ones than that are nobody's. */
const mostCharacters = 2048;

/**
 * The X-Ray header of an invocation. It goes on from that of the request, which AWS's SDKs copy from their own invocation's environment, and counts how often
 * each function was invoked again in the chain: `Root=1-..;Parent=..;Sampled=0;Lineage=HASH:COUNT|HASH:COUNT`. Nothing is sampled.
 * https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader
 * @param header of the request that invokes, if it has any
 */
export function traceHeader(key: FunctionKey, header: string | undefined, nowMs: number): string {
  // Node draws the bytes of many UUIDs at once; bytes drawn for each id alone cost an invocation 4 us hot and 10 in a server at work.
  const parent = newUuid();
  const known = header === undefined || header.length > mostCharacters ? "" : header;
  const root = rootPattern.exec(known)?.[1] ?? newRoot(nowMs);
  // Those of a UUID's groups that are random throughout.
  return `Root=${root};Parent=${parent.slice(0, 4)}${parent.slice(24)};Sampled=0;Lineage=${lineage(key, lineagePattern.exec(known)?.[1])}`;
}

/** How often the function was invoked before in the chain that a header of {@link traceHeader} belongs to. */
export function loopsOf(key: FunctionKey, header: string): number {
  const entry = lineagePattern
    .exec(header)?.[1]
    ?.split("|")
    .find((text) => text.startsWith(hashOf(key)));
  return entry === undefined ? 0 : countOf(entry);
}

function newRoot(nowMs: number): string {
  const seconds = Math.floor(nowMs / 1000)
    .toString(16)
    .padStart(8, "0");
  const root = newUuid();
  return `1-${seconds}-${root.slice(0, 8)}${root.slice(9, 13)}${root.slice(24)}`;
}

function lineage(key: FunctionKey, before: string | undefined): string {
  const hash = hashOf(key);
  if (before === undefined) return `${hash}:0`;
  const entries = before.split("|");
  const at = entries.findIndex((entry) => entry.startsWith(hash));
  if (at >= 0) entries[at] = `${hash}:${Math.min(countOf(entries[at]!) + 1, 65_535)}`;
  else entries.push(`${hash}:0`);
  while (entries.length > mostFunctions) entries.splice(leastOf(entries), 1);
  return entries.join("|");
}

const countOf = (entry: string): number => Number(entry.slice(9));

/** The last one stays. */
const leastOf = (entries: readonly string[]): number =>
  entries.slice(0, -1).reduce((least, entry, index) => (countOf(entry) < countOf(entries[least]!) ? index : least), 0);

/** FNV-1a: functions that share one by chance would only be stopped together. */
function hashOf(key: FunctionKey): string {
  let hash = 0x811c9dc5;
  const text = keyText(key);
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}
