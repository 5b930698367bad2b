import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import { lazy, Suspense, useState } from "react";
import { paths } from "../../../app/paths.ts";
import { bucketArn } from "../../../s3/bucket.ts";
import { PageLink } from "../../../shared/page-link.tsx";
import { DestinationLink } from "../destinations/destination-link.tsx";
import { conditionTexts, destinationsOf, useEventInvokeConfig } from "../destinations/event-invoke-config.ts";
import { useUrlConfig } from "../function-url/url-config.ts";
import { useCurrentFunction } from "../function-context.ts";
import { SourceLink } from "../triggers/source-link.tsx";
import { sourceServiceOf } from "../triggers/trigger.ts";
import { bucketStateText, useBucketTriggers } from "../triggers/use-bucket-triggers.ts";
import { topicStateText, useTopicTriggers } from "../triggers/use-topic-triggers.ts";
import { useTriggers } from "../triggers/use-triggers.ts";
import "./function-diagram.css";

const AddDestinationDialog = lazy(async () => ({
  default: (await import("../destinations/add-destination-dialog.tsx")).AddDestinationDialog,
}));

const AddTriggerDialog = lazy(async () => ({ default: (await import("../triggers/add-trigger-dialog.tsx")).AddTriggerDialog }));

/** What calls the function, the function with its layers, and where word of it goes. */
export function FunctionDiagram() {
  const { functionName, qualifier, configuration } = useCurrentFunction();
  const layers = configuration.Layers?.length ?? 0;
  return (
    <div className="diagram" role="group" aria-label="Diagram">
      <Triggers />
      <div className="diagram-line" aria-hidden="true" />
      <div className="diagram-function">
        <strong className="break-all">{qualifier === undefined ? functionName : `${functionName}:${qualifier}`}</strong>
        <PageLink to={paths.function(functionName, "code", qualifier)} ariaLabel={`Layers of ${functionName}: ${layers}`} fontSize="body-s">
          Layers ({layers})
        </PageLink>
      </div>
      <div className="diagram-line" aria-hidden="true" />
      <Destinations />
    </div>
  );
}

function Triggers() {
  const { functionName, qualifier } = useCurrentFunction();
  const { data: url } = useUrlConfig();
  const { data: triggers = [] } = useTriggers();
  const { data: topics = [] } = useTopicTriggers();
  const { data: buckets = [] } = useBucketTriggers();
  const [isAdding, setAdding] = useState(false);
  return (
    <div className="diagram-side">
      {url && (
        <div className="diagram-node">
          <PageLink to={paths.functionConfiguration(functionName, "url", qualifier)}>Function URL</PageLink>
          <Box fontSize="body-s" color="text-body-secondary">
            {url.AuthType}
          </Box>
        </div>
      )}
      {triggers.map((mapping) => (
        <div key={mapping.UUID} className="diagram-node">
          <SourceLink arn={mapping.EventSourceArn ?? ""} />
          <PageLink to={paths.functionConfiguration(functionName, "triggers", qualifier)} fontSize="body-s">
            {sourceServiceOf(mapping.EventSourceArn ?? "").toUpperCase()}: {mapping.State}
          </PageLink>
        </div>
      ))}
      {topics.map((trigger) => (
        <div key={trigger.subscriptionArn} className="diagram-node">
          <SourceLink arn={trigger.topicArn} />
          <PageLink to={paths.functionConfiguration(functionName, "triggers", qualifier)} fontSize="body-s">
            SNS: {topicStateText(trigger)}
          </PageLink>
        </div>
      ))}
      {buckets.map((trigger) => (
        <div key={`${trigger.bucket} ${trigger.notification.id}`} className="diagram-node">
          <SourceLink arn={bucketArn(trigger.bucket)} />
          <PageLink to={paths.functionConfiguration(functionName, "triggers", qualifier)} fontSize="body-s">
            S3: {bucketStateText(trigger)}
          </PageLink>
        </div>
      ))}
      <Button iconName="add-plus" onClick={() => setAdding(true)}>
        Add trigger
      </Button>
      {isAdding && (
        <Suspense fallback={null}>
          <AddTriggerDialog onClose={() => setAdding(false)} />
        </Suspense>
      )}
    </div>
  );
}

function Destinations() {
  const { functionName, qualifier } = useCurrentFunction();
  const { data: config } = useEventInvokeConfig();
  const [isAdding, setAdding] = useState(false);
  return (
    <div className="diagram-side">
      {destinationsOf(config).map(({ condition, arn }) => (
        <div key={condition} className="diagram-node">
          <DestinationLink arn={arn} />
          <PageLink to={paths.functionConfiguration(functionName, "destinations", qualifier)} fontSize="body-s">
            {conditionTexts[condition]}
          </PageLink>
        </div>
      ))}
      <Button iconName="add-plus" disabled={config === undefined} onClick={() => setAdding(true)}>
        Add destination
      </Button>
      {isAdding && config !== undefined && (
        <Suspense fallback={null}>
          <AddDestinationDialog config={config} onClose={() => setAdding(false)} />
        </Suspense>
      )}
    </div>
  );
}
