import { expect, test } from "vitest";
import { failurePlace, placeInLine } from "./stack-trace.ts";

test("Python names the innermost frame last", () => {
  const payload = JSON.stringify({
    errorMessage: "division by zero",
    errorType: "ZeroDivisionError",
    stackTrace: [
      '  File "/var/task/lambda_function.py", line 2, in lambda_handler\n    return divide()\n',
      '  File "/var/task/lib/math.py", line 9, in divide\n    return 1 / 0\n',
    ],
  });
  expect(failurePlace(payload)).toEqual({ path: "lib/math.py", line: 9, message: "ZeroDivisionError: division by zero" });
});

test("Node.js names it first, after lines of its own", () => {
  const payload = JSON.stringify({
    errorType: "Error",
    errorMessage: "no",
    trace: [
      "Error: no",
      "    at node:internal/x:1:1",
      "    at handler (file:///var/task/src/index.mjs:4:9)",
      "    at file:///var/task/index.mjs:1:1",
    ],
  });
  expect(failurePlace(payload)).toEqual({ path: "src/index.mjs", line: 4, message: "Error: no" });
});

test("Ruby", () => {
  expect(placeInLine("/var/task/lambda_function.rb:3:in 'lambda_handler'")).toMatchObject({ path: "lambda_function.rb", line: 3 });
});

test("a syntax error names the place in its message", () => {
  const payload = JSON.stringify({
    errorMessage: "Syntax error in module 'lambda_function': '(' was never closed (lambda_function.py, line 1)",
    errorType: "Runtime.UserCodeSyntaxError",
    stackTrace: ['  File "/var/task/lambda_function.py" Line 1\n    print(\n'],
  });
  expect(failurePlace(payload)?.message).toContain("Runtime.UserCodeSyntaxError");
});

test("what is no error has no place", () => expect(failurePlace('{"statusCode":200}')).toBeUndefined());
