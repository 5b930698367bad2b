import { request } from "node:http";
import { text } from "node:stream/consumers";
import { expect } from "vitest";
import { acts, type Probe } from "../probe.ts";
import { arnOf, type World } from "../world.ts";

const FunctionName = "answering";

/** A request to a function URL; not every resolver knows the names below localhost. */
async function ask({ server }: World, url: string | undefined): Promise<{ readonly status: number | undefined; readonly body: string }> {
  const { hostname, port } = new URL(server.url);
  const { host } = new URL(url ?? "");
  return new Promise((resolve, reject) => {
    request({ hostname, port, path: "/orders?of=Ann", headers: { host } }, (answer) => {
      text(answer).then((body) => resolve({ status: answer.statusCode, body }), reject);
    })
      .once("error", reject)
      .end();
  });
}

/** Function URLs. */
export const urlOperations: readonly Probe[] = [
  acts("CreateFunctionUrlConfig", "HTTP requests to the URL invoke the function, as far as its policy lets them", async (w) => {
    await w.create(FunctionName, "return { statusCode: 418, body: event.rawPath + event.rawQueryString };");
    const { FunctionUrl } = await w.lambda.createFunctionUrlConfig({ FunctionName, AuthType: "NONE" });
    expect(await ask(w, FunctionUrl)).toMatchObject({ status: 403 });
    const everyone = { FunctionName, Principal: "*" };
    await w.lambda.addPermission({ ...everyone, StatementId: "url", Action: "lambda:InvokeFunctionUrl", FunctionUrlAuthType: "NONE" });
    await w.lambda.addPermission({ ...everyone, StatementId: "run", Action: "lambda:InvokeFunction", InvokedViaFunctionUrl: true });
    expect(await ask(w, FunctionUrl)).toEqual({ status: 418, body: "/ordersof=Ann" });
  }),
  acts("UpdateFunctionUrlConfig", "AWS_IAM refuses what nobody signed", async (w) => {
    const { FunctionUrl } = await w.lambda.updateFunctionUrlConfig({ FunctionName, AuthType: "AWS_IAM" });
    expect(await ask(w, FunctionUrl)).toMatchObject({ status: 403 });
  }),
  acts("GetFunctionUrlConfig", "what was put", async ({ lambda }) => {
    expect(await lambda.getFunctionUrlConfig({ FunctionName })).toMatchObject({ AuthType: "AWS_IAM", InvokeMode: "BUFFERED" });
  }),
  acts("ListFunctionUrlConfigs", "of the function and its aliases", async ({ lambda }) => {
    const { FunctionUrlConfigs = [] } = await lambda.listFunctionUrlConfigs({ FunctionName });
    expect(FunctionUrlConfigs.map(({ FunctionArn }) => FunctionArn)).toEqual([arnOf(FunctionName)]);
  }),
  acts("DeleteFunctionUrlConfig", "the URL leads nowhere", async (w) => {
    const { FunctionUrl } = await w.lambda.getFunctionUrlConfig({ FunctionName });
    await w.lambda.deleteFunctionUrlConfig({ FunctionName });
    expect((await ask(w, FunctionUrl)).status).toBeGreaterThanOrEqual(403);
    expect(await w.refusal(w.lambda.getFunctionUrlConfig({ FunctionName }))).toMatch(/^ResourceNotFoundException: /);
  }),
];
