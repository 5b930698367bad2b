import type { Member, Shape, ShapeKind } from "../model/model.ts";
import { writeTimestamp } from "../read/timestamp.ts";
import { bytesOf, dateOf } from "./json.ts";

/** Text made safe between tags and in attributes; characters that XML 1.0 cannot hold become U+FFFD. */
export function escapeXml(text: string): string {
  return text
    .replace(/[&<>"]/g, (character) => entities[character] as string)
    .replace(/\r/g, "&#xD;")
    .replace(forbidden, "\uFFFD");
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** A structure's members as XML elements, in the model's order; undefined and null ones are left out. */
export function xmlOfStructure(shape: Shape, value: unknown): string {
  if (typeof value !== "object" || value === null) return "";
  let xml = "";
  for (const member of shape.members)
    if (!member.xmlAttribute) xml += xmlOf(member, member.formName ?? member.name, (value as Record<string, unknown>)[member.name]);
  return xml;
}

/** A structure's members that are attributes of its element. */
export function xmlAttributes(shape: Shape, value: unknown): string {
  let attributes = "";
  for (const { name, formName, xmlAttribute } of shape.members) {
    const text = xmlAttribute ? (value as Record<string, unknown>)[name] : undefined;
    if (text !== undefined)
      attributes += ` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ${formName ?? name}="${escapeXml(text as string)}"`;
  }
  return attributes;
}

type Writer = (member: Member, value: unknown) => string;

const text: Writer = (_member, value) => escapeXml(`${value as string | number | boolean}`);

const writers: Record<ShapeKind, Writer> = {
  structure: (member, value) => xmlOfStructure(member.shape, value),
  list: (member, value) => xmlItems(member.shape.element as Member, (member.shape.element as Member).formName ?? "member", value),
  map: (member, value) => xmlEntries(member, "entry", value),
  string: text,
  integer: text,
  long: text,
  float: text,
  double: text,
  boolean: text,
  blob: (_member, value) => bytesOf(value).toString("base64"),
  timestamp: (member, value) => String(writeTimestamp(dateOf(value), member.timestampFormat ?? "iso8601")),
  document: text,
  eventstream: () => "",
};

function xmlOf(member: Member, tag: string, value: unknown): string {
  if (value === undefined || value === null) return "";
  if (member.flattened && member.shape.kind === "list") return xmlItems(member.shape.element as Member, tag, value);
  if (member.flattened && member.shape.kind === "map") return xmlEntries(member, tag, value);
  const content = writers[member.shape.kind](member, value);
  const start = member.shape.kind === "structure" ? `${tag}${xmlAttributes(member.shape, value)}` : tag;
  return content === "" ? `<${start}/>` : `<${start}>${content}</${tag}>`;
}

function xmlItems(element: Member, tag: string, value: unknown): string {
  return (value as readonly unknown[]).map((item) => xmlOf(element, tag, item)).join("");
}

function xmlEntries(member: Member, tag: string, value: unknown): string {
  const { key, value: valueMember } = member.shape as Shape & { key: Member; value: Member };
  return Object.entries(value as object)
    .map(
      ([name, item]) =>
        `<${tag}>${xmlOf(key, key.formName ?? "key", name)}${xmlOf(valueMember, valueMember.formName ?? "value", item)}</${tag}>`,
    )
    .join("");
}
