import { latestOf, type RuntimeChoice } from "./runtime-choices.ts";

/** A sample function's code and event. */
export interface SampleCode {
  readonly runtime: string;
  readonly handler: string;
  readonly files: Readonly<Record<string, string>>;
  readonly event: string;
}

const event = JSON.stringify({ name: "Mayfly" }, undefined, 2);

const python: Omit<SampleCode, "runtime"> = {
  handler: "lambda_function.lambda_handler",
  event,
  files: {
    "lambda_function.py": `import platform


def lambda_handler(event, context):
    name = event.get("name", "world")
    print(f"Saying hello to {name}")
    return {
        "message": f"Hello {name}!",
        "function": context.function_name,
        "requestId": context.aws_request_id,
        "python": platform.python_version(),
    }
`,
  },
};

const nodejs: Omit<SampleCode, "runtime"> = {
  handler: "index.handler",
  event,
  files: {
    "index.mjs": `export const handler = async (event, context) => {
  const name = event.name ?? "world";
  console.log(\`Saying hello to \${name}\`);
  return {
    message: \`Hello \${name}!\`,
    function: context.functionName,
    requestId: context.awsRequestId,
    node: process.version,
  };
};
`,
  },
};

/** The sample in the newest Python that the machine runs, else in Node.js. */
export function sampleFor(choices: readonly RuntimeChoice[]): SampleCode {
  const latest = latestOf(choices);
  const runtime = latest.find(({ family }) => family === "python")?.runtime;
  if (runtime !== undefined) return { runtime, ...python };
  return { runtime: latest.find(({ family }) => family === "nodejs")?.runtime ?? "nodejs22.x", ...nodejs };
}
