import { policyTemplates } from "../../functions/create/policy-templates.ts";

/** A document to begin a policy with. */
export interface StartingPoint {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** JSON text. */
  readonly document: string;
}

const documentOf = (...Statement: readonly object[]): string => JSON.stringify({ Version: "2012-10-17", Statement }, undefined, 2);

const ours: readonly StartingPoint[] = [
  {
    id: "invoke-one",
    label: "Invoke one function",
    description: "Call a function, whichever version.",
    document: documentOf({
      Effect: "Allow",
      Action: "lambda:InvokeFunction",
      Resource: ["arn:aws:lambda:*:*:function:my-function", "arn:aws:lambda:*:*:function:my-function:*"],
    }),
  },
  {
    id: "read-bucket",
    label: "Read one S3 bucket",
    description: "List a bucket and read its objects.",
    document: documentOf(
      { Effect: "Allow", Action: "s3:ListBucket", Resource: "arn:aws:s3:::my-bucket" },
      { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::my-bucket/*" },
    ),
  },
  {
    id: "look-only",
    label: "Look at functions and logs",
    description: "See everything of Lambda and its logs, change nothing.",
    document: documentOf({
      Effect: "Allow",
      Action: ["lambda:Get*", "lambda:List*", "logs:Describe*", "logs:Get*", "logs:FilterLogEvents", "mayfly:Get*", "mayfly:List*"],
      Resource: "*",
    }),
  },
];

/** Documents for common needs; the last are what "Create function" offers for roles. */
export const startingPoints: readonly StartingPoint[] = [
  ...ours,
  ...policyTemplates.map(({ id, label, description, document }) => ({
    id,
    label,
    description,
    document: JSON.stringify(document, undefined, 2),
  })),
];

/** What the editor holds at first. */
export const firstDocument = ours[0]?.document ?? "";
