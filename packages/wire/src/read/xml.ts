import { parseXML } from "@aws-sdk/xml-builder";
import { Fault } from "@mayfly/kernel";
import type { Member, Shape, ShapeKind } from "../model/model.ts";
import { put } from "./put.ts";
import { readTimestamp } from "./timestamp.ts";

/** S3's answer to whatever is wrong with a document. */
const malformedXml = (): Fault =>
  new Fault("MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema", { status: 400 });

type Node = string | { readonly [tag: string]: Node | readonly Node[] };

/** Reads a body that is one structure. @throws Fault MalformedXML */
export function readXmlBody(shape: Shape, body: Buffer): Record<string, unknown> {
  let document: Record<string, Node>;
  try {
    document = parseXML(body.toString("utf8")) as Record<string, Node>;
  } catch {
    // Too deep for the parser's recursion is malformed, too.
    throw malformedXml();
  }
  const [root = ""] = Object.values(document);
  return readStructure(shape, root);
}

function readStructure(shape: Shape, node: Node): Record<string, unknown> {
  const output: Record<string, unknown> = {};
  if (typeof node === "string") {
    if (node.trim() !== "") throw malformedXml();
    return output;
  }
  for (const [wireName, member] of shape.bodyMembers) {
    if (!Object.hasOwn(node, wireName)) continue;
    const found = node[wireName] as Node | readonly Node[];
    output[member.name] = member.flattened && member.shape.kind === "list" ? readItems(member, found) : readOne(member, found);
  }
  return output;
}

const several = (found: Node | readonly Node[]): readonly Node[] => (Array.isArray(found) ? found : [found as Node]);

const readItems = (member: Member, found: Node | readonly Node[]): unknown[] =>
  several(found).map((node) => readOne(member.shape.element as Member, node));

function readOne(member: Member, found: Node | readonly Node[]): unknown {
  const [node, more] = several(found);
  if (node === undefined || more !== undefined) throw malformedXml();
  return readers[member.shape.kind](member, node);
}

type Reader = (member: Member, node: Node) => unknown;

const text: Reader = (_member, node) => textOf(node);

function textOf(node: Node): string {
  if (typeof node === "string") return node;
  throw malformedXml();
}

const readers: Record<ShapeKind, Reader> = {
  structure: (member, node) => readStructure(member.shape, node),
  list: (member, node) => {
    const name = member.shape.element?.formName ?? "member";
    if (typeof node === "string") return [];
    return Object.hasOwn(node, name) ? readItems(member, node[name] as Node | readonly Node[]) : [];
  },
  map: (member, node) => {
    const output: Record<string, unknown> = {};
    const { key, value } = member.shape as Shape & { key: Member; value: Member };
    for (const entry of typeof node === "string" ? [] : several(node["entry"] ?? [])) {
      if (typeof entry === "string") throw malformedXml();
      put(output, textOf(entry[key.formName ?? "key"] as Node), readOne(value, entry[value.formName ?? "value"] as Node));
    }
    return output;
  },
  string: text,
  integer: readInteger,
  long: readInteger,
  float: readInteger,
  double: readInteger,
  boolean: (_member, node) => {
    const value = textOf(node).trim().toLowerCase();
    if (value !== "true" && value !== "false") throw malformedXml();
    return value === "true";
  },
  blob: (_member, node) => Buffer.from(textOf(node), "base64"),
  timestamp: (member, node) => {
    const date = readTimestamp(textOf(node).trim(), member.timestampFormat ?? "iso8601");
    if (date === undefined) throw malformedXml();
    return date;
  },
  document: text,
  eventstream: () => undefined,
};

function readInteger(_member: Member, node: Node): number {
  const value = textOf(node).trim();
  if (!/^[+-]?\d{1,19}$/.test(value)) throw malformedXml();
  return Number(value);
}
