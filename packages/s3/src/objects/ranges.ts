import { invalidPartNumber, invalidRange } from "../faults.ts";
import { checkPartNumber } from "./multipart.ts";
import type { FoundObject } from "./versions.ts";

/** Bytes `from` to `to`, the latter exclusive. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
  /** Only a part was asked for. */
  readonly isPart: boolean;
}

/** What of an object a read asks for. A range that can't be read, or is of several, counts as none. @throws Fault InvalidRange, InvalidPartNumber, InvalidArgument */
export function rangeOf(
  { size, meta }: Pick<FoundObject, "size" | "meta">,
  range: string | undefined,
  partNumber: number | undefined,
): ByteRange {
  if (partNumber !== undefined)
    return partRange(size, meta.parts ?? [{ number: 1, size }], checkPartNumber(partNumber), meta.parts !== undefined);
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(range?.trim() ?? "") ?? [];
  if (first === undefined || last === undefined || (first === "" && last === "")) return { from: 0, to: size, isPart: false };
  const from = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === "" || last === "" ? size : Math.min(size, Number(last) + 1);
  if (first !== "" && last !== "" && Number(last) < Number(first)) return { from: 0, to: size, isPart: false };
  if (from >= size || (first === "" && Number(last) === 0)) throw invalidRange(range ?? "", size);
  return { from, to, isPart: true };
}

function partRange(size: number, parts: NonNullable<FoundObject["meta"]["parts"]>, wanted: number, isMultipart: boolean): ByteRange {
  let from = 0;
  for (const [index, part] of parts.entries()) {
    if (index + 1 === wanted) return { from, to: from + part.size, isPart: isMultipart || size > 0 };
    from += part.size;
  }
  throw invalidPartNumber(wanted, parts.length);
}
