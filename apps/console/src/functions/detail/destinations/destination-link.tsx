import { paths } from "../../../app/paths.ts";
import { Breakable } from "../../../shared/breakable.tsx";
import { bucketNameOf } from "../../../s3/bucket.ts";
import { topicNameOf } from "../../../sns/topic-facts.ts";
import { queueNameOf } from "../../../sqs/queue-facts.ts";
import { PageLink } from "../../../shared/page-link.tsx";

/** A destination's name; a function's, queue's, topic's or bucket's leads to its page. */
export function DestinationLink({ arn }: { readonly arn: string }) {
  const [, , service, , , , name = arn, qualifier] = arn.split(":");
  if (service === "sqs") return <PageLink to={paths.queue(queueNameOf(arn))}>{queueNameOf(arn)}</PageLink>;
  if (service === "sns") return <PageLink to={paths.topic(topicNameOf(arn))}>{topicNameOf(arn)}</PageLink>;
  if (service === "s3") return <PageLink to={paths.bucket(bucketNameOf(arn))}>{bucketNameOf(arn)}</PageLink>;
  if (service !== "lambda") return <Breakable text={arn} />;
  return (
    <PageLink to={paths.function(name, "code", qualifier === "$LATEST" ? undefined : qualifier)}>
      {qualifier === undefined ? name : `${name}:${qualifier}`}
    </PageLink>
  );
}
