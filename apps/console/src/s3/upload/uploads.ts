import { problemOf, type Problem } from "../../api/problem.ts";
import { uploadFile, type FileTarget } from "./upload-file.ts";

/** A file that is uploaded, was, or is to be. */
export interface Upload extends FileTarget {
  readonly id: number;
  readonly state: "waiting" | "uploading" | "done" | "failed" | "cancelled";
  readonly sentBytes: number;
  readonly problem?: Problem;
}

/** Files under way together: a browser has six connections to one server. */
const filesAtOnce = 2;
/** Listeners hear of progress this often. Milliseconds. */
const tellEveryMs = 100;

let uploads: readonly Upload[] = [];
let lastId = 0;
let telling: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();
const running = new Map<number, AbortController>();

/** For useSyncExternalStore. Uploads go on while other pages of the console are looked at. */
export const uploadStore = {
  get: (): readonly Upload[] => uploads,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

export const isUnderWay = ({ state }: Upload): boolean => state === "waiting" || state === "uploading";

function change(id: number, facts: Partial<Upload>): void {
  uploads = uploads.map((upload) => (upload.id === id ? { ...upload, ...facts } : upload));
  tell();
}

function tell(): void {
  telling ??= setTimeout(() => {
    telling = undefined;
    for (const listener of listeners) listener();
  }, tellEveryMs);
}

/** Begins to upload files. */
export function startUploads(targets: readonly FileTarget[]): void {
  uploads = [...uploads, ...targets.map((target): Upload => ({ ...target, id: ++lastId, state: "waiting", sentBytes: 0 }))];
  tell();
  goOn();
}

/** Ends an upload that waits or is under way. */
export function cancelUpload(id: number): void {
  change(id, { state: "cancelled", sentBytes: 0 });
  running.get(id)?.abort();
}

/** Begins one anew that has failed or was cancelled. */
export function retryUpload(id: number): void {
  change(id, { state: "waiting", sentBytes: 0, problem: undefined });
  goOn();
}

/** Forgets what is over in a bucket. */
export function clearUploads(bucket: string): void {
  uploads = uploads.filter((upload) => upload.bucket !== bucket || isUnderWay(upload));
  tell();
}

function goOn(): void {
  for (const upload of uploads) {
    if (running.size >= filesAtOnce) break;
    // One that was cancelled and begun anew waits until its first try is gone.
    if (upload.state === "waiting" && !running.has(upload.id)) void run(upload);
  }
  if (running.size > 0) addEventListener("beforeunload", warn);
  else removeEventListener("beforeunload", warn);
}

async function run({ id, bucket, key, file }: Upload): Promise<void> {
  const controller = new AbortController();
  running.set(id, controller);
  change(id, { state: "uploading" });
  try {
    const onSent = (sentBytes: number): void => {
      if (!controller.signal.aborted) change(id, { sentBytes });
    };
    await uploadFile({ bucket, key, file }, onSent, controller.signal);
    change(id, { state: "done", sentBytes: file.size });
  } catch (error) {
    if (!controller.signal.aborted) change(id, { state: "failed", problem: problemOf(error) });
  } finally {
    running.delete(id);
    goOn();
  }
}

const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
