import type { Checked, InputOf } from "@mayfly/kernel";

/** An Invoke request whose constraints were checked. */
export type InvokeRequest = Checked<InputOf<"lambda", "Invoke">>;

/** An InvokeWithResponseStream request whose constraints were checked. */
export type StreamingRequest = Checked<InputOf<"lambda", "InvokeWithResponseStream">>;
