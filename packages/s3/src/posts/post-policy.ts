import { againstPolicy, invalidPolicy } from "./post-faults.ts";

/** What a form may say. */
export interface PostPolicy {
  readonly expiresAtMs: number;
  readonly conditions: readonly Condition[];
  /** How large the file may be. */
  readonly size: { readonly leastBytes: number; readonly mostBytes: number } | undefined;
}

type Operator = "eq" | "starts-with";

interface Condition {
  readonly operator: Operator;
  /** As the policy spells it, with its `$`. */
  readonly name: string;
  readonly value: string;
}

/**
 * Reads the field `policy`, the signature of which was checked.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
 * @throws Fault InvalidPolicyDocument
 */
export function readPostPolicy(field: string): PostPolicy {
  const document = jsonOf(field);
  const { expiration, conditions } = document;
  if (expiration === undefined) throw invalidPolicy("Policy missing expiration.");
  if (!Array.isArray(conditions)) throw invalidPolicy("Policy missing conditions.");
  const read = (conditions as readonly unknown[]).map(readCondition);
  // Of several ranges all must hold.
  const ranges = read.filter((condition) => "mostBytes" in condition);
  return {
    expiresAtMs: timeOf(expiration),
    conditions: read.filter((condition) => "operator" in condition),
    size:
      ranges.length === 0
        ? undefined
        : {
            leastBytes: Math.max(...ranges.map(({ leastBytes }) => leastBytes)),
            mostBytes: Math.min(...ranges.map(({ mostBytes }) => mostBytes)),
          },
  };
}

function jsonOf(field: string): Readonly<Record<string, unknown>> {
  const isBase64 = /^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(field);
  try {
    const document: unknown = isBase64 ? JSON.parse(Buffer.from(field, "base64").toString("utf8")) : undefined;
    if (typeof document === "object" && document !== null && !Array.isArray(document)) return document as Record<string, unknown>;
  } catch {
    // Told below.
  }
  throw invalidPolicy("Invalid JSON.");
}

const timeForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/;

function timeOf(expiration: unknown): number {
  const ms = typeof expiration === "string" && timeForm.test(expiration) ? Date.parse(expiration) : Number.NaN;
  if (Number.isNaN(ms)) throw invalidPolicy(`Invalid 'expiration' value: '${String(expiration)}'`);
  return ms;
}

type Range = NonNullable<PostPolicy["size"]>;

function readCondition(condition: unknown): Condition | Range {
  if (Array.isArray(condition)) return readList(condition as readonly unknown[]);
  if (typeof condition !== "object" || condition === null) throw invalidPolicy("Invalid Condition: must be an object or an array.");
  const [property, another] = Object.entries(condition);
  if (property === undefined || another !== undefined)
    throw invalidPolicy("Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.");
  const [name, value] = property as [string, unknown];
  if (typeof value !== "string") throw invalidPolicy("Invalid Simple-Condition: value must be a string.");
  return { operator: "eq", name: `$${name}`, value };
}

function readList([operator, name, value, ...more]: readonly unknown[]): Condition | Range {
  const lower = typeof operator === "string" ? operator.toLowerCase() : "";
  if (lower === "content-length-range" && more.length === 0) return { leastBytes: bytesOf(name), mostBytes: bytesOf(value) };
  if (!isOperator(lower)) throw invalidPolicy(`Invalid Condition: unknown operation '${String(operator)}'.`);
  if (typeof name !== "string" || typeof value !== "string" || more.length > 0)
    throw invalidPolicy(`Invalid Condition: wrong number of arguments for '${lower}', or arguments that are no strings.`);
  return { operator: lower, name, value };
}

const isOperator = (text: string): text is Operator => Object.hasOwn(holds, text);

function bytesOf(value: unknown): number {
  if ((typeof value === "number" || typeof value === "string") && /^\d{1,15}$/.test(String(value))) return Number(value);
  throw invalidPolicy(`Invalid content-length-range: '${String(value)}'`);
}

const holds: Record<Operator, (actual: string, wanted: string) => boolean> = {
  eq: (actual, wanted) => actual === wanted,
  "starts-with": (actual, wanted) => actual.startsWith(wanted),
};

/** Fields that need no condition. `file` is none of the fields. */
const uncovered: ReadonlySet<string> = new Set(["x-amz-signature", "signature", "awsaccesskeyid", "policy"]);

/**
 * Holds a form to its policy.
 * @param fields by names in lower case
 * @throws Fault AccessDenied
 */
export function checkPostPolicy(policy: PostPolicy, fields: ReadonlyMap<string, string>, bucket: string, nowMs: number): void {
  if (policy.expiresAtMs <= nowMs) throw againstPolicy("Policy expired.");
  const said = new Map([...fields, ["bucket", bucket]]);
  const covered = new Set<string>();
  for (const condition of policy.conditions) {
    const name = condition.name.slice(1).toLowerCase();
    if (!condition.name.startsWith("$") || !isMet(condition, name, said.get(name))) {
      const { operator, value } = condition;
      throw againstPolicy(`Policy Condition failed: [${[operator, condition.name, value].map((text) => JSON.stringify(text)).join(", ")}]`);
    }
    covered.add(name);
  }
  const extra = [...said.keys()].filter((name) => !covered.has(name) && !uncovered.has(name) && !name.startsWith("x-ignore-"));
  if (extra.length > 0) throw againstPolicy(`Extra input fields: ${extra.join(", ")}`);
}

/** A field that is not there meets nothing, not even an empty prefix. Of types in a list each must meet the condition. */
function isMet({ operator, value }: Condition, name: string, said: string | undefined): boolean {
  if (said === undefined) return false;
  const values = name === "content-type" && operator === "starts-with" ? said.split(",").map((type) => type.trim()) : [said];
  return values.every((each) => holds[operator](each, value));
}
