/** What a new function begins with. */
export interface StarterCode {
  readonly handler: string;
  /** Text by path. */
  readonly files: Readonly<Record<string, string>>;
}

const python: StarterCode = {
  handler: "lambda_function.lambda_handler",
  files: {
    "lambda_function.py": `import json


def lambda_handler(event, context):
    # Your code goes here.
    return {
        "statusCode": 200,
        "body": json.dumps("Hello from Lambda!"),
    }
`,
  },
};

const nodejs: StarterCode = {
  handler: "index.handler",
  files: {
    "index.mjs": `export const handler = async (event) => {
  // Your code goes here.
  return {
    statusCode: 200,
    body: JSON.stringify("Hello from Lambda!"),
  };
};
`,
  },
};

const ruby: StarterCode = {
  handler: "lambda_function.lambda_handler",
  files: {
    "lambda_function.rb": `require "json"

def lambda_handler(event:, context:)
  # Your code goes here.
  { statusCode: 200, body: JSON.generate("Hello from Lambda!") }
end
`,
  },
};

const placeholder = (handler: string, what: string): StarterCode => ({
  handler,
  files: { "README.md": `# No code yet\n\nThis function's code is ${what}. Build it on your machine and upload it as a .zip file.\n` },
});

const byFamily: Readonly<Record<string, StarterCode>> = {
  python,
  nodejs,
  ruby,
  java: placeholder("example.Hello::handleRequest", "compiled Java"),
  dotnet: placeholder("Example::Example.Function::Handler", "compiled .NET"),
  go: placeholder("main", "compiled Go"),
  provided: placeholder("bootstrap", "an executable named bootstrap"),
};

/** Families whose code the console's editor can write. */
export const editableFamilies: readonly string[] = ["python", "nodejs", "ruby"];

/** The language of a runtime: `python` of `python3.8`. */
export function familyOf(runtime: string): string {
  return Object.keys(byFamily).find((family) => runtime.startsWith(family)) ?? "provided";
}

/** The code that a new function of a runtime begins with. */
export const starterCodeOf = (runtime: string): StarterCode => byFamily[familyOf(runtime)] ?? placeholder("bootstrap", "an executable");
