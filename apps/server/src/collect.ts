import v8 from "node:v8";
import vm from "node:vm";

interface Collection {
  readonly type: "major" | "minor";
  readonly execution: "sync";
  readonly flavor?: "last-resort";
}

let gc: ((collection: Collection) => void) | undefined;

/** Collects garbage of the thread that calls, at once. */
export function collect(collection: Collection): void {
  if (gc === undefined) {
    v8.setFlagsFromString("--expose-gc");
    gc = vm.runInNewContext("gc") as (collection: Collection) => void;
  }
  gc(collection);
}
