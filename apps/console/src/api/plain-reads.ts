import type { InputOf, OutputOf } from "@mayfly/kernel";
import type { SendSigned } from "./signed-json.ts";

/**
 * What the first page asks, by service and operation: answers in which JSON has all that the SDK's client would give. They are asked for
 * without that client, which is a sixth of the page's JavaScript and is loaded behind it.
 */
export const plainReads: Readonly<Record<string, (send: SendSigned, input: never, signal?: AbortSignal) => Promise<unknown>>> = {
  "lambda.ListFunctions": async (send, { Marker, MaxItems }: InputOf<"lambda", "ListFunctions">, signal) => {
    const query = { ...(Marker && { Marker }), ...(MaxItems && { MaxItems: String(MaxItems) }) };
    const text = await send({ method: "GET", path: "/2015-03-31/functions", query }, signal);
    return JSON.parse(text) as OutputOf<"lambda", "ListFunctions">;
  },
};
