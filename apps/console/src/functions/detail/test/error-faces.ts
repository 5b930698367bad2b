import { paths } from "../../../app/paths.ts";
import type { FailureFace, NextStep } from "./failure-faces.ts";
import type { Failure } from "./failure.ts";

const editPage =
  (section: string, label: string) =>
  ({ functionName }: Failure): NextStep => ({
    kind: "page",
    label,
    to: `${paths.functionConfiguration(functionName, section)}?edit=true`,
  });

const raiseTimeout = editPage("general", "Raise the timeout");
const raiseMemory = editPage("general", "Raise the memory");
const editRuntime = editPage("runtime", "Edit runtime settings");

/** Longest message that the editor shows at a line. */
const mostMarkCharacters = 300;

/** The line that the error came from, else the code. */
function openPlace({ functionName, place, type, message }: Failure): NextStep {
  const code = paths.function(functionName, "code");
  if (!place) return { kind: "page", label: "Open the code", to: code };
  const search = new URLSearchParams({ open: `${place.path}:${place.line}`, message: `${type}: ${message}`.slice(0, mostMarkCharacters) });
  return { kind: "page", label: `Open ${place.path}, line ${place.line}`, to: `${code}?${search.toString()}` };
}

function memoryFigures({ memorySizeMb, maxMemoryUsedMb }: Failure): string {
  return memorySizeMb === undefined || maxMemoryUsedMb === undefined ? "" : ` It used ${maxMemoryUsedMb} MB of ${memorySizeMb} MB.`;
}

/** `1 s`, of the timeout that the message names. */
function timeoutIn(message: string): string {
  const seconds = /timed out after ([\d.]+) seconds/.exec(message)?.[1];
  return seconds === undefined ? "" : ` of ${Number(seconds)} s`;
}

const exits: readonly (readonly [RegExp, (detail: string) => string])[] = [
  [/exit status (\d+)/, (status) => `ended with exit status ${status}`],
  [/signal: (.+)$/, (signal) => `was ended by a signal: ${signal}`],
  [/without providing a reason/, () => "ended of its own accord"],
];

function exitWords(message: string): string {
  for (const [pattern, words] of exits) {
    const match = pattern.exec(message);
    if (match) return words(match[1] ?? "");
  }
  return "ended";
}

/** The module that was not found, by the runtime's words; undefined if they name none. */
const missingModule = (message: string): string | undefined =>
  /(?:No module named|Cannot find (?:module|package)) '([^']+)'/.exec(message)?.[1];

/** Whether what is missing is the handler's own module, not one that it imports. */
function isHandlerModule({ message, place }: Failure): boolean {
  const missing = missingModule(message);
  if (missing === undefined || place) return false;
  const imported = /Unable to import module '([^']+)'/.exec(message)?.[1];
  // Node.js says no more than the name; what the code imports has a place in the trace.
  return imported === undefined
    ? message.startsWith("Error: Cannot find module")
    : imported === missing || imported.startsWith(`${missing}.`);
}

/** ` lambda_function.handler`, of the message that it was not found. */
function handlerIn(message: string): string {
  const python = /Handler '([^']+)' missing on module '([^']+)'/.exec(message);
  if (python) return ` ${python[2]}.${python[1]}`;
  const node = /^(\S+) is undefined or not exported/.exec(message)?.[1];
  return node === undefined ? "" : ` ${node}`;
}

/** Errors of invocations that ran, or tried to. */
export const errorFaces: readonly FailureFace[] = [
  {
    types: ["Sandbox.Timedout"],
    headline: () => "The function ran out of time",
    happened: ({ message }) =>
      `It was still running after its timeout${timeoutIn(message)}, and was ended. What it had done by then stays done.`,
    next: raiseTimeout,
  },
  {
    types: ["Runtime.OutOfMemory"],
    headline: () => "The function ran out of memory",
    happened: (failure) => `It was ended because it needed more memory than it may use.${memoryFigures(failure)}`,
    next: raiseMemory,
  },
  {
    types: ["MemoryError"],
    headline: () => "The function ran out of memory",
    happened: (failure) => `The code asked for more memory than was left.${memoryFigures(failure)}`,
    next: raiseMemory,
  },
  {
    types: ["Runtime.ExitError"],
    matches: ({ message }) => message.endsWith("signal: killed"),
    headline: () => "The function was killed",
    happened: (failure) => `Most often this is for want of memory.${memoryFigures(failure)}`,
    next: raiseMemory,
  },
  {
    types: ["Runtime.ExitError"],
    headline: () => "The runtime ended before it answered",
    happened: ({ message }) =>
      `The process that runs the code ${exitWords(message)}. A handler gives its answer by returning it, or fails by an error; it must not end the process.`,
    next: openPlace,
  },
  {
    types: ["Function.ResponseSizeTooLarge"],
    headline: () => "The answer is over 6 MB",
    happened: () => "The function ran to its end, and its answer was dropped: Lambda passes on 6 MB at most.",
    next: () => ({ kind: "help", label: "How to return more", topic: "response-size" }),
  },
  {
    types: ["Runtime.HandlerNotFound"],
    headline: () => "There is no such handler in the code",
    happened: ({ message }) =>
      `The runtime settings name the handler${handlerIn(message)}. Its file was found; a function of that name was not in it.`,
    next: editRuntime,
  },
  {
    types: ["Runtime.MalformedHandlerName"],
    headline: () => "The handler's name has the wrong form",
    happened: () => "It must be a file's name without its ending, a dot, and the name of a function in it.",
    next: editRuntime,
  },
  {
    types: ["Runtime.ImportModuleError"],
    matches: isHandlerModule,
    headline: () => "The handler's file is not in the package",
    happened: ({ message }) => `The runtime settings name a handler in “${missingModule(message)}”, and the package has no such file.`,
    next: editRuntime,
  },
  {
    types: ["Runtime.ImportModuleError", "Error", "ModuleNotFoundError"],
    matches: ({ message }) => missingModule(message) !== undefined,
    headline: ({ message }) => `The module ${missingModule(message)} is missing`,
    happened: () => "The code imports it, and it is neither part of the runtime nor in the package. Upload a package that has it.",
    next: openPlace,
  },
  {
    types: ["Runtime.ImportModuleError"],
    headline: () => "The code could not be loaded",
    happened: ({ message }) => message,
    next: openPlace,
  },
  {
    types: ["Runtime.UserCodeSyntaxError"],
    headline: () => "The code has a syntax error",
    happened: ({ message }) => message,
    next: openPlace,
  },
  {
    types: ["Runtime.MarshalError", "Runtime.JSONStringifyError"],
    headline: () => "The answer can't be written as JSON",
    happened: () => "The handler returned something that JSON has no form for. Return text, numbers, lists and objects of them.",
    next: openPlace,
  },
  {
    types: ["Runtime.InvalidRuntime"],
    headline: () => "This machine can't run the function's runtime",
    happened: ({ message }) => message.replace(/^RequestId: \S+ Error: /, ""),
    next: editRuntime,
  },
];

/** Whatever the code itself threw. */
export const ownError: FailureFace = {
  types: [],
  headline: ({ type }) => (type === "" ? "The function failed" : `The function failed with ${type}`),
  happened: ({ message }) => (message === "" ? "The error has no message." : message),
  next: openPlace,
};
