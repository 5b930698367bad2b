import type { WorkFile } from "./workspace.ts";

/** What a module may be called, by runtime family. */
const endings: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^python/, [".py", "/__init__.py"]],
  [/^nodejs/, [".mjs", ".js", ".cjs", ".ts", ".mts"]],
  [/^ruby/, [".rb"]],
];

/** The file that holds the handler: `lambda_function.lambda_handler` is in lambda_function.py. Without it, the first file. */
export function handlerFile(files: readonly WorkFile[], runtime = "", handler = ""): string | undefined {
  const module = handler.slice(0, Math.max(handler.lastIndexOf("."), 0)).replaceAll(/^\.\//g, "");
  const candidates = endings.find(([pattern]) => pattern.test(runtime))?.[1] ?? [];
  const names = candidates.map((ending) => (runtime.startsWith("python") ? module.replaceAll(".", "/") : module) + ending);
  const plain = files.filter(({ type }) => type === "file");
  return names.find((name) => plain.some(({ path }) => path === name)) ?? plain[0]?.path;
}
