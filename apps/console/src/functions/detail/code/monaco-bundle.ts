// Monaco with the languages that functions are written in. Only loadMonaco imports this.
import "monaco-editor/features/register.all";
import "monaco-editor/languages/definitions/csharp/register";
import "monaco-editor/languages/definitions/css/register";
import "monaco-editor/languages/definitions/go/register";
import "monaco-editor/languages/definitions/html/register";
import "monaco-editor/languages/definitions/ini/register";
import "monaco-editor/languages/definitions/java/register";
import "monaco-editor/languages/definitions/javascript/register";
import "monaco-editor/languages/definitions/markdown/register";
import "monaco-editor/languages/definitions/python/register";
import "monaco-editor/languages/definitions/ruby/register";
import "monaco-editor/languages/definitions/shell/register";
import "monaco-editor/languages/definitions/sql/register";
import "monaco-editor/languages/definitions/typescript/register";
import "monaco-editor/languages/definitions/xml/register";
import "monaco-editor/languages/definitions/yaml/register";
import * as monaco from "monaco-editor/editor/editor.api";
import EditorWorker from "monaco-editor/editor/editor.worker?worker";

/** JavaScript's checker is 7 MB: the editor, and what somebody does first in it, go before. Milliseconds. */
const checkerWaitsMs = 2_000;

self.MonacoEnvironment = {
  getWorker: async (_id, label) => {
    if (label === "json") return new (await import("monaco-editor/language/json/json.worker?worker")).default();
    if (label === "typescript" || label === "javascript") {
      await new Promise((resolve) => setTimeout(resolve, checkerWaitsMs));
      return new (await import("monaco-editor/language/typescript/ts.worker?worker")).default();
    }
    return new EditorWorker();
  },
};

/** Announces checking, completion and formatting for JSON, JavaScript and TypeScript. */
async function addLanguageServices(): Promise<void> {
  await Promise.all([
    import("monaco-editor/languages/features/json/register"),
    import("monaco-editor/languages/features/typescript/register"),
  ]);
}

/** Completion for handlers. */
async function addOwnCompletions(): Promise<void> {
  const { addCompletions } = await import("./completions.ts");
  addCompletions(monaco);
}

export { addLanguageServices, addOwnCompletions, monaco };
