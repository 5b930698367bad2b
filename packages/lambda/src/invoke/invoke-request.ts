import type { Checked, InputOf } from "@mayfly/kernel";

/** An Invoke request whose constraints were checked. */
export type InvokeRequest = Checked<InputOf<"lambda", "Invoke">>;
