import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { sessionStore } from "../../session/session.ts";
import { currentRegion } from "../../api/send.ts";
import { EquivalentCli } from "../../shared/equivalent-cli.tsx";
import { creationCommands } from "./creation-commands.ts";
import { newRoleArn, type CreationRequest } from "./creation-request.ts";

/** Lists what Create makes, before it does. */
export function WhatWillBeCreated({ request }: { readonly request: CreationRequest }) {
  const state = sessionStore.get();
  const accountId = state.status === "signed-in" ? state.session.accountId : "";
  const { functionName, role } = request;
  const name = functionName === "" ? "<function name>" : functionName;
  return (
    <Container
      header={<Header variant="h2">What will be created</Header>}
      footer={<EquivalentCli commands={creationCommands(request, accountId)} />}
    >
      <ul aria-label="What will be created">
        {role.kind === "new" && (
          <li>
            Role <Box variant="code">{newRoleArn(accountId, roleNameShown(request, role.name))}</Box>, which Lambda may take on, with{" "}
            {["AWSLambdaBasicExecutionRole", ...role.policies.map((policy) => policy.name)].join(", ")}
          </li>
        )}
        <li>
          Function <Box variant="code">{`arn:aws:lambda:${currentRegion()}:${accountId}:function:${name}`}</Box>
          {request.runtime !== "" && `: ${settingsOf(request)}`}
          {role.kind === "existing" && role.arn !== "" && (
            <>
              , with the role <Box variant="code">{role.arn}</Box>
            </>
          )}
        </li>
        <li>
          Log group <Box variant="code">{`/aws/lambda/${name}`}</Box>, when the function runs for the first time
        </li>
      </ul>
    </Container>
  );
}

/** Nothing is known of them until the runtimes are listed. */
const settingsOf = ({ runtime, architecture, handler, memoryMb, timeoutSeconds }: CreationRequest): string =>
  `${runtime}, ${architecture}, handler ${handler}, ${memoryMb} MB, timeout ${timeoutSeconds} s`;

/** What is not typed yet is shown as what it stands for. */
function roleNameShown({ functionName }: CreationRequest, roleName: string): string {
  if (roleName === "") return "<role name>";
  return functionName === "" && roleName.startsWith("-role-") ? `<function name>${roleName}` : roleName;
}
