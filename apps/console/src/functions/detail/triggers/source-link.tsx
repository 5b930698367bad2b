import { paths } from "../../../app/paths.ts";
import { bucketNameOf } from "../../../s3/bucket.ts";
import { Breakable } from "../../../shared/breakable.tsx";
import { PageLink } from "../../../shared/page-link.tsx";
import { sourceNameOf, sourceServiceOf } from "./trigger.ts";

/** A trigger's source; a queue's, topic's or bucket's leads to its page. */
export function SourceLink({ arn }: { readonly arn: string }) {
  if (sourceServiceOf(arn) === "sns") return <PageLink to={paths.topic(sourceNameOf(arn))}>{sourceNameOf(arn)}</PageLink>;
  if (sourceServiceOf(arn) === "s3") return <PageLink to={paths.bucket(bucketNameOf(arn))}>{bucketNameOf(arn)}</PageLink>;
  if (sourceServiceOf(arn) !== "sqs") return <Breakable text={arn} />;
  return <PageLink to={paths.queue(sourceNameOf(arn))}>{sourceNameOf(arn)}</PageLink>;
}
