import { expect } from "vitest";

/** What a client makes of an AWS error. */
export interface AwsError extends Error {
  readonly $metadata: { readonly httpStatusCode?: number; readonly requestId?: string };
}

/** Waits for the call to fail and answers the error; checks its code, status, text and that it carries a request id. */
export async function expectError(
  call: Promise<unknown>,
  name: string,
  status: number,
  message?: string | RegExp,
): Promise<AwsError & Record<string, unknown>> {
  const error = await call.then(
    () => {
      throw new Error(`The call succeeded; ${name} was expected.`);
    },
    (thrown: unknown) => thrown as AwsError & Record<string, unknown>,
  );
  expect({ name: error.name, status: error.$metadata?.httpStatusCode, message: error.message }).toMatchObject({
    name,
    status,
    ...(typeof message === "string" && { message }),
  });
  if (message instanceof RegExp) expect(error.message).toMatch(message);
  expect(error.$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
  return error;
}
