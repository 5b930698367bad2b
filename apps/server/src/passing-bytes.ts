import { collect } from "./collect.ts";

/** Is told of bytes that stream through the server. */
export type PassingBytes = (count: number) => void;

const collectedBytes = 8 * 1024 * 1024;

/**
 * Bytes that stream through leave their buffers behind, and V8 takes 30 to 60 MB of them for small change. A look at the young ones takes 0.3 ms, as few
 * of them are in use: after 8 MB it is worth it.
 */
export function collectBehindPassingBytes(collectYoung: () => void = () => collect({ type: "minor", execution: "sync" })): PassingBytes {
  let passed = 0;
  return (count) => {
    passed += count;
    if (passed < collectedBytes) return;
    passed = 0;
    collectYoung();
  };
}
