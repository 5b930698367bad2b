import { Fault } from "@mayfly/kernel";
import { wireLimits } from "../limits.ts";
import type { Member, Shape, ShapeKind } from "../model/model.ts";
import { isBase64 } from "./base64.ts";
import { put } from "./put.ts";
import { readTimestamp } from "./timestamp.ts";

/** A Query request that cannot be read. */
export function malformedInput(message: string): Fault {
  return new Fault("MalformedInput", message, { status: 400 });
}

/** Dotted parameter names as a tree: `Tags.member.1.Key=a`. */
interface Node {
  value: string | undefined;
  readonly children: Map<string, Node>;
}

const emptyNode = (): Node => ({ value: undefined, children: new Map() });

/** Reads an operation's input from the parameters of a form. @throws Fault MalformedInput */
export function readQueryForm(shape: Shape, parameters: readonly (readonly [string, string])[]): Record<string, unknown> {
  const root = emptyNode();
  for (const [name, value] of parameters) {
    const parts = name.split(".", wireLimits.nestingDepth + 1);
    if (parts.length > wireLimits.nestingDepth) throw malformedInput("Unexpected complex element termination");
    let node = root;
    for (const part of parts) {
      let child = node.children.get(part);
      if (child === undefined) node.children.set(part, (child = emptyNode()));
      node = child;
    }
    node.value = value;
  }
  return readStructure(shape, root);
}

function readStructure(shape: Shape, node: Node): Record<string, unknown> {
  const output: Record<string, unknown> = {};
  for (const member of shape.members) {
    const child = node.children.get(member.formName ?? member.name);
    if (child !== undefined) output[member.name] = readNode(member, child);
  }
  return output;
}

type Reader = (member: Member, node: Node) => unknown;

const text = (_member: Member, node: Node): string => node.value ?? malformedScalar();

const readers: Record<ShapeKind, Reader> = {
  structure: (member, node) => readStructure(member.shape, node),
  list: readList,
  map: readMap,
  string: text,
  integer: readInteger,
  long: readInteger,
  float: readFraction,
  double: readFraction,
  boolean: readBoolean,
  blob: readBlob,
  timestamp: (member, node) => {
    const value = text(member, node);
    return (
      readTimestamp(value, member.timestampFormat ?? "iso8601") ??
      readTimestamp(value, "unixTimestamp") ??
      malformedValue(value, "timestamp")
    );
  },
  document: text,
  eventstream: () => undefined,
};

function readNode(member: Member, node: Node): unknown {
  return readers[member.shape.kind](member, node);
}

function readList(member: Member, node: Node): unknown[] {
  const element = member.shape.element as Member;
  const items = member.flattened ? node : node.children.get(element.formName ?? "member");
  if (items === undefined || items.children.size === 0) return [];
  return indexed(items).map((item) => readNode(element, item));
}

function readMap(member: Member, node: Node): Record<string, unknown> {
  const { key, value } = member.shape as Shape & { key: Member; value: Member };
  const entries = member.flattened ? node : node.children.get("entry");
  const output: Record<string, unknown> = {};
  for (const entry of entries === undefined ? [] : indexed(entries)) {
    const valueNode = entry.children.get(value.formName ?? "value");
    put(output, entry.children.get(key.formName ?? "key")?.value ?? malformedScalar(), valueNode && readNode(value, valueNode));
  }
  return output;
}

/** The items of a list in the order of their numbers; gaps close. */
function indexed(node: Node): Node[] {
  const items: [number, Node][] = [];
  for (const [name, child] of node.children) {
    if (!/^\d{1,9}$/.test(name)) throw malformedInput(`Key ${name} is not a list index`);
    items.push([Number(name), child]);
  }
  return items.sort(([a], [b]) => a - b).map(([, child]) => child);
}

function readInteger(member: Member, node: Node): number {
  const value = text(member, node);
  return /^[+-]?\d{1,19}$/.test(value) ? Number(value) : malformedValue(value, member.shape.kind);
}

function readFraction(member: Member, node: Node): number {
  const value = text(member, node);
  const parsed = value.trim() === "" ? NaN : Number(value);
  return Number.isNaN(parsed) && value !== "NaN" ? malformedValue(value, member.shape.kind) : parsed;
}

function readBoolean(member: Member, node: Node): boolean {
  const value = text(member, node).toLowerCase();
  return value === "true" || value === "1" ? true : value === "false" || value === "0" ? false : malformedValue(value, "boolean");
}

function readBlob(member: Member, node: Node): Buffer {
  const value = text(member, node);
  return isBase64(value) ? Buffer.from(value, "base64") : malformedValue(value, "blob");
}

function malformedScalar(): never {
  throw malformedInput("Unexpected complex element termination");
}

function malformedValue(value: string, wanted: string): never {
  throw malformedInput(`${value} is not a valid ${wanted}`);
}
