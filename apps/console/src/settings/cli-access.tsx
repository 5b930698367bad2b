import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { currentRegion } from "../api/send.ts";
import { paths } from "../app/paths.ts";
import { CliCommand } from "../shared/cli-command.tsx";
import { PageLink } from "../shared/page-link.tsx";

/** How the aws CLI and SDKs are pointed here. */
export function CliAccess() {
  const block = [`export AWS_ENDPOINT_URL=${location.origin}`, `export AWS_DEFAULT_REGION=${currentRegion()}`].join("\n");
  return (
    <Container header={<Header variant="h2">aws CLI and SDKs</Header>}>
      <SpaceBetween size="s">
        <Box key="text">
          Point them here, with the root access key that <Box variant="code">npm start</Box> prints, or with an access key of a{" "}
          <PageLink to={paths.users}>user</PageLink>.
        </Box>
        <CliCommand key="block" command={block} />
      </SpaceBetween>
    </Container>
  );
}
