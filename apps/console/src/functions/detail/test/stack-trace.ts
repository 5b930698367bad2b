/** A place in the function's own code. */
export interface CodePlace {
  /** Relative to the package's root. */
  readonly path: string;
  readonly line: number;
}

const places: readonly RegExp[] = [
  // Python: File "/var/task/lambda_function.py", line 3; of a syntax error: File "/var/task/lambda_function.py" Line 1
  /File \\?"\/var\/task\/([^"\\]+)\\?",? [Ll]ine (\d+)/,
  // Node.js: at handler (file:///var/task/index.mjs:2:9), at /var/task/index.js:2:9; Ruby: /var/task/lambda_function.rb:3:in
  /(?:file:\/\/)?\/var\/task\/([^\s:()'"\\]+):(\d+)/,
];

/** The place that a line of a stack trace names, with where in the line it stands; undefined if it names none in the function's code. */
export function placeInLine(text: string): (CodePlace & { readonly start: number; readonly end: number }) | undefined {
  for (const pattern of places) {
    const match = pattern.exec(text);
    if (match?.[1] && match[2]) return { path: match[1], line: Number(match[2]), start: match.index, end: match.index + match[0].length };
  }
  return undefined;
}

interface FunctionErrorPayload {
  readonly errorMessage?: string;
  readonly errorType?: string;
  readonly stackTrace?: readonly string[];
  readonly trace?: readonly string[];
}

/** Where a failed invocation's answer says that the error came from: the place nearest to the error, with its message. */
export function failurePlace(payload: string): (CodePlace & { readonly message: string }) | undefined {
  try {
    const { errorMessage = "", errorType, stackTrace, trace } = JSON.parse(payload) as FunctionErrorPayload;
    const message = errorType ? `${errorType}: ${errorMessage}` : errorMessage;
    // Python lists the innermost frame last, Node.js first.
    const frames = trace ?? (stackTrace ?? []).toReversed();
    const place = [...frames, errorMessage].map(placeInLine).find((found) => found !== undefined);
    return place && { path: place.path, line: place.line, message };
  } catch {
    return undefined;
  }
}
