import type * as Monaco from "monaco-editor/editor/editor.api";
import { isDark, preferencesStore } from "../../../app/preferences.ts";

/** The editor's API. */
export type MonacoApi = typeof Monaco;

let loading: Promise<MonacoApi> | undefined;

/** Loads the editor, once: 1 MB that pages without code do without. */
export function loadMonaco(): Promise<MonacoApi> {
  loading ??= load();
  return loading;
}

async function load(): Promise<MonacoApi> {
  const { monaco, addLanguageServices, addOwnCompletions } = await import("./monaco-bundle.ts");
  const followPreferences = (): void => monaco.editor.setTheme(isDark() ? "vs-dark" : "vs");
  followPreferences();
  preferencesStore.subscribe(followPreferences);
  // Before there is a model: a language that was asked for once is never asked for its services again. What they do is loaded later.
  await addLanguageServices();
  void addOwnCompletions();
  return monaco;
}

const languages: Readonly<Record<string, string>> = {
  py: "python",
  js: "javascript",
  mjs: "javascript",
  cjs: "javascript",
  jsx: "javascript",
  ts: "typescript",
  mts: "typescript",
  cts: "typescript",
  tsx: "typescript",
  rb: "ruby",
  json: "json",
  yaml: "yaml",
  yml: "yaml",
  md: "markdown",
  html: "html",
  css: "css",
  xml: "xml",
  sh: "shell",
  java: "java",
  cs: "csharp",
  go: "go",
  sql: "sql",
  ini: "ini",
  toml: "ini",
};

/** Monaco's name of the language that a file is in, by its ending. */
export const languageOf = (path: string): string => languages[path.slice(path.lastIndexOf(".") + 1).toLowerCase()] ?? "plaintext";

const formatted: ReadonlySet<string> = new Set(["javascript", "typescript", "json"]);

/** Whether the editor can format the file. */
export const canFormat = (path: string): boolean => formatted.has(languageOf(path));
