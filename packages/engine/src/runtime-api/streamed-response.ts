import type { InvocationResult, StreamedResponse } from "../types.ts";
import type { ResponseStream } from "./response-stream.ts";

const nothing = Buffer.alloc(0);

/** Runs an invocation whose response goes to the stream; resolves once it begins. @throws what `run` throws before anything came */
export async function streamed(
  response: ResponseStream,
  run: (response: ResponseStream) => Promise<InvocationResult>,
): Promise<StreamedResponse> {
  const result = run(response).then(
    (over) => {
      // The answer of a function that does not stream.
      if (over.functionError === undefined && over.payload.length > 0) response.give(over.payload);
      response.end();
      return over.functionError === undefined ? { ...over, payload: nothing } : over;
    },
    (error: unknown) => {
      response.end(error);
      throw error;
    },
  );
  // Whoever reads the body alone hears of it there.
  result.catch(() => {});
  return { contentType: await response.begun, body: response, result };
}
