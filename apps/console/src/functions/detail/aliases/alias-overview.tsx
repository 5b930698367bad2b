import type { AliasConfiguration } from "@aws-sdk/client-lambda";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useAws } from "../../../api/hooks.ts";
import { hrefOf, useFollow } from "../../../app/follow.ts";
import { paths } from "../../../app/paths.ts";
import { Loaded, SkeletonLines } from "../../../shared/loaded.tsx";
import { PageLink } from "../../../shared/page-link.tsx";
import { useCurrentFunction } from "../function-context.ts";
import { sharesOf } from "../versions/shares.ts";
import { AliasDialog } from "./alias-dialog.tsx";
import { useMeasuredTraffic } from "./measured-traffic.ts";
import { TrafficBar } from "./traffic-bar.tsx";

/** On an alias's page: where it leads, and what traffic its versions have. */
export function AliasOverview({ name }: { readonly name: string }) {
  const { functionName } = useCurrentFunction();
  const query = useAws("lambda", "GetAlias", { FunctionName: functionName, Name: name });
  const [isEditing, setEditing] = useState(false);
  const follow = useFollow();
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="The code and configuration below are those of the version that it leads to."
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button key="latest" href={hrefOf(paths.function(functionName))} onFollow={follow}>
                Go to $LATEST
              </Button>
              <Button key="edit" disabled={!query.data} onClick={() => setEditing(true)}>
                Edit alias
              </Button>
            </SpaceBetween>
          }
        >
          Alias {name}
        </Header>
      }
    >
      <Loaded query={query} subject={`alias ${name}`} skeleton={<SkeletonLines lines={2} />}>
        {(alias) => <Routing alias={alias} />}
      </Loaded>
      {isEditing && query.data && <AliasDialog alias={query.data} onClose={() => setEditing(false)} />}
    </Container>
  );
}

function Routing({ alias }: { readonly alias: AliasConfiguration }) {
  const { functionName } = useCurrentFunction();
  const shares = sharesOf(alias);
  return (
    <KeyValuePairs
      columns={3}
      items={[
        { label: "Description", value: alias.Description || "-" },
        {
          label: "Traffic as configured",
          value: (
            <TrafficBar
              label="Traffic as configured"
              shares={shares}
              text={({ version, percent }) => (
                <>
                  {percent}%{" "}
                  {version !== "$LATEST" && (
                    <PageLink to={paths.function(functionName, "code", version)} ariaLabel={`View version ${version}`}>
                      View
                    </PageLink>
                  )}
                </>
              )}
            />
          ),
        },
        { label: "Invocations of the last hour", value: <Measured alias={alias} /> },
      ]}
    />
  );
}

/** An alias's versions count here whoever called them: Lambda's log has the version, not the name that was called. */
function Measured({ alias }: { readonly alias: AliasConfiguration }) {
  const { functionName, configuration } = useCurrentFunction();
  const traffic = useMeasuredTraffic(functionName, configuration.LoggingConfig?.LogGroup ?? `/aws/lambda/${functionName}`);
  if (traffic.error) return <Box color="text-body-secondary">The log can&apos;t be read</Box>;
  if (!traffic.data) return <SkeletonLines lines={1} />;
  const counts = traffic.data;
  const versions = sharesOf(alias).map(({ version }) => version);
  const total = versions.reduce((sum, version) => sum + (counts.get(version) ?? 0), 0);
  if (total === 0) return <Box color="text-body-secondary">None</Box>;
  return (
    <TrafficBar
      label="Traffic of the last hour"
      shares={versions.map((version) => ({ version, percent: Math.round(((counts.get(version) ?? 0) / total) * 100) }))}
      text={({ version, percent }) => `${counts.get(version) ?? 0} (${percent}%)`}
    />
  );
}
