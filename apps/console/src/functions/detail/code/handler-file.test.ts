import { expect, test } from "vitest";
import { handlerFile } from "./handler-file.ts";
import type { WorkFile } from "./workspace.ts";

const files = (...paths: string[]): WorkFile[] => paths.map((path) => ({ path, type: "file", state: "same", size: 1 }));

test.each([
  ["python3.8", "lambda_function.lambda_handler", ["a.py", "lambda_function.py"], "lambda_function.py"],
  ["python3.12", "src.app.handler", ["a.py", "src/app.py"], "src/app.py"],
  ["nodejs24.x", "index.handler", ["a.js", "index.mjs"], "index.mjs"],
  ["nodejs24.x", "src/app.handler", ["a.js", "src/app.js"], "src/app.js"],
  ["ruby3.3", "lambda_function.lambda_handler", ["lambda_function.rb"], "lambda_function.rb"],
  ["python3.12", "missing.handler", ["b.py", "c.py"], "b.py"],
  ["python3.12", "missing.handler", [], undefined],
])("%s %s", (runtime, handler, paths, expected) => expect(handlerFile(files(...paths), runtime, handler)).toBe(expected));
