import { describe, expect, it } from "vitest";
import { functionArn, parseFunctionName, parseNewFunctionName, referenceArn } from "./function-name.ts";

const here = { accountId: "123456789012", region: "us-east-1" };
const arn = "arn:aws:lambda:us-east-1:123456789012:function:hello";

describe("parseFunctionName", () => {
  const forms: readonly [string, string | undefined][] = [
    ["hello", undefined],
    ["hello:1", "1"],
    ["hello:$LATEST", "$LATEST"],
    ["hello:prod", "prod"],
    ["function:hello", undefined],
    ["function:hello:2", "2"],
    ["123456789012:function:hello", undefined],
    ["123456789012:function:hello:prod", "prod"],
    [arn, undefined],
    [`${arn}:7`, "7"],
    [`${arn}:$LATEST`, "$LATEST"],
    ["us-east-1:123456789012:function:hello", undefined],
  ];
  for (const [name, qualifier] of forms) {
    it(`reads ${name}`, () => {
      expect(parseFunctionName(here, name)).toEqual({ ...here, functionName: "hello", qualifier });
    });
  }

  it("reads names that look like other things", () => {
    expect(parseFunctionName(here, "function")).toMatchObject({ functionName: "function", qualifier: undefined });
    expect(parseFunctionName(here, "123456789012")).toMatchObject({ functionName: "123456789012", accountId: here.accountId });
    expect(parseFunctionName(here, "us-east-1")).toMatchObject({ functionName: "us-east-1" });
  });

  it("reads another account's function", () => {
    expect(parseFunctionName(here, "999999999999:function:hello").accountId).toBe("999999999999");
  });

  it("takes the qualifier from where it is given", () => {
    expect(parseFunctionName(here, "hello", "3").qualifier).toBe("3");
    expect(parseFunctionName(here, "hello:3", "3").qualifier).toBe("3");
    expect(() => parseFunctionName(here, "hello:3", "4")).toThrow(
      expect.objectContaining({
        code: "InvalidParameterValueException",
        message: "The derived qualifier from the function name does not match the specified qualifier.",
      }),
    );
  });

  it("refuses another region's ARN", () => {
    expect(() => parseFunctionName(here, arn.replace("us-east-1", "eu-west-1"))).toThrow(
      expect.objectContaining({
        code: "ResourceNotFoundException",
        message: "Functions from 'eu-west-1' are not reachable in this region ('us-east-1')",
      }),
    );
  });
});

describe("parseNewFunctionName", () => {
  it("refuses another account's ARN without a word", () => {
    expect(() => parseNewFunctionName(here, arn.replace("123456789012", "999999999999"))).toThrow(
      expect.objectContaining({ code: "AccessDeniedException", status: 403, members: { message: null } }),
    );
  });
});

it("words ARNs as the caller qualified them", () => {
  expect(functionArn({ ...here, functionName: "hello" })).toBe(arn);
  expect(referenceArn(parseFunctionName(here, "hello:1"))).toBe(`${arn}:1`);
});
