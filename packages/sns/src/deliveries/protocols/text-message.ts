import type { Attempt, ProtocolSender } from "./protocol.ts";

const refusal: Attempt = { kind: "failed", code: "NotSupported", reason: "No text message leaves this machine", isFinal: true };

/** A telephone can be subscribed, as on AWS, and gets nothing: what it was to get goes to the dead-letter queue. */
export const textMessageSender: ProtocolSender = { notify: async () => refusal, confirm: async () => refusal };
