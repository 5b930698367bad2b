import { Fault, type OperationTable } from "@mayfly/kernel";
import { invalidValue, notSupported } from "../faults.ts";
import { onAccount } from "../iam-rules.ts";
import type { SnsResources } from "../resources.ts";

type Name =
  | "CreatePlatformApplication"
  | "CreatePlatformEndpoint"
  | "DeleteEndpoint"
  | "DeletePlatformApplication"
  | "GetEndpointAttributes"
  | "GetPlatformApplicationAttributes"
  | "ListEndpointsByPlatformApplication"
  | "ListPlatformApplications"
  | "SetEndpointAttributes"
  | "SetPlatformApplicationAttributes";

/** How many slashes there are in the last part of an ARN: `app/GCM/NAME`, `endpoint/GCM/NAME/ID`. */
const slashCounts = { PlatformApplicationArn: 2, EndpointArn: 3 } as const;

/** @throws Fault InvalidParameter */
function checkArn(parameter: keyof typeof slashCounts, arn: string): void {
  const count = arn.split(":").length;
  if (count < 6) throw invalidValue(parameter, `An ARN must have at least 6 elements, not ${count}`);
  if (arn.split("/").length - 1 !== slashCounts[parameter])
    throw invalidValue(parameter, "Wrong number of slashes in relative portion of the ARN.");
}

const noApplication = (arn: string): never => {
  checkArn("PlatformApplicationArn", arn);
  throw new Fault("NotFoundException", "PlatformApplication does not exist");
};

const noEndpoint = (arn: string): never => {
  checkArn("EndpointArn", arn);
  throw new Fault("NotFoundException", "Endpoint does not exist");
};

/**
 * What is asked about push notifications to phones, of an account that has no application for them: none can be made here.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-mobile-application-as-subscriber.html
 */
export const mobilePush: Required<Pick<OperationTable<"sns", SnsResources>, Name>> = {
  CreatePlatformApplication: {
    iam: onAccount("SNS:CreatePlatformApplication"),
    run: () => {
      throw notSupported("CreatePlatformApplication");
    },
  },
  CreatePlatformEndpoint: {
    iam: onAccount("SNS:CreatePlatformEndpoint"),
    run: (_resources, _ctx, { PlatformApplicationArn, Token }) => {
      if (Token === "") throw invalidValue("Token", "cannot be empty");
      return noApplication(PlatformApplicationArn);
    },
  },
  // Like all of SNS's deletions these are no error for what isn't there.
  DeleteEndpoint: {
    iam: onAccount("SNS:DeleteEndpoint"),
    run(_resources, _ctx, { EndpointArn }) {
      checkArn("EndpointArn", EndpointArn);
      return {};
    },
  },
  DeletePlatformApplication: {
    iam: onAccount("SNS:DeletePlatformApplication"),
    run(_resources, _ctx, { PlatformApplicationArn }) {
      checkArn("PlatformApplicationArn", PlatformApplicationArn);
      return {};
    },
  },
  GetEndpointAttributes: {
    iam: onAccount("SNS:GetEndpointAttributes"),
    run: (_resources, _ctx, { EndpointArn }) => noEndpoint(EndpointArn),
  },
  GetPlatformApplicationAttributes: {
    iam: onAccount("SNS:GetPlatformApplicationAttributes"),
    run: (_resources, _ctx, { PlatformApplicationArn }) => noApplication(PlatformApplicationArn),
  },
  ListEndpointsByPlatformApplication: {
    iam: onAccount("SNS:ListEndpointsByPlatformApplication"),
    run: (_resources, _ctx, { PlatformApplicationArn }) => noApplication(PlatformApplicationArn),
  },
  ListPlatformApplications: { iam: onAccount("SNS:ListPlatformApplications"), run: () => ({ PlatformApplications: [] }) },
  SetEndpointAttributes: {
    iam: onAccount("SNS:SetEndpointAttributes"),
    run: (_resources, _ctx, { EndpointArn }) => noEndpoint(EndpointArn),
  },
  SetPlatformApplicationAttributes: {
    iam: onAccount("SNS:SetPlatformApplicationAttributes"),
    run: (_resources, _ctx, { PlatformApplicationArn }) => noApplication(PlatformApplicationArn),
  },
};
