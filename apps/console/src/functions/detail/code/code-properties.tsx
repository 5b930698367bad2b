import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { hrefOf, useFollow } from "../../../app/follow.ts";
import { paths } from "../../../app/paths.ts";
import { Breakable } from "../../../shared/breakable.tsx";
import { CopyText } from "../../../shared/copy-text.tsx";
import { formatBytes } from "../../../shared/format.ts";
import { Moment } from "../../../shared/moment.tsx";
import { useCurrentFunction } from "../function-context.ts";

/** Facts about the package, and what runs it. */
export function CodeProperties() {
  const { functionName, configuration, qualifier } = useCurrentFunction();
  const follow = useFollow();
  return (
    <SpaceBetween size="l">
      <Container key="code" header={<Header variant="h2">Code properties</Header>}>
        <KeyValuePairs
          columns={3}
          items={[
            { label: "Package size", value: formatBytes(configuration.CodeSize ?? 0) },
            { label: "SHA256 hash", value: <CopyText text={configuration.CodeSha256 ?? ""} label="SHA256 hash" /> },
            { label: "Last modified", value: <Moment time={configuration.LastModified} /> },
          ]}
        />
      </Container>
      <Container
        key="runtime"
        header={
          <Header
            variant="h2"
            actions={
              qualifier === undefined && (
                <Button
                  ariaLabel="Edit runtime settings"
                  href={`${hrefOf(paths.functionConfiguration(functionName, "runtime"))}?edit=true`}
                  onFollow={follow}
                >
                  Edit
                </Button>
              )
            }
          >
            Runtime settings
          </Header>
        }
      >
        <KeyValuePairs
          columns={3}
          items={[
            { label: "Runtime", value: configuration.Runtime ?? "-" },
            { label: "Handler", value: <Breakable text={configuration.Handler ?? "-"} /> },
            { label: "Architecture", value: configuration.Architectures?.[0] ?? "-" },
          ]}
        />
      </Container>
    </SpaceBetween>
  );
}
