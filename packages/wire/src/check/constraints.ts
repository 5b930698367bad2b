import { wireLimits } from "../limits.ts";
import type { Member, Shape } from "../model/model.ts";
import type { Constraints } from "../model/raw-model.ts";
import { patternMatches } from "./pattern.ts";
import { printNumber, printValue } from "./print-value.ts";

/**
 * Checks an input against its model and tells what is broken in AWS's words: `2 validation errors detected: A; B`.
 * Undefined if all is well.
 */
export function brokenConstraints(shape: Shape, input: Readonly<Record<string, unknown>>): string | undefined {
  const broken: string[] = [];
  checkStructure(shape, input, "", broken);
  if (broken.length === 0) return undefined;
  const told = broken.slice(0, wireLimits.constraintErrorsCount);
  return `${told.length} validation error${told.length === 1 ? "" : "s"} detected: ${told.join("; ")}`;
}

function checkStructure(shape: Shape, value: Readonly<Record<string, unknown>>, path: string, broken: string[]): void {
  for (const member of shape.members) {
    const memberValue = value[member.name];
    const isThere = memberValue !== undefined && memberValue !== null;
    if (!isThere && !member.required) continue;
    const memberPath = `${path}${lowerFirst(member.name)}`;
    if (isThere) checkMember(member, memberValue, memberPath, broken);
    else broken.push(`Value null at '${memberPath}' failed to satisfy constraint: ${mustNotBeNull}`);
  }
}

function checkMember(member: Member, value: unknown, path: string, broken: string[]): void {
  if (broken.length >= wireLimits.constraintErrorsCount) return;
  for (const tail of failedTails(member.constraints, value)) broken.push(failure(member, value, path, tail));
  const { shape } = member;
  if (shape.kind === "structure") checkStructure(shape, value as Record<string, unknown>, `${path}.`, broken);
  else if (shape.kind === "list") checkList(member, value as readonly unknown[], path, broken);
  else if (shape.kind === "map") checkMap(member, value as Readonly<Record<string, unknown>>, path, broken);
}

function failure(member: Member, value: unknown, path: string, tail: string): string {
  // What the model calls sensitive is not repeated.
  const printed = member.shape.sensitive ? "Value" : `Value '${printValue(value, member.shape)}'`;
  return `${printed} at '${path}' failed to satisfy constraint: ${tail}`;
}

function checkList(member: Member, items: readonly unknown[], path: string, broken: string[]): void {
  const element = member.shape.element as Member;
  if (isNested(element.shape)) {
    items.forEach((item, index) => checkPresent(element, item, `${path}.${index + 1}.member`, broken));
    return;
  }
  const tails = firstFailure(element, items);
  if (tails) broken.push(failure(member, items, path, `Member must satisfy constraint: [${tails.join(", ")}]`));
}

const mustNotBeNull = "Member must not be null";

/** No list or map of these services may hold a null. */
function checkPresent(member: Member, item: unknown, path: string, broken: string[]): void {
  if (item === null) broken.push(`Value null at '${path}' failed to satisfy constraint: ${mustNotBeNull}`);
  else checkMember(member, item, path, broken);
}

function checkMap(member: Member, map: Readonly<Record<string, unknown>>, path: string, broken: string[]): void {
  const { key, value } = member.shape as Shape & { key: Member; value: Member };
  const keyTails = firstFailure(key, Object.keys(map));
  if (keyTails) broken.push(failure(member, map, path, `Map keys must satisfy constraint: [${keyTails.join(", ")}]`));
  if (isNested(value.shape)) {
    for (const [name, item] of Object.entries(map)) checkPresent(value, item, `${path}.${name}.member`, broken);
    return;
  }
  const valueTails = firstFailure(value, Object.values(map));
  if (valueTails) broken.push(failure(member, map, path, `Map value must satisfy constraint: [${valueTails.join(", ")}]`));
}

const isNested = (shape: Shape): boolean => shape.kind === "structure" || shape.kind === "list" || shape.kind === "map";

/** All constraints of the items if any item breaks one: AWS prints the whole set then, for what is not sensitive with the one that holds everywhere. */
function firstFailure({ constraints, shape }: Member, items: readonly unknown[]): string[] | undefined {
  const hasNull = items.includes(null);
  const isBroken = (item: unknown): boolean => item !== null && item !== undefined && failedTails(constraints, item).length > 0;
  if (!hasNull && !items.some(isBroken)) return undefined;
  return [...allTails(constraints, shape), ...(hasNull || !shape.sensitive ? [mustNotBeNull] : [])];
}

function failedTails(constraints: Constraints, value: unknown): string[] {
  const { min, max, pattern, enum: values } = constraints;
  if (typeof value === "number") {
    if (max !== undefined && value > max) return [valueTail("less", String(max))];
    return min !== undefined && value < min ? [valueTail("greater", String(min))] : [];
  }
  const length = lengthOf(value);
  if (length === undefined) return [];
  const tooLong = max !== undefined && length > max;
  const tails: string[] = [];
  // A value that is too long is not matched: the bound keeps hostile input from the pattern.
  if (pattern !== undefined && !tooLong && typeof value === "string" && !patternMatches(pattern, value)) tails.push(patternTail(pattern));
  if (tooLong) tails.push(lengthTail("less", max));
  if (min !== undefined && length < min) tails.push(lengthTail("greater", min));
  if (values !== undefined && typeof value === "string" && !values.includes(value)) tails.push(enumTail(values));
  return tails;
}

function allTails({ min, max, pattern, enum: values }: Constraints, shape: Shape): string[] {
  const isNumber = numberKinds.has(shape.kind);
  const bound = (than: Than, value: number): string => (isNumber ? valueTail(than, printNumber(value, shape)) : lengthTail(than, value));
  return [
    ...(max === undefined ? [] : [bound("less", max)]),
    ...(min === undefined ? [] : [bound("greater", min)]),
    ...(pattern === undefined ? [] : [patternTail(pattern)]),
    ...(values === undefined ? [] : [enumTail(values)]),
  ];
}

type Than = "less" | "greater";
const numberKinds: ReadonlySet<string> = new Set(["integer", "long", "float", "double"]);

const lengthTail = (than: Than, bound: number): string => `Member must have length ${than} than or equal to ${bound}`;
const valueTail = (than: Than, bound: string): string => `Member must have value ${than} than or equal to ${bound}`;
const patternTail = (pattern: string): string => `Member must satisfy regular expression pattern: ${pattern}`;
const enumTail = (values: readonly string[]): string => `Member must satisfy enum value set: [${values.join(", ")}]`;

function lengthOf(value: unknown): number | undefined {
  if (typeof value === "string" || Array.isArray(value) || Buffer.isBuffer(value)) return value.length;
  return typeof value === "object" && value !== null && !(value instanceof Date) ? Object.keys(value).length : undefined;
}

/** AWS writes members as Java properties: `FunctionName` is `functionName`, `KMSKeyArn` is `kMSKeyArn`. */
const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
