/** A value as Java's toString prints it in AWS's texts: `[a, b]`, `{k=v}`. */
export function printValue(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (Buffer.isBuffer(value)) return `java.nio.HeapByteBuffer[pos=0 lim=${value.length} cap=${value.length}]`;
  if (value instanceof Date) return value.toUTCString();
  if (Array.isArray(value)) return `[${value.map(printValue).join(", ")}]`;
  if (typeof value === "object") {
    const entries = Object.entries(value).map(([key, item]) => `${key}=${printValue(item)}`);
    return `{${entries.join(", ")}}`;
  }
  return `${value as string | number | boolean}`;
}
