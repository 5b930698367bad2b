import type { Shape } from "../model/model.ts";

/** A value as Java's toString prints it in AWS's texts: `[a, b]`, `{k=v}`. */
export function printValue(value: unknown, shape: Shape | undefined): string {
  if (value === null || value === undefined) return "null";
  if (Buffer.isBuffer(value)) return `java.nio.HeapByteBuffer[pos=0 lim=${value.length} cap=${value.length}]`;
  if (value instanceof Date) return value.toUTCString();
  if (Array.isArray(value)) return `[${value.map((item) => printValue(item, shape?.element?.shape)).join(", ")}]`;
  if (typeof value === "object") {
    const itemShape = (key: string): Shape | undefined => shape?.value?.shape ?? shape?.members.find(({ name }) => name === key)?.shape;
    const entries = Object.entries(value).map(([key, item]) => `${key}=${printValue(item, itemShape(key))}`);
    return `{${entries.join(", ")}}`;
  }
  return typeof value === "number" ? printNumber(value, shape) : `${value as string | boolean}`;
}

/** Java's doubles always have a point. */
export const printNumber = (value: number, shape: Shape | undefined): string =>
  (shape?.kind === "double" || shape?.kind === "float") && Number.isInteger(value) ? `${value}.0` : String(value);
