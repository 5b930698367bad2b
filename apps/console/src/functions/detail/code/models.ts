import { send } from "../../../api/send.ts";
import type { CodeSession } from "./code-session.ts";
import { languageOf, type MonacoApi } from "./monaco.ts";

type Model = ReturnType<MonacoApi["editor"]["createModel"]>;

/** Why a file is not opened in the editor. */
export class NotText extends Error {
  override readonly name = "NotText";
}

const decoder = new TextDecoder("utf-8", { fatal: true });

const uriOf = (monaco: MonacoApi, { folder }: CodeSession, path: string) => monaco.Uri.from({ scheme: "file", path: `/${folder}/${path}` });

/** A text's bytes, unless they are no text. @throws NotText */
function textOf(bytes: Uint8Array): string {
  try {
    const text = decoder.decode(bytes);
    if (!text.includes("\0")) return text;
  } catch {
    // Not UTF-8.
  }
  throw new NotText("This file is not text.");
}

/** Files that are asked for before there is an editor to show them in. */
const ahead = new Map<string, Promise<Uint8Array>>();

/** Undefined for what is not in the deployed package as it is: only that never changes. */
function aheadKey({ functionName, view: { workspace } }: CodeSession, path: string): string | undefined {
  const content = workspace.content(path);
  return content?.from === "package" ? `${functionName}/${workspace.baseCodeSha256}/${content.path}` : undefined;
}

/** Begins to read a file that is opened as soon as the editor is there. */
export function readAhead(session: CodeSession, path: string): void {
  const key = aheadKey(session, path);
  if (key === undefined || ahead.has(key)) return;
  const reading = readBytes(session, path);
  reading.catch(() => ahead.delete(key));
  ahead.set(key, reading);
}

/** A file's bytes: as they were read ahead, once, else read now. */
function takeBytes(session: CodeSession, path: string): Promise<Uint8Array> {
  const key = aheadKey(session, path) ?? "";
  const reading = ahead.get(key) ?? readBytes(session, path);
  ahead.delete(key);
  return reading;
}

/** A file's bytes, from the work here or from the deployed package. */
export async function readBytes({ functionName, view: { workspace } }: CodeSession, path: string): Promise<Uint8Array> {
  const content = workspace.content(path);
  if (content?.from === "here") return content.bytes;
  const { Content } = await send("mayfly", "GetFunctionFile", {
    FunctionName: functionName,
    Path: content?.path ?? path,
    CodeSha256: workspace.baseCodeSha256,
  });
  return Content;
}

/**
 * The file as the editor holds it; read from the server at its first opening.
 * @throws NotText; the error of a request
 */
export async function openModel(monaco: MonacoApi, session: CodeSession, path: string): Promise<Model> {
  const uri = uriOf(monaco, session, path);
  const { workspace } = session.view;
  const held = monaco.editor.getModel(uri);
  if (held && workspace.has(path)) return held;
  held?.dispose();
  const text = textOf(await takeBytes(session, path));
  const content = workspace.content(path);
  if (content?.from === "package" && content.path === path) workspace.knowBaseText(path, text);
  const model = monaco.editor.getModel(uri) ?? monaco.editor.createModel(text, languageOf(path), uri);
  const detach = session.attach(path, { getText: () => model.getValue(), dispose: () => model.dispose() });
  model.onWillDispose(detach);
  model.onDidChangeContent(() => session.touched());
  return model;
}
