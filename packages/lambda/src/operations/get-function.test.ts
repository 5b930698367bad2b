import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { arnOf, plainZip, startTestLambda, type TestLambda } from "../testing/test-lambda.ts";

let world: TestLambda;
beforeAll(async () => {
  world = await startTestLambda();
  await world.createFunction("hello", { Publish: true });
});
afterAll(() => world.close());

const get = (FunctionName: string, Qualifier?: string) => world.call("lambda", "GetFunction", { FunctionName, Qualifier });

describe("GetFunction", () => {
  it("answers the configuration, qualified as the caller was", async () => {
    expect((await get("hello")).Configuration).toMatchObject({ FunctionArn: arnOf("hello"), Version: "$LATEST", State: "Active" });
    expect((await get("hello", "$LATEST")).Configuration).toMatchObject({ FunctionArn: arnOf("hello:$LATEST"), Version: "$LATEST" });
    expect((await get(arnOf("hello:1"))).Configuration).toMatchObject({ FunctionArn: arnOf("hello:1"), Version: "1", State: "Active" });
  });

  it("gives a URL that downloads the code", async () => {
    const { Code } = await get("hello");
    expect(Code?.RepositoryType).toBe("S3");
    const url = new URL(Code?.Location ?? "");
    expect(url.origin).toBe("http://127.0.0.1:4566");
    const download = await world.lambda.codeDownload({ path: url.pathname, query: url.search.slice(1) });
    expect(download.status).toBe(200);
    const bytes = await readFile(download.file ?? "");
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(
      createHash("sha256")
        .update(await plainZip())
        .digest("hex"),
    );

    const forged = await world.lambda.codeDownload({ path: url.pathname, query: url.search.slice(1).replace(/Expires=\d/, "Expires=9") });
    expect(forged.status).toBe(403);
    expect(forged.text).toContain("<Code>SignatureDoesNotMatch</Code>");
  });

  it("does not find what is not there", async () => {
    const missing = (message: string) => expect.objectContaining({ code: "ResourceNotFoundException", message, members: { Type: "User" } });
    await expect(get("nope")).rejects.toEqual(missing(`Function not found: ${arnOf("nope")}`));
    await expect(get("hello:7")).rejects.toEqual(missing(`Function not found: ${arnOf("hello:7")}`));
    await expect(get("hello", "alias")).rejects.toEqual(missing(`Function not found: ${arnOf("hello:alias")}`));
  });

  it("denies another account's function, even to root", async () => {
    await expect(get("arn:aws:lambda:us-east-1:999999999999:function:hello")).rejects.toThrow(
      "User: arn:aws:iam::123456789012:root is not authorized to perform: lambda:GetFunction on resource: arn:aws:lambda:us-east-1:999999999999:function:hello because no resource-based policy allows the lambda:GetFunction action",
    );
  });
});
